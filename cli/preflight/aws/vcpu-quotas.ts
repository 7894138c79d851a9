import { EC2Client, paginateDescribeInstances, paginateDescribeInstanceTypes } from "@aws-sdk/client-ec2";
import { allItems, batchesOf } from "../../aws/pages";
import { anyCheck, type Check } from "../check";
import { exceededQuotas } from "../quota";
import type { AwsCloud } from "./cloud";
import { type StartedMachines, startedMachines } from "./machines";
import { limitOf, type QuotaCode, requestQuota } from "./service-quotas";

/** Instance families that share a quota of vCPUs. */
interface Families {
  readonly label: string;
  readonly families: RegExp;
  readonly onDemand: string;
  /** @default - no Spot Instances */
  readonly spot?: string;
}

/** Source: Service Quotas, Amazon EC2, running On-Demand Instances and Spot Instance requests. The first match counts. */
const FAMILIES: readonly Families[] = [
  { label: "DL", families: /^dl/, onDemand: "L-6E869C2A", spot: "L-85EED4F7" },
  { label: "F", families: /^f\d/, onDemand: "L-74FC7D96", spot: "L-88CF9481" },
  { label: "G and VT", families: /^(g|vt)\d|^gr\d/, onDemand: "L-DB2E81BA", spot: "L-3819A6DF" },
  { label: "High Memory", families: /^u-|^u\d/, onDemand: "L-43DA4232" },
  { label: "HPC", families: /^hpc/, onDemand: "L-F7808C92" },
  { label: "Inf", families: /^inf/, onDemand: "L-1945791B", spot: "L-B5D1601B" },
  { label: "P", families: /^p\d/, onDemand: "L-417A185B", spot: "L-7212CCBC" },
  { label: "Trn", families: /^trn/, onDemand: "L-2C3B7624", spot: "L-6B0D517C" },
  { label: "X", families: /^x\d/, onDemand: "L-7295265B", spot: "L-E3A00192" },
  {
    label: "standard (A, C, D, H, I, M, R, T, Z)",
    families: /^(a|c|d|h|i|im|is|m|r|t|z)\d/,
    onDemand: "L-1216C47A",
    spot: "L-34B43A08",
  },
];

/** Types that one request of DescribeInstanceTypes accepts. */
const BATCH = 100;

/** Region, vCPUs of the types, machines that run, and limits by code of the quota. */
export interface VcpuSupply {
  readonly region: string;
  readonly vCpus: Readonly<Record<string, number>>;
  readonly running: readonly StartedMachines[];
  readonly limits: Readonly<Record<string, number | undefined>>;
}

/** Whether the vCPUs of new machines and of desired nodes fit into the quotas of their families. */
export const vcpuQuotaCheck: Check<AwsCloud, readonly StartedMachines[], VcpuSupply> = {
  name: "quotas of vCPUs",
  needs: (plan) => {
    const machines = startedMachines(plan);
    return machines.length === 0 ? undefined : machines;
  },
  supply: async (cloud, needs) => {
    const running = await runningMachines(cloud);
    const codes = new Set(needs.map(codeOf).filter((code) => code !== undefined));
    const limits = [...codes].map(async (code) => [code, await limitOf(cloud, quotaOf(code))] as const);
    const types = [...new Set([...needs, ...running].map(({ instanceType }) => instanceType))];
    return {
      region: cloud.region,
      vCpus: await vCpusOf(cloud, types),
      running,
      limits: Object.fromEntries(await Promise.all(limits)),
    };
  },
  compare: (needs, { region, vCpus, running, limits }) => {
    const total = (machines: readonly StartedMachines[], code: string): number =>
      machines
        .filter((each) => codeOf(each) === code)
        .reduce((sum, { instanceType, count }) => sum + count * (vCpus[instanceType] ?? 0), 0);
    return exceededQuotas(
      Object.entries(limits).map(([code, limit]) => ({
        label: `vCPUs of ${labelOf(code)} instances`,
        needed: total(needs, code),
        quota: limit === undefined ? undefined : { limit, used: total(running, code) },
        fix: requestQuota({ region }, quotaOf(code)),
      })),
    );
  },
};

export const vcpuQuotas = anyCheck(vcpuQuotaCheck);

function quotaOf(code: string): QuotaCode {
  return { service: "ec2", code };
}

/** The code of the quota for a machine; undefined for a family that has none. */
export function codeOf({ instanceType, isSpot }: Pick<StartedMachines, "instanceType" | "isSpot">): string | undefined {
  const found = FAMILIES.find(({ families }) => families.test(instanceType));
  return isSpot ? found?.spot : found?.onDemand;
}

function labelOf(code: string): string {
  const found = FAMILIES.find(({ onDemand, spot }) => onDemand === code || spot === code);
  return `${found?.spot === code ? "Spot" : "On-Demand"} ${found?.label ?? ""}`;
}

async function runningMachines({ session }: AwsCloud): Promise<readonly StartedMachines[]> {
  const filters = [{ Name: "instance-state-name", Values: ["pending", "running"] }];
  const pages = paginateDescribeInstances({ client: session.client(EC2Client) }, { Filters: filters });
  const reservations = await allItems(pages, ({ Reservations }) => Reservations);
  return reservations
    .flatMap(({ Instances = [] }) => Instances)
    .map(({ InstanceType, InstanceLifecycle }) => ({
      instanceType: String(InstanceType),
      isSpot: InstanceLifecycle === "spot",
      count: 1,
    }));
}

/** vCPUs by type. Unlike a list of types, a filter accepts types that do not exist, which another check reports. */
async function vCpusOf({ session }: AwsCloud, types: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const client = session.client(EC2Client);
  const batches = batchesOf(types, BATCH).map((batch) =>
    allItems(
      paginateDescribeInstanceTypes({ client }, { Filters: [{ Name: "instance-type", Values: [...batch] }] }),
      ({ InstanceTypes }) => InstanceTypes,
    ),
  );
  const found = (await Promise.all(batches)).flat();
  return Object.fromEntries(
    found.map(({ InstanceType, VCpuInfo }) => [String(InstanceType), VCpuInfo?.DefaultVCpus ?? 0]),
  );
}
