import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { HairpinNat, type HairpinNatProps } from "@groundwork/constructs/kpaas/boot/hairpin-nat";
import { BootRoot } from "../support/boot-root";

const node = { name: "lab-cluster1", address: "192.168.7.10" };
const publicAddress = "203.0.113.10";
const ingress = { address: "192.168.8.10", publicAddress: "203.0.113.11" };
const roots: BootRoot[] = [];
afterAll(() => {
  for (const root of roots) root.remove();
});

/** Input of iptables-restore on a machine without any of the rules. */
async function rules(props: Partial<HairpinNatProps>): Promise<readonly string[]> {
  const part = HairpinNat.of({ node, ...props });
  const root = new BootRoot(CloudInit.ubuntu().with(part).render(), {
    iptables: "case $* in *-A*) ;; *) exit 1 ;; esac",
    "iptables-restore": 'cat >"$ROOT/rules"',
  });
  roots.push(root);
  root.write("/run/.keep", "");
  expect(await root.boot()).toMatchObject({ state: "done" });
  return root
    .read("/rules")
    .split("\n")
    .filter((line) => line.startsWith("-A"));
}

describe("HairpinNat in a sandbox", () => {
  test("translates SSH, API and node ports to the control plane, and all others to the ingress", async () => {
    expect(await rules({ publicAddress, ingress: { ...ingress, publicAddress } })).toEqual([
      `-A KPAAS-HAIRPIN -d ${publicAddress}/32 -p tcp -m multiport --dports 22,6443,30000:32767 -j DNAT --to-destination 192.168.7.10`,
      `-A KPAAS-HAIRPIN -d ${publicAddress}/32 -p udp -m udp --dport 30000:32767 -j DNAT --to-destination 192.168.7.10`,
      `-A KPAAS-HAIRPIN -d ${publicAddress}/32 -j DNAT --to-destination 192.168.8.10`,
      `-A KPAAS-HAIRPIN -d ${publicAddress}/32 -j DNAT --to-destination 192.168.7.10`,
      `-A KPAAS-HAIRPIN-MASQ ! -o lo -m conntrack --ctstate DNAT --ctorigdst ${publicAddress} -j MASQUERADE`,
    ]);
  });

  test("translates only the given address", async () => {
    const api = await rules({ publicAddress });
    expect(api.join("\n")).not.toContain("192.168.8.10");
    expect(api).toHaveLength(4);
    const ingressOnly = await rules({ ingress });
    expect(ingressOnly.join("\n")).not.toContain(publicAddress);
    expect(ingressOnly).toHaveLength(4);
  });
});
