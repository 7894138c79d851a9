import { Job, Pipeline } from "@groundwork/constructs/gitlab";

const STAGES = ["build", "test", "race"] as const;

/** A step of a car, which is also the stage of its job. */
export type RaceStep = (typeof STAGES)[number];

/** Options of a race. */
export interface RaceTrackOptions {
  /** Commands of a step. @default - a command that prints step and car */
  readonly work?: (step: RaceStep, car: number) => readonly [string, ...string[]];
}

/**
 * Defines a pipeline of independent chains: `build_car_1 → test_car_1 → race_car_1`, and the same for each car.
 *
 * Only `needs` determine the order of jobs, not stages: `announce` has empty needs and starts immediately, although it is in the
 * last stage. `npm run pipelines` renders `pipelines/race.yml` from it.
 *
 * @example raceTrack(6).render()
 */
export function raceTrack(cars: number, options: RaceTrackOptions = {}): Pipeline {
  const { work = (step, car) => [`echo "${step} car ${car}"`] } = options;
  const announce = Job.of("announce", { stage: "race", needs: [], script: [`echo "${cars} cars are coming"`] });
  const chains = STAGES.flatMap((step, index) =>
    Array.from({ length: cars }, (_, at) => at + 1).map((car) => {
      const previous = STAGES[index - 1];
      return Job.of(`${step}_car_${car}`, {
        stage: step,
        needs: previous === undefined ? [] : [`${previous}_car_${car}`],
        script: work(step, car),
      });
    }),
  );
  return Pipeline.of({
    description: `${cars} chains by needs: no car waits for another. Written by npm run pipelines.`,
    stages: STAGES,
    jobs: [announce, ...chains],
  });
}
