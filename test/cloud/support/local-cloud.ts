import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cloud, type CloudDirectories, down, up, type UpProps, variablesOf } from "@groundwork/local/cloud";
import type { Part } from "@groundwork/local/parts";
import { waitUntil } from "@groundwork/tooling/polling";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { Terraform } from "@groundwork/tooling/terraform/terraform";

/** A local cloud for one test file, with its own directory and ports, separate from the demo and other tests. */
export class LocalCloud {
  private initializations: Promise<unknown> = Promise.resolve();

  /** Starts a cloud; end it with {@link stop}. `parts` are started in addition to AWS. */
  static async start(props: Pick<UpProps, "parts"> = { parts: [] }): Promise<LocalCloud> {
    // In the directory of `npm run test:cloud`, which stops the clouds that an interruption leaves there.
    const directory = mkdtempSync(join(process.env["GROUNDWORK_TEST_CLOUDS"] ?? tmpdir(), "cloud-"));
    const directories = { directory: join(directory, "local"), stateDirectory: join(directory, ".groundwork/state") };
    try {
      return new LocalCloud(directory, directories, await up(directories, { ...props, log: console.log }));
    } catch (error) {
      // Its processes have ended.
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
  }

  private constructor(
    /** Working directory of the test. */
    readonly directory: string,
    private readonly directories: CloudDirectories,
    readonly cloud: Cloud,
  ) {}

  get endpoint(): string {
    return this.cloud.endpoint;
  }

  /** Environment with which Terraform reaches this cloud and no other. */
  get env(): NodeJS.ProcessEnv {
    const { endpoint } = this.cloud;
    return terraformEnvironment({
      endpoint,
      directory: this.directories.directory,
      variables: variablesOf(this.cloud),
    });
  }

  /** Whether parts run. A part that cannot run here has been logged; in CI it is an error. */
  has(parts: readonly Part[]): boolean {
    return parts.every((part) => this.cloud[part] !== undefined);
  }

  /** Terraform in the directory of a stack, initialized. */
  async terraform(stack: SynthesizedStack): Promise<Terraform> {
    const terraform = new Terraform(stack.directory, this.env);
    // One at a time: Terraform's cache of providers does not support several runs of init.
    const initialized = this.initializations.then(() => terraform.init());
    this.initializations = initialized.catch(() => undefined);
    await initialized;
    return terraform;
  }

  /** Existing objects on OpenStack and NHN Cloud that clients have created. */
  async openstackObjects(): Promise<readonly unknown[]> {
    const { openstack } = this.cloud;
    if (openstack === undefined) return [];
    const response = await fetch(`${openstack.endpoint}/_emulator/objects`);
    return Object.values((await response.json()) as Readonly<Record<string, readonly unknown[]>>).flat();
  }

  /** Makes a share of subsequent calls fail. */
  async fail(probability: number, kinds: readonly ("error" | "throttle")[]): Promise<void> {
    await fetch(`${this.endpoint}/_gateway/faults`, { method: "PUT", body: JSON.stringify({ probability, kinds }) });
  }

  /** Number of calls that have failed so far. */
  async faults(): Promise<number> {
    return (await this.health()).faults;
  }

  /** Waits until no call is in progress, including those whose client has disconnected. */
  async waitUntilIdle(): Promise<void> {
    if (!(await waitUntil(async () => (await this.health()).open === 0, 30_000)))
      throw new Error("the cloud still handles calls after 30 seconds");
  }

  async stop(): Promise<void> {
    await down(this.directories);
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async health(): Promise<{ faults: number; open: number }> {
    const response = await fetch(`${this.endpoint}/_gateway/health`);
    return (await response.json()) as { faults: number; open: number };
  }
}
