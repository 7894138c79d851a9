import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a test has really done with the resources of one stack. */
export interface Verified {
  /** The stack, or the test's own name for what it deployed. */
  readonly name: string;
  /** Types that Terraform has checked against the provider's schema. */
  readonly validated: readonly string[];
  /** Types of which at least one was created. */
  readonly applied: readonly string[];
  /** Types that a second plan did not want to change. */
  readonly clean: readonly string[];
  /** Types of which every one was destroyed. */
  readonly destroyed: readonly string[];
}

/** Keeps what a test has seen, for the page that tells it. */
export function recordVerified(directory: string, verified: Verified): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${verified.name}.json`), `${JSON.stringify(verified, undefined, 2)}\n`);
}

/** Everything the tests have kept. */
export function readVerified(directory: string): readonly Verified[] {
  try {
    return readdirSync(directory)
      .filter((file) => file.endsWith(".json"))
      .sort()
      .map((file) => JSON.parse(readFileSync(join(directory, file), "utf8")) as Verified);
  } catch {
    return [];
  }
}

/**
 * The page that says which resource types have been run for real, and how far.
 *
 * @param typed - types that the constructs make; a row for each, also when no test has touched it
 */
export function verifiedPage(typed: readonly string[], records: readonly Verified[]): string {
  const reached = (kind: "validated" | "applied" | "clean" | "destroyed") =>
    new Set(records.flatMap((record) => record[kind]));
  const [validated, applied, clean, destroyed] = [
    reached("validated"),
    reached("applied"),
    reached("clean"),
    reached("destroyed"),
  ];
  const types = [...new Set([...typed, ...validated, ...applied])].sort();
  const mark = (yes: boolean) => (yes ? "✓" : "–");
  const rows = types.map(
    (type) =>
      `| \`${type}\` | ${mark(typed.includes(type))} | ${mark(validated.has(type))} | ${mark(applied.has(type))} | ` +
      `${mark(clean.has(type))} | ${mark(destroyed.has(type))} |`,
  );
  return [
    "# What has been run for real",
    "",
    "The table is generated from what the last `npm run test:cloud` really did: Terraform and the providers aws 5.100.0, openstack",
    "1.54.1 and restapi 1.20.0, all real, against the local cloud; `kubernetes_*` and `helm_release` by stand-ins for their providers",
    "against a real API server. A dash is honest: nobody has seen it work.",
    "",
    "| resource type | typed | validated | applied for real | re-planned clean | destroyed |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
    `Recorded by: ${records.map(({ name }) => `\`${name}\``).join(", ") || "nothing yet"}.`,
    "",
    ...ALSO,
  ].join("\n");
}

/** What the table cannot say. */
const ALSO = [
  "## What else is real",
  "",
  "| what | how |",
  "|---|---|",
  "| `cdktf deploy` and `destroy` | the demo runs the ordinary CLI 0.21.0 |",
  "| reading back | the demo and the tests ask the clouds' APIs, never Terraform's state; the website is fetched over HTTP, objects with kubectl |",
  "| Kubernetes 1.35.4 | API server, controller manager and scheduler, built from their modules; every file in `manifests/` is taken with strict validation |",
  "| OpenStack and NHN Cloud | the real providers 1.54.1 and 1.20.0 against `local/openstack`: changes in place, wrong orders refused, nothing left |",
  "| production | its stacks too, pointed at the local cloud, the site without its domain |",
  "| Ctrl-C and SIGTERM | sent to a running apply and to the demo: what is reported done is in the state, `npm run orphans` finds the rest, the next run converges, no process is left |",
  "| SIGKILL | Terraform and its providers are killed; `npm run orphans` and the real AWS command line bring the cloud back to a clean state |",
  "| faults | one call in five answered with a server error or throttled, in each protocol's own form |",
  "| CloudFront's function | the code runs in Node's `vm` over tables of paths; a headless Chromium walks a private site behind an edge that runs it |",
  "| pipelines | gitlab-ci-local runs `pipelines/race.yml` and the site's pipeline, which deploys with the real `aws s3 sync` to the local cloud's bucket |",
  "| first-boot documents | cloud-init's own schema check; shellcheck; GitLab's scripts run in roots with stand-ins for package managers and for GitLab's API |",
  "| K-PaaS, the variables | golden files, and 1,200 random files against the installer's own checks restated in bash |",
  "| K-PaaS, the first boot | every phase's script against a restated installer, portal, OpenBao, Keycloak and pipeline: a failing first attempt, a second run, SIGKILL and on again; units by `systemd-analyze verify`, documents by cloud-init's schema |",
  "| K-PaaS, the machines | keys by real `sshd`s, exports by `exportfs`, the second interface and addresses from inside by netplan 0.106, systemd-networkd 252 and iptables 1.8.9 in network namespaces behind a router that drops forged sources |",
  "| K-PaaS, the sample | by real `kubectl` and by Terraform into the real API server: no difference between the two |",
  "| `npm run kpaas` | a real `ssh` through a real bastion, a boot that stops, goes on and ends, keys that are refused and that change |",
  "| checkov 3.2.459 | over every synthesized stack |",
  "| cdktn 0.24.0 | the unit tests run on the fork as well |",
  "",
  "## What is a stand-in, and what it cannot show",
  "",
  "AWS is played by moto 5.2.1 and MiniStack 1.5.33 behind a gateway of ours that mends what they answer wrongly",
  "(`local/aws/gateway/rules`, each rule with its reason). They enforce no permissions, have no quotas and no capacity, are consistent",
  "at once, and run no machines: a NAT instance's first boot, traffic through routes and ACLs, certificates that browsers trust, and how",
  "long anything takes have not been seen. No real account has been touched. AWS providers 6.x have not been run: there is no",
  "copy of one here; the stacks emit only arguments that 5.100.0 knows, and `Nat.regional()`, which needs 6.24, is only typed.",
  "Kubernetes and Helm are reached through stand-ins for their providers (`local/kubernetes/provider`), whose schemas are derived from the",
  "installed bindings: the real ones have not been run. A Helm release is a record of chart, version and values; no chart was installed, no",
  "controller made a load balancer, and the nodes only pretend to run pods. No machine of EKS, GitLab or a platform has ever booted.",
  "",
  "NHN Cloud and OpenStack are played by an emulator of ours (`local/openstack`), written from their public documentation and strict where",
  "that speaks: unknown or immutable fields, unknown filters, wrong orders, overlaps, quotas and dead tokens are refused. Where NHN's pages",
  "are silent it refuses too: a route to an address that nothing has, a NAT gateway with a route, a table in use. It cannot show whether the",
  "clouds are as strict or stricter there, their times, error texts and limits, any packet, or more than one project and region. Openstack",
  "3.4, which the constraint also admits, has not been run.",
  "",
  "No K-PaaS has been installed: not the installer at its commit with what it downloads, not the portal or the pipeline, of which 1.6.2's own",
  "archives have not even been read (their scripts are restated after the neighbouring 1.7 family), no IPVS, no Calico, no time that anything",
  "takes. NHN's load balancers rest on a status call that NHN's own provider makes and no document has.",
  "",
  "OpenTofu, macOS and the ordinary download of providers have not been run either.",
  "",
];
