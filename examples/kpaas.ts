import { OpenstackProvider } from "@groundwork/provider-openstack/lib/provider";
import { Cidr, Peer } from "@groundwork/constructs/core";
import * as k from "@groundwork/constructs/kpaas";
import * as o from "@groundwork/constructs/openstack";
import { App, TerraformOutput, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new OpenstackProvider(stack, "openstack");
const external = new o.ExternalNetwork(stack, "Internet");
const network = new o.Network(stack, "Network", { cidr: Cidr.parse("192.168.0.0/16") });
const ranges = { cidr: Cidr.parse("192.168.7.0/24"), automaticAddresses: Cidr.parse("192.168.7.192/26") };
const subnet = new o.Subnet(stack, "Subnet", { network, ...ranges, floatingIps: true });
new o.Router(stack, "Router", { external, subnets: [subnet] });
// Roles and addresses of the machines; everything else is derived from this plan.
const floatingIp = new o.FloatingIp(stack, "Address", { external });
const floatingAddress = floatingIp.floatingIpAddress;
const size = { flavor: "m1.large", image: "ubuntu-22.04" };
const machine = (name: string, host: number) => ({ name, fixedAddress: subnet.cidr.address(host), ...size });
const serviceAddresses = k.AddressRange.parse("192.168.7.150-192.168.7.160");
const plan = new k.ClusterPlan({
  subnet,
  controlPlane: k.ControlPlane.single(machine("master", 10), { publicAddress: floatingAddress }),
  workers: [k.NodePool.of("worker", [machine("worker1", 20), machine("worker2", 21), machine("worker3", 22)])],
  storage: k.KPaasStorage.nfs({ server: machine("files", 19) }),
  exposure: k.Exposure.extraNic({ serviceAddresses, address: "192.168.7.11", floatingAddress }),
});
const boot = k.ClusterBoot.of(plan, { portal: { cloud: "openstack" }, workload: {} });
new k.KPaasCluster(stack, "Cluster", {
  plan,
  subnet,
  ingress: { floatingIp },
  boot: (node) => boot.of(node),
  clients: [Peer.anyIpv4()],
  image: new o.Image(stack, "Image", { name: o.ImageName.newest("ubuntu-22.04") }),
  keyPair: o.KeyPair.fromName(stack, "Operators", "operators"),
  administrators: [Peer.ipv4("203.0.113.0/24")],
});
new TerraformOutput(stack, "portal", { value: `https://portal.${plan.hostDomain}` });
app.synth();
