import { Rule } from "../../core/violation";

export const SIT001 = new Rule(
  "SIT001",
  "the certificate of a distribution is in us-east-1",
  "CloudFront accepts no other region and reports only that the certificate does not exist",
);
export const SIT002 = new Rule(
  "SIT002",
  "every name of a site is in the hosted zone of its records",
  "Route 53 accepts the record and appends the zone's name, so the intended name does not resolve",
);
export const SIT003 = new Rule(
  "SIT003",
  "countries are codes of ISO 3166-1 in capital letters, each once, at least one",
  "CloudFront rejects other codes; an empty list would block every country or none",
);
export const SIT004 = new Rule(
  "SIT004",
  "the web ACL of a distribution has the scope CLOUDFRONT",
  "a regional ACL is rejected at apply, minutes after the start",
);
export const SIT005 = new Rule(
  "SIT005",
  "a page is an object key without a slash at the beginning or end; an index document has no slash at all",
  "S3 returns an error for every directory",
);
export const SIT006 = new Rule(
  "SIT006",
  "the names of a site are lower-case host names, each once",
  "certificate, alias and record would be created for a name that no browser requests",
);
export const SIT007 = new Rule(
  "SIT007",
  "the first name of a certificate has at most 64 characters",
  "it becomes the common name, and ACM rejects the request",
);
export const SIT008 = new Rule(
  "SIT008",
  "the value of a header is not empty and has no control characters",
  "CloudFront rejects the policy, minutes after the start",
);
export const SIT009 = new Rule(
  "SIT009",
  "a hosted zone is given by its id: Z and up to 31 capital letters and digits",
  "Route 53 rejects the records at apply",
);
