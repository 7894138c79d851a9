import { jsonResponse, jsonOf, textOf } from "../response";
import type { Rule } from "../rule";

/** An Ubuntu image that exists in moto: creating an instance with a root volume reads the image, so an invented id would fail. */
export const IMAGE = "ami-1e749f67";

/** Public parameters that the stacks use and the emulators lack. A fixed list, so that a misspelled path still fails. */
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

/** AWS publishes image ids under `/aws/service/`. Neither emulator has those of Ubuntu and EKS or allows writing them. */
export const publicParameters: Rule = {
  name: "AWS's public parameters",
  applies: (call) => call.service === "ssm" && call.action === "GetParameter",
  async handle(call, forward) {
    const response = await forward(call);
    const name = textOf(jsonOf(call)["Name"]);
    const value = VALUES.find(([pattern]) => pattern.test(name))?.[1];
    if (response.status === 200 || value === undefined) return response;
    const arn = `arn:aws:ssm:${call.region}::parameter${name}`;
    return jsonResponse({
      Parameter: { Name: name, Type: "String", Value: value, Version: 1, ARN: arn, DataType: "text" },
    });
  },
};
