import { Size } from "@groundwork/constructs/core/size";
import { Instance } from "@groundwork/constructs/openstack/compute/instance";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import { ProjectQuota, type ProjectQuotaProps } from "@groundwork/constructs/openstack/project-quota";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { OST014 } from "@groundwork/constructs/openstack/rules";
import { synthesized } from "../../support/fixture";
import { NARROW, readyForMachines } from "../../support/openstack";

/** Five machines of two vCPUs and 8 GiB, and a floating IP, in a project with the given quota. */
function synthesize(props: ProjectQuotaProps) {
  const { stack, internet, privateSubnet, ...ready } = readyForMachines(NARROW);
  new ProjectQuota(stack, "Quota", props);
  for (const name of ["control-plane", "worker-1", "worker-2", "worker-3", "nfs"])
    new Instance(stack, name, { ...ready, nics: [Nic.in(privateSubnet)] });
  new FloatingIp(stack, "Address", { external: internet });
  return () => synthesized(stack);
}

describe("ProjectQuota", () => {
  test("accepts a stack that fits exactly, including resources that are created later in the code", () => {
    const most = { machines: 5, vCpus: 10, memory: Size.gibibytes(40), floatingIps: 1 };
    expect(synthesize(most)).not.toThrow();
  });

  test("checks nothing by default", () => {
    expect(synthesize({})).not.toThrow();
  });

  test.each([
    [{ machines: 4 }, /5 machines, the project's quota is 4/],
    [{ vCpus: 9 }, /10 vCPUs, the project's quota is 9/],
    [{ memory: Size.gibibytes(39) }, /40 GiB of memory, the project's quota is 39/],
    [{ floatingIps: 0 }, /1 floating IPs, the project's quota is 0/],
  ])("rejects a stack that exceeds %j", (props, message) => {
    expect(synthesize(props)).toViolate(OST014, message);
  });
});
