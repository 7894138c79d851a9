import { diagramOf } from "@groundwork/cli/demo/pipelines";

describe("the diagram of chains", () => {
  const run = (job: string, began: number, ended: number) => ({ job, began, ended, succeeded: true });

  test("has the same time in each column of every line", () => {
    const lines = diagramOf([
      run("announce", 0, 10),
      ...[run("build_car_1", 0, 100), run("test_car_1", 100, 200), run("race_car_1", 200, 300)],
      ...[run("build_car_6", 0, 400), run("test_car_6", 400, 450), run("race_car_6", 450, 480)],
    ]);
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe("announce (no dependencies)             ·");
    expect(lines[1]).toBe(`build_car_1 → test_car_1 → race_car_1  ${"b".repeat(10)}${"t".repeat(10)}${"r".repeat(10)}`);
    expect(lines[6]).toBe(`build_car_6 → test_car_6 → race_car_6  ${"b".repeat(40)}${"t".repeat(5)}${"r".repeat(3)}`);
  });

  test("shows a chain that never ran as an empty line", () => {
    const lines = diagramOf([run("build_car_1", 0, 100)]);
    expect(lines[2]).toBe("build_car_2 → test_car_2 → race_car_2  ");
  });
});
