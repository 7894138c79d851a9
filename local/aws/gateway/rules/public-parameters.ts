import { jsonAnswer, jsonOf, textOf } from "../answer";
import type { Rule } from "../rule";

/** An image that exists in moto (its Ubuntu): an instance with a root volume asks for the image and fails on a made-up id. */
const IMAGE = "ami-1e749f67";

/** The public parameters the stacks ask for and the emulators lack. A fixed list, so that a misspelt path still fails. */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [
    /^\/aws\/service\/canonical\/ubuntu\/server\/(22|24)\.04\/stable\/current\/(amd64|arm64)\/hvm\/ebs-gp[23]\/ami-id$/,
    IMAGE,
  ],
  [
    /^\/aws\/service\/eks\/optimized-ami\/1\.\d\d\/amazon-linux-2023\/(x86_64|arm64)\/standard\/recommended\/image_id$/,
    IMAGE,
  ],
  [
    /^\/aws\/service\/eks\/optimized-ami\/1\.\d\d\/amazon-linux-2023\/(x86_64|arm64)\/standard\/recommended\/release_version$/,
    "1.33.0-20250715",
  ],
];

/** AWS publishes image ids under `/aws/service/`. Neither emulator has those of Ubuntu and EKS, nor lets anybody write them. */
export const publicParameters: Rule = {
  name: "AWS's public parameters",
  applies: (call) => call.service === "ssm" && call.action === "GetParameter",
  async answer(call, forward) {
    const answer = await forward(call);
    const name = textOf(jsonOf(call)["Name"]);
    const value = VALUES.find(([pattern]) => pattern.test(name))?.[1];
    if (answer.status === 200 || value === undefined) return answer;
    const arn = `arn:aws:ssm:${call.region}::parameter${name}`;
    return jsonAnswer({
      Parameter: { Name: name, Type: "String", Value: value, Version: 1, ARN: arn, DataType: "text" },
    });
  },
};
