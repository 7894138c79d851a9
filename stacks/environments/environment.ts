import { Violation, Violations } from "@groundwork/constructs/core";
import * as v from "valibot";
import { ENV001, ENV002 } from "../rules";
import { accountId, backend } from "./decoders/common";
import { decodeText } from "./decoders/decode";
import { eks } from "./decoders/eks";
import { gitlab } from "./decoders/gitlab";
import { nhn, openstack } from "./decoders/platform";
import { secretViolations } from "./decoders/secrets";
import { expectedValue, keysAt, withNearest } from "./suggestions";
import { isData } from "./checks/data";
import { mistakesOf } from "./checks/mistakes";
import { nearest } from "./checks/nearest";
import { type NamedData, sharedFindings } from "./checks/shared";
import { site } from "./decoders/site";

/** Settings of an environment without AWS, which its other stacks read too. */
const NO_AWS = {
  account: "caller",
  cloud: "aws",
  encryptionKeys: "aws",
  providerVersion: ">= 5.100.0, < 7.0.0",
} as const;

/** Name of a further section of a kind, a part of its stacks' ids. */
const sectionName = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]{0,11}$/, "write up to 12 lower-case letters, digits and hyphens"),
);

/** Schema of an environment file: everything in which deployments differ, and nothing else. */
const environment = v.strictObject({
  /** Prefix of every stack id: `<name>-eks`. */
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,11}$/, "write up to 12 lower-case letters, digits and hyphens")),
  /** Where Terraform keeps its state. */
  backend,
  /** Required by `eks`, `clusters`, `site`, `sites` and `gitlab`. @default - the real clouds */
  aws: v.optional(
    v.strictObject({
      /** Account that the stacks may be deployed to; `"caller"` is the account of the credentials. */
      account: v.union([v.literal("caller"), accountId]),
      /** AWS, or the emulators that `groundwork local` starts. */
      cloud: v.picklist(["aws", "local"]),
      /** Encryption keys: AWS's own, free of charge, or one customer-managed key per stack at one dollar a month each. */
      encryptionKeys: v.picklist(["aws", "account"]),
      /** Versions of the AWS provider that Terraform may choose. */
      providerVersion: decodeText((text) => text),
    }),
    NO_AWS,
  ),
  /** The web application on Amazon EKS. Stacks: `<name>-eks`, `<name>-eks-addons`, `<name>-eks-workloads`. @default - none */
  eks: v.optional(eks),
  /** Further clusters by name: `blue` creates the stacks `<name>-blue-eks`, `<name>-blue-eks-addons` and so on. @default - none */
  clusters: v.optional(v.record(sectionName, eks), {}),
  /** The static site. Stack: `<name>-site`. @default - none */
  site: v.optional(site),
  /** Further static sites by name: `docs` creates the stack `<name>-docs-site`. @default - none */
  sites: v.optional(v.record(sectionName, site), {}),
  /** The container platform on NHN Cloud. Stack: `<name>-nhn`. @default - none */
  nhn: v.optional(nhn),
  /** The container platform on OpenStack. Stack: `<name>-openstack`. @default - none */
  openstack: v.optional(openstack),
  /** GitLab: server, project, and the runner that deploys a site. Stack: `<name>-gitlab`. @default - none */
  gitlab: v.optional(gitlab),
});

/** An environment as written in its file: plain data. */
export type EnvironmentData = v.InferInput<typeof environment>;

/** An environment as the stacks read it: decoded and checked values. */
export type Environment = v.InferOutput<typeof environment>;

/** The decoded sections of an environment. */
export type EksSettings = NonNullable<Environment["eks"]>;
export type AddonSettings = NonNullable<EksSettings["addons"]>;
export type WorkloadSettings = NonNullable<EksSettings["workloads"]>;
export type SiteSettings = NonNullable<Environment["site"]>;
export type GitLabSettings = NonNullable<Environment["gitlab"]>;
export type NhnSettings = NonNullable<Environment["nhn"]>;
export type OpenstackSettings = NonNullable<Environment["openstack"]>;

/**
 * Decodes an environment file. Throws all violations of the file at once.
 *
 * @example const lab = readEnvironment("environments/lab.ts", data)
 */
export function readEnvironment(file: string, data: unknown): Environment {
  Violations.throwIfAny(environmentViolations(file, data));
  const result = v.safeParse(environment, data);
  if (!result.success) throw new Error(`${file} was rejected without a reason`);
  return result.output;
}

/** The violations of an issue: of the values that were decoded, or of the structure of the file. */
function violations(issue: v.BaseIssue<unknown>, file: string): Violation[] {
  const path = v.getDotPath(issue);
  const at = `${file}: ${path ?? "the whole file"}`;
  const broken =
    issue.input instanceof Violations ? issue.input.all : issue.input instanceof Violation ? [issue.input] : [];
  if (broken.length > 0)
    return broken.map(({ rule, given, fix }) => rule.violation({ at, given, fix: withNearest({ given, fix }) }));
  if (issue.type === "strict_object" && issue.expected === "never") return [unknownKey(at, path ?? "")];
  return [ENV002.violation({ at, ...typeMistake(issue) })];
}

function unknownKey(at: string, path: string): Violation {
  const keys = path.split(".");
  const known = keysAt(environment, keys.slice(0, -1));
  const similar = nearest(keys.at(-1) ?? "", known);
  const fix = similar === undefined ? `remove it, or use one of ${known.join(", ")}` : `did you mean "${similar}"?`;
  return ENV001.violation({ at, given: "nothing reads this key", fix });
}

function typeMistake({ received, expected, message }: v.BaseIssue<unknown>): { given: string; fix: string } {
  if (received === "undefined")
    return { given: "a required key is missing", fix: `add it${expected === null ? "" : `: ${expected}`}` };
  const given = expected === null ? received : `${received}, ${expected} was expected`;
  // Messages of the schema itself repeat the two types; ours name the form.
  return {
    given,
    fix: message.startsWith("Invalid ") && expected !== null ? expectedValue(received, expected) : message,
  };
}

/** The violations of the structure of an environment file and of its single values. */
export function environmentViolations(file: string, data: unknown): readonly Violation[] {
  const { issues = [] } = v.safeParse(environment, data);
  return [...issues.flatMap((issue) => violations(issue, file)), ...secretViolations(file, data)];
}

/**
 * Decodes all environments, by the names of their files. Throws the violations of all files at once, and those of names that two
 * environments of one account share.
 */
export function readEnvironments(files: Readonly<Record<string, unknown>>): readonly Environment[] {
  const all = Object.entries(files).map(([environment, data]) => ({ environment, data }));
  const readable = all.filter((one): one is NamedData => isData(one.data));
  const mistakes = [
    ...readable.flatMap(({ environment, data }) => mistakesOf(data).map((mistake) => ({ ...mistake, environment }))),
    ...sharedFindings(readable).filter(({ isNotice }) => !isNotice),
  ];
  Violations.throwIfAny([
    ...all.flatMap(({ environment, data }) => environmentViolations(`environments/${environment}.ts`, data)),
    ...mistakes.map(({ environment, path, violation: { rule, given, fix } }) =>
      rule.violation({ at: `environments/${environment}.ts: ${path.join(".")}`, given, fix }),
    ),
  ]);
  return all.map(({ environment, data }) => readEnvironment(`environments/${environment}.ts`, data));
}
