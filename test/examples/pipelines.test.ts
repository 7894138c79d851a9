import { pipelineFiles } from "@groundwork/constructs/gitlab/pipeline/site/pipeline-files";
import { deliveryFiles } from "@groundwork/constructs/kpaas/delivery/delivery-files";
import { raceTrack } from "../../examples/race-track";
import { filesBelow, textOf } from "../support/repository";

describe("pipelines/", () => {
  const files = { "pipelines/race.yml": raceTrack(6).render(), ...pipelineFiles(), ...deliveryFiles() };

  test.each(Object.entries(files))("%s is current; npm run pipelines renders it", (path, text) => {
    expect(textOf(path)).toBe(text);
  });

  test("contains no other files", () => {
    expect([...filesBelow("pipelines", "")].sort()).toEqual(Object.keys(files).sort());
  });
});
