import type { Size } from "../../../core/size";
import type { Violation } from "../../../core/violation";
import { detectSecret } from "../../../boot/detect-secret";
import { PIP007, PIP008, PIP009, PIP010, PIP011, PIP012, PIP013, PIP014 } from "../../rules";
import { Guard } from "../guard";
import type { Job } from "../job";

/** Commands that delete or publish. */
const IRREVERSIBLE = /--delete\b|\baws s3 (sync|cp|mv|rm)\b|create-invalidation|\bkubectl apply\b|\bcdktf deploy\b/;

/** Violations in a single job. */
export function jobViolations(job: Job, artifactLimit: Size): Violation[] {
  return [
    ...scriptViolations(job),
    ...deploymentViolations(job),
    ...cacheViolations(job),
    ...artifactViolations(job, artifactLimit),
  ];
}

function scriptViolations(job: Job): Violation[] {
  const { script, parallel = 1, retry = 0 } = job.props;
  const at = `job "${job.name}"`;
  const secret = job.commands.map(detectSecret).find((look) => look !== undefined);
  const checks: readonly (readonly [isViolated: boolean, given: string, fix: string])[] = [
    [script.length === 0, "no script", "add the commands of the job"],
    [!isWholeNumber(parallel, 1, 200), `parallel ${parallel}`, "use a whole number from 1 to 200"],
    [!isWholeNumber(retry, 0, 2), `retry ${retry}`, "use 0, 1 or 2"],
  ];
  return [
    ...checks.filter(([isViolated]) => isViolated).map(([, given, fix]) => PIP014.violation({ at, given, fix })),
    ...(secret === undefined
      ? []
      : [PIP013.violation({ at, given: `its script contains ${secret}`, fix: "let the job fetch it with its role" })]),
  ];
}

function deploymentViolations(job: Job): Violation[] {
  const { deployment, script, rules = [] } = job.props;
  const publishes = script.findIndex((line) => !Guard.isGuard(line) && IRREVERSIBLE.test(line));
  if (deployment === undefined && publishes === -1) return [];
  const at = `job "${job.name}"`;
  return [
    ...guardViolations(job, publishes),
    ...resourceGroupViolations(job),
    ...(rules.length === 0
      ? [PIP009.violation({ at, given: "no rules", fix: "set rules: [JobRule.onDefaultBranch()]" })]
      : []),
  ];
}

function guardViolations(job: Job, publishes: number): Violation[] {
  const guard = job.props.script.findIndex((line) => Guard.isGuard(line));
  if (guard !== -1 && (publishes === -1 || guard < publishes)) return [];
  const command = job.commands[publishes];
  return [
    PIP007.violation({
      at: `job "${job.name}"`,
      given: command === undefined ? "a deployment without a guard" : `"${command}" without a guard before it`,
      fix: 'add a guard such as Guard.file("public/index.html") before it',
    }),
  ];
}

function resourceGroupViolations(job: Job): Violation[] {
  const { deployment } = job.props;
  const hasGroup = deployment !== undefined && deployment.resourceGroup !== "";
  if (hasGroup && !job.interruptible) return [];
  return [
    PIP008.violation({
      at: `job "${job.name}"`,
      given: hasGroup ? "interruptible: true" : "no resource group",
      fix: "set deployment: Deployment.to(<environment>), and omit interruptible",
    }),
  ];
}

function cacheViolations(job: Job): Violation[] {
  const { caches = [] } = job.props;
  const at = `job "${job.name}"`;
  const useless = job.commands.some((command) => /\bnpm ci\b/.test(command))
    ? caches.flatMap(({ paths }) => paths).filter((path) => /(^|\/)node_modules\/?$/.test(path))
    : [];
  return [
    ...(caches.length > 4 ? [PIP010.violation({ at, given: `${caches.length} caches`, fix: "use at most four" })] : []),
    ...useless.map((path) =>
      PIP011.violation({
        at,
        given: `a cache of ${path} with npm ci`,
        fix: "use Cache.npm() and npm ci --cache .npm",
      }),
    ),
  ];
}

function artifactViolations(job: Job, limit: Size): Violation[] {
  const { artifacts } = job.props;
  if (artifacts === undefined) return [];
  const at = `job "${job.name}"`;
  const heavy = artifacts.paths.find((path) => /(^|\/)node_modules\/?$/.test(path));
  if (artifacts.size === undefined)
    return heavy === undefined
      ? []
      : [
          PIP012.violation({
            at,
            given: `${heavy} of unknown size`,
            fix: "set its packed size: Artifacts.of([...], { size })",
          }),
        ];
  if (artifacts.size.toMebibytes() <= limit.toMebibytes()) return [];
  return [
    PIP012.violation({
      at,
      given: `artifacts of ${artifacts.size.toString()}, limit of the project ${limit.toString()}`,
      fix: "raise the limit of the project and set artifactLimit, or store less",
    }),
  ];
}

function isWholeNumber(value: number, from: number, to: number): boolean {
  return Number.isInteger(value) && value >= from && value <= to;
}
