import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AwsProviderVersion, Bucket } from "@groundwork/constructs/aws";
import { Job, Pipeline } from "@groundwork/constructs/gitlab";
import { App, TerraformStack } from "cdktf";
import { raceTrack } from "./race-track";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "us-west-2" });
AwsProviderVersion.require(stack, AwsProviderVersion.DEFAULT);

// Six independent chains by needs; jobs with empty needs start immediately.
const race = raceTrack(6);
console.log(race.edges.join("\n"));

// Cycles, unknown needs and needs on later stages are rejected at synthesis, before GitLab sees the file.
const own = Pipeline.of({
  stages: ["build", "test"],
  jobs: [
    Job.of("compile", { stage: "build", script: ["make"] }),
    Job.of("check", { stage: "test", needs: ["compile"], script: ["make check"] }),
    Job.of("spell", { stage: "test", needs: [], script: ["make spell"] }),
  ],
});

// A bucket from which repositories can include the pipelines.
const bucket = new Bucket(stack, "Pipelines");
bucket.addObject("race.yml", { content: race.render() });
bucket.addObject("own.yml", { content: own.render() });
app.synth();
