import { Size } from "@groundwork/constructs/core/size";
import { Instance } from "@groundwork/constructs/openstack/compute/instance";
import { Nic } from "@groundwork/constructs/openstack/compute/nic";
import type { ProjectQuotaProps } from "@groundwork/constructs/openstack/compute/project-quota";
import { ProjectQuota } from "@groundwork/constructs/openstack/compute/project-quota";
import { FloatingIp } from "@groundwork/constructs/openstack/network/floating-ip";
import { OST014 } from "@groundwork/constructs/openstack/rules";
import { synthesized } from "../../../support/fixture";
import { NARROW, readyForMachines } from "../../../support/openstack";

/** Five machines of two vCPUs and 8 GiB, and a floating IP, in a project that may have so much. */
function synthesize(props: ProjectQuotaProps) {
  const { stack, internet, privateSubnet, ...ready } = readyForMachines(NARROW);
  new ProjectQuota(stack, "Quota", props);
  for (const name of ["control-plane", "worker-1", "worker-2", "worker-3", "nfs"])
    new Instance(stack, name, { ...ready, nics: [Nic.in(privateSubnet)] });
  new FloatingIp(stack, "Address", { external: internet });
  return () => synthesized(stack);
}

describe("ProjectQuota", () => {
  test("lets pass what fits exactly, also what was made after it", () => {
    const most = { machines: 5, vCpus: 10, memory: Size.gibibytes(40), floatingIps: 1 };
    expect(synthesize(most)).not.toThrow();
  });

  test("counts nothing that it is not told to", () => {
    expect(synthesize({})).not.toThrow();
  });

  test.each([
    [{ machines: 4 }, /5 machines, the project may have 4/],
    [{ vCpus: 9 }, /10 vCPUs, the project may have 9/],
    [{ memory: Size.gibibytes(39) }, /40 GiB of memory, the project may have 39/],
    [{ floatingIps: 0 }, /1 floating IPs, the project may have 0/],
  ])("rejects a plan that exceeds %j", (props, words) => {
    expect(synthesize(props)).toViolate(OST014, words);
  });
});
