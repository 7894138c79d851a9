import { spawnSync } from "node:child_process";
import { awsCommand } from "@groundwork/cli/aws/aws-command";
import { comment } from "@groundwork/cli/program/comment";
import { printable } from "@groundwork/tooling/printable";
import fc from "fast-check";
import { anyHostile, HOSTILE } from "../../support/hostile";

const command = (id: string) =>
  awsCommand("logs delete-log-group --log-group-name ID --region us-west-2", new Map([["ID", id]]));

/** The arguments that a program gets from a command line. */
function argumentsOf(line: string, shell = "sh"): readonly string[] {
  const program = `aws() { printf '%s\\0' "$@"; }\nlogs() { printf '%s\\0' logs "$@"; }\n`;
  const { stdout, status } = spawnSync(shell, ["-c", `${program}${line}`], { encoding: "utf8" });
  expect(status).toBe(0);
  return stdout.split("\0").slice(0, -1);
}

describe("a command to paste", () => {
  test("contains plain identifiers as they are", () => {
    expect(command("/aws/eks/demo")).toBe("logs delete-log-group --log-group-name /aws/eks/demo --region us-west-2");
  });

  test("joins an identifier that begins with a hyphen to its option", () => {
    expect(command("--x")).toBe("logs delete-log-group --log-group-name=--x --region us-west-2");
  });

  test.each(["file:///etc/passwd", "fileb://x", "https://x", "a\nb", "a\u001bb", "\u202e", ""])(
    "does not exist for the identifier %j",
    (id) => {
      expect(command(id)).toBeUndefined();
    },
  );

  test("passes every other identifier as one argument, and executes nothing else", () => {
    fc.assert(
      fc.property(anyHostile(), (id) => {
        const line = command(id);
        if (line === undefined) {
          expect(printable(id) !== id || id === "" || /^(file|https?)/i.test(id)).toBe(true);
          return;
        }
        const name = id.startsWith("-") ? [`--log-group-name=${id}`] : ["--log-group-name", id];
        expect(argumentsOf(line)).toEqual(["logs", "delete-log-group", ...name, "--region", "us-west-2"]);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a comment between commands", () => {
  test.each(["load balancer k8s-shop", "logs:log-group /aws/eks, stack lab-eks"])("contains %s as it is", (text) => {
    expect(comment(text)).toBe(`# ${text}`);
  });

  test("is one word in a shell that does not know comments", () => {
    for (const text of HOSTILE) {
      const line = comment(`network interface ${text}`);
      expect(line).toMatch(/^# [^\n\r]*$/);
      const words = argumentsOf(line.replace(/^#/, "aws"));
      expect(words.join(" ").trim()).toBe(printable(`network interface ${text}`).trim());
    }
  });
});
