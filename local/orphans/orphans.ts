import type { SynthesizedStack } from "../terraform/synthesized";
import { lostAttachments } from "./attachments";
import type { Remedies } from "./remedies";
import { remedies } from "./remedies";
import { KnownObjects } from "./state";
import type { Inventory } from "./tagged-objects";
import { taggedObjects } from "./tagged-objects";

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
  const known = KnownObjects.of(await Promise.all(stacks.map(pullState)));
  const clouds = await Promise.all([...new Set(stacks.map(({ region }) => region))].map(inventory));
  const tagged = (await Promise.all(clouds.map((cloud) => taggedObjects(cloud, environment)))).flat();
  // Global services answer the same in every region.
  const objects = [...new Map(tagged.map((object) => [object.arn, object])).values()];
  const found = remedies(
    objects.filter((object) => !known.knows(object)),
    stacks,
    known,
  );

  const expected = known.expecting(found.imports);
  const attachments = await Promise.all(
    stacks.flatMap((stack) => {
      const cloud = clouds.find(({ region }) => region === stack.region);
      return cloud === undefined ? [] : [lostAttachments(cloud.ec2, stack, expected)];
    }),
  );
  return { ...found, imports: [...found.imports, ...attachments.flat()] };
}
