import { Job } from "./job";
import { Pipeline } from "./pipeline";

const STAGES = ["build", "test", "race"] as const;

/** One of the three steps of a car. */
export type RaceStep = (typeof STAGES)[number];

/** What a race can be told. */
export interface RaceTrackOptions {
  /** What a step of a car does. @default - it says its name */
  readonly work?: (step: RaceStep, car: number) => readonly [string, ...string[]];
}

/**
 * Defines a pipeline of chains that never wait for each other: `build_car_1 → test_car_1 → race_car_1`, and so for each car.
 *
 * The stages are there to be looked at; what waits for what is said by `needs` alone. `announce` needs nothing and starts at
 * once, although it is in the last stage.
 *
 * @example raceTrack(6).render()
 */
export function raceTrack(cars: number, options: RaceTrackOptions = {}): Pipeline {
  const { work = (step, car) => [`echo "${step} car ${car}"`] } = options;
  const announce = Job.of("announce", { stage: "race", needs: [], script: [`echo "${cars} cars are coming"`] });
  const chains = STAGES.flatMap((step, index) =>
    Array.from({ length: cars }, (_, at) => at + 1).map((car) => {
      const before = STAGES[index - 1];
      return Job.of(`${step}_car_${car}`, {
        stage: step,
        needs: before === undefined ? [] : [`${before}_car_${car}`],
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
