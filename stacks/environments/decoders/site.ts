import { Domain, Fallback, Hosting, type IEncryptionKey, type SiteCertificate } from "@groundwork/constructs/aws";
import { defined } from "@groundwork/constructs/core";
import * as v from "valibot";
import { region } from "./common";
import { decodeWith } from "./decode";

/** DNS names of the site in a Route 53 zone; the first is the primary name. */
const domain = v.strictObject({
  names: v.tupleWithRest([v.string()], v.string()),
  zoneId: v.string(),
  zoneName: v.string(),
});

/** How clients reach the site. */
const hosting = v.pipe(
  v.variant("type", [
    /** The bucket's website endpoint: plain HTTP, open to the internet. */
    v.strictObject({ type: v.literal("public-website"), errorDocument: v.optional(v.string()) }),
    /** A private bucket behind CloudFront. */
    v.strictObject({
      type: v.literal("cloudfront"),
      /** Response to a path without a file: the index (single-page application), or the index of the directory. */
      routing: v.picklist(["index", "directories"]),
      /** Page for missing files; only with `directories`. */
      missingPage: v.optional(v.string()),
      domain: v.optional(domain),
    }),
  ]),
  v.check(
    (data) => data.type !== "cloudfront" || data.routing === "directories" || data.missingPage === undefined,
    'missingPage applies to directories; remove it, or use routing: "directories"',
  ),
  // A function, because the certificate is issued through a provider, which only a stack can create.
  decodeWith((data) => (issueCertificate: () => SiteCertificate, encryptionKey?: IEncryptionKey): Hosting => {
    if (data.type === "public-website") return Hosting.publicWebsite(defined({ errorDocument: data.errorDocument }));
    const directories = data.missingPage === undefined ? Fallback.none() : Fallback.page(data.missingPage);
    return Hosting.cloudFront({
      fallback: data.routing === "index" ? Fallback.toIndex() : directories,
      ...defined({ domain: data.domain && domainOf(data.domain, issueCertificate()), encryptionKey }),
    });
  }),
);

function domainOf(
  { names: [name, ...aliases], zoneId, zoneName }: v.InferOutput<typeof domain>,
  certificate: SiteCertificate,
): Domain {
  return Domain.of(name, { zone: { zoneId, zoneName }, certificate, aliases });
}

/** The static site. */
export const site = v.strictObject({
  region,
  /** Name of the bucket; `{account}` is replaced with the account id. */
  bucketName: v.string(),
  hosting,
  /** Whether destroying the stack deletes the pages. */
  forceDestroy: v.boolean(),
});
