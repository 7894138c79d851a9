import { raceTrack } from "../race-track";
import { sitePipeline } from "./site-pipeline";

/**
 * The pipelines that are kept in the repository, by path, as they have to read now.
 *
 * @example for (const [path, text] of Object.entries(pipelineFiles())) writeFileSync(path, text)
 */
export function pipelineFiles(): Readonly<Record<string, string>> {
  return {
    "pipelines/race.yml": raceTrack(6).render(),
    "pipelines/site.yml": sitePipeline({ region: "us-west-2" }).render(),
    "pipelines/site-cloudfront.yml": sitePipeline({
      region: "ap-northeast-2",
      distributionId: "$SITE_DISTRIBUTION",
    }).render(),
  };
}
