import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitlabCommand, readCommand, USAGE } from "@groundwork/cli/gitlab/command";
import { readReport } from "@groundwork/cli/gitlab/boot-report";

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

const doing = (stack: string) =>
  gitlabCommand({ verb: "status", stack, output }, () => undefined, new AbortController().signal);

describe("npm run gitlab", () => {
  test("reads what it is told, with an hour's patience", () => {
    expect(readCommand(["wait", "lab-gitlab"])).toEqual({ verb: "wait", stack: "lab-gitlab", timeoutMinutes: 60 });
    expect(readCommand(["logs", "lab-gitlab"], "5")).toMatchObject({ verb: "logs", timeoutMinutes: 5 });
  });

  test.each([[[]], [["wait"]], [["go", "lab-gitlab"]], [["wait", "lab-gitlab", "more"]]])("rejects %j", (words) => {
    expect(() => readCommand(words)).toThrow(USAGE);
  });

  test.each(["0", "-1", "soon"])("rejects a patience of %s minutes", (timeout) => {
    expect(() => readCommand(["wait", "lab-gitlab"], timeout)).toThrow(USAGE);
  });

  test("rejects a stack that is not there, and one without machines that tell", async () => {
    await expect(doing("lap-gitlab")).rejects.toThrow('there is no stack "lap-gitlab"; of GitLab there are lab-gitlab');
    await expect(doing("lab-site")).rejects.toThrow("lab-site has no machine that tells of its first boot");
  });
});

describe("what a machine tells", () => {
  const told = {
    state: "failed",
    step: "04-gitlab",
    code: 100,
    at: "2026-01-01T00:00:00Z",
    instance: "i-1",
    lines: ["a"],
  };

  test("is read without the number that orders the steps", () => {
    expect(readReport(JSON.stringify(told))).toEqual({ ...told, step: "gitlab", at: new Date(told.at) });
  });

  test.each(["", "{", '{"state":"unheard"}', '{"state":"done"}'])("is nothing while it reads %j", (text) => {
    expect(readReport(text)).toBeUndefined();
  });
});
