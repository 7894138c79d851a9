import { parse } from "yaml";
import { raceTrack } from "../../examples/race-track";

type Jobs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

describe("raceTrack", () => {
  const jobs = parse(raceTrack(6).render()) as Jobs;

  test("has three stages and six independent chains", () => {
    expect(jobs["stages"]).toEqual(["build", "test", "race"]);
    for (const car of [1, 2, 3, 4, 5, 6]) {
      expect(jobs[`build_car_${car}`]).toMatchObject({ stage: "build", needs: [] });
      expect(jobs[`test_car_${car}`]).toMatchObject({ stage: "test", needs: [`build_car_${car}`] });
      expect(jobs[`race_car_${car}`]).toMatchObject({ stage: "race", needs: [`test_car_${car}`] });
    }
  });

  test("has a job of the last stage with empty needs, which starts immediately", () => {
    expect(jobs["announce"]).toMatchObject({ stage: "race", needs: [] });
  });

  test("has the given number of chains and commands", () => {
    const track = raceTrack(2, { work: (step, car) => [`make ${step}-${car}`] });
    expect(track.jobs).toHaveLength(7);
    expect((parse(track.render()) as Jobs)["race_car_2"]?.["script"]).toEqual(["make race-2"]);
  });
});
