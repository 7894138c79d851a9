import { Violation, Violations } from "@groundwork/constructs/core";
import * as v from "valibot";
import { ENV001, ENV002 } from "../rules";
import { accountId, backend } from "./decoders/common";
import { decodeText } from "./decoders/decode";
import { eks } from "./decoders/eks";
import { gitlab } from "./decoders/gitlab";
import { nhn, openstack } from "./decoders/platform";
import { secretViolations } from "./decoders/secrets";
import { site } from "./decoders/site";

/** Schema of an environment file: everything in which deployments differ, and nothing else. */
const environment = v.strictObject({
  /** Prefix of every stack id: `<name>-eks`. */
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,11}$/, "write up to 12 lower-case letters, digits and hyphens")),
  /** Where Terraform keeps its state. */
  backend,
  aws: v.strictObject({
    /** Account that the stacks may be deployed to; `"caller"` is the account of the credentials. */
    account: v.union([v.literal("caller"), accountId]),
    /** AWS, or the emulators that `groundwork local` starts. */
    cloud: v.picklist(["aws", "local"]),
    /** Encryption keys: AWS's own, free of charge, or one customer-managed key per stack at one dollar a month each. */
    encryptionKeys: v.picklist(["aws", "account"]),
    /** Versions of the AWS provider that Terraform may choose. */
    providerVersion: decodeText((text) => text),
  }),
  /** The web application on Amazon EKS. */
  eks,
  /** The static site. */
  site,
  /** The container platform on NHN Cloud. */
  nhn,
  /** The container platform on OpenStack. */
  openstack,
  /** GitLab: server, project, and the runner that deploys the site. */
  gitlab,
});

/** An environment as written in its file: plain data. */
export type EnvironmentData = v.InferInput<typeof environment>;

/** An environment as the stacks read it: decoded and checked values. */
export type Environment = v.InferOutput<typeof environment>;

/**
 * Decodes an environment file. Throws all violations of the file at once.
 *
 * @example const lab = readEnvironment("environments/lab.ts", data)
 */
export function readEnvironment(file: string, data: unknown): Environment {
  const result = v.safeParse(environment, data);
  Violations.throwIfAny([
    ...(result.issues ?? []).flatMap((issue) => violations(issue, file)),
    ...secretViolations(file, data),
  ]);
  if (!result.success) throw new Error(`${file} was rejected without a reason`);
  return result.output;
}

/** The violations of an issue: of the values that were decoded, or of the structure of the file. */
function violations(issue: v.BaseIssue<unknown>, file: string): Violation[] {
  const at = `${file}: ${v.getDotPath(issue) ?? "the whole file"}`;
  const broken =
    issue.input instanceof Violations ? issue.input.all : issue.input instanceof Violation ? [issue.input] : [];
  if (broken.length > 0) return broken.map(({ rule, given, fix }) => rule.violation({ at, given, fix }));
  if (issue.type === "strict_object" && issue.expected === "never")
    return [ENV001.violation({ at, given: "nothing reads this key", fix: "remove it, or correct its spelling" })];
  return [
    ENV002.violation({
      at,
      given: `${issue.received}, ${issue.expected ?? "something else"} was expected`,
      fix: issue.message,
    }),
  ];
}
