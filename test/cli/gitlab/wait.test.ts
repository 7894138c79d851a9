import type { BootReport } from "@groundwork/cli/gitlab/boot-report";
import type { MachineApi, MachineStatus } from "@groundwork/cli/gitlab/machine-status";
import { waitForFirstBoots, type WaitProps } from "@groundwork/cli/gitlab/wait";

const MACHINES = ["server", "runner"].map((noun) => ({
  noun,
  name: `lab-gitlab-${noun}-machine`,
  parameter: `/groundwork/first-boot/lab-gitlab-${noun}-machine`,
}));

const LAUNCHED = new Date(Date.now() - 60_000);

function report(noun: string, props: Partial<BootReport> = {}): BootReport {
  const at = new Date(LAUNCHED.getTime() + 45_000);
  return { state: "running", step: "gitlab", code: 0, at, instance: `i-${noun}`, lines: [], ...props };
}

/** States of the machines, by noun: the report of each; `null` for a machine that does not exist. */
function statuses(reports: Readonly<Record<string, BootReport | null | undefined>>): readonly MachineStatus[] {
  return MACHINES.map((machine) => {
    const current = reports[machine.noun];
    return {
      ...machine,
      launchedAt: LAUNCHED,
      report: current ?? undefined,
      instanceId: current === null ? undefined : `i-${machine.noun}`,
    };
  });
}

/** An API that returns one result after another, and the last one repeatedly. */
function apiOf(...results: readonly (readonly MachineStatus[] | Error)[]): MachineApi {
  let index = 0;
  return {
    statusOf: () => {
      const result = results[Math.min(index, results.length - 1)] ?? [];
      index += 1;
      return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
    },
    consoleOutput: (instance) => Promise.resolve([`console of ${instance}`]),
  };
}

async function waiting(api: MachineApi, props: Partial<WaitProps> = {}) {
  const lines: string[] = [];
  const outcome = await waitForFirstBoots({
    stack: "lab-gitlab",
    region: "us-west-2",
    machines: MACHINES,
    api,
    timeoutMs: 2_000,
    intervalMs: 1,
    silence: { ms: 3_600_000, cause: "it is lost" },
    log: (line) => lines.push(line),
    abort: new AbortController().signal,
    ...props,
  }).then(
    () => "done",
    (error: unknown) => (error as Error).message,
  );
  return { lines, outcome };
}

const DONE = { server: report("server", { state: "done", step: "" }), runner: report("runner", { state: "done" }) };

describe("waiting for first boots", () => {
  test("ends when server and runner are done, and prints each step once, with its duration", async () => {
    const first = statuses({ server: report("server", { lines: ["== mark", "Running handlers:"] }) });
    const { lines, outcome } = await waiting(
      apiOf(first, first, statuses({ ...DONE, runner: undefined }), statuses(DONE)),
    );
    expect(outcome).toBe("done");
    expect(lines).toEqual([
      expect.stringMatching(/^server {3}1 min \d s: gitlab \| Running handlers:$/),
      expect.stringMatching(/^runner {3}1 min \d s: i-runner has not reported yet$/),
      "server   done after 45 s",
      "runner   done after 45 s",
    ]);
  });

  test("fails at the first machine that fails: step, code, the end of its log, and how to resume", async () => {
    const server = report("server", { state: "failed", code: 100, lines: ["E: Unable to locate package gitlab-ce"] });
    const { outcome } = await waiting(apiOf(statuses({ server })));
    expect(outcome).toMatch(/^the first boot of the server failed in step gitlab with code 100 after 45 s;/);
    expect(outcome).toContain("  | E: Unable to locate package gitlab-ce");
    expect(outcome).toContain("aws ssm start-session --region us-west-2 --target i-server");
    expect(outcome).toContain("systemctl restart groundwork-first-boot");
  });

  test("fails when a machine does not exist, with the command that deploys it", async () => {
    const { outcome } = await waiting(apiOf(statuses({ server: null })));
    expect(outcome).toBe(
      "no machine lab-gitlab-server-machine runs in us-west-2; deploy it first: npx cdktf deploy 'lab-gitlab'",
    );
  });

  test("fails when a machine does not report for too long, and shows its console", async () => {
    const { outcome } = await waiting(apiOf(statuses(DONE).slice(0, 1).concat(statuses({}).slice(1))), {
      silence: { ms: 1_000, cause: "it is lost" },
    });
    expect(outcome).toMatch(/^the runner \(i-runner\) has not reported for 1 min \d s: it is lost;/);
    expect(outcome).toContain("  | console of i-runner");
  });

  test("fails at the timeout, with the state of each machine", async () => {
    const { outcome } = await waiting(apiOf(statuses({ server: report("server") })), { timeoutMs: 30 });
    expect(outcome).toBe(
      "lab-gitlab is not done after 0 s: the server is in step gitlab, the runner has not reported; the machines continue on their own",
    );
  });

  test("retries after a network failure, but not after an error of authentication or authorization", async () => {
    const failure = new Error("getaddrinfo EAI_AGAIN");
    const { lines, outcome } = await waiting(apiOf(failure, statuses(DONE)));
    expect(lines[0]).toBe("AWS does not respond (getaddrinfo EAI_AGAIN); retrying");
    expect(outcome).toBe("done");
    const rejected = (name: string) => waiting(apiOf(Object.assign(new Error("no"), { name })));
    expect((await rejected("CredentialsProviderError")).outcome).toMatch(/log in as for cdktf deploy/);
    expect((await rejected("ExpiredTokenException")).outcome).toMatch(/have expired/);
    expect((await rejected("AccessDeniedException")).outcome).toMatch(/required are ec2:DescribeInstances/);
  });

  test("ends at once when it is aborted", async () => {
    const controller = new AbortController();
    const start = Date.now();
    setTimeout(() => {
      controller.abort(new Error("interrupted by SIGINT"));
    }, 20);
    const { outcome } = await waiting(apiOf(statuses({ server: report("server") })), {
      intervalMs: 60_000,
      timeoutMs: 60_000,
      abort: controller.signal,
    });
    expect(outcome).toMatch(/abort/);
    expect(Date.now() - start).toBeLessThan(5_000);
  });
});
