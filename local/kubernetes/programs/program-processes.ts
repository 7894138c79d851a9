import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning, type ProcessIdentity, startRecorded, stop } from "@groundwork/tooling/process/background";
import { freePort } from "@groundwork/tooling/ports";
import { CREDENTIALS } from "../../aws/account";
import { minimalEnvironment } from "../../minimal-environment";
import type { KubernetesApi } from "../api";
import type { Controller } from "../controllers/controller";
import { type Release, releasesOf, textAt } from "../controllers/releases";
import { autoscalerFlags, cloudConfig, controllerFlags, type ProgramPlace } from "./program-flags";

/** A program that runs where the release of its chart is deployed. */
export interface ProgramProps {
  /** Name of the program, and of its chart. */
  readonly name: "aws-load-balancer-controller" | "cluster-autoscaler";
  readonly path: string;
  /** Directory of the cluster. */
  readonly directory: string;
  readonly kubeconfig: string;
  readonly endpoint: string;
}

/** Starts a program when the release of its chart is deployed, and ends it when the release is removed. */
export class ProgramProcess implements Controller {
  readonly name: string;
  readonly everyMs = 1_000;

  constructor(
    private readonly api: KubernetesApi,
    private readonly props: ProgramProps,
  ) {
    this.name = props.name;
  }

  async reconcile(): Promise<void> {
    const [release] = await releasesOf(this.api, this.props.name);
    const records = readRecords(this.props.directory);
    const process = records[this.props.name];
    if (release === undefined) {
      if (process === undefined) return;
      await stop(process);
      writeRecords(this.props.directory, { ...records, [this.props.name]: undefined });
    } else if (process === undefined || !isRunning(process)) await this.start(release);
  }

  private async start(release: Release): Promise<void> {
    const { name, path, directory, kubeconfig, endpoint } = this.props;
    const place: ProgramPlace = {
      kubeconfig,
      endpoint,
      ports: [await freePort(), await freePort()],
      cloudConfig: join(directory, "autoscaler-aws.conf"),
    };
    const isAutoscaler = name === "cluster-autoscaler";
    if (isAutoscaler) writeFileSync(place.cloudConfig, cloudConfig(release, endpoint));
    const region = textAt(release.values, isAutoscaler ? "awsRegion" : "region");
    const env = {
      ...minimalEnvironment(directory),
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: "true",
    };
    const args = isAutoscaler ? autoscalerFlags(release, place) : controllerFlags(release, place);
    const logFile = join(directory, `${name}.log`);
    await startRecorded({ command: path, args, env, logFile }, (identity) => {
      writeRecords(directory, { ...readRecords(directory), [name]: identity });
    });
  }
}

type Records = Readonly<Record<string, ProcessIdentity | undefined>>;

/** Stops the programs of a cluster. */
export async function stopPrograms(directory: string): Promise<void> {
  for (const identity of Object.values(readRecords(directory))) if (identity !== undefined) await stop(identity);
  rmSync(recordFile(directory), { force: true });
}

function readRecords(directory: string): Records {
  try {
    return JSON.parse(readFileSync(recordFile(directory), "utf8")) as Records;
  } catch {
    return {};
  }
}

function writeRecords(directory: string, records: Records): void {
  writeFileSync(`${recordFile(directory)}.new`, JSON.stringify(records));
  renameSync(`${recordFile(directory)}.new`, recordFile(directory));
}

function recordFile(directory: string): string {
  return join(directory, "programs.json");
}
