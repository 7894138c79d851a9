import { Size } from "@groundwork/constructs/core/size";
import type { FlavorSize } from "@groundwork/constructs/openstack/cloud";
import { ProjectUsage } from "@groundwork/constructs/openstack/project-usage";
import { type EnvironmentData, readEnvironment } from "@groundwork/stacks/environments/environment";
import { OpenstackStack } from "@groundwork/stacks/openstack-stack";
import type { App, TerraformStack } from "cdktf";
import type { Project, Usage } from "./project";

/** The section `openstack` as it is written. */
type OpenstackData = NonNullable<EnvironmentData["openstack"]>;

/** A checked-in environment that is deployed to a project, with changes of its section `openstack`. */
export function openstackStack(
  environment: EnvironmentData,
  { authUrl }: Pick<Project, "authUrl">,
  change: (section: OpenstackData) => OpenstackData = (section) => section,
): (app: App) => TerraformStack {
  if (environment.openstack === undefined) throw new Error(`${environment.name} has no OpenStack`);
  const data = {
    ...environment,
    backend: { type: "local" as const },
    openstack: change({ ...environment.openstack, authUrl }),
  };
  const decoded = readEnvironment(`environments/${environment.name}.ts`, data);
  if (decoded.openstack === undefined) throw new Error(`${environment.name} has no OpenStack`);
  const { openstack } = decoded;
  return (app) => new OpenstackStack(app, `${environment.name}-openstack`, { environment: decoded, openstack });
}

/** Sizes of the flavors that the cloud offers. */
const FLAVORS: Readonly<Record<string, FlavorSize>> = {
  "m1.c1m2": { vCpus: 1, memory: Size.gibibytes(2) },
  "m1.c2m8": { vCpus: 2, memory: Size.gibibytes(8) },
  "m1.c4m16": { vCpus: 4, memory: Size.gibibytes(16) },
};

/** What `ProjectQuota` counts in a stack, in the units of the cloud. */
export function counted(stack: TerraformStack): Usage {
  const usage = new ProjectUsage(stack.node.findAll(), FLAVORS);
  const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
  return {
    machines: usage.count("machines"),
    vCpus: total(usage.sizes.map(({ vCpus }) => vCpus)),
    memory: total(usage.sizes.map(({ memory }) => memory.toMebibytes())),
    volumes: usage.volumes.length,
    volumeStorage: total(usage.volumes),
    networks: usage.count("networks"),
    subnets: usage.count("subnets"),
    ports: usage.count("ports"),
    routers: usage.count("routers"),
    floatingIps: usage.count("floatingIps"),
    securityGroups: usage.count("securityGroups"),
    securityGroupRules: usage.count("securityGroupRules"),
  };
}
