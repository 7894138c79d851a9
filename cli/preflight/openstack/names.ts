import { anyCheck, type Check, type Problem } from "../check";
import type { OpenStackSession, Service } from "./session";

/** A kind of object with a name: where the cloud lists it, and whether two of them can have the same name. */
interface NamedKind {
  readonly type: string;
  readonly label: string;
  readonly service: Service;
  readonly path: string;
  readonly key: string;
  readonly isUnique?: boolean;
}

const KINDS: readonly NamedKind[] = [
  {
    type: "openstack_compute_keypair_v2",
    label: "key pair",
    service: "compute",
    path: "/os-keypairs",
    key: "keypairs",
    isUnique: true,
  },
  {
    type: "openstack_compute_instance_v2",
    label: "machine",
    service: "compute",
    path: "/servers",
    key: "servers",
  },
  network("openstack_networking_network_v2", "network", "networks"),
  network("openstack_networking_router_v2", "router", "routers"),
  network("openstack_networking_secgroup_v2", "security group", "security-groups"),
  network("openstack_networking_port_v2", "port", "ports"),
];

function network(type: string, label: string, plural: string): NamedKind {
  return { type, label, service: "network", path: `/${plural}`, key: plural.replace("-", "_") };
}

interface Named {
  readonly name?: string;
  readonly keypair?: { readonly name: string };
}

/** Names of created objects by type of resource. */
type Names = Readonly<Record<string, readonly string[]>>;

/** Whether objects with the names of created ones exist: key pairs cannot exist twice, others would be created a second time. */
export const nameCheck: Check<OpenStackSession, Names, Names> = {
  name: "existing names",
  needs: (plan) => {
    const names = KINDS.map(({ type }) => {
      const created = plan.created(type).map((resource) => resource.text("name"));
      return [type, created.filter((name) => name !== undefined)] as const;
    });
    const needed = names.filter(([, created]) => created.length > 0);
    return needed.length === 0 ? undefined : Object.fromEntries(needed);
  },
  supply: async (cloud, needs) => {
    const lists = KINDS.filter(({ type }) => needs[type] !== undefined).map(async ({ type, service, path, key }) => {
      const objects = await cloud.list<Named>(service, path, key);
      return [type, objects.map(({ name, keypair }) => keypair?.name ?? name ?? "")] as const;
    });
    return Object.fromEntries(await Promise.all(lists));
  },
  compare: (needs, supply) =>
    KINDS.flatMap((kind) => problemsOf(kind, needs[kind.type] ?? [], supply[kind.type] ?? [])),
};

export const names = anyCheck(nameCheck);

function problemsOf(
  { label, isUnique = false }: NamedKind,
  needed: readonly string[],
  existing: readonly string[],
): readonly Problem[] {
  const taken = [...new Set(needed)].filter((name) => existing.includes(name)).sort();
  if (taken.length === 0) return [];
  const plural = taken.length === 1 ? label : `${label}s`;
  return [
    {
      needed: `${plural} ${taken.join(", ")}`,
      available: `${taken.length === 1 ? "it exists" : "they exist"}, and the Terraform state does not contain ${taken.length === 1 ? "it" : "them"}`,
      fix: isUnique
        ? "choose another name, or delete the existing one"
        : "import or delete what exists; otherwise it is created a second time",
    },
  ];
}
