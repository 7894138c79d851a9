import { Rule } from "../../core/violation";

export const SIT001 = new Rule(
  "SIT001",
  "the certificate of a distribution is in us-east-1",
  "CloudFront looks for certificates nowhere else and says only that it does not exist",
);
export const SIT002 = new Rule(
  "SIT002",
  "every name of a site lies in the hosted zone that it is written to",
  "Route 53 takes the record, appends the zone's name to it, and nobody ever asks for that",
);
export const SIT003 = new Rule(
  "SIT003",
  "countries are written as two capital letters, each once, at least one",
  "CloudFront refuses other codes; an empty list would shut everybody out, or nobody",
);
export const SIT004 = new Rule(
  "SIT004",
  "the web ACL of a distribution is a global one",
  "a regional ACL is refused at apply, after minutes of waiting for the distribution",
);
export const SIT005 = new Rule(
  "SIT005",
  "a page is named by its key: no slash at the beginning or end, and no slash at all for the index of directories",
  "S3 answers with its error page for every directory",
);
export const SIT006 = new Rule(
  "SIT006",
  "a site's names are lower-case host names, each once",
  "certificate, alias and record would be made for a name that no browser asks for",
);
