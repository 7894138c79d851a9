import { sitePipeline } from "./site-pipeline";

/**
 * Site pipelines that are checked in below `pipelines/`, as path and expected content.
 *
 * @example for (const [path, text] of Object.entries(pipelineFiles())) writeFileSync(path, text)
 */
export function pipelineFiles(): Readonly<Record<string, string>> {
  return {
    "pipelines/site.yml": sitePipeline({ region: "us-west-2" }).render(),
    "pipelines/site-cloudfront.yml": sitePipeline({
      region: "ap-northeast-2",
      distributionId: "$SITE_DISTRIBUTION",
    }).render(),
  };
}
