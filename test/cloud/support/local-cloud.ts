import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cloud, CloudPlace, UpProps } from "@groundwork/local/cloud";
import type { Part } from "@groundwork/local/parts";
import { down, up, variablesOf } from "@groundwork/local/cloud";
import { until } from "@groundwork/tooling/process/background";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { Terraform } from "@groundwork/tooling/terraform/terraform";

/** A local cloud of one test file, in a directory and on ports of its own, so that it meets neither a demo nor another run. */
export class LocalCloud {
  /** Starts one; end it with {@link stop}. What is to stand beside AWS has to be named. */
  static async start(props: Pick<UpProps, "parts"> = { parts: [] }): Promise<LocalCloud> {
    const directory = mkdtempSync(join(tmpdir(), "groundwork-cloud-"));
    const place = { directory: join(directory, "local"), stateDirectory: join(directory, ".groundwork/state") };
    return new LocalCloud(directory, place, await up(place, { ...props, say: console.log }));
  }

  private constructor(
    /** Everything the test writes. */
    readonly directory: string,
    readonly place: CloudPlace,
    readonly cloud: Cloud,
  ) {}

  get endpoint(): string {
    return this.cloud.endpoint;
  }

  /** Environment in which Terraform meets this cloud and no other. */
  get env(): NodeJS.ProcessEnv {
    const { endpoint } = this.cloud;
    return terraformEnvironment({ endpoint, directory: this.place.directory, variables: variablesOf(this.cloud) });
  }

  /** Whether parts stand. What cannot stand here has been said at the start, and in CI it is a failure. */
  has(parts: readonly Part[]): boolean {
    return parts.every((part) => this.cloud[part] !== undefined);
  }

  /** Terraform in the directory of a stack, initialized. */
  async terraform(stack: SynthesizedStack): Promise<Terraform> {
    const terraform = new Terraform(stack.directory, this.env);
    await terraform.init();
    return terraform;
  }

  /** What clients have made on OpenStack and NHN Cloud and not taken away. */
  async openstackObjects(): Promise<readonly unknown[]> {
    const { openstack } = this.cloud;
    if (openstack === undefined) return [];
    const answer = await fetch(`${openstack.endpoint}/_emulator/objects`);
    return Object.values((await answer.json()) as Readonly<Record<string, readonly unknown[]>>).flat();
  }

  /** Makes a share of the calls fail from now on. */
  async fail(probability: number, kinds: readonly ("error" | "throttle")[]): Promise<void> {
    await fetch(`${this.endpoint}/_gateway/faults`, { method: "PUT", body: JSON.stringify({ probability, kinds }) });
  }

  /** How many calls have failed so far. */
  async faults(): Promise<number> {
    return (await this.health()).faults;
  }

  /** Waits until every call is done, also those whose client has hung up. */
  async quiet(): Promise<void> {
    if (!(await until(async () => (await this.health()).open === 0, 30_000))) throw new Error("the cloud never rests");
  }

  async stop(): Promise<void> {
    await down(this.place);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async health(): Promise<{ faults: number; open: number }> {
    const answer = await fetch(`${this.endpoint}/_gateway/health`);
    return (await answer.json()) as { faults: number; open: number };
  }
}
