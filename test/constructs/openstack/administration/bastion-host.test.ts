import { ComputeInstanceV2 } from "@groundwork/provider-openstack/lib/compute-instance-v2";
import { NetworkingFloatingipAssociateV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-associate-v2";
import { NetworkingFloatingipV2 } from "@groundwork/provider-openstack/lib/networking-floatingip-v2";
import { NetworkingPortV2 } from "@groundwork/provider-openstack/lib/networking-port-v2";
import { NetworkingSecgroupV2 } from "@groundwork/provider-openstack/lib/networking-secgroup-v2";
import { Peer } from "@groundwork/constructs/core/peer";
import { Size } from "@groundwork/constructs/core/size";
import { BastionHost } from "@groundwork/constructs/openstack/administration/bastion-host";
import { bastionBoot } from "@groundwork/constructs/openstack/administration/bastion-boot";
import { Administration } from "@groundwork/constructs/openstack/administration/administration";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { OST004 } from "@groundwork/constructs/openstack/rules";
import { TerraformOutput } from "cdktf";
import { BootRoot } from "../../../support/boot-root";
import { resource, resources, synthesized } from "../../../support/fixture";
import { graphOf } from "../../../support/graph";
import { readyForMachines } from "../../../support/openstack";

function prepared() {
  const ready = readyForMachines();
  const administrators = [Peer.ipv4("203.0.113.0/24")];
  const { bastion: securityGroup } = new Administration(ready.stack, "Administration", { administrators });
  const { flavor, image, keyPair, publicSubnet: subnet } = ready;
  return { ...ready, props: { flavor, image, keyPair, subnet, securityGroup } };
}

/** Output of `sshd -T` with all required settings. */
const SETTINGS = ["permitrootlogin no", "passwordauthentication no", "kbdinteractiveauthentication no", "port 22"];

/** The first boot of a bastion whose `sshd -T` prints the given settings. */
async function booted(settings: readonly string[]) {
  const root = new BootRoot(bastionBoot().render(), {
    sshd: `[[ $1 == -t ]] || cat <<'EOT'\n${settings.join("\n")}\nEOT`,
  });
  try {
    const outcome = await root.boot();
    return {
      ...outcome,
      calls: root.calls,
      sshd: root.read("/etc/ssh/sshd_config.d/00-groundwork.conf"),
      updates: root.read("/etc/apt/apt.conf.d/90groundwork-updates"),
    };
  } finally {
    root.remove();
  }
}

describe("BastionHost", () => {
  test("is in the public subnet with only the bastion's group, and has a floating IP", () => {
    const { stack, props, internet } = prepared();
    const host = new BastionHost(stack, "BastionHost", { ...props, external: internet, fixedAddress: "172.31.16.5" });
    const port = resource(stack, NetworkingPortV2);
    expect(port["fixed_ip"]).toEqual([expect.objectContaining({ ip_address: "172.31.16.5" })]);
    expect(port["security_group_ids"]).toEqual([expect.stringContaining("Administration_Bastion")]);
    expect(resources(stack, NetworkingSecgroupV2)).toHaveLength(2);
    expect(resource(stack, NetworkingFloatingipV2)["description"]).toBe("bastion");
    new TerraformOutput(stack, "address", { value: host.floatingAddress });
    const { floating_ip: connected } = resource(stack, NetworkingFloatingipAssociateV2);
    expect(synthesized(stack)["output"]?.["address"]).toMatchObject({ value: connected });
  });

  test("accepts an existing floating IP and all options of a machine", () => {
    const { stack, props } = prepared();
    const floatingIp = FloatingIp.fromAddress(stack, "Known", "198.51.100.9");
    const host = new BastionHost(stack, "BastionHost", {
      ...props,
      floatingIp,
      name: "lab-bastion1",
      zone: "kr-pub-a",
      rootDisk: { size: Size.gibibytes(30) },
    });
    expect(resources(stack, NetworkingFloatingipV2)).toEqual([]);
    expect([host.floatingAddress, host.machine.floatingAddress]).toEqual(["198.51.100.9", "198.51.100.9"]);
    expect(resource(stack, ComputeInstanceV2)).toMatchObject({
      name: "lab-bastion1",
      availability_zone: "kr-pub-a",
      block_device: [{ volume_size: 30 }],
    });
  });

  test("derives its name from its path, and has the machine as default child", () => {
    const { stack, props, internet } = prepared();
    const host = new BastionHost(stack, "BastionHost", { ...props, external: internet });
    expect(resource(stack, ComputeInstanceV2)["name"]).toBe("test-bastion-host");
    expect(host.node.defaultChild?.node.path).toBe("test/BastionHost/Default/Resource");
    expect(graphOf(stack).cycle).toBeUndefined();
  });

  test("accepts keys only, never root, and forwards nothing but connections", async () => {
    const { code, state, sshd, calls } = await booted(SETTINGS);
    expect([code, state]).toEqual([0, "done"]);
    expect(sshd.split("\n")).toEqual(
      expect.arrayContaining([
        "PermitRootLogin no",
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
        "AllowTcpForwarding local",
        "AllowAgentForwarding no",
      ]),
    );
    expect(calls.slice(-3)).toEqual(["sshd -t", "sshd -T", "systemctl try-reload-or-restart ssh.service"]);
  });

  test("installs security updates, and reboots at night if no user is logged in", async () => {
    const { updates, calls } = await booted(SETTINGS);
    expect(calls).toContainEqual(expect.stringMatching(/^dpkg-query .*unattended-upgrades$/));
    expect(updates).toContain('APT::Periodic::Unattended-Upgrade "1";');
    expect(updates).toContain('Unattended-Upgrade::Automatic-Reboot-WithUsers "false";');
  });

  test.each(SETTINGS.slice(0, 3))(
    "fails to boot, with a message, if the sshd setting %p is not in effect",
    async (setting) => {
      const { code, state, log, calls } = await booted(SETTINGS.filter((other) => other !== setting));
      expect([code, state]).toEqual([1, "failed"]);
      expect(log).toContain(`sshd setting not in effect: ${setting}`);
      expect(calls).not.toContain("systemctl try-reload-or-restart ssh.service");
    },
  );

  test("rejects a subnet that the internet cannot reach", () => {
    const { stack, props, internet, privateSubnet: subnet } = prepared();
    expect(() => new BastionHost(stack, "BastionHost", { ...props, subnet, external: internet })).toViolate(OST004);
  });
});
