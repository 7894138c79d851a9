import type { Block, SynthesizedStack } from "@groundwork/tooling/terraform/synthesized";
import { referenceArgument, textArgument } from "@groundwork/tooling/terraform/synthesized";
import type { Fact } from "../fact";

/** A public website of a stack: what its bucket is called and what it answers with. */
export interface Website {
  readonly bucket: string;
  readonly indexDocument: string;
}

/** The public websites of a stack. A bucket whose name AWS completes cannot be found by what was synthesized. */
export function websitesOf(stack: SynthesizedStack): readonly Website[] {
  return [...stack.resources("aws_s3_bucket_website_configuration").values()].flatMap((website) => {
    const bucket = textArgument(bucketOf(stack, website), "bucket");
    const index = website["index_document"] as Block | undefined;
    return bucket === "" || index === undefined ? [] : [{ bucket, indexDocument: textArgument(index, "suffix") }];
  });
}

/** What a stack's public websites are to be like, read from what was synthesized. */
export function wantedSites(stack: SynthesizedStack): readonly Fact[] {
  return websitesOf(stack).flatMap(({ bucket, indexDocument }) => [
    { subject: `policy of ${bucket}`, is: policyInWords(stack, bucket) },
    { subject: `website ${bucket}`, is: `200 ${firstWords(pageOf(stack, bucket, indexDocument))}` },
    { subject: `website ${bucket}, a missing page`, is: "404" },
  ]);
}

/** The beginning of a page without its markup: enough to know it by. */
export function firstWords(html: string): string {
  const text = html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return `“${text.slice(0, 40).trim()}”`;
}

/** A policy as one line: who may do what on which part of the bucket. */
export function inWords(policy: string, bucket: string): string {
  const { Statement = [] } = JSON.parse(policy) as { Statement?: readonly Readonly<Record<string, unknown>>[] };
  return Statement.map(({ Effect, Principal, Action, Resource, Condition }) => {
    const who = Principal === "*" ? "everybody" : JSON.stringify(Principal);
    const where = [Resource].flat().map((resource) => String(resource).replace(`arn:aws:s3:::${bucket}`, "") || "/");
    return `${String(Effect)} ${who} ${[Action].flat().join(", ")} on ${where.join(", ")}${Condition === undefined ? "" : " if …"}`;
  }).join("; ");
}

function policyInWords(stack: SynthesizedStack, name: string): string {
  const policy = [...stack.resources("aws_s3_bucket_policy").values()].find(
    (candidate) => textArgument(bucketOf(stack, candidate), "bucket") === name,
  );
  const text = textArgument(policy ?? {}, "policy").replace(/\$\{aws_s3_bucket\.\w+\.arn\}/g, `arn:aws:s3:::${name}`);
  return text === "" ? "none" : inWords(text, name);
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
