import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { orphansCommand } from "@groundwork/cli/orphans/command";
import { sendSignal } from "@groundwork/tooling/process/background";
import { descendants, processTable } from "@groundwork/tooling/process/process-tree";
import { python } from "@groundwork/tooling/python";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { leftovers } from "./support/leftovers";
import { LocalCloud } from "./support/local-cloud";
import { synth } from "./support/synth";

describe("a killed apply", () => {
  let cloud: LocalCloud;

  beforeAll(async () => {
    cloud = await LocalCloud.start();
  });

  afterAll(() => cloud.stop());

  const orphans = () =>
    orphansCommand(
      { environment: "local", write: true, output: join(cloud.directory, "cdktf.out"), endpoint: cloud.endpoint },
      () => undefined,
    );

  test("leaves orphaned resources, which `groundwork orphans` finds and whose remedies remove all of them", async () => {
    const stack = localEks(cloud);
    const terraform = await cloud.terraform(stack);
    await killAfterFirst(6, cloud, stack);
    const created = (await leftovers(cloud.endpoint, stack.region)).length;
    expect(created).toBeGreaterThan(0);

    // A second apply fails for existing names, and creates resources with generated ids again.
    await terraform.apply();
    const first = await orphans();
    expect(first.imports.length + first.removals.length).toBeGreaterThan(0);
    expect(first.unknown).toEqual([]);
    run(
      cloud,
      first.removals.flatMap(({ commands }) => commands),
    );

    const second = await terraform.apply();
    expect(second.errors).toEqual([]);
    expect(await terraform.drift()).toBe("");
    const rest = await orphans();
    expect(rest.imports).toEqual([]);
    expect(
      [...rest.removals.map(({ object }) => object), ...rest.unknown].map(({ kind, id }) => `${kind} ${id}`),
    ).toEqual([]);

    const destroyed = await terraform.destroy();
    expect(destroyed.errors).toEqual([]);
    expect(await leftovers(cloud.endpoint, stack.region)).toEqual([]);
  });
});

function localEks(cloud: LocalCloud): SynthesizedStack {
  const stack = synth(cloud.directory, "local").find(({ id }) => id === "local-eks");
  if (stack === undefined) throw new Error("no stack local-eks");
  return stack;
}

/** Kills Terraform and its providers while some resources are complete and others are being created. */
async function killAfterFirst(count: number, cloud: LocalCloud, stack: SynthesizedStack): Promise<void> {
  const terraform = await cloud.terraform(stack);
  let created = 0;
  const { process, outcome } = terraform.start(["apply", "-auto-approve", "-json"], ({ action }) => {
    // Completed data sources are reported too.
    if (action !== "create") return;
    created += 1;
    if (created !== count) return;
    const below = descendants(processTable(), process.pid, () => false);
    sendSignal(process, "SIGKILL");
    for (const { pid } of below) kill(pid);
  });
  await outcome;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // The process ended with its parent.
  }
}

/** Runs the commands in a shell, with the AWS CLI of the project's Python environment. */
function run(cloud: LocalCloud, commands: readonly string[]): void {
  const bin = join(cloud.directory, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "aws"), `#!/bin/sh\nexec "${python()}" -m awscli "$@"\n`);
  chmodSync(join(bin, "aws"), 0o755);
  const env = { ...cloud.env, PATH: `${bin}:${process.env["PATH"] ?? ""}`, AWS_ENDPOINT_URL: cloud.endpoint };
  const { status, stderr } = spawnSync("sh", ["-euc", commands.join("\n")], { env, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
}
