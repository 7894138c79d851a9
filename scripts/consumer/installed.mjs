// @ts-check
// Checks of an installation: what it does not contain, and its command line.
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { run } from "./checks.mjs";

/** Imports that need no bindings. */
const WITHOUT_BINDINGS = [
  "core",
  "core/quoting",
  "boot",
  "gitlab/pipeline",
  "kubernetes/manifests",
  "insight/deploy-time",
  "testing",
];

/** Imports that need only the bindings of OpenStack and REST. */
const WITH_OPENSTACK = ["openstack", "nhn"];

const PROGRAM = `
const { App, TerraformStack } = require("cdktf");
const { OpenstackProvider } = require("@groundwork/provider-openstack/lib/provider");
const { Network } = require("@groundwork/constructs/openstack");
const { Cidr } = require("@groundwork/constructs/core");
const app = new App({ outdir: "cdktf.out" });
const stack = new TerraformStack(app, "example");
new OpenstackProvider(stack, "openstack");
new Network(stack, "Network", { cidr: Cidr.parse("172.31.0.0/16") });
app.synth();
`;

/**
 * Uses the library without the AWS provider, and verifies that only the named sub-paths exist.
 *
 * @param {string} project
 */
export async function minimal(project) {
  for (const name of ["@cdktf/provider-aws", "@cdktf/provider-kubernetes", "@cdktf/provider-helm"])
    if (existsSync(join(project, "node_modules", name))) throw new Error(`${name} is installed, but not needed`);
  const imports = [...WITHOUT_BINDINGS, ...WITH_OPENSTACK].map((name) => `require("@groundwork/constructs/${name}");`);
  await run(project, process.execPath, ["-e", [...imports, PROGRAM].join("\n")]);
  const internal = `require("@groundwork/constructs/core/cidr")`;
  const failure = await run(project, process.execPath, ["-e", internal]).catch((/** @type {Error} */ error) => error);
  if (!(failure instanceof Error) || !failure.message.includes("ERR_PACKAGE_PATH_NOT_EXPORTED"))
    throw new Error("a file that is not part of the API can be imported");
}

/**
 * Runs the command line of a project: help, a new project, its tests, and its deployment to a local cloud.
 *
 * @param {string} project
 * @param {import("../packages.mjs").FrameworkName} framework
 */
export async function commandLine(project, framework) {
  const groundwork = join(project, "node_modules/@groundwork/cli/bin/groundwork.cjs");
  await run(project, process.execPath, [groundwork, "--help"]);
  const app = join(project, "app");
  rmSync(app, { recursive: true, force: true });
  await run(project, process.execPath, [groundwork, "init", "app", "--framework", framework]);
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(app, "package.json"), "utf8"));
  // The framework's own command is large, and the tests of a project do not use it.
  const missing = Object.keys({ ...dependencies, ...devDependencies })
    .filter((name) => name !== `${framework}-cli`)
    .filter((name) => !existsSync(join(project, "node_modules", name)));
  if (missing.length > 0) throw new Error(`a new project depends on ${missing.join(", ")}`);
  symlinkSync(join(project, "node_modules"), join(app, "node_modules"), "junction");
  await run(app, "npm", ["test"]);
  await prove(app);
  if (framework === "cdktn" && existsSync(join(project, "node_modules/cdktf")))
    throw new Error("a project of cdktn contains cdktf");
}

/**
 * Deploys the stack of a new project to a local cloud, as `npm run prove` of its user does.
 *
 * @param {string} app
 */
async function prove(app) {
  await run(app, "npm", ["run", "prove", "--", "--junit", "reports/prove.xml"]);
  const report = readFileSync(join(app, "reports/prove.xml"), "utf8");
  if (!report.includes('tests="5" failures="0" skipped="0"')) throw new Error(`the report of prove is:\n${report}`);
  const left = readdirSync(join(app, ".groundwork/prove"));
  if (left.length > 0) throw new Error(`groundwork prove has left ${left.join(", ")}`);
}
