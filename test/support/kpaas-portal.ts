import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { Portal, type PortalProps } from "@groundwork/constructs/kpaas/portal/portal";
import { InstallHost } from "./kpaas-host";
import { type InstallerRepository, POWER } from "./kpaas-installer";
import type { Keycloak } from "./keycloak";
import type { OpenBao } from "./openbao";

export const DOMAIN = "198.51.100.8.nip.io";
const DEPLOYMENTS = [
  "api",
  "catalog-api",
  "chaos-api",
  "chaos-collector",
  "common-api",
  "metric-api",
  "terraman",
  "ui",
];

/** Public defaults of the portal's variables. */
export const DEFAULTS = {
  REPOSITORY_PASSWORD: ["Harbor", "12345"].join(""),
  DATABASE_USER_PASSWORD: ["cpAdmin!", "12345"].join(""),
  DATABASE_TERRAMAN_PASSWORD: ["cpAdmin!", "12345"].join(""),
  KEYCLOAK_ADMIN_PASSWORD: "admin",
  KEYCLOAK_CP_CLIENT_SECRET: ["nddz", "VVGW"].join(""),
} as const;

const VARIABLES = `K8S_MASTER_NODE_IP="{k8s master node public ip}"   # public
K8S_CLUSTER_API_SERVER="https://\${K8S_MASTER_NODE_IP}:6443"
K8S_STORAGECLASS="cp-storageclass"
HOST_CLUSTER_IAAS_TYPE="1"
HOST_DOMAIN="{host domain}"
TLS_SECRET="\${HOST_DOMAIN}-tls"
${Object.entries(DEFAULTS)
  .map(([name, value]) => `${name}="${value}"   # default\n`)
  .join("")}KEYCLOAK_URL="https://keycloak.\${HOST_DOMAIN}"
`;

/** Reimplementation of the portal's scripts, as far as the first boot uses them: they are not idempotent. */
function scripts(root: string, keys: readonly string[]): Readonly<Record<string, string>> {
  return {
    "cp-portal-vars.sh": VARIABLES,
    "deploy-cp-portal.sh": `#!/bin/bash
ROOT=${root}
${POWER}
source cp-portal-vars.sh
cp -r ../secmg_orig ../secmg
[ ! -e "$ROOT/portal" ] || { echo "Error: INSTALLATION FAILED"; exit 0; }
env -i bash -c '. ./cp-portal-vars.sh; set -o posix; set' >"$ROOT/portal"
echo '"keys":${JSON.stringify(keys)},"keys_base64":${JSON.stringify(keys)}' >../secmg/unseal-key
mkdir -p ../certs; touch ../certs/ca.crt
power portal
fails portal && exit 124
exit 0
`,
    "uninstall-cp-portal.sh": `#!/bin/bash
read -p "Are you sure? <y/n> " prompt
[ "$prompt" = y ] || exit 1
rm -rf ${root}/portal ../secmg ../values ../certs
`,
  };
}

/** An install host with a ready cluster and a pending portal. */
export class PortalHost extends InstallHost {
  readonly checksum: string;

  constructor(repository: InstallerRepository, bao: OpenBao, keycloak: Keycloak, props: Partial<PortalProps> = {}) {
    const archive = "https://downloads.example.com/portal.tar.gz";
    const portal = { archive, cloud: "nhn", masterAddress: "198.51.100.7", hostDomain: DOMAIN } as const;
    super(repository, { portal: Portal.of({ ...portal, ...props }) });
    const { root } = this;
    for (const phase of ["wait", "prepare", "install", "verify"]) root.write(`/var/lib/kpaas/${phase}.done`, "");
    for (const directory of ["/root", "/run", "/etc/kpaas"]) root.write(`${directory}/.keep`, "");
    for (const [name, text] of Object.entries(scripts(root.directory, bao.keys)))
      root.write(`/archive/cp-portal-deployment/script/${name}`, text);
    root.write("/archive/cp-portal-deployment/secmg_orig/.keep", "");
    const file = root.path("/portal.tar.gz");
    execFileSync("tar", ["-czf", file, "-C", root.path("/archive"), "cp-portal-deployment"], { cwd: dirname(file) });
    this.checksum = createHash("sha256").update(readFileSync(file)).digest("hex");
    if (props.sha256 === undefined) this.confirm();
    root.standIn("curl", 'while [ "$1" != --output ]; do shift; done; cp "$ROOT/portal.tar.gz" "$2"');
    const settings = root.read("/etc/kpaas/portal.env");
    root.write("/etc/kpaas/portal.env", settings.replace(`https://keycloak.${DOMAIN}`, keycloak.url));
    this.forwardTo(bao.port);
    this.respondReady();
  }

  /** Confirms the checksum of the archive, as a person does on a real install host. */
  confirm(): void {
    this.root.write("/etc/kpaas/portal.sha256", `${this.checksum}\n`);
  }

  /** Sets the local port of `kubectl port-forward`. */
  forwardTo(port: number): void {
    this.root.write("/kube/forward", `echo "Forwarding from 127.0.0.1:${port} -> 8200"\nexec sleep 60\n`);
  }

  /** Sets the Secret with the credentials of Keycloak's administrator. */
  administrator(password: string): void {
    const data = Object.entries({ KEYCLOAK_ADMIN_USERNAME: "admin", KEYCLOAK_ADMIN_PASSWORD: password });
    this.respond("secret-cp-portal-secret", {
      data: Object.fromEntries(data.map(([name, value]) => [name, Buffer.from(value).toString("base64")])),
    });
  }

  /** All output that other users can read, and the arguments of all calls. */
  get output(): string {
    const logs = ["portal", "unseal", "keycloak"].map((phase) => this.root.read(`/var/log/kpaas/${phase}.log`));
    const files = ["/var/lib/kpaas/status.json", "/var/log/groundwork/first-boot.log"].map((path) =>
      this.root.read(path),
    );
    return [...logs, ...files, ...this.root.calls].join("\n");
  }

  private respondReady(): void {
    const available = DEPLOYMENTS.map((name) => ({
      metadata: { name: `cp-portal-${name}-deployment` },
      status: { availableReplicas: 1 },
    }));
    this.respond("deployments-cp-portal", { items: available });
    const hosts = ["portal", "harbor", "keycloak", "openbao", "chartmuseum"];
    this.respond("ingresses", { items: hosts.map((host) => ({ spec: { rules: [{ host: `${host}.${DOMAIN}` }] } })) });
  }
}
