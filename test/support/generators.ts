import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { Packages } from "@groundwork/constructs/boot/parts/packages";
import type { BootPart } from "@groundwork/constructs/boot/parts/part";
import { SshKeys } from "@groundwork/constructs/boot/parts/ssh-keys";
import { Steps } from "@groundwork/constructs/boot/parts/steps";
import { Units } from "@groundwork/constructs/boot/parts/units";
import { Users } from "@groundwork/constructs/boot/parts/users";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Artifacts } from "@groundwork/constructs/gitlab/pipeline/artifacts";
import { Cache } from "@groundwork/constructs/gitlab/pipeline/cache";
import { Deployment } from "@groundwork/constructs/gitlab/pipeline/deployment";
import { Guard } from "@groundwork/constructs/gitlab/pipeline/guard";
import { Job } from "@groundwork/constructs/gitlab/pipeline/job";
import { JobRule } from "@groundwork/constructs/gitlab/pipeline/job-rule";
import { Pipeline } from "@groundwork/constructs/gitlab/pipeline/pipeline";
import { Publishing } from "@groundwork/constructs/gitlab/pipeline/site/publishing";
import { sitePipeline } from "@groundwork/constructs/gitlab/pipeline/site/site-pipeline";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { Backups } from "@groundwork/constructs/gitlab/server/backups";
import { GitLabConfiguration } from "@groundwork/constructs/gitlab/server/gitlab-configuration";
import { checkedSettings, renderSettings } from "@groundwork/constructs/gitlab/server/gitlab-settings";
import { RootPassword } from "@groundwork/constructs/gitlab/server/root-password";
import { serverBoot } from "@groundwork/constructs/gitlab/server/server-boot";
import { Tls } from "@groundwork/constructs/gitlab/server/tls";
import { HairpinNat } from "@groundwork/constructs/kpaas/boot/hairpin-nat";
import { IngressInterface } from "@groundwork/constructs/kpaas/boot/ingress-interface";
import { installHostBoot } from "@groundwork/constructs/kpaas/boot/install-host";
import { NfsServer } from "@groundwork/constructs/kpaas/boot/nfs-server";
import { SshTrust } from "@groundwork/constructs/kpaas/boot/ssh-trust";
import { Delivery } from "@groundwork/constructs/kpaas/delivery/delivery";
import { ApiBalancer } from "@groundwork/constructs/kpaas/plan/api-balancer";
import { Exposure } from "@groundwork/constructs/kpaas/plan/exposure";
import { AddressRange } from "@groundwork/constructs/kpaas/plan/address-range";
import { Pipeline as PortalPipeline } from "@groundwork/constructs/kpaas/portal/pipeline";
import { Portal } from "@groundwork/constructs/kpaas/portal/portal";
import { Workload } from "@groundwork/constructs/kpaas/workload/workload";
import { Region } from "@groundwork/constructs/nhn/region";
import { hostProps } from "./kpaas-host";

/** Input of a generator: texts, in lists and objects. */
export type Input = string | readonly Input[] | { readonly [key: string]: Input };

/** A generator of text, with a valid input all of whose texts are replaced by hostile ones. */
export interface Generator<T extends Input = Input> {
  readonly valid: T;
  /** A cloud-config, or a pipeline. */
  readonly generate: (input: T) => string;
}

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
const NODE = { name: "node1", address: "192.168.7.11" };

function generator<const T extends Input>(valid: T, generate: (input: T) => string): Generator {
  return { valid, generate: generate as (input: Input) => string };
}

/** First boots: every part, and the machines of GitLab and K-PaaS. */
export const FIRST_BOOTS: Readonly<Record<string, Generator>> = {
  files: generator({ path: "/etc/a", text: "x\n", owner: "root:adm" }, ({ path, text, owner }) =>
    boot(Files.text(path, text, { owner })),
  ),
  settings: generator({ path: "/etc/a.env", settings: { NAME: "value" } }, ({ path, settings }) =>
    boot(Files.settings(path, settings)),
  ),
  packages: generator({ name: "jq=1.7" }, ({ name }) => boot(Packages.of(name))),
  users: generator({ name: "deploy", group: "docker", shell: "/bin/bash", key: `${KEY} a` }, (user) =>
    boot(Users.of(user.name, { groups: [user.group], shell: user.shell, sshKeys: [user.key] })),
  ),
  "ssh keys": generator({ key: `${KEY} a` }, ({ key }) => boot(SshKeys.of(key))),
  steps: generator({ name: "web" }, ({ name }) => boot(Steps.run(name, "true"))),
  service: generator(
    {
      name: "web",
      description: "a service",
      user: "deploy",
      settings: "/etc/a.env",
      after: "network.target",
      command: "/bin/true",
      line: "TimeoutStartSec=1",
    },
    ({ name, settings, after, line, ...unit }) =>
      boot(Units.service(name, { ...unit, settings: [settings], after: [after], lines: [line] })),
  ),
  timer: generator({ name: "web", description: "a timer", calendar: "daily", service: "web" }, ({ name, ...timer }) =>
    boot(Units.timer(name, timer)),
  ),
  "GitLab server": generator(
    {
      url: "https://gitlab.example.com",
      contact: "ops@example.com",
      time: "UTC",
      sender: "a@example.com",
      proxies: ["10.0.0.0/8"],
      certificate: "/gitlab/certificate",
      key: "/gitlab/key",
      password: "/gitlab/password",
      calendar: "daily",
      version: "18.11.2",
      ...{ group: "lab", project: "site", importUrl: "https://git.example.com/site.git" },
      ...{ token: "/gitlab/token", runner: "groundwork", variables: { NAME: "value" } },
    },
    (input) => {
      const tls = Tls.ownCertificate({ certificate: input.certificate, key: input.key });
      const settings = checkedSettings({
        ...Tls.letsEncrypt({ contact: input.contact }).settings,
        "gitlab_rails['time_zone']": input.time,
        "gitlab_rails['gitlab_email_from']": input.sender,
        "nginx['real_ip_trusted_addresses']": input.proxies,
      });
      return serverBoot({
        url: input.url,
        host: tls.checkedHost(input.url, true, "server"),
        tls,
        settings,
        version: GitLabVersion.of(input.version),
        region: "us-west-2",
        volumeId: "vol-1",
        rootPassword: RootPassword.inParameter(input.password),
        backups: { plan: Backups.nightly({ calendar: input.calendar }), dataBucket: "data", secretsBucket: "secrets" },
        configuration: GitLabConfiguration.of({
          ...{ group: input.group, project: input.project, importUrl: input.importUrl, runner: input.runner },
          ...{ runnerTokenParameter: input.token, variables: input.variables },
        }),
      }).render();
    },
  ),
  "gitlab.rb": generator({ url: "https://gitlab.example.com", path: "/var/backups" }, ({ url, path }) =>
    boot(Files.text("/etc/gitlab.rb", renderSettings(url, checkedSettings({ "gitlab_rails['backup_path']": path })))),
  ),
  "hairpin NAT": generator(
    { node: NODE, publicAddress: "203.0.113.10", ingress: { address: "192.168.8.10", publicAddress: "203.0.113.11" } },
    (props) => boot(HairpinNat.of(props)),
  ),
  "ingress interface": generator({ node: NODE, address: "192.168.8.10" }, ({ node, address }) =>
    boot(IngressInterface.of({ node, address, subnet: Cidr.parse("192.168.8.0/24") })),
  ),
  "NFS server": generator({ nodes: [NODE, { name: "node2", address: "192.168.7.12" }] }, ({ nodes }) =>
    boot(NfsServer.exportingTo({ nodes: [...nodes] })),
  ),
  "SSH trust": generator({ installHost: NODE, nodes: [NODE] }, ({ installHost, nodes }) => {
    const { installHost: one, node } = SshTrust.createdAtFirstBoot({ installHost, nodes: [...nodes] });
    return `${boot(one)}---\n${boot(node)}`;
  }),
  workload: generator({ name: "web", app: "web", image: "nginx:1.29.3", namespace: "default" }, (props) =>
    boot(Workload.of(props)),
  ),
  portal: generator(
    {
      cloud: "nhn",
      masterAddress: "198.51.100.7",
      apiServer: "https://198.51.100.7:6443",
      hostDomain: "198.51.100.8.nip.io",
      archive: "https://downloads.example.com/portal.tar.gz",
      sha256: "0".repeat(64),
    },
    (props) => boot(Portal.of(props as never)),
  ),
  "portal's pipeline": generator(
    { archive: "https://downloads.example.com/pipeline.tar.gz", sha256: "0".repeat(64) },
    (props) => boot(PortalPipeline.of(props)),
  ),
  "install host": generator(
    {
      release: { repository: "https://github.com/K-PaaS/cp-deployment.git", tag: "v1.6.2", commit: "6dee0c2" },
      variables: "export KUBE_CONTROL_HOSTS=1\n",
      nodes: [NODE],
      hostEntries: [{ name: "api", address: "192.168.7.5" }],
    },
    (input) => installHostBoot({ ...hostProps("0"), ...input }).render(),
  ),
  addresses: generator(
    {
      balancer: "192.168.7.5",
      name: "api.example.com",
      ingress: "192.168.7.30",
      floating: "203.0.113.11",
      range: "192.168.7.150-192.168.7.160",
    },
    ({ balancer, name, ingress, floating, range }) => {
      const api = ApiBalancer.named(name, { address: balancer });
      const serviceAddresses = AddressRange.parse(range);
      const exposure = Exposure.extraNic({ serviceAddresses, address: ingress, floatingAddress: floating });
      return boot(
        Files.settings("/etc/addresses.env", {
          ...{ HOST: api.host, ADDRESS: api.address, RANGE: String(exposure.serviceAddresses) },
          ...{ INGRESS: exposure.ingressAddress ?? "", DOMAIN: exposure.hostDomain ?? "" },
        }),
      );
    },
  ),
  "controller of NHN Cloud": generator(
    { username: "user@example.com", tenantId: "abc", subnetId: "def", passwordFile: "/etc/kpaas/nhn-password" },
    (props) => {
      const { nhn } = Exposure.nhnController({ ...props, region: Region.of("KR1") });
      return boot(Files.settings("/etc/nhn.env", { USER: nhn?.username ?? "", FILE: nhn?.passwordFile ?? "" }));
    },
  ),
};

/** Pipelines. `build` of a site and the expressions of rules are commands and expressions by definition. */
export const PIPELINES: Readonly<Record<string, Generator>> = {
  site: generator(
    {
      bucketName: "www.example.com",
      region: "us-west-2",
      distributionId: "E1A2B3C4D5E6F7",
      url: "https://www.example.com",
      folder: "public",
      patterns: ["static/*", "*.js"],
    },
    ({ patterns: [first, ...others], ...props }) =>
      sitePipeline({ ...props, publishing: Publishing.immutable(first, ...others) }).render(),
  ),
  delivery: generator(
    {
      application: "spring-music",
      repository: { url: "https://github.com/example/spring-music", branch: "main" },
      registry: { host: "harbor.example.com", project: "lab" },
      cluster: "lab",
      namespace: "default",
      quality: { profile: "Sonar way", gate: "Sonar way" },
      baseImage: "eclipse-temurin:17-jre",
    },
    ({ cluster, namespace, ...props }) =>
      Delivery.of({ ...props, target: { cluster, namespace, nodePort: 30088 } }).pipeline.render(),
  ),
  jobs: generator(
    {
      description: "a pipeline",
      stage: "deploy",
      name: "deploy",
      variables: { NAME: "value" },
      artifact: "public/",
      junit: "report.xml",
      key: "cache",
      changed: "docs/**",
      environment: "production",
      url: "https://www.example.com",
      group: "production",
      ...{ file: "public/index.html", folder: "public", variable: "SITE_BUCKET" },
    },
    (input) =>
      Pipeline.of({
        description: input.description,
        stages: [input.stage],
        variables: input.variables,
        jobs: [
          Job.of(input.name, {
            stage: input.stage,
            rules: [JobRule.ifChanged(input.changed)],
            caches: [Cache.by(input.key, [".cache/"])],
            artifacts: Artifacts.of([input.artifact], { junit: input.junit }),
            deployment: Deployment.to(input.environment, { url: input.url, resourceGroup: input.group }),
            script: [Guard.file(input.file), Guard.files(input.folder, 1), Guard.variable(input.variable)],
          }),
        ],
      }).render(),
  ),
};

function boot(...parts: readonly BootPart[]): string {
  return CloudInit.ubuntu()
    .with(...parts)
    .render();
}

/** A place of an input: the texts of its values, and its keys that are not fixed by its type. */
export type Place = readonly (string | number)[];

/** Every text of an input. */
export function placesOf(input: Input, path: Place = []): readonly Place[] {
  if (typeof input === "string") return [path];
  if (typeof input !== "object" || (input as unknown) === null) return [];
  return Object.entries(input).flatMap(([key, value]) =>
    placesOf(value, [...path, Array.isArray(input) ? Number(key) : key]),
  );
}

/** The input with another text at a place. */
export function withText(input: Input, [head, ...rest]: Place, text: string): Input {
  if (head === undefined) return text;
  if (Array.isArray(input))
    return (input as readonly Input[]).map((element, index) =>
      index === head ? withText(element, rest, text) : element,
    );
  const record = input as Readonly<Record<string, Input>>;
  return { ...record, [head]: withText(record[head] ?? "", rest, text) };
}
