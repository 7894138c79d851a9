import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformEnvironment } from "@groundwork/local/terraform-environment";
import { terraformProgram } from "@groundwork/tooling/terraform/program";
import type { StackJson } from "./program";

type Blocks = Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;

/** Programs that one run of Terraform plans. Starting a provider takes seconds, so they are modules of one configuration. */
const BATCH = 60;

/** A closed port: nothing that is planned here may reach a service. */
const NOWHERE = "http://127.0.0.1:9";

const SOURCES: Readonly<Record<string, { readonly source: string; readonly version?: string }>> = {
  aws: { source: "hashicorp/aws", version: "5.100.0" },
  openstack: { source: "terraform-provider-openstack/openstack" },
  restapi: { source: "mastercard/restapi" },
};

const PROVIDERS = {
  aws: {
    region: "us-west-2",
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
  },
  openstack: { auth_url: `${NOWHERE}/v3`, user_name: "x", password: "x", tenant_name: "x", delayed_auth: true },
  restapi: { uri: NOWHERE },
};

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly range?: { readonly filename: string };
}

/** Plans synthesized stacks with the real providers, without an account. */
export class Planner {
  private readonly directory = mkdtempSync(join(tmpdir(), "groundwork-fuzz-"));
  private readonly env = terraformEnvironment({ endpoint: NOWHERE, directory: this.directory });

  /** Prepares the configuration; modules are replaced for each batch. */
  async start(): Promise<void> {
    const modules = Array.from({ length: BATCH }, (_, n) => [`p${n}`, { source: `./p${n}` }] as const);
    const root = {
      terraform: { required_providers: SOURCES },
      provider: PROVIDERS,
      module: Object.fromEntries(modules),
    };
    writeFileSync(join(this.directory, "main.tf.json"), JSON.stringify(root));
    this.write([]);
    const { code, text } = await this.run(["init", "-no-color"]);
    if (code !== 0) throw new Error(text);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** The first error of each stack that Terraform or a provider rejects, by its position. */
  async errorsOf(stacks: readonly StackJson[]): Promise<ReadonlyMap<number, string>> {
    const found = new Map<number, string>();
    for (let from = 0; from < stacks.length; from += BATCH)
      await this.plan(
        stacks.slice(from, from + BATCH).map((stack, n) => [from + n, stack] as const),
        found,
      );
    return found;
  }

  /** Plans again without the rejected stacks until no further one is rejected: an error can hide others. */
  private async plan(stacks: readonly (readonly [number, StackJson])[], found: Map<number, string>): Promise<void> {
    const left = stacks.filter(([n]) => !found.has(n));
    if (left.length === 0) return;
    this.write(left.map(([, stack]) => stack));
    const { code, text } = await this.run(["plan", "-json", "-lock=false", "-refresh=false"]);
    if (code === 0) return;
    const before = found.size;
    for (const diagnostic of diagnosticsOf(text)) {
      const [n] = left[moduleOf(diagnostic)] ?? [];
      if (n !== undefined && !found.has(n))
        found.set(n, `${diagnostic.address ?? ""} ${diagnostic.summary}: ${diagnostic.detail ?? ""}`);
    }
    const [only, ...others] = left;
    if (found.size > before) return this.plan(left, found);
    if (only !== undefined && others.length === 0) {
      found.set(only[0], text.slice(-2_000));
      return;
    }
    // A provider that crashes names no resource.
    const half = Math.ceil(left.length / 2);
    await this.plan(left.slice(0, half), found);
    await this.plan(left.slice(half), found);
  }

  private write(stacks: readonly StackJson[]): void {
    for (let n = 0; n < BATCH; n += 1) {
      const directory = join(this.directory, `p${n}`);
      mkdirSync(directory, { recursive: true });
      const stack = stacks[n];
      writeFileSync(join(directory, "main.tf.json"), stack === undefined ? "{}" : asModule(stack));
    }
  }

  private run(args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
    return new Promise((resolve) => {
      const options = { cwd: this.directory, env: this.env, maxBuffer: 2 ** 30 };
      execFile(terraformProgram(), [...args], options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : 1, text: stdout + stderr });
      });
    });
  }
}

function diagnosticsOf(text: string): readonly Diagnostic[] {
  return text
    .split("\n")
    .filter((line) => line.includes('"type":"diagnostic"'))
    .map((line) => (JSON.parse(line) as { readonly diagnostic: Diagnostic }).diagnostic)
    .filter(({ severity }) => severity === "error");
}

/** The module of an error: in the address of its resource, or in the name of its file. */
function moduleOf({ address, range }: Diagnostic): number {
  return Number(/^module\.p(\d+)\./.exec(address ?? "")?.[1] ?? /^p(\d+)\//.exec(range?.filename ?? "")?.[1] ?? NaN);
}

/**
 * A stack as a module: without providers, which the root configures, and without objects in clusters, which are compared with a real
 * API server. Data sources are read after something that does not exist yet, so their values are unknown as in a first apply.
 */
function asModule(stack: StackJson): string {
  const planned = (blocks: unknown): Blocks =>
    Object.fromEntries(Object.entries((blocks ?? {}) as Blocks).filter(([type]) => !/^(kubernetes|helm)_/.test(type)));
  const changed = (blocks: Blocks, change: (block: Record<string, unknown>) => Record<string, unknown>): Blocks =>
    Object.fromEntries(
      Object.entries(blocks).map(([type, byId]) => [
        type,
        Object.fromEntries(Object.entries(byId).map(([id, { provider, ...block }]) => [id, change(block)])),
      ]),
    );
  const dependencies = (block: Record<string, unknown>): string[] =>
    ((block["depends_on"] ?? []) as string[]).filter((address) => !/^(data\.)?(kubernetes|helm)_/.test(address));
  const used = Object.keys((stack["terraform"] as { readonly required_providers?: object }).required_providers ?? {});
  return (
    JSON.stringify({
      terraform: {
        required_providers: Object.fromEntries(
          Object.entries(SOURCES)
            .filter(([name]) => used.includes(name))
            .map(([name, { source }]) => [name, { source }]),
        ),
      },
      resource: {
        ...changed(planned(stack["resource"]), (block) => ({ ...block, depends_on: dependencies(block) })),
        terraform_data: {
          ...(planned(stack["resource"])["terraform_data"] ?? {}),
          pending: {},
        },
      },
      ...section(
        "data",
        changed(planned(stack["data"]), (block) => ({
          ...block,
          depends_on: [...dependencies(block), "terraform_data.pending"],
        })),
      ),
      ...("locals" in stack ? { locals: stack["locals"] } : {}),
      ...(stack["variable"] === undefined
        ? {}
        : {
            variable: Object.fromEntries(
              Object.entries(stack["variable"]).map(([name, variable]) => [
                name,
                { ...(variable as object), default: "x" },
              ]),
            ),
          }),
    })
      .replace(/\$\{data\.aws_caller_identity\.[\w-]+\.account_id\}/g, "111122223333")
      // A deferred read leaves arguments that were not given as null.
      .replace(/\$\{data\.openstack_\w+\.[\w-]+\.name\}/g, "public")
      .replace(/\$\{data\.aws_region\.[\w-]+\.(name|region|id)\}/g, "us-west-2")
  );
}

/** Terraform does not read an empty section. */
function section(name: string, blocks: Blocks): Record<string, Blocks> {
  return Object.keys(blocks).length === 0 ? {} : { [name]: blocks };
}
