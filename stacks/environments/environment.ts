import { Violation, Violations } from "@groundwork/constructs/core/violation";
import * as v from "valibot";
import { ENV001, ENV002 } from "../rules";
import { gitlab } from "./gitlab-values";
import { secretViolations } from "./secrets";
import { eks } from "./eks-values";
import { nhn, openstack } from "./platform-values";
import { accountId, backend, read, site } from "./values";

/** What an environment file says. Everything a deployment differs by, and nothing else. */
const environment = v.strictObject({
  /** Begins every stack id: `<name>-eks`. */
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,11}$/, "write up to 12 lower-case letters, digits and hyphens")),
  /** Where Terraform keeps its state. */
  backend,
  aws: v.strictObject({
    /** Account that the stacks may be deployed to; `"caller"` is whichever account the credentials belong to. */
    account: v.union([v.literal("caller"), accountId]),
    /** AWS itself, or the emulators that `npm run local` starts. */
    cloud: v.picklist(["aws", "local"]),
    /** Whose keys encrypt: AWS's own, which cost nothing, or one of the account's in each stack, a dollar a month each. */
    encryptionKeys: v.picklist(["aws", "account"]),
    /** Versions of the AWS provider that Terraform may choose. */
    providerVersion: read((text) => text),
  }),
  /** The web application on Amazon EKS. */
  eks,
  /** The static site. */
  site,
  /** The container platform on NHN Cloud. */
  nhn,
  /** The same on OpenStack. */
  openstack,
  /** GitLab: server, project, and the runner that deploys the site. */
  gitlab,
});

/** An environment as its file writes it: plain data. */
export type EnvironmentData = v.InferInput<typeof environment>;

/** An environment as the stacks read it: checked values. */
export type Environment = v.InferOutput<typeof environment>;

/**
 * Reads an environment file. Refuses it with everything that is wrong in it, not only the first.
 *
 * @example const lab = readEnvironment("environments/lab.ts", data)
 */
export function readEnvironment(file: string, data: unknown): Environment {
  const result = v.safeParse(environment, data);
  Violations.throwIfAny([
    ...(result.issues ?? []).flatMap((issue) => violations(issue, file)),
    ...secretViolations(file, data),
  ]);
  if (!result.success) throw new Error(`${file} was refused without a reason`);
  return result.output;
}

/** What broke: rules of values that were read, or the shape of the file. */
function violations(issue: v.BaseIssue<unknown>, file: string): Violation[] {
  const at = `${file}: ${v.getDotPath(issue) ?? "the whole file"}`;
  const broken =
    issue.input instanceof Violations ? issue.input.all : issue.input instanceof Violation ? [issue.input] : [];
  if (broken.length > 0) return broken.map(({ rule, given, fix }) => rule.violation({ at, given, fix }));
  if (issue.type === "strict_object" && issue.expected === "never")
    return [ENV001.violation({ at, given: "nothing reads this key", fix: "remove it, or look for a misspelling" })];
  return [
    ENV002.violation({
      at,
      given: `${issue.received}, ${issue.expected ?? "something else"} was expected`,
      fix: issue.message,
    }),
  ];
}
