import { Limit } from "@groundwork/constructs/boot/limit";
import { ClusterBoot } from "@groundwork/constructs/kpaas/boot/cluster-boot";
import { bootSteps, firstBootLines } from "@groundwork/cli/demo/first-boot-steps";
import { lab } from "../../support/kpaas";
import { filesBelow, textOf as textOfFile } from "../../support/repository";

const plan = lab();
const boot = ClusterBoot.of(plan, { portal: { cloud: "nhn" } });
const textOf = (name: string) => boot.of({ name }).userData(Limit.NHN);

describe("first-boot steps in the demo", () => {
  test("are a machine's steps in their order, also in compressed documents", () => {
    const steps = bootSteps(textOf("lab-cluster1"));
    const names = steps.map(({ name }) => name);
    expect(names.indexOf("wait")).toBeLessThan(names.indexOf("install"));
    expect(names.indexOf("install")).toBeLessThan(names.indexOf("portal"));
    for (const { description } of steps) expect(description).toMatch(/\w{3}/);
  });

  test("have the description and the timeout of a phase", () => {
    const wait = bootSteps(textOf("lab-cluster1")).find(({ name }) => name === "wait");
    expect(wait?.description).toMatch(/^Waits until every node accepts the installer/);
    expect(wait?.minutes).toBe(45);
  });

  // A machine's copy of a script has only the first line of its comments.
  test.each(filesBelow("constructs", ".sh"))(
    "%s has a first comment that ends with a sentence or a part of one",
    (path) => {
      expect(textOfFile(path).split("\n")[1]).toMatch(/^# [A-Z].*[.:;]/);
    },
  );

  test("are printed once for machines with the same steps", () => {
    const machines = plan.machines.map(({ name }) => ({ name, text: textOf(name) }));
    const lines = firstBootLines(machines);
    expect(lines.filter((line) => !line.startsWith(" "))).toEqual([
      "lab-cluster1",
      "lab-cluster2, lab-cluster3, lab-cluster4",
      "lab-nfs",
    ]);
  });
});
