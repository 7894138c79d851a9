import {
  Backups,
  DataVolume,
  GitLabConfiguration,
  GitLabVersion,
  RootPassword,
  GitLabSizing,
  Tls,
} from "@groundwork/constructs/gitlab";
import { Publishing, sitePipeline } from "@groundwork/constructs/gitlab/pipeline";
import { defined, Duration, Port, Size } from "@groundwork/constructs/core";
import * as v from "valibot";
import { instanceType, peers } from "./common";
import { decodeText, decodeWith } from "./decode";
import { network } from "./network";

const version = decodeText((text) => GitLabVersion.of(text));

const tls = v.pipe(
  v.variant("type", [
    /** Plain HTTP, for a lab. */
    v.strictObject({ type: v.literal("none") }),
    v.strictObject({ type: v.literal("lets-encrypt"), contact: v.string() }),
    /** Names of SecureStrings with the certificate and its key. */
    v.strictObject({ type: v.literal("own-certificate"), certificateParameter: v.string(), keyParameter: v.string() }),
  ]),
  decodeWith((data) => {
    if (data.type === "none") return Tls.none();
    if (data.type === "lets-encrypt") return Tls.letsEncrypt({ contact: data.contact });
    return Tls.ownCertificate({ certificate: data.certificateParameter, key: data.keyParameter });
  }),
);

const dataVolume = v.pipe(
  v.strictObject({
    gibibytes: v.number(),
    /** Whether Terraform must not destroy it (`prevent_destroy`). */
    kept: v.boolean(),
  }),
  decodeWith(({ gibibytes, kept }) => {
    const size = Size.gibibytes(gibibytes);
    return kept ? DataVolume.kept({ size }) : DataVolume.disposable({ size });
  }),
);

const server = v.pipe(
  v.strictObject({
    version,
    /** Installed version, during an upgrade. */
    upgradesFrom: v.optional(version),
    instanceType,
    sizing: v.picklist(["baseline", "constrained"]),
    /** Scheme and host. @default - the public address over plain HTTP */
    url: v.optional(v.string()),
    tls,
    publicAddress: v.boolean(),
    webClients: peers,
    /** Ports open to `webClients`. @default - the ports of the TLS choice */
    webPorts: v.optional(
      v.array(
        v.pipe(
          v.number(),
          decodeWith((port) => Port.tcp(port)),
        ),
      ),
    ),
    sshClients: peers,
    dataVolume,
    /** Days; 0 disables backups. */
    backupRetentionDays: v.number(),
    /** SecureString parameter that receives the initial root password. @default - the file that the package writes */
    rootPasswordParameter: v.optional(decodeText((name) => RootPassword.inParameter(name))),
  }),
  decodeWith(({ sizing, backupRetentionDays: days, rootPasswordParameter, ...data }) => ({
    ...defined(data),
    sizing: sizing === "baseline" ? GitLabSizing.baseline() : GitLabSizing.constrained(),
    backups: days === 0 ? Backups.none() : Backups.nightly({ retention: Duration.days(days) }),
    rootPassword: rootPasswordParameter ?? RootPassword.inFile(),
  })),
);

const configuration = v.pipe(
  v.strictObject({
    group: v.string(),
    project: v.string(),
    importUrl: v.string(),
    maxArtifactMegabytes: v.number(),
    runnerTokenParameter: v.string(),
    /** The project's pipeline; `assets` are patterns of files whose names change with their content. */
    pipeline: v.strictObject({
      build: v.string(),
      assets: v.optional(v.tupleWithRest([v.string()], v.string())),
    }),
  }),
  decodeWith((data) => {
    const maxArtifactSize = Size.mebibytes(data.maxArtifactMegabytes);
    const { build, assets } = data.pipeline;
    const publishing = assets === undefined ? Publishing.mirror() : Publishing.immutable(...assets);
    // A function, because only the stack knows the bucket and its region. Without a site the project has no pipeline.
    return (site?: { readonly bucketName: string; readonly region: string }): GitLabConfiguration =>
      GitLabConfiguration.of({
        group: data.group,
        project: data.project,
        importUrl: data.importUrl,
        maxArtifactSize,
        runnerTokenParameter: data.runnerTokenParameter,
        ...(site && {
          variables: { SITE_BUCKET: site.bucketName },
          pipeline: sitePipeline({ region: site.region, build, publishing, artifactLimit: maxArtifactSize }),
        }),
      });
  }),
  // Called once with sample values, so that its violations are reported together with the other mistakes of the file.
  decodeWith((configurationFor) => {
    configurationFor({ bucketName: "example", region: "us-west-2" });
    return configurationFor;
  }),
);

const jobs = {
  /** Jobs that run at the same time. */
  concurrent: v.number(),
  nodeVersion: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, "write three numbers, for example 22.12.0")),
  /** SHA-256 of the archives of Node. @default - those of the versions that the library knows */
  nodeChecksums: v.optional(v.strictObject({ x64: v.string(), arm64: v.string() })),
};

const runner = v.variant("on", [
  v.strictObject({
    /** A machine of its own. */
    on: v.optional(v.literal("machine")),
    instanceType,
    ...jobs,
    /** Tier of its subnet. */
    tier: v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9][\w-]*$/, "write the name of a tier of the network, for example public"),
    ),
    /** Whether it has a public address of its own instead of NAT. */
    publicAddress: v.boolean(),
  }),
  /** The machine of the server, for a lab: jobs share it with the server. */
  v.strictObject({ on: v.literal("server"), ...jobs }),
]);

/** A GitLab server, its configuration, and the runner that deploys a site. */
export const gitlab = v.strictObject({
  network,
  server,
  configuration,
  runner,
  /** Name of the site in `sites` that the pipeline deploys. @default - the site of the section `site`; without one, no pipeline */
  site: v.optional(v.string()),
});
