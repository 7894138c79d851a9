import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EC2Client, RunInstancesCommand, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { TrustPolicy } from "@groundwork/constructs/aws/iam/trust-policy";
import { Region } from "@groundwork/constructs/aws/region";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { Steps } from "@groundwork/constructs/boot/parts/steps";
import { programText } from "@groundwork/constructs/boot/program-text";
import { FirstBootReport } from "@groundwork/constructs/gitlab/machine/first-boot-report";
import { CREDENTIALS } from "@groundwork/local/aws/account";
import { gitlabCommand, type GitLabCommand } from "@groundwork/cli/gitlab/command";
import { ensurePython, python } from "@groundwork/tooling/python";
import type { Terraform } from "@groundwork/tooling/terraform/terraform";
import { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { createBackend } from "@groundwork/stacks/backend";
import { local } from "@groundwork/stacks/environments/local";
import { readEnvironment } from "@groundwork/stacks/environments/environment";
import { createAwsProvider } from "@groundwork/stacks/providers/aws";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { BootRoot } from "../support/boot-root";
import { LocalCloud } from "./support/local-cloud";

const STACK = "variants-gitlab";
const REGION = Region.of("us-west-2");
const TOKEN = ["glrt", "t3_planted.token", "of0123456789"].join("-");
const PASSWORD = ["hun", "ter2"].join("");
const POLL = { POLL_SECONDS: "0.2" };

/** The AWS CLI with the endpoint of the local cloud, for the programs of the machines. */
function awsClient({ endpoint }: LocalCloud): string {
  const settings = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_DEFAULT_REGION: REGION.name,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_CONFIG_FILE: "/dev/null",
  };
  const assignments = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return `${assignments.join(" ")} exec ${python()} -m awscli "$@"`;
}

/** A stack with only the reports of two machines. */
function synthesize(directory: string): SynthesizedStack {
  const outdir = join(directory, "first-boot.out");
  const app = new App({ outdir });
  const stack = new TerraformStack(app, STACK);
  const environment = readEnvironment("local.ts", local);
  createBackend(stack, environment);
  createAwsProvider(stack, environment, REGION);
  for (const noun of ["Server", "Runner"]) {
    const machine = new Construct(stack, noun);
    const writer = new Role(machine, "Role", { trust: TrustPolicy.service("ec2.amazonaws.com") });
    new FirstBootReport(machine, "FirstBoot", { writer });
  }
  app.synth();
  return new SynthesizedStack(STACK, join(outdir, "stacks", STACK));
}

/** A machine in the API of the local cloud, whose first boot and report program run in this test. */
class Machine {
  static async start(cloud: LocalCloud, ec2: EC2Client, noun: string): Promise<Machine> {
    const name = `${STACK}-${noun}`;
    const Tags = Object.entries({ Name: name, Stack: STACK }).map(([Key, Value]) => ({ Key, Value }));
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: "ami-0123456789abcdef0",
        MinCount: 1,
        MaxCount: 1,
        TagSpecifications: [{ ResourceType: "instance", Tags }],
      }),
    );
    return new Machine(cloud, `/groundwork/first-boot/${name}`, Instances?.[0]?.InstanceId ?? "");
  }

  readonly root: BootRoot;

  private constructor(
    cloud: LocalCloud,
    private readonly parameter: string,
    readonly instanceId: string,
  ) {
    const boot = CloudInit.ubuntu().with(
      Files.text("/usr/local/lib/groundwork/report.py", programText("gitlab", "report-first-boot.py")),
      Steps.run("aws-cli", "echo installed"),
      Steps.run("gitlab", 'echo "Password: $PASSWORD {{x}}"; echo "token $TOKEN"; [ -e /etc/repaired ] || exit 100'),
    );
    this.root = new BootRoot(boot.render(), { aws: awsClient(cloud) });
    this.root.write("/var/lib/cloud/data/instance-id", `${instanceId}\n`);
    // A failed test must not leave a report program that polls forever.
    this.root.write("/report", `exec timeout 120 python3 ${this.root.path("/usr/local/lib/groundwork/report.py")}`);
  }

  boot() {
    return this.root.boot({ ...POLL, TOKEN, PASSWORD });
  }

  /** Runs the report program until it exits. */
  report(): Promise<number | null> {
    return this.root.run(this.root.path("/report"), { ...POLL, STATUS_PARAMETER: this.parameter });
  }
}

describe("npx groundwork gitlab", () => {
  let cloud: LocalCloud;
  let terraform: Terraform;
  let stack: SynthesizedStack;
  let ec2: EC2Client;
  let server: Machine;
  let runner: Machine;

  beforeAll(async () => {
    await ensurePython(() => undefined);
    cloud = await LocalCloud.start();
    stack = synthesize(cloud.directory);
    terraform = await cloud.terraform(stack);
    expect((await terraform.apply()).errors).toEqual([]);
    ec2 = new EC2Client({ endpoint: cloud.endpoint, region: REGION.name, credentials: CREDENTIALS });
    server = await Machine.start(cloud, ec2, "server");
    runner = await Machine.start(cloud, ec2, "runner");
  });
  afterAll(async () => {
    for (const machine of [server, runner]) (machine as Machine | undefined)?.root.remove();
    (ec2 as EC2Client | undefined)?.destroy();
    await (cloud as LocalCloud | undefined)?.stop();
  });

  async function command(verb: GitLabCommand["verb"]) {
    const lines: string[] = [];
    const code = await gitlabCommand(
      {
        verb,
        stack: STACK,
        timeoutMinutes: 1,
        output: join(cloud.directory, "first-boot.out"),
        endpoint: cloud.endpoint,
      },
      (line) => lines.push(line),
      new AbortController().signal,
    ).catch((error: unknown) => (error as Error).message);
    return { code, output: lines.join("\n") };
  }

  test("fails in the local cloud while no machine has reported, because it runs no machines", async () => {
    const { code } = await command("wait");
    expect(code).toMatch(/the server \(i-\w+\) has not reported for .*: the local cloud runs no machines/);
  });

  test("follows a boot that fails and completes after a repair", async () => {
    await server.boot();
    await runner.boot();
    const reports = [server.report(), runner.report()];
    await waitUntil(async () => /server +failed[^]*runner +failed/.test((await command("status")).output));

    const { code: error } = await command("wait");
    expect(error).toMatch(/the first boot of the server failed in step gitlab with code 100 after/);
    expect((await command("logs")).output).toMatch(/\| == \S+ 02-gitlab failed with exit code 100/);

    for (const machine of [server, runner]) {
      machine.root.write("/etc/repaired", "");
      await machine.boot();
    }
    // The report program exits after it has reported that the boot is done.
    expect(await Promise.all(reports)).toEqual([0, 0]);
    const { code, output } = await command("wait");
    expect(output).toMatch(/^server +done after .*\nrunner +done after .*\nvariants-gitlab is done$/);
    expect(code).toBe(0);
  });

  test("exposes no token and no password, neither in the output nor in the state file, and causes no drift", async () => {
    const { output } = await command("logs");
    expect(output).toContain("[hidden]");
    expect(await terraform.drift()).toBe("");
    const state = readFileSync(stack.stateFile ?? "", "utf8");
    for (const text of [output, state]) for (const secret of [TOKEN, PASSWORD]) expect(text).not.toContain(secret);
  });

  test("does not attribute the report of a machine to its successor", async () => {
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [server.instanceId] }));
    server.root.remove();
    server = await Machine.start(cloud, ec2, "server");
    expect((await command("status")).output).toMatch(/^server .* has not reported yet\nrunner +done/);
  });

  test("fails when no machine is running", async () => {
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [server.instanceId] }));
    const { code } = await command("wait");
    expect(code).toBe(
      "no machine variants-gitlab-server runs in us-west-2; deploy it first: npx cdktf deploy 'variants-gitlab'",
    );
    expect((await terraform.destroy()).errors).toEqual([]);
  });

  test("the AWS CLI reads secrets from a pipe as the steps of the server pass them", async () => {
    const boot = CloudInit.ubuntu().with(
      Files.settings("/etc/groundwork/gitlab.env", { ROOT_PASSWORD_PARAMETER: "/test/root-password" }),
      Files.program("/usr/local/bin/store-root-password", programText("gitlab", "store-root-password.sh")),
      Files.text("/usr/local/bin/configure.py", programText("gitlab", "configure.py")),
      Files.program("/usr/local/bin/store-token", 'cd /usr/local/bin && python3 -c "$STORE_TOKEN"\n'),
    );
    const root = new BootRoot(boot.render(), { aws: awsClient(cloud) });
    root.write("/etc/gitlab/initial_root_password", `# do not share\nPassword: ${PASSWORD}\n\n# end\n`);
    expect(await root.run(root.path("/usr/local/bin/store-root-password"))).toBe(0);
    expect(root.read("/etc/gitlab/initial_root_password")).toBe("");

    const STORE_TOKEN = `import configure, os
p = configure.Parameter("/test/token")
assert p.read() is None
p.write(os.environ["TOKEN"])
assert p.read() == os.environ["TOKEN"]`;
    expect(await root.run(root.path("/usr/local/bin/store-token"), { STORE_TOKEN, TOKEN })).toBe(0);

    const ssm = new SSMClient({ endpoint: cloud.endpoint, region: REGION.name, credentials: CREDENTIALS });
    const value = async (Name: string) =>
      (await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }))).Parameter;
    expect(await value("/test/root-password")).toMatchObject({ Type: "SecureString", Value: PASSWORD });
    expect(await value("/test/token")).toMatchObject({ Type: "SecureString", Value: TOKEN });
    ssm.destroy();
    root.remove();
  });
});

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  for (let attempts = 0; !(await condition()); attempts += 1) {
    if (attempts > 60) throw new Error("timeout: the condition was not met within 30 seconds");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
