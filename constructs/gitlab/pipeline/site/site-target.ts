import { type Violation, Violations } from "../../../core/violation";
import { isToken, literalOf } from "../../../core/token";
import { PIP016 } from "../../rules";

/** Target of a site's deployment, as its commands use it. */
interface SiteTarget {
  readonly bucketName: string;
  readonly folder: string;
  readonly distributionId: string | undefined;
  readonly region: string;
}

/** A reference to a variable of the project. */
const VARIABLE = /^\$(\w+|\{\w+\})$/;

/** Forms of the values. Sources: S3 bucket naming rules, CloudFront distribution ids, AWS regions. */
const FORMS = {
  bucketName: { pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, example: "www.example.com" },
  distributionId: { pattern: /^[A-Z0-9]{2,40}$/, example: "E1A2B3C4D5E6F7" },
  region: { pattern: /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/, example: "us-west-2" },
} as const;

/** Rejects a target whose commands would not use exactly this bucket, folder, distribution and region. */
export function checkSiteTarget({ folder, ...target }: SiteTarget): void {
  const names = Object.keys(FORMS) as (keyof typeof FORMS)[];
  Violations.throwIfAny([...names.flatMap((name) => formViolations(name, target[name])), ...folderViolations(folder)]);
}

function formViolations(name: keyof typeof FORMS, value: string | undefined): Violation[] {
  const { pattern, example } = FORMS[name];
  if (value === undefined || VARIABLE.test(value) || pattern.test(value)) return [];
  if (isToken(value) && /^[\w.-]*$/.test(literalOf(value))) return [];
  return [
    PIP016.violation({
      at: `site pipeline: ${name}`,
      given: JSON.stringify(value.slice(0, 100)),
      fix: `use a value such as ${example}, or a variable such as $SITE_VALUE`,
    }),
  ];
}

/** An empty folder, or the root directory, would upload the files of the runner. */
function folderViolations(folder: string): Violation[] {
  if (/[^./\s]/.test(folder)) return [];
  return [
    PIP016.violation({
      at: "site pipeline: folder",
      given: JSON.stringify(folder.slice(0, 100)),
      fix: "use the folder with the built site, such as public",
    }),
  ];
}
