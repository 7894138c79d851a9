import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Bucket } from "@groundwork/constructs/aws";
import { Job, Pipeline, raceTrack } from "@groundwork/constructs/gitlab";
import { App, TerraformStack } from "cdktf";

const app = new App();
const stack = new TerraformStack(app, "example");
new AwsProvider(stack, "aws", { region: "us-west-2" });

// Six chains by needs: no car waits for another, and what needs nothing starts at once.
const race = raceTrack(6);
console.log(race.edges.join("\n"));

// The same words make pipelines of your own. A circle, an unknown need or a later stage is refused here, not by GitLab.
const own = Pipeline.of({
  stages: ["build", "test"],
  jobs: [
    Job.of("compile", { stage: "build", script: ["make"] }),
    Job.of("check", { stage: "test", needs: ["compile"], script: ["make check"] }),
    Job.of("spell", { stage: "test", needs: [], script: ["make spell"] }),
  ],
});

// A bucket from which repositories can fetch them.
const bucket = new Bucket(stack, "Pipelines");
bucket.addObject("race.yml", { content: race.render() });
bucket.addObject("own.yml", { content: own.render() });
app.synth();
