import { ComputeInstanceV2 } from "@cdktf/provider-openstack/lib/compute-instance-v2";
import { ComputeKeypairV2 } from "@cdktf/provider-openstack/lib/compute-keypair-v2";
import { DataOpenstackComputeFlavorV2 } from "@cdktf/provider-openstack/lib/data-openstack-compute-flavor-v2";
import { DataOpenstackImagesImageV2 } from "@cdktf/provider-openstack/lib/data-openstack-images-image-v2";
import { NetworkingFloatingipAssociateV2 } from "@cdktf/provider-openstack/lib/networking-floatingip-associate-v2";
import { NetworkingPortV2 } from "@cdktf/provider-openstack/lib/networking-port-v2";
import { NetworkingSubnetV2 } from "@cdktf/provider-openstack/lib/networking-subnet-v2";
import { resource, resources } from "../support/fixture";
import { objects } from "../support/nhn";
import { stackOf } from "../support/stacks";

/** Addresses of each machine's interfaces, by its name. */
function addressesOf(id: string): Readonly<Record<string, readonly string[]>> {
  const stack = stackOf(id);
  const ports = resources(stack, NetworkingPortV2);
  const addressOf = (reference: string) => {
    const port = ports.find(({ address }) => reference.includes(`${address}.id`));
    return (port?.["fixed_ip"] as readonly { ip_address: string }[] | undefined)?.[0]?.ip_address ?? "";
  };
  return Object.fromEntries(
    resources(stack, ComputeInstanceV2).map((machine) => {
      const nics = machine["network"] as readonly { port: string }[];
      return [String(machine["name"]).replace(`${id}-fleet-`, ""), nics.map(({ port }) => addressOf(port))];
    }),
  );
}

describe("lab-nhn", () => {
  const stack = stackOf("lab-nhn");

  test("has the lab's network: one block, a public and a private subnet (A1)", () => {
    expect(objects(stack, "vpc").map(({ fields }) => fields["cidrv4"])).toEqual(["172.31.0.0/16"]);
    expect(objects(stack, "vpcsubnet").map(({ fields }) => fields["cidr"])).toEqual(
      expect.arrayContaining(["172.31.16.0/20", "172.31.0.0/20"]),
    );
  });

  test("has the lab's five machines of two vCPUs and eight gigabytes with Ubuntu 22.04, in its zone (A3)", () => {
    const machines = resources(stack, ComputeInstanceV2);
    expect(machines).toHaveLength(5);
    for (const machine of machines) expect(machine["availability_zone"]).toBe("kr-pub-a");
    expect(resource(stack, DataOpenstackComputeFlavorV2)["name"]).toBe("r2.c2m8");
    expect(resource(stack, DataOpenstackImagesImageV2)["name_regex"]).toBe("^Ubuntu Server 22\\.04");
  });

  test("names its key pair in at most 32 characters (A4)", () => {
    expect(String(resource(stack, ComputeKeypairV2)["name"])).toMatch(/^[A-Za-z0-9-]{1,32}$/);
  });
});

test("lab-openstack has the same subnets and machines, on OpenStack's own terms", () => {
  const stack = stackOf("lab-openstack");
  expect(resources(stack, NetworkingSubnetV2).map(({ cidr }) => cidr)).toEqual(
    expect.arrayContaining(["172.31.16.0/20", "172.31.0.0/20"]),
  );
  expect(addressesOf("lab-openstack")).toEqual(addressesOf("lab-nhn"));
});

describe.each(["lab-nhn", "lab-openstack", "production-nhn"])("%s", (id) => {
  test("gives the first control plane a second interface, and to that one the floating IP", () => {
    const addresses = addressesOf(id);
    expect(addresses["control-plane-1"]).toHaveLength(2);
    for (const [name, own] of Object.entries(addresses)) if (name !== "control-plane-1") expect(own).toHaveLength(1);
    expect(resource(stackOf(id), NetworkingFloatingipAssociateV2)["port_id"]).toContain("Port-eth1");
  });
});

test("more control planes move no other machine", () => {
  const [lab, production] = [addressesOf("lab-nhn"), addressesOf("production-nhn")];
  const last = (address: string | undefined) => address?.split(".").slice(2).join(".");
  for (const name of ["worker-1", "worker-2", "worker-3", "nfs-1"])
    expect(last(production[name]?.[0])).toBe(last(lab[name]?.[0]));
});
