import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { lostAttachments } from "./attachments";
import type { CloudObject } from "./cloud-object";
import type { Remedies } from "./remedies";
import { remedies } from "./remedies";
import { KnownObjects } from "./state";
import type { Inventory } from "./tagged-objects";
import { taggedObjects } from "./tagged-objects";

/** Where AWS's tagging service tells of IAM and CloudFront, and where CloudFront's certificates are. */
const HOME_OF_GLOBAL_SERVICES = "us-east-1";

/** Where to look. */
export interface OrphansProps {
  readonly environment: string;
  readonly stacks: readonly SynthesizedStack[];
  /** Terraform's state of a stack, as `terraform state pull` prints it; empty when there is none. */
  readonly pullState: (stack: SynthesizedStack) => Promise<string>;
  /** The cloud's API in a region. */
  readonly inventory: (region: string) => Promise<Inventory>;
}

/**
 * Finds what stands in the cloud with an environment's tags but in no state of its stacks, and says what to do about it.
 *
 * Terraform writes down what it has made when the cloud has answered. Killed in between, it loses the object: one with a
 * fixed name then blocks the next apply, one with a generated id is simply made again, and the first goes on costing money.
 */
export async function findOrphans({ environment, stacks, pullState, inventory }: OrphansProps): Promise<Remedies> {
  const known = KnownObjects.of(await statesOf(stacks, pullState));
  const regions = new Set([...stacks.map(({ region }) => region), HOME_OF_GLOBAL_SERVICES]);
  const clouds = await Promise.all([...regions].map(inventory));
  const tagged = (await Promise.all(clouds.map((cloud) => taggedObjects(cloud, environment)))).flat();
  // IAM itself answers the same in every region.
  const objects = [...new Map(tagged.map((object) => [object.arn, object])).values()];
  const found = remedies(
    objects.filter((object) => !known.knows(object) && !madeInCluster(object)),
    stacks,
    known,
  );

  const expected = known.expecting(found.imports);
  const attachments = await Promise.all(
    stacks.flatMap((stack) => {
      const cloud = clouds.find(({ region }) => region === stack.region);
      return cloud === undefined ? [] : [lostAttachments(cloud.ec2, stack, expected.in(stack.id))];
    }),
  );
  return { ...found, imports: [...found.imports, ...attachments.flat()] };
}

/** Terraform's states, by stack. */
export async function statesOf(
  stacks: readonly SynthesizedStack[],
  pullState: (stack: SynthesizedStack) => Promise<string>,
): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    await Promise.all(stacks.map(async (stack) => [stack.id, await pullState(stack)] as const)),
  );
}

/** Whether a load balancer controller has made it: it gives its things the environment's tags, and `npm run sweep` is for them. */
function madeInCluster({ tags }: CloudObject): boolean {
  return "elbv2.k8s.aws/cluster" in tags;
}
