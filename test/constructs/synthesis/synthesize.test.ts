import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { synthesize } from "@groundwork/constructs/synthesis";
import { App, Lazy, TerraformOutput, TerraformStack } from "cdktf";
import { disableTokenTraces, recordTokenTraces } from "../../support/token-traces";

const directory = mkdtempSync(join(tmpdir(), "groundwork-synthesis-"));

beforeAll(recordTokenTraces);
afterAll(() => {
  disableTokenTraces();
  rmSync(directory, { recursive: true });
});

/** Two stacks; the second refers to the first if `refers`. */
function twoStacks(outdir: string, { refers }: { refers: boolean }): App {
  const app = new App({ outdir });
  const first = new TerraformStack(app, "first");
  new AwsProvider(first, "aws");
  const vpc = new Vpc(first, "Vpc", { cidrBlock: "10.0.0.0/16" });
  const second = new TerraformStack(app, "second");
  new TerraformOutput(refers ? second : first, "id", { value: vpc.id });
  return app;
}

function filesOf(outdir: string): readonly string[] {
  return ["manifest.json", "stacks/first/cdk.tf.json", "stacks/second/cdk.tf.json"].map((path) =>
    readFileSync(join(outdir, path), "utf8").replaceAll(outdir, "OUT"),
  );
}

test.each([false, true])("has the same result as app.synth() (references between stacks: %s)", (refers) => {
  const [ordinary, fast] = [join(directory, `ordinary-${refers}`), join(directory, `fast-${refers}`)];
  twoStacks(ordinary, { refers }).synth();
  synthesize(() => twoStacks(fast, { refers }));
  expect(filesOf(fast)).toEqual(filesOf(ordinary));
  expect(filesOf(fast)[2]?.includes("terraform_remote_state")).toBe(refers);
});

test("renders every value once", () => {
  let rendered = 0;
  synthesize(() => {
    const app = new App({ outdir: join(directory, "once") });
    const stack = new TerraformStack(app, "stack");
    new TerraformOutput(stack, "Count", { value: Lazy.anyValue({ produce: () => ++rendered }) });
    return app;
  });
  expect(rendered).toBe(1);
});

test("fails with the error and the trace of an ordinary synthesis", () => {
  const fail = () => {
    const { creationStack } = Lazy.anyValue({ produce: () => 1 }) as unknown as { creationStack: readonly string[] };
    throw new Error(`created ${creationStack.length > 0 ? "with" : "without"} a trace`);
  };
  expect(() => synthesize(fail)).toThrow("created with a trace");
});
