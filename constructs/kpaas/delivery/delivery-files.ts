import { Delivery } from "./delivery";

/**
 * The files of the lab's delivery that are checked in, by path.
 *
 * @example for (const [path, text] of Object.entries(deliveryFiles())) writeFileSync(path, text)
 */
export function deliveryFiles(): Readonly<Record<string, string>> {
  const delivery = Delivery.of({
    application: "spring-music",
    repository: { url: "https://github.com/cloudfoundry-samples/spring-music", branch: "master" },
    registry: { host: "harbor.203.0.113.11.nip.io", project: "lab" },
    target: { cluster: "lab", nodePort: 30088 },
  });
  return {
    "pipelines/spring-music.yml": delivery.pipeline.render(),
    "pipelines/spring-music.md": delivery.clickList,
  };
}
