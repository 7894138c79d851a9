import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { orphanedAttachments } from "./attachments";
import type { CloudObject } from "./cloud-object";
import type { Tags } from "./identifying-tags";
import { type Remedies, remedies } from "./remedies";
import { KnownObjects } from "./state";
import { type Inventory, taggedObjects } from "./tagged-objects";

/** Region in which AWS's tagging service returns IAM and CloudFront resources, and in which CloudFront's certificates are. */
const GLOBAL_SERVICES_REGION = "us-east-1";

/** The stacks, their states and the cloud's API. */
export interface OrphansProps {
  /** Tags of the resources that belong to the stacks. */
  readonly tags: Tags;
  readonly stacks: readonly SynthesizedStack[];
  /** Returns the state of a stack as `terraform state pull` prints it; empty when there is none. */
  readonly pullState: (stack: SynthesizedStack) => Promise<string>;
  /** Connects to the cloud's API in a region. */
  readonly inventory: (region: string) => Promise<Inventory>;
}

/**
 * Finds the resources that have the stacks' tags and are in no state of the stacks, and how to import or delete each.
 *
 * Terraform adds a resource to its state when the cloud has responded. When it is killed before, the resource is orphaned: one
 * with a fixed name blocks the next apply, one with a generated id is created a second time and the first keeps costing money.
 */
export async function findOrphans({ tags, stacks, pullState, inventory }: OrphansProps): Promise<Remedies> {
  const known = KnownObjects.of(await statesOf(stacks, pullState));
  const regions = new Set([...stacks.map(({ region }) => region), GLOBAL_SERVICES_REGION]);
  const clouds = await Promise.all([...regions].map(inventory));
  const tagged = (await Promise.all(clouds.map((cloud) => taggedObjects(cloud, tags)))).flat();
  // IAM returns the same resources in every region.
  const objects = [...new Map(tagged.map((object) => [object.arn, object])).values()];
  const found = remedies(
    objects.filter((object) => !known.knows(object) && !isCreatedInCluster(object)),
    stacks,
    known,
  );

  const afterImport = known.with(found.imports);
  const attachments = await Promise.all(
    stacks.flatMap((stack) => {
      const cloud = clouds.find(({ region }) => region === stack.region);
      return cloud === undefined ? [] : [orphanedAttachments(cloud.session, stack, afterImport.in(stack.id))];
    }),
  );
  return { ...found, imports: [...found.imports, ...attachments.flat()] };
}

/** Terraform states by stack. */
export async function statesOf(
  stacks: readonly SynthesizedStack[],
  pullState: (stack: SynthesizedStack) => Promise<string>,
): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    await Promise.all(stacks.map(async (stack) => [stack.id, await pullState(stack)] as const)),
  );
}

/** Whether the load balancer controller has created it: its resources also get the environment's tags; see `groundwork sweep`. */
function isCreatedInCluster({ tags }: CloudObject): boolean {
  return "elbv2.k8s.aws/cluster" in tags;
}
