import { rmSync } from "node:fs";
import { readBootReport } from "@groundwork/cli/gitlab/boot-report";
import { gitlabCommand } from "@groundwork/cli/gitlab/command";
import { synthesizedApp } from "../../support/synthesized-app";

const machines = {
  p0: { name: "/groundwork/first-boot/lab-gitlab-server-machine" },
  p1: { name: "/elsewhere" },
};
const provider = { aws: [{ region: "us-west-2" }] };
const output = synthesizedApp({
  "lab-gitlab": { provider, resource: { aws_ssm_parameter: machines } },
  "lab-site": { provider },
});
afterAll(() => {
  rmSync(output, { recursive: true });
});

const statusOf = (stack: string) =>
  gitlabCommand({ verb: "status", stack, output }, () => undefined, new AbortController().signal);

describe("groundwork gitlab", () => {
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
