import { Limit } from "@groundwork/constructs/boot/limit";
import { ClusterBoot } from "@groundwork/constructs/kpaas/boot/cluster-boot";
import { bootSteps, firstBootsInWords } from "@groundwork/cli/demo/first-boot-steps";
import { lab } from "../../support/kpaas";

const plan = lab();
const boot = ClusterBoot.of(plan, { portal: { cloud: "nhn" } });
const textOf = (name: string) => boot.of({ name }).userData(Limit.NHN);

describe("the first boots that the demo shows", () => {
  test("are a machine's steps in the order in which it takes them, in packed documents, too", () => {
    const steps = bootSteps(textOf("lab-cluster1"));
    const names = steps.map(({ name }) => name);
    expect(names.indexOf("wait")).toBeLessThan(names.indexOf("install"));
    expect(names.indexOf("install")).toBeLessThan(names.indexOf("portal"));
    for (const { does } of steps) expect(does).toMatch(/\w{3}/);
  });

  test("say of a phase what its script says, and how long it may take", () => {
    const wait = bootSteps(textOf("lab-cluster1")).find(({ name }) => name === "wait");
    expect(wait?.does).toMatch(/^Waits until every node lets the installer in/);
    expect(wait?.minutes).toBe(45);
  });

  test("are told of once for machines that do the same", () => {
    const machines = plan.machines.map(({ name }) => ({ name, text: textOf(name) }));
    const lines = firstBootsInWords(machines);
    expect(lines.filter((line) => !line.startsWith(" "))).toEqual([
      "lab-cluster1",
      "lab-cluster2, lab-cluster3, lab-cluster4",
      "lab-nfs",
    ]);
  });
});
