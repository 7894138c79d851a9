import {
  type Block,
  referenceArgument,
  type SynthesizedStack,
  textArgument,
} from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";
import { pageSummary, policySummary } from "./summary";

/** A public website of a stack. */
export interface Website {
  readonly bucket: string;
  readonly indexDocument: string;
}

/** The public websites of a stack whose bucket names are in the configuration; AWS completes a name prefix unpredictably. */
export function websitesOf(stack: SynthesizedStack): readonly Website[] {
  return [...stack.resources("aws_s3_bucket_website_configuration").values()].flatMap((website) => {
    const bucket = textArgument(bucketOf(stack, website), "bucket");
    const index = website["index_document"] as Block | undefined;
    return bucket === "" || index === undefined ? [] : [{ bucket, indexDocument: textArgument(index, "suffix") }];
  });
}

/** The public websites of a synthesized stack. */
export function expectedSites(stack: SynthesizedStack): readonly Fact[] {
  return websitesOf(stack).flatMap(({ bucket, indexDocument }) => [
    { subject: `policy of ${bucket}`, value: expectedPolicy(stack, bucket) },
    { subject: `website ${bucket}`, value: `200 ${pageSummary(pageOf(stack, bucket, indexDocument))}` },
    { subject: `website ${bucket}, missing page`, value: "404" },
  ]);
}

function expectedPolicy(stack: SynthesizedStack, name: string): string {
  const policy = [...stack.resources("aws_s3_bucket_policy").values()].find(
    (candidate) => textArgument(bucketOf(stack, candidate), "bucket") === name,
  );
  const text = textArgument(policy ?? {}, "policy").replace(/\$\{aws_s3_bucket\.\w+\.arn\}/g, `arn:aws:s3:::${name}`);
  return text === "" ? "none" : policySummary(text, name);
}

function pageOf(stack: SynthesizedStack, name: string, key: string): string {
  const page = [...stack.resources("aws_s3_object").values()].find(
    (candidate) =>
      textArgument(candidate, "key") === key && textArgument(bucketOf(stack, candidate), "bucket") === name,
  );
  return textArgument(page ?? {}, "content");
}

function bucketOf(stack: SynthesizedStack, block: Block): Block {
  return stack.resources("aws_s3_bucket").get(referenceArgument(block, "bucket") ?? "") ?? {};
}
