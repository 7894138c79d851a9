import type { BootCloud, Sight } from "@groundwork/cli/gitlab/machine-status";
import type { Report } from "@groundwork/cli/gitlab/boot-report";
import type { WaitProps } from "@groundwork/cli/gitlab/wait";
import { waitForFirstBoots } from "@groundwork/cli/gitlab/wait";

const MACHINES = ["server", "runner"].map((noun) => ({
  noun,
  name: `lab-gitlab-${noun}-machine`,
  parameter: `/groundwork/first-boot/lab-gitlab-${noun}-machine`,
}));

const LAUNCHED = new Date(Date.now() - 60_000);

function report(noun: string, props: Partial<Report> = {}): Report {
  const at = new Date(LAUNCHED.getTime() + 45_000);
  return { state: "running", step: "gitlab", code: 0, at, instance: `i-${noun}`, lines: [], ...props };
}

/** Machines that have come this far: by noun, what each has told; `null` for one that does not exist. */
function sights(told: Readonly<Record<string, Report | null | undefined>>): readonly Sight[] {
  return MACHINES.map((machine) => {
    const one = told[machine.noun];
    return {
      ...{ ...machine, launchedAt: LAUNCHED, report: one ?? undefined },
      instanceId: one === null ? undefined : `i-${machine.noun}`,
    };
  });
}

/** A cloud that answers one look after the other, the last one for ever. */
function cloudOf(...looks: readonly (readonly Sight[] | Error)[]): BootCloud {
  let index = 0;
  return {
    look: () => {
      const now = looks[Math.min(index, looks.length - 1)] ?? [];
      index += 1;
      return now instanceof Error ? Promise.reject(now) : Promise.resolve(now);
    },
    screen: (instance) => Promise.resolve([`screen of ${instance}`]),
  };
}

async function waiting(cloud: BootCloud, props: Partial<WaitProps> = {}) {
  const said: string[] = [];
  const outcome = await waitForFirstBoots({
    ...{ stack: "lab-gitlab", region: "us-west-2", machines: MACHINES, cloud, timeoutMs: 2_000, everyMs: 1 },
    silence: { ms: 3_600_000, means: "it is lost" },
    say: (line) => said.push(line),
    abort: new AbortController().signal,
    ...props,
  }).then(
    () => "up",
    (error: unknown) => (error as Error).message,
  );
  return { said, outcome };
}

const DONE = { server: report("server", { state: "done", step: "" }), runner: report("runner", { state: "done" }) };

describe("waiting for first boots", () => {
  test("ends when server and runner are done, and says each step once, with how long it took", async () => {
    const first = sights({ server: report("server", { lines: ["== mark", "Running handlers:"] }) });
    const { said, outcome } = await waiting(
      cloudOf(first, first, sights({ ...DONE, runner: undefined }), sights(DONE)),
    );
    expect(outcome).toBe("up");
    expect(said).toEqual([
      expect.stringMatching(/^server {3}1 min \d s: gitlab \| Running handlers:$/),
      expect.stringMatching(/^runner {3}1 min \d s: i-runner has not spoken yet$/),
      "server   done after 45 s",
      "runner   done after 45 s",
    ]);
  });

  test("fails at the first machine that fails: step, code, the end of its log, and how to go on", async () => {
    const server = report("server", { state: "failed", code: 100, lines: ["E: Unable to locate package gitlab-ce"] });
    const { outcome } = await waiting(cloudOf(sights({ server })));
    expect(outcome).toMatch(/^the first boot of the server failed in step gitlab with code 100 after 45 s;/);
    expect(outcome).toContain("  | E: Unable to locate package gitlab-ce");
    expect(outcome).toContain("aws ssm start-session --region us-west-2 --target i-server");
    expect(outcome).toContain("systemctl restart groundwork-first-boot");
  });

  test("fails when a machine does not exist, and says how to make it", async () => {
    const { outcome } = await waiting(cloudOf(sights({ server: null })));
    expect(outcome).toBe(
      "no machine lab-gitlab-server-machine runs in us-west-2; deploy it first: npx cdktf deploy 'lab-gitlab'",
    );
  });

  test("fails when a machine says nothing for too long, and shows its screen", async () => {
    const { outcome } = await waiting(cloudOf(sights(DONE).slice(0, 1).concat(sights({}).slice(1))), {
      silence: { ms: 1_000, means: "it is lost" },
    });
    expect(outcome).toMatch(/^the runner \(i-runner\) has said nothing for 1 min \d s: it is lost;/);
    expect(outcome).toContain("  | screen of i-runner");
  });

  test("gives up in time, and says where everything is", async () => {
    const { outcome } = await waiting(cloudOf(sights({ server: report("server") })), { timeoutMs: 30 });
    expect(outcome).toBe(
      "lab-gitlab is not up after 0 minutes of waiting: the server is in step gitlab, the runner is silent; the machines go on by themselves",
    );
  });

  test("asks again when the network stumbles, and not when AWS refuses", async () => {
    const stumble = new Error("getaddrinfo EAI_AGAIN");
    const { said, outcome } = await waiting(cloudOf(stumble, sights(DONE)));
    expect(said[0]).toBe("AWS does not answer (getaddrinfo EAI_AGAIN); asking again");
    expect(outcome).toBe("up");
    const refused = (name: string) => waiting(cloudOf(Object.assign(new Error("no"), { name })));
    expect((await refused("CredentialsProviderError")).outcome).toMatch(/log in as for cdktf deploy/);
    expect((await refused("ExpiredTokenException")).outcome).toMatch(/has expired/);
    expect((await refused("AccessDeniedException")).outcome).toMatch(/needed are ec2:DescribeInstances/);
  });

  test("ends at once when it is told to", async () => {
    const controller = new AbortController();
    const begun = Date.now();
    setTimeout(() => {
      controller.abort(new Error("interrupted by SIGINT"));
    }, 20);
    const { outcome } = await waiting(cloudOf(sights({ server: report("server") })), {
      ...{ everyMs: 60_000, timeoutMs: 60_000, abort: controller.signal },
    });
    expect(outcome).toMatch(/abort/);
    expect(Date.now() - begun).toBeLessThan(5_000);
  });
});
