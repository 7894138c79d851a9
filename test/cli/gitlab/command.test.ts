import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBootReport } from "@groundwork/cli/gitlab/boot-report";
import { gitlabCommand, readCommand, USAGE } from "@groundwork/cli/gitlab/command";

const output = mkdtempSync(join(tmpdir(), "groundwork-out-"));
const stacks: Readonly<Record<string, readonly string[]>> = {
  "lab-gitlab": ["/groundwork/first-boot/lab-gitlab-server-machine", "/elsewhere"],
  "lab-site": [],
};
for (const [id, names] of Object.entries(stacks)) {
  mkdirSync(join(output, "stacks", id), { recursive: true });
  const parameters = Object.fromEntries(names.map((name, index) => [`p${index}`, { name }]));
  writeFileSync(
    join(output, "stacks", id, "cdk.tf.json"),
    JSON.stringify({ provider: { aws: [{ region: "us-west-2" }] }, resource: { aws_ssm_parameter: parameters } }),
  );
}
afterAll(() => {
  rmSync(output, { recursive: true });
});

const statusOf = (stack: string) =>
  gitlabCommand({ verb: "status", stack, output }, () => undefined, new AbortController().signal);

describe("npm run gitlab", () => {
  test("parses its arguments, with a timeout of one hour", () => {
    expect(readCommand(["wait", "lab-gitlab"])).toEqual({ verb: "wait", stack: "lab-gitlab", timeoutMinutes: 60 });
    expect(readCommand(["logs", "lab-gitlab"], "5")).toMatchObject({ verb: "logs", timeoutMinutes: 5 });
  });

  test.each([[[]], [["wait"]], [["go", "lab-gitlab"]], [["wait", "lab-gitlab", "more"]]])("rejects %j", (words) => {
    expect(() => readCommand(words)).toThrow(USAGE);
  });

  test.each(["0", "-1", "soon"])("rejects a timeout of %s minutes", (timeout) => {
    expect(() => readCommand(["wait", "lab-gitlab"], timeout)).toThrow(USAGE);
  });

  test("rejects a stack that does not exist, and one without machines that report", async () => {
    await expect(statusOf("lap-gitlab")).rejects.toThrow('no stack "lap-gitlab"; GitLab stacks: lab-gitlab');
    await expect(statusOf("lab-site")).rejects.toThrow("lab-site has no machine that reports its first boot");
  });
});

describe("the report of a machine", () => {
  const content = {
    state: "failed",
    step: "04-gitlab",
    code: 100,
    at: "2026-01-01T00:00:00Z",
    instance: "i-1",
    lines: ["a"],
  };

  test("is parsed without the number that orders the steps", () => {
    expect(readBootReport(JSON.stringify(content))).toEqual({ ...content, step: "gitlab", at: new Date(content.at) });
  });

  test.each(["", "{", '{"state":"unknown"}', '{"state":"done"}'])("is undefined for the text %j", (text) => {
    expect(readBootReport(text)).toBeUndefined();
  });
});
