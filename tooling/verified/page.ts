import type { Verified } from "./verified";

type Step = "validated" | "applied" | "clean" | "destroyed";

/**
 * Renders `docs/verified.md`: the resource types and the steps that tests have executed with them.
 *
 * @param typed - types that the constructs create; each has a row, even if no test has used it
 * @param records - results of tests on the local cloud
 * @param real - results of tests on a real OpenStack, which have a column of their own
 */
export function verifiedPage(
  typed: readonly string[],
  records: readonly Verified[],
  real: readonly Verified[] = [],
): string {
  const reached = (step: Step) => new Set(records.flatMap((record) => record[step]));
  const steps = (["validated", "applied", "clean", "destroyed"] as const).map(reached);
  const onOpenStack = new Set(real.flatMap(({ destroyed }) => destroyed));
  const types = [
    ...new Set([...typed, ...[...records, ...real].flatMap(({ validated, applied }) => [...validated, ...applied])]),
  ];
  const rows = types.sort().map((type) => {
    const marks = [typed.includes(type), ...[...steps, onOpenStack].map((reachedTypes) => reachedTypes.has(type))];
    return `| \`${type}\` | ${marks.map((mark) => (mark ? "✓" : "–")).join(" | ")} |`;
  });
  const list = (all: readonly Verified[]) => all.map(({ name }) => `\`${name}\``).join(", ") || "nothing yet";
  const sources = `Recorded by: ${list(records)}. On a real OpenStack: ${list(real)}.`;
  const opentofu = records.filter(({ name }) => name.endsWith(" with OpenTofu"));
  return [...INTRODUCTION, ...rows, "", sources, "", ...OTHER_CHECKS, ...LIMITS, ...opentofuLimits(opentofu)].join(
    "\n",
  );
}

/**
 * Steps that a page claims and a newer rendering of it does not contain, as `type: column`. A page may lag behind a run that
 * verified more; it must not claim more than the run.
 */
export function unverifiedClaims(page: string, current: string): readonly string[] {
  const verified = marksOf(current);
  return [...marksOf(page)].flatMap(([type, marks]) =>
    marks.flatMap((mark, column) =>
      mark === "✓" && verified.get(type)?.[column] !== "✓" ? [`${type}: ${COLUMNS[column] ?? ""}`] : [],
    ),
  );
}

const COLUMNS = ["typed", "validated", "applied", "second plan", "destroyed", "OpenStack, real"];

/** The marks of each row of a page, by resource type. */
function marksOf(page: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...page.matchAll(/^\| `(\w+)` \| ([✓–| ]+) \|$/gm)].map(([, type = "", marks = ""]) => [type, marks.split(" | ")]),
  );
}

const INTRODUCTION = [
  "# Verified resource types",
  "",
  "This table is generated from the results of the last complete `npm run test:cloud`: Terraform with the real providers aws 5.100.0,",
  "openstack 1.54.1 and restapi 1.20.0 against the local cloud; `kubernetes_*` and `helm_release` through stand-in providers against a",
  "real API server. The last column is from `npm run test:openstack`: applied to a real OpenStack Zed (Keystone, Glance, Placement, Nova,",
  "Neutron, Cinder and Octavia), without changes in a second plan, and destroyed. A dash means that the step has not been executed.",
  "",
  "| resource type | typed | validated | applied | second plan without changes | destroyed | OpenStack, real |",
  "|---|---|---|---|---|---|---|",
];

const OTHER_CHECKS = [
  "## Other checks",
  "",
  "| subject | check |",
  "|---|---|",
  "| `cdktf deploy` and `destroy` | the demo runs the unmodified CLI 0.21.0 |",
  "| deployed objects | the demo and the tests read them from the APIs of the clouds, never from Terraform's state; the website over HTTP, Kubernetes objects with kubectl |",
  "| Kubernetes 1.35.4 | API server, controller manager and scheduler, built from their Go modules; the API server accepts every file in `manifests/` with strict validation |",
  "| OpenStack and NHN Cloud | the real providers 1.54.1 and 1.20.0 against `local/openstack`: updates in place, rejected orders of operations, no leftovers |",
  "| OpenStack, real | Zed from the packages of Debian 12 (Keystone 22.0.2, Glance 25.1.0, Placement 8.0.0, Nova 26.2.2, Neutron 21.0.0, Cinder 21.3.1, Octavia 11.0.0; MariaDB 10.11, RabbitMQ 3.10) on loopback, without root, hypervisors and agents: `lab-openstack`, 85 resources, with the quotas of a new project; `production-openstack`, 96 resources, with the role and the quotas that [its page](nhn.md#openstack) lists; another worker, another administrator, a growing volume, a moved floating IP, ten address pairs, another flavor, replaced machines; every count of `ProjectQuota` against the cloud's own; nothing left |",
  "| OpenStack, real: figures | 160 MB to download, 830 MB unpacked, 3.5 GB of memory; on two cores with a load of 11 to 20: 5 minutes for the first start after unpacking, 77 s for later ones, 2 min 16 s to create and plan the lab, 4 min 27 s for production |",
  "| the emulator | 197 requests to a real OpenStack and to the emulator: the same statuses, kinds of errors and values, with one difference on purpose; the provider's own requests with the same statuses and types of values |",
  "| production | its stacks are deployed to the local cloud too; the site without its domain |",
  "| Ctrl-C and SIGTERM | sent to a running apply, to the demo, and to the start of the local cloud after each of its parts: every change reported as complete is in the state, `groundwork orphans` finds the rest, the next run converges, no process remains |",
  "| SIGKILL | Terraform and its providers are killed; `groundwork orphans` and the real AWS CLI restore a clean state |",
  "| faults | one call in five returns a server error or is throttled, in the format of each protocol |",
  "| CloudFront function | the code runs in Node's `vm` with tables of paths; a headless Chromium visits a private site behind an edge server that runs it |",
  "| pipelines | gitlab-ci-local runs `pipelines/race.yml` and the site's pipeline, which deploys to a bucket of the local cloud with the real `aws s3 sync` |",
  "| first-boot documents | cloud-init's schema check and shellcheck; GitLab's scripts run in sandboxed roots with stand-ins for package managers and for GitLab's API |",
  "| K-PaaS variables | golden files, and 1,200 random files against the installer's own checks, reimplemented in bash |",
  "| K-PaaS first boot | every phase's script against stand-ins for installer, portal, OpenBao, Keycloak and pipeline: a failing first attempt, a second run, SIGKILL and resumption; units by `systemd-analyze verify`, documents by cloud-init's schema check |",
  "| K-PaaS machines | SSH keys with real `sshd` processes, NFS exports with `exportfs`, the second interface and hairpin NAT with netplan 0.106, systemd-networkd 252 and iptables 1.8.9 in network namespaces behind a router that drops spoofed source addresses |",
  "| K-PaaS sample | applied with `kubectl` and with Terraform to the real API server, with the same result |",
  "| `groundwork kpaas` | real `ssh` through a real bastion; a boot that stops, resumes and completes; keys that are rejected and keys that change |",
  "| checkov 3.2.459 | scans every synthesized stack |",
  "| cdktn 0.24.0 | the unit tests also run with the fork |",
  "| OpenTofu 1.11.6 | built from its Go module; `local-site` applied, planned clean and destroyed with providers from addresses of its own registry (`npm run test:opentofu`, and the cloud tests where it is installed or built) |",
  "| packed packages | installed in empty projects of cdktf and cdktn with the newest `constructs`: 116 programs compiled as CommonJS, node16, bundler and ES modules and synthesized, with Node 20, 22 and 24; a new project of `groundwork init` passes its tests and `prove` |",
  "| downloads | the downloader against servers on loopback: wrong checksums, cut connections, ranges, silent servers, proxies. No official binary has been downloaded: no test machine has access to the internet |",
  "",
];

const LIMITS = [
  "## Stand-ins and their limits",
  "",
  "AWS is emulated by moto 5.2.1 and MiniStack 1.5.33 behind a gateway that corrects their responses (`local/aws/gateway/rules`, each",
  "rule with its reason). They enforce no permissions, have no quotas or capacity limits, are immediately consistent, and run no machines:",
  "the first boot of a NAT instance, traffic through routes and ACLs, certificates that browsers trust, and durations have not been",
  "verified. No real account has been used. AWS providers 6.x have not been run, because no copy is available here; the stacks contain",
  "only arguments that 5.100.0 supports, and `Nat.regional()`, which requires 6.24, is only type-checked.",
  "",
  "Kubernetes and Helm are reached through stand-in providers (`local/kubernetes/provider`), whose schemas are derived from the installed",
  "bindings; the real providers have not been run. A Helm release is a record of chart, version and values: no chart has been installed,",
  "no controller has created a load balancer, and the nodes only simulate pods. No machine of EKS, GitLab or K-PaaS has been booted.",
  "",
  "NHN Cloud and OpenStack are emulated by `local/openstack`. Its responses of a standard OpenStack are those of the real services as far as",
  "`npm run test:openstack` compares them. NHN Cloud is written from its public documentation and as strict: it rejects unknown or immutable",
  "fields, unknown filters, wrong orders of operations, overlaps, exceeded quotas and expired tokens, and where the documentation does not",
  "specify the behaviour too: a route to an unused address, the deletion of a NAT gateway with a route or of a routing table in use. Not",
  "verified: whether NHN Cloud behaves the same in these cases, durations, network traffic, and more than one region. The real OpenStack has",
  "no hypervisors, so no machine boots, and no firewall service. Version 3.4 of the openstack provider, which the constraint also allows, has",
  "not been run.",
  "",
  "K-PaaS has not been installed: neither the installer at its commit with its downloads, nor the portal or the pipeline. The archives of",
  "1.6.2 have not been read; the stand-ins follow the scripts of the 1.7 family. IPVS, Calico and durations have not been verified. The",
  "load balancers of NHN Cloud rely on a status call that NHN's own provider makes and that is not documented.",
  "",
  "macOS and the download of providers from the registry have not been verified either.",
  "",
];

/** What a run has verified with OpenTofu: it is not installed everywhere, and building it takes minutes. */
function opentofuLimits(records: readonly Verified[]): readonly string[] {
  const stacks = records.map(({ name }) => `\`${name.replace(/ with OpenTofu$/, "")}\``).join(", ");
  return records.length === 0
    ? ["OpenTofu was neither installed nor built: this run has applied no stack with it (`npm run test:opentofu`).", ""]
    : [`With OpenTofu only ${stacks} was applied, planned again and destroyed; all else ran with Terraform.`, ""];
}
