import { join } from "node:path";
import { defined } from "@groundwork/constructs/core";
import { AwsSession } from "../../aws/aws-session";
import { findEnvironment } from "../../deployed-environment";
import { abortable, interruptible } from "../../program/interruptible";
import { type Io, logOf } from "../../program/io";
import { type OutputOptions, projectStacks } from "../../project/synthesized-project";
import { lockFile, readLock, writeLock } from "../image-lock";
import { isCommit } from "../image-state";
import { EcrRepository } from "./ecr-repository";
import { type EnvironmentImage, environmentImages, selectServices } from "./services";

/** Options of `groundwork images record`. */
export interface RecordOptions extends OutputOptions {
  readonly service: string;
  readonly digest: string;
  readonly source: string;
  readonly revision: string;
}

/** Arguments of `groundwork images record`. */
export interface RecordCommand {
  readonly environment: string;
  /** Part of the name of the service or repository. */
  readonly service: string;
  readonly digest: string;
  /** Address of the source. */
  readonly source: string;
  /** Commit that the image was built from. */
  readonly revision: string;
  /** Directory of the project, which contains the lock file. */
  readonly project: string;
  /** Directory of the synthesized stacks. */
  readonly output: string;
  /** Address of a local cloud. @default - the project's local cloud for stacks that connect to it, AWS for others */
  readonly endpoint?: string;
}

/** Runs `groundwork images record`. Returns the exit code. */
export function recordAction(environment: string, options: RecordOptions, io: Io): Promise<number> {
  const { service, digest, source, revision } = options;
  return interruptible(io, "interrupted", async (abort) => {
    const log = logOf(io, {});
    const { project } = await projectStacks(options, log, abort);
    const command = { environment, service, digest, source, revision };
    return recordCommand({ ...command, project: project.directory, output: project.output }, log, abort);
  });
}

/** Records an image that another system has pushed. Returns the exit code. */
export async function recordCommand(
  command: RecordCommand,
  log: (line: string) => void,
  abort: AbortSignal,
): Promise<number> {
  const { environment, digest, source, revision, project } = command;
  requireForms(command);
  const { repository, tag } = await requirePushed(command, abort);
  const file = lockFile(project, environment);
  const before = readLock(file)[repository];
  const isRecorded = before?.digest === digest && before.tag === tag && before.revision === revision;
  const date = new Date().toISOString();
  if (!isRecorded && writeLock(file, { [repository]: { tag, digest, source, revision, date } }))
    log(`wrote ${join("images", `${environment}.lock.json`)}`);
  log(`${repository}:${tag} is ${digest} of ${revision.slice(0, 7)}`);
  return 0;
}

function requireForms({ digest, revision }: RecordCommand): void {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new Error(`"${digest}" is no digest; it is sha256: and 64 hexadecimal digits`);
  if (!isCommit(revision)) throw new Error(`"${revision}" is no complete commit hash; it has 40 hexadecimal digits`);
}

/** The image of the service, whose tag has the digest in the repository. */
async function requirePushed(command: RecordCommand, abort: AbortSignal): Promise<EnvironmentImage> {
  const { environment, service, digest, output, endpoint: given } = command;
  const { stacks, endpoint } = await findEnvironment({ environment, output, ...defined({ endpoint: given }) });
  const [image, ...others] = selectServices(environmentImages(stacks), environment, service);
  if (image === undefined || others.length > 0)
    throw new Error(`"${service}" is in the names of several services; use a longer part of the name`);
  const { region, repository, tag, account } = image;
  const session = new AwsSession(region, endpoint);
  try {
    const found = await abortable(abort, new EcrRepository(session, repository, account).digestOf(tag));
    if (found === digest) return image;
    const name = `${repository}:${tag}`;
    throw new Error(`${name} is ${found ?? "no image"}, not ${digest}; push the image with this tag first`);
  } finally {
    session.destroy();
  }
}
