import { join } from "node:path";
import { defined } from "@groundwork/constructs/core";
import { RegionSessions } from "../../aws/region-sessions";
import { findEnvironment } from "../../deployed-environment";
import { abortable, interruptible } from "../../program/interruptible";
import { type Io, jsonLines, logOf } from "../../program/io";
import { type OutputOptions, projectStacks } from "../../project/synthesized-project";
import type { Output } from "../command";
import { type ImageLock, lockFile, readLock, writeLock } from "../image-lock";
import { EcrRepository } from "./ecr-repository";
import { apply, type Inspection, inspect, type Promotion } from "./promotion";
import type { ScanPolicy } from "./scan";
import { type EnvironmentImage, environmentImages, nodePlatforms, selectServices } from "./services";

/** Options of `groundwork images promote`. */
export interface PromoteOptions extends OutputOptions {
  /** Part of the name of a service or repository. @default - all services */
  readonly service?: string;
  readonly accept?: readonly string[];
  readonly withoutScan?: boolean;
  readonly json?: boolean;
}

/** Arguments of `groundwork images promote`. */
export interface PromoteCommand extends ScanPolicy {
  readonly from: string;
  readonly to: string;
  /** Directory of the project, which contains the lock files. */
  readonly project: string;
  /** Directory of the synthesized stacks. */
  readonly output: string;
  /** Part of the name of a service or repository. @default - all services */
  readonly service?: string | undefined;
  /** Whether the result is printed as JSON. @default false */
  readonly json?: boolean;
  /** Address of a local cloud. @default - the project's local cloud for stacks that connect to it, AWS for others */
  readonly endpoint?: string;
}

/** Runs `groundwork images promote`. Returns the exit code. */
export function promoteAction(from: string, to: string, options: PromoteOptions, io: Io): Promise<number> {
  const { json = false, service, accept = [], withoutScan = false } = options;
  return interruptible(io, "interrupted; no tag points to an incomplete image, run it again", async (abort) => {
    const log = logOf(io, options);
    const { project } = await projectStacks(options, log, abort);
    const { directory, output } = project;
    const command = { from, to, service, json, accepted: accept, withoutScan, project: directory, output };
    return promoteCommand(command, { out: io.out, log }, abort);
  });
}

/** Promotes the images of one environment to another one. Returns the exit code: 0 when all of them are there, 1 otherwise. */
export async function promoteCommand(command: PromoteCommand, output: Output, abort: AbortSignal): Promise<number> {
  const { from, to, output: directory, endpoint: given } = command;
  if (from === to) throw new Error(`"${from}" is both environments; the second one receives the image`);
  const address = defined({ endpoint: given });
  const source = await findEnvironment({ environment: from, output: directory, ...address });
  const target = await findEnvironment({ environment: to, output: directory, ...address });
  if (source.endpoint !== target.endpoint)
    throw new Error(`one of ${from} and ${to} is in the local cloud, and the other one is not`);
  const sessions = new RegionSessions(target.endpoint);
  try {
    const targets = selectServices(environmentImages(target.stacks), to, command.service);
    const sources = environmentImages(source.stacks);
    const platforms = nodePlatforms(target.stacks);
    const promotions = promotionsOf({ command, sources, targets, sessions, platforms });
    return await abortable(abort, promoteAll(command, promotions, output, abort));
  } finally {
    sessions.destroy();
  }
}

interface PromotionsProps {
  readonly command: PromoteCommand;
  readonly sources: readonly EnvironmentImage[];
  readonly targets: readonly EnvironmentImage[];
  readonly sessions: RegionSessions;
  readonly platforms: readonly string[];
}

/** One promotion for each image of the second environment. Throws when the first one has no record of an image. */
function promotionsOf({ command, sources, targets, sessions, platforms }: PromotionsProps): readonly Promotion[] {
  const { from, to, project } = command;
  const [locked, recorded] = [from, to].map((name) => readLock(lockFile(project, name)));
  const pairs = targets.map((target) => ({ target, source: sourceOf(target, sources, locked ?? {}) }));
  const problems = pairs.flatMap(({ target, source }) =>
    source === undefined || locked?.[source.repository] === undefined ? [missingSource(command, target, source)] : [],
  );
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return pairs.flatMap(({ target, source }) => {
    const image = source === undefined ? undefined : locked?.[source.repository];
    if (source === undefined || image === undefined) return [];
    return [
      {
        service: target.service,
        environment: from,
        from: new EcrRepository(sessions.of(source.region), source.repository, source.account),
        to: new EcrRepository(sessions.of(target.region), target.repository, target.account),
        image,
        tag: target.tag,
        recorded: recorded?.[target.repository],
        platforms,
      },
    ];
  });
}

/** The image of the same service; otherwise the one of a repository with the same name. */
function sourceOf(
  target: EnvironmentImage,
  sources: readonly EnvironmentImage[],
  locked: ImageLock,
): EnvironmentImage | undefined {
  return (
    sources.find(({ path }) => path !== "" && path === target.path) ??
    sources.find(({ repository }) => repository === target.repository && locked[repository] !== undefined)
  );
}

function missingSource(
  { from }: PromoteCommand,
  { service, repository }: EnvironmentImage,
  source: EnvironmentImage | undefined,
): string {
  return source === undefined
    ? `${service}: ${from} has no image from a repository for this service; push it to ${repository}, and promote the others with --service`
    : `${service}: ${join("images", `${from}.lock.json`)} has no image of ${source.repository}; run npx groundwork images build ${from}`;
}

async function promoteAll(
  command: PromoteCommand,
  promotions: readonly Promotion[],
  { out, log }: Output,
  abort: AbortSignal,
): Promise<number> {
  const { to, project, json = false } = command;
  const inspected: { readonly promotion: Promotion; readonly inspection: Inspection }[] = [];
  for (const promotion of promotions)
    inspected.push({ promotion, inspection: await inspect(promotion, command, log, abort) });
  const problems = inspected.flatMap(({ inspection }) => (inspection.kind === "blocked" ? inspection.problems : []));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  for (const { promotion, inspection } of inspected) {
    const name = `${promotion.to.name}:${promotion.tag}`;
    if (inspection.kind !== "ready") {
      log(`${name} is already ${promotion.image.digest}`);
      continue;
    }
    const image = await apply(promotion, inspection.content, log, abort);
    if (writeLock(lockFile(project, to), { [promotion.to.name]: image }))
      log(`wrote ${join("images", `${to}.lock.json`)}`);
    log(`${name} is ${image.digest} of ${image.revision.slice(0, 7)}`);
  }
  if (json) out(jsonLines(inspected.map(({ promotion, inspection }) => described(promotion, inspection))));
  return 0;
}

function described({ service, from, to, tag, image }: Promotion, { kind }: Inspection): object {
  const state = kind === "ready" ? "promoted" : "current";
  return { service, from: from.name, to: to.name, tag, digest: image.digest, revision: image.revision, state };
}
