import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { raceTrack } from "../../examples/race-track";
import { type JobRun, runPipeline } from "@groundwork/local/gitlab/pipeline-runner";

const directory = mkdtempSync(join(tmpdir(), "groundwork-runner-"));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe("raceTrack(6) in a real run", () => {
  const cars = [1, 2, 3, 4, 5, 6];
  let runs: ReadonlyMap<string, JobRun>;
  const at = (job: string) => runs.get(job) ?? { began: NaN, ended: NaN };

  beforeAll(async () => {
    // One slow car: if a job waited for a stage, all other cars would wait for its build.
    const track = raceTrack(6, { work: (step, car) => [`sleep ${car === 6 && step === "build" ? 5 : 0.1}`] });
    runs = new Map((await runPipeline(track, { directory, concurrent: 7 })).map((run) => [run.job, run]));
  });

  test("completes every job", () => {
    expect([...runs.values()].filter(({ succeeded }) => succeeded)).toHaveLength(19);
  });

  test("keeps the order within each chain", () => {
    for (const car of cars) {
      expect(at(`test_car_${car}`).began).toBeGreaterThanOrEqual(at(`build_car_${car}`).ended);
      expect(at(`race_car_${car}`).began).toBeGreaterThanOrEqual(at(`test_car_${car}`).ended);
    }
  });

  test("runs chains independently: five cars finish before the build of the sixth", () => {
    for (const car of cars.slice(0, 5)) expect(at(`race_car_${car}`).ended).toBeLessThan(at("build_car_6").ended);
  });

  test("starts the job with empty needs immediately, although it is in the last stage", () => {
    expect(at("announce").began).toBeLessThan(Math.min(...cars.map((car) => at(`build_car_${car}`).ended)));
  });
});
