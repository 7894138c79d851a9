import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { IngressInterface } from "@groundwork/constructs/kpaas/boot/ingress-interface";
import { HairpinNat } from "@groundwork/constructs/kpaas/boot/hairpin-nat";
import { BootRoot } from "../support/boot-root";
import { Host, canCreateNamespaces } from "./support/network";
import { unpacked } from "./support/unpacked";

const NETWORKD = "/lib/systemd/systemd-networkd";
const LIBRARIES = "usr/lib/x86_64-linux-gnu";
const allowed = canCreateNamespaces();
const netplan = allowed ? unpacked("netplan", ["netplan.io", "libnetplan0"]) : undefined;
const iptables = allowed
  ? unpacked("iptables", ["iptables", "libip4tc2", "libip6tc2", "libxtables12", "libnftnl11", "libmnl0"])
  : undefined;
const node = { name: "lab-cluster1", address: "192.168.7.10" };
const outside = "198.51.100.9";
const publicAddress = "203.0.113.10";

const hosts: Host[] = [];
const roots: BootRoot[] = [];
afterAll(() => {
  for (const root of roots) {
    const pid = Number(root.read("/networkd.pid"));
    if (pid > 0) process.kill(pid);
    root.remove();
  }
  for (const host of hosts) host.remove();
});
function host(name: string): Host {
  const created = Host.create(`${name}${hosts.length}`);
  hosts.push(created);
  return created;
}

/**
 * A router that behaves like a cloud: it drops packets with spoofed source addresses, and does not route packets from the network to
 * its own floating IPs.
 */
function cloud(): Host {
  const created = host("cloud");
  created.run(`ip address add ${outside}/32 dev lo
sysctl -q net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=1
ip route add blackhole 203.0.113.0/24
for subnet in 7 8; do
  ip link add br$subnet type bridge
  ip address add 192.168.$subnet.1/24 dev br$subnet
  ip link set br$subnet up
  sysctl -q net.ipv4.conf.br$subnet.rp_filter=1
done`);
  return created;
}

/** Connects an interface with one allowed address; packets with another source address are dropped. */
function plug(machine: Host, name: string, router: Host, address: string): void {
  const other = `${machine.name.split("-").pop() ?? ""}-${name}`;
  machine.connect(name, router, other);
  router.run(`ip link set ${other} master br${address.split(".")[2] ?? ""}`);
  for (const chain of ["INPUT", "FORWARD"])
    router.run(`${xtables("ebtables")} -A ${chain} -i ${other} -p IPv4 --ip-src ! ${address} -j DROP`);
}

/** A machine with one interface. */
function simple(name: string, router: Host, address: string): Host {
  const created = host(name);
  plug(created, "ens3", router, address);
  created.run(`ip address add ${address}/24 dev ens3; ip route add default via 192.168.7.1`);
  return created;
}

/** A program of the package iptables. */
function xtables(program: string): string {
  const home = iptables ?? "";
  const libraries = join(home, LIBRARIES);
  return `env LD_LIBRARY_PATH=${libraries} XTABLES_LIBDIR=${libraries}/xtables ${home}/usr/sbin/xtables-nft-multi ${program}`;
}

/** Runs the first boot of a machine in its network namespace. */
async function boot(root: BootRoot, machine: Host, before = ":", seconds = 10) {
  const program = root.path("/usr/local/lib/groundwork/first-boot");
  root.write("/boot-in", `${before}\nexec bash ${program}\n`);
  root.write("/enter", `exec ip netns exec ${machine.name} bash ${root.directory}/boot-in\n`);
  rmSync(root.path("/var/lib/groundwork"), { recursive: true, force: true });
  rmSync(root.path("/var/log/groundwork"), { recursive: true, force: true });
  await root.run(root.path("/enter"), { POLL_SECONDS: "0.2", DEADLINE_SECONDS: String(seconds) });
  return `${root.read("/var/lib/groundwork/first-boot").trim()}: ${root.read("/var/log/groundwork/first-boot.log")}`;
}

describe("the ingress interface with real netplan and systemd-networkd", () => {
  const available = allowed && iptables !== undefined && netplan !== undefined && existsSync(NETWORKD);
  if (allowed && !existsSync(NETWORKD))
    console.warn("skipped: the ingress interface; systemd-networkd is not installed");
  const checked = available ? test : test.skip;

  /** The first control plane node: two interfaces as cloud-init configures them, each with a default route. */
  function machine(router: Host, address: string) {
    const created = host("first");
    plug(created, "ens3", router, node.address);
    plug(created, "ens4", router, address);
    const subnet = Cidr.parse(address.replace(/\d+$/, "0/24"));
    const root = new BootRoot(CloudInit.ubuntu().with(IngressInterface.of({ node, address, subnet })).render(), {
      // A veth interface has no permanent MAC address. Routes of DHCP have a higher metric than static ones.
      netplan: `set -e
LD_LIBRARY_PATH=${netplan}/${LIBRARIES} ${netplan}/usr/libexec/netplan/generate --root-dir "$ROOT"
sed -i s/^PermanentMACAddress/MACAddress/ "$ROOT"/run/systemd/network/*
sed -i 's#^Address=.*#\\n[Address]\\n&\\nRouteMetric=100\\n#' "$ROOT"/run/systemd/network/10-netplan-ens*.network`,
      networkctl: 'exec bash "$ROOT/networkd"',
    });
    roots.push(root);
    for (const path of ["/etc/sysctl.d/.keep", "/run/systemd/network/.keep", "/hardware/veth0/address"])
      root.write(path, "");
    for (const name of ["ens3", "ens4"]) {
      root.write(`/hardware/${name}/device`, "");
      root.write(`/hardware/${name}/address`, `${created.macAddress(name)}\n`);
      root.write(`/hardware/${name}/mtu`, "1450\n");
    }
    const ethernet = (name: string, own: string, metric: number) => `    ${name}:
      match: {macaddress: "${created.macAddress(name)}"}
      set-name: ${name}
      addresses: [${own}/24]
      routes: [{to: default, via: ${own.replace(/\d+$/, "1")}, metric: ${metric}}]
`;
    root.write(
      "/etc/netplan/50-cloud-init.yaml",
      `network:\n  version: 2\n  ethernets:\n${ethernet("ens3", node.address, 100)}${ethernet("ens4", address, 200)}`,
      "0600",
    );
    // Without D-Bus it cannot be reloaded. It is restarted instead, on interfaces without configuration, as after a reboot.
    root.write(
      "/networkd",
      `old=$(cat ${root.directory}/networkd.pid 2>/dev/null || true)
[ -z "$old" ] || { kill "$old"; while kill -0 "$old" 2>/dev/null; do sleep 0.05; done; }
for name in ens3 ens4; do ip address flush dev $name; ip link set $name down; done
ip rule flush; ip rule add lookup main priority 32766; ip rule add lookup default priority 32767
setsid unshare --mount bash ${root.directory}/networkd-itself </dev/null >${root.directory}/networkd.log 2>&1 &
echo $! >${root.directory}/networkd.pid
`,
    );
    root.write(
      "/networkd-itself",
      `umount /sys/class/net 2>/dev/null
mount -t tmpfs -o mode=755 none /run
mkdir -p /run/systemd/network /run/systemd/netif/{links,leases,lldp} /run/udev
chown -R systemd-network: /run/systemd/netif
cp ${root.directory}/run/systemd/network/* /run/systemd/network/
chmod 644 /run/systemd/network/*
mount -o remount,bind,ro /sys
exec ${NETWORKD}
`,
    );
    return { created, root };
  }

  /** Starts the network: netplan generates the configuration, systemd-networkd applies it. */
  async function start(created: Host, root: BootRoot, route: RegExp): Promise<void> {
    created.run(`${root.path("/.bin/netplan")} generate && bash ${root.path("/networkd")}`);
    await until(() => route.test(created.run("ip route show table all")));
    await until(() => created.run("ip -4 -o address").includes(node.address));
  }
  const CLOUD_INIT = /^default via \S+ dev ens4 /m;
  const OURS = /^default via \S+ dev ens4 table 1011 /m;
  const step = (root: BootRoot, created: Host, seconds = 10) =>
    boot(root, created, `mount --bind ${root.directory}/hardware /sys/class/net`, seconds);

  checked(
    "responds through the interface of the request, although cloud-init added a second default route",
    async () => {
      const router = cloud();
      const { created, root } = machine(router, "192.168.8.10");
      await start(created, root, CLOUD_INIT);
      await created.serve("0.0.0.0:80");
      expect(router.call("192.168.8.10", 80, outside)).toBe("");

      expect(await step(root, created)).toMatch(/^done: [^]*192\.168\.8\.10 is configured on ens4/);
      const expectConfigured = () => {
        expect(router.call("192.168.8.10", 80, outside)).toBe(`192.168.8.10:80 from ${outside}`);
        expect(router.call(node.address, 80, outside)).toBe(`${node.address}:80 from ${outside}`);
        expect(created.run("ip -4 -o address show dev ens4").match(/inet \S+/g)).toEqual(["inet 192.168.8.10/32"]);
        expect(created.run("ip rule")).toMatch(
          /^1010:\tfrom 192\.168\.8\.10 to 10\.233\.0\.0\/17 lookup main.*\n1011:\tfrom 192\.168\.8\.10 lookup 1011/m,
        );
        expect(created.run("ip route show dev ens4")).toBe("");
        expect(created.run("ip route get 198.51.100.1 from 192.168.8.10")).toContain("via 192.168.8.1 dev ens4");
        expect(created.run("ip route get 10.233.64.5 from 192.168.8.10")).toContain("via 192.168.7.1 dev ens3");
        expect(created.run("cat /sys/class/net/ens4/mtu").trim()).toBe("1450");
      };
      expectConfigured();

      const calls = () => root.calls.filter((call) => /^net(plan|workctl) /.test(call));
      const before = calls();
      const netplans = root.read("/etc/netplan/90-kpaas-ingress.yaml");
      expect(await step(root, created)).toMatch(/^done: /);
      expect(calls()).toEqual(before);
      expect(root.read("/etc/netplan/90-kpaas-ingress.yaml")).toBe(netplans);

      await start(created, root, OURS);
      expectConfigured();

      const restarted = calls().length;
      created.run("ip rule delete priority 1011");
      expect(await step(root, created)).toMatch(/^done: /);
      expect(calls().slice(restarted)).toEqual(["networkctl reconfigure ens4"]);
      expectConfigured();
    },
  );

  checked("uses the right one of two interfaces in the same subnet for requests and responses", async () => {
    const router = cloud();
    const neighbour = simple("worker", router, "192.168.7.20");
    const { created, root } = machine(router, "192.168.7.11");
    await start(created, root, CLOUD_INIT);
    expect(await step(root, created)).toMatch(/^done: /);
    await created.serve("0.0.0.0:80");
    await neighbour.serve("0.0.0.0:80");
    for (const caller of [router, neighbour])
      for (const [address, name] of [
        [node.address, "ens3"],
        ["192.168.7.11", "ens4"],
      ] as const)
        for (let times = 0; times < 3; times += 1) {
          caller.run("ip neighbour flush all");
          expect(caller.call(address, 80)).toContain(`${address}:80 from`);
          expect(caller.run(`ip neighbour show ${address}`)).toContain(created.macAddress(name));
        }
    expect(created.call("192.168.7.20", 80)).toBe(`192.168.7.20:80 from ${node.address}`);
  });

  checked("reports which interface is missing, and changes nothing without one", async () => {
    const { created, root } = machine(cloud(), "192.168.8.10");
    const without = await step(root, created, 1);
    expect(without).toMatch(/^failed: [^]*no interface has 192\.168\.7\.10/);
    created.run("ip address add 192.168.7.10/24 dev ens3");
    root.write("/hardware/ens5/device", "");
    expect(await step(root, created, 1)).toMatch(
      /^failed: [^]*there are 2 interfaces with hardware other than ens3 .*\(ens4 ens5\)/,
    );
    rmSync(root.path("/hardware/ens4/device"));
    rmSync(root.path("/hardware/ens5/device"));
    expect(await step(root, created, 1)).toMatch(
      /^failed: [^]*there are 0 interfaces with hardware other than ens3 .*\(none\)/,
    );
    expect(root.read("/etc/netplan/90-kpaas-ingress.yaml")).toBe("");
  });

  checked("removes a file that netplan rejects, so that the next start succeeds", async () => {
    const { created, root } = machine(cloud(), "192.168.8.10");
    await start(created, root, CLOUD_INIT);
    root.write("/hardware/ens3/mtu", "many\n");
    expect(await step(root, created)).toMatch(/^failed: [^]*netplan rejects /);
    expect(root.read("/etc/netplan/90-kpaas-ingress.yaml")).toBe("");
    expect(root.calls.filter((call) => call.startsWith("networkctl"))).toEqual([]);
  });
});

describe("hairpin NAT with real iptables", () => {
  const checked = allowed && iptables !== undefined ? test : test.skip;
  const second = "203.0.113.11";
  const ingress = { address: "192.168.8.10", publicAddress };

  /** A machine with hairpin NAT. */
  function root(part = HairpinNat.of({ node, publicAddress, ingress })): BootRoot {
    const created = new BootRoot(CloudInit.ubuntu().with(part).render(), {
      iptables: `exec ${xtables("iptables")} "$@"`,
      "iptables-restore": `exec ${xtables("iptables-restore")} "$@"`,
    });
    created.write("/run/.keep", "");
    roots.push(created);
    return created;
  }

  /** The first control plane node, with a working ingress interface; a worker; a pod on it. */
  async function cluster() {
    const router = cloud();
    const first = simple("first", router, node.address);
    plug(first, "ens4", router, "192.168.8.10");
    first.run(`ip address add 192.168.8.10/32 dev ens4
ip route add 192.168.8.0/24 dev ens4 table 1011
ip route add default via 192.168.8.1 dev ens4 table 1011
ip rule add from 192.168.8.10 lookup 1011`);
    const worker = simple("worker", router, "192.168.7.20");
    const pod = host("pod");
    worker.connect("cali0", pod, "eth0");
    worker.run("ip address add 10.233.64.1/24 dev cali0; sysctl -q net.ipv4.ip_forward=1");
    pod.run("ip address add 10.233.64.5/24 dev eth0; ip route add default via 10.233.64.1");
    await first.serve(...[22, 443, 6443, 30087].map((port) => `${node.address}:${port}`), "192.168.8.10:443");
    return { first, worker, pod };
  }
  const nat = (machine: Host) => machine.run(`${xtables("iptables")} -t nat -S`);

  checked("connects the machine, its pods and the first control plane node to the public addresses", async () => {
    const { first, worker, pod } = await cluster();
    expect(worker.call(publicAddress, 6443)).toBe("");
    expect(await boot(root(), worker)).toMatch(/^done: /);
    expect(await boot(root(), first)).toMatch(/^done: /);
    for (const caller of [worker, pod]) {
      for (const port of [22, 6443, 30087])
        expect(caller.call(publicAddress, port)).toBe(`${node.address}:${port} from 192.168.7.20`);
      expect(caller.call(publicAddress, 443)).toBe("192.168.8.10:443 from 192.168.7.20");
    }
    expect(first.call(publicAddress, 6443)).toBe(`${node.address}:6443 from ${node.address}`);
    expect(first.call(publicAddress, 443)).toContain("192.168.8.10:443 from");

    // Like kube-proxy on every node: the ingress address exists and 443 is served.
    worker.run("ip link add kube-ipvs0 type bridge; ip address add 192.168.8.10/32 dev kube-ipvs0");
    await worker.serve("192.168.8.10:443");
    expect(worker.call(publicAddress, 6443)).toBe(`${node.address}:6443 from 192.168.7.20`);
    expect(pod.call(publicAddress, 30087)).toBe(`${node.address}:30087 from 192.168.7.20`);
    expect(pod.call(publicAddress, 443)).toBe("192.168.8.10:443 from 10.233.64.5");
  });

  checked("distinguishes the public addresses of API and ingress", async () => {
    const { worker, pod } = await cluster();
    const part = HairpinNat.of({ node, publicAddress, ingress: { ...ingress, publicAddress: second } });
    expect(await boot(root(part), worker)).toMatch(/^done: /);
    expect(pod.call(publicAddress, 443)).toBe(`${node.address}:443 from 192.168.7.20`);
    expect(pod.call(second, 443)).toBe("192.168.8.10:443 from 192.168.7.20");
    for (const address of [publicAddress, second])
      expect(pod.call(address, 6443)).toBe(`${node.address}:6443 from 192.168.7.20`);
  });

  checked("restores its rules after a flush, writes them once, and keeps the chains of other programs", async () => {
    const { worker } = await cluster();
    const ipt = xtables("iptables");
    worker.run(`${ipt} -t nat -N cali-PREROUTING; ${ipt} -t nat -A PREROUTING -j cali-PREROUTING
${ipt} -t nat -N KUBE-SERVICES; ${ipt} -t nat -A KUBE-SERVICES -s 127.0.0.0/8 -j RETURN
for chain in PREROUTING OUTPUT; do ${ipt} -t nat -A $chain -j KUBE-SERVICES; done`);
    const others = nat(worker);
    const machine = root();
    expect(await boot(machine, worker)).toMatch(/^done: /);
    const rules = nat(worker);
    expect(rules.split("\n").filter((line) => !line.includes("KPAAS"))).toEqual(others.split("\n"));
    expect(rules.match(/-A \w+ -j [\w-]+$/gm)).toEqual([
      ...["cali-PREROUTING", "KUBE-SERVICES", "KPAAS-HAIRPIN"].map((chain) => `-A PREROUTING -j ${chain}`),
      ...["KUBE-SERVICES", "KPAAS-HAIRPIN"].map((chain) => `-A OUTPUT -j ${chain}`),
      "-A POSTROUTING -j KPAAS-HAIRPIN-MASQ",
    ]);

    const program = `PATH=${machine.path("/.bin")}:$PATH bash ${machine.path("/usr/local/lib/kpaas/hairpin-nat")}`;
    worker.run(program);
    expect(nat(worker)).toBe(rules);
    const restores = () => machine.calls.filter((call) => call.startsWith("iptables-restore"));
    expect(restores()).toHaveLength(1);

    worker.run(`${ipt} -t nat -F; ${ipt} -t nat -X`);
    expect(worker.call(publicAddress, 6443)).toBe("");
    // The timer and the first boot at the same time.
    worker.run(`(${program}) & ${program}; wait`);
    expect(nat(worker).match(/-j KPAAS-HAIRPIN(-MASQ)?$/gm)).toHaveLength(3);
    expect(worker.call(publicAddress, 6443)).toBe(`${node.address}:6443 from 192.168.7.20`);
    expect(restores()).toHaveLength(2);
  });

  checked("applies changed settings", async () => {
    const { worker } = await cluster();
    const machine = root();
    await boot(machine, worker);
    const settings = machine.read("/etc/kpaas/hairpin-nat.env");
    machine.write("/etc/kpaas/hairpin-nat.env", settings.replaceAll(publicAddress, second));
    expect(await boot(machine, worker)).toMatch(/^done: /);
    expect(nat(worker)).not.toContain(publicAddress);
    expect(worker.call(second, 6443)).toContain(node.address);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(holds()).toBe(true);
}
