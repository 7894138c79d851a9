import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { Pipeline, type PipelineProps } from "@groundwork/constructs/kpaas/portal/pipeline";
import { Portal } from "@groundwork/constructs/kpaas/portal/portal";
import { InstallHost } from "./kpaas-host";
import { type InstallerRepository, POWER } from "./kpaas-installer";
import { DEFAULTS, DOMAIN } from "./kpaas-portal";
import type { SonarQube } from "./sonarqube";

const EARLIER_PHASES = ["wait", "prepare", "install", "verify", "portal", "unseal", "keycloak"];
const APPS = ["ui", "api", "common-api", "config-server", "inspection-api", "jenkins"];

/** Secrets of the portal that the pipeline's variables contain, too. */
export const COPIES = [
  "REPOSITORY_PASSWORD",
  "DATABASE_USER_PASSWORD",
  "KEYCLOAK_ADMIN_PASSWORD",
  "KEYCLOAK_CP_CLIENT_SECRET",
] as const;

/** Secrets that were generated for the portal. */
export const PORTAL_SECRETS = Object.fromEntries(COPIES.map((name) => [name, `of${name.replace(/_/g, "")}1`]));

const VARIABLES = `HOST_DOMAIN="{host domain}"   # for example
K8S_STORAGECLASS="cp-storageclass"
IS_MULTI_CLUSTER="Y"
TLS_SECRET="\${HOST_DOMAIN}-tls"
${COPIES.map((name) => `${name}="${DEFAULTS[name]}"\n`).join("")}INSPECTION_ADMIN_PASSWORD="admin"
INSPECTION_DATABASE_ADMIN_PASSWORD="${["sonar", "2020"].join("@")}"
`;

/** Reimplementation of the pipeline's scripts, as far as the first boot uses them: they are not idempotent. */
function scripts(root: string): Readonly<Record<string, string>> {
  return {
    "cp-pipeline-vars.sh": VARIABLES,
    "deploy-cp-pipeline.sh": `#!/bin/bash
ROOT=${root}
${POWER}
source cp-pipeline-vars.sh
cp -r ../values_orig ../values
[ ! -e "$ROOT/pipeline" ] || { echo "Error: cannot re-use a name that is still in use"; exit 1; }
env -i bash -c '. ./cp-pipeline-vars.sh; set -o posix; set' >"$ROOT/pipeline"
echo namespace/cp-pipeline >>"$ROOT/kube/namespaces.json"
power pipeline
if fails pipeline; then exit 1; fi
if fails pipeline-time; then exit 124; fi
exit 0
`,
    "uninstall-cp-pipeline.sh": `#!/bin/bash
ROOT=${root}
${POWER}
read -p "Are you sure? <y/n> " prompt
[ "$prompt" = y ] || exit 1
if fails uninstall; then exit 0; fi
rm -rf "$ROOT/pipeline" ../values
echo namespace/default >"$ROOT/kube/namespaces.json"
`,
  };
}

/** An install host with a portal and a pending pipeline. */
export class PipelineHost extends InstallHost {
  constructor(repository: InstallerRepository, sonarqube: SonarQube, url: string, props: PipelineProps = {}) {
    const portal = Portal.of({ cloud: "nhn", masterAddress: "198.51.100.7", hostDomain: DOMAIN });
    const archive = "https://downloads.example.com/pipeline.tar.gz";
    super(repository, { portal, pipeline: Pipeline.of({ archive, ...props }) });
    const { root } = this;
    for (const phase of EARLIER_PHASES) root.write(`/var/lib/kpaas/${phase}.done`, "");
    for (const directory of ["/root", "/run"]) root.write(`${directory}/.keep`, "");
    root.write("/etc/kpaas/portal-secrets.json", JSON.stringify(PORTAL_SECRETS), "0600");
    root.write("/etc/kpaas/pipeline.env", `${root.read("/etc/kpaas/pipeline.env")}PIPELINE_URL='${url}'\n`);
    for (const [name, text] of Object.entries(scripts(root.directory)))
      root.write(`/archive/cp-pipeline-deployment/script/${name}`, text);
    root.write("/archive/cp-pipeline-deployment/values_orig/.keep", "");
    this.pack();
    const download = `${POWER}\npower curl\nwhile [ "$1" != --output ]; do shift; done`;
    root.standIn("curl", `${download}\nif fails curl; then exit 22; fi\ncp "$ROOT/pipeline.tar.gz" "$2"`);
    root.write("/kube/forward", `echo "Forwarding from 127.0.0.1:${sonarqube.port} -> 9000"\nexec sleep 60\n`);
    root.write("/kube/namespaces.json", "namespace/default\n");
    this.respondReady();
  }

  /** Checksum of the current archive. */
  get checksum(): string {
    return createHash("sha256")
      .update(readFileSync(this.root.path("/pipeline.tar.gz")))
      .digest("hex");
  }

  /** Changes or removes a file of the archive. */
  repack(path: string, change?: (text: string) => string): void {
    const file = `/archive/cp-pipeline-deployment/${path}`;
    if (change === undefined) rmSync(this.root.path(file), { recursive: true });
    else this.root.write(file, change(this.root.read(file)));
    this.pack();
  }

  /** All output that other users can read, and the arguments of all calls. */
  get output(): string {
    const files = ["/var/log/kpaas/pipeline.log", "/var/lib/kpaas/status.json", "/var/log/groundwork/first-boot.log"];
    return [...files.map((path) => this.root.read(path)), ...this.root.calls].join("\n");
  }

  private pack(): void {
    const [archive, source] = [this.root.path("/pipeline.tar.gz"), this.root.path("/archive")];
    execFileSync("tar", ["-czf", archive, "-C", source, "cp-pipeline-deployment"]);
    // As a person confirms it on a real install host.
    this.root.write("/etc/kpaas/pipeline.sha256", `${this.checksum}\n`);
  }

  private respondReady(): void {
    const available = [...APPS.map((name) => `cp-pipeline-${name}-deployment`), "cp-pipeline-sonarqube-sonarqube"];
    this.respond("deployments-cp-pipeline", {
      items: available.map((name) => ({ metadata: { name }, status: { availableReplicas: 1 } })),
    });
    const database = { metadata: { name: "cp-pipeline-postgresql-postgresql" }, status: { readyReplicas: 1 } };
    this.respond("statefulsets-cp-pipeline", { items: [database] });
  }
}
