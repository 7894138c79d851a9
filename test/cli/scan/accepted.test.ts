import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAccepted } from "@groundwork/cli/scan/accepted";
import { matchesWildcard } from "@groundwork/constructs/core";
import { ROOT } from "../../support/repository";
import { stacks } from "../../support/stacks";

const file = join(mkdtempSync(join(tmpdir(), "groundwork-accepted-")), "accepted.yml");

function read(text: string) {
  writeFileSync(file, text);
  return readAccepted(file, true);
}

describe("accepted findings", () => {
  test("are read from a file, one for each check", () => {
    expect(read("- { checks: [A, B], stacks: ['*-eks'], resource: Network_, reason: because }")).toEqual([
      { check: "A", stacks: ["*-eks"], resource: "Network_", reason: "because" },
      { check: "B", stacks: ["*-eks"], resource: "Network_", reason: "because" },
    ]);
    expect(read("")).toEqual([]);
  });

  test("are none without a file, which --accepted requires", () => {
    expect(readAccepted("/nowhere.yml", false)).toEqual([]);
    expect(() => readAccepted("/nowhere.yml", true)).toThrow(
      "no file /nowhere.yml of accepted findings; correct --accepted",
    );
  });

  test.each([
    ["a: 1", /is not a list/],
    ["- { checks: [A], stacks: [s], resource: r }", /entry 1 of .* is invalid; it needs checks and stacks/],
    ["- { checks: A, stacks: [s], resource: r, reason: x }", /entry 1/],
    ["- { checks: [A], stacks: [], resource: r, reason: x }", /entry 1/],
    ["- { checks: [A], stacks: [s], resource: r, reason: '' }", /entry 1/],
    ["- text", /entry 1/],
    ["- [", /is not valid YAML/],
  ])("are rejected for %j", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test("of this repository have a reason and a stack", () => {
    const accepted = readAccepted(join(ROOT, "scan-accepted.yml"), true);
    expect(accepted.length).toBeGreaterThan(20);
    const ids = stacks.map(({ node }) => node.id);
    const idle = accepted
      .flatMap((entry) => entry.stacks)
      .filter((pattern) => !ids.some((id) => matchesWildcard(pattern, id)));
    expect(idle).toEqual([]);
  });
});
