import { Backups } from "@groundwork/constructs/gitlab/backups";
import { DataVolume } from "@groundwork/constructs/gitlab/data-volume";
import { GitLabConfiguration } from "@groundwork/constructs/gitlab/gitlab-configuration";
import { GitLabVersion } from "@groundwork/constructs/gitlab/gitlab-version";
import { Publishing } from "@groundwork/constructs/gitlab/pipeline/publishing";
import { sitePipeline } from "@groundwork/constructs/gitlab/pipeline/site-pipeline";
import { RootPassword } from "@groundwork/constructs/gitlab/root-password";
import { Sizing } from "@groundwork/constructs/gitlab/sizing";
import { Tls } from "@groundwork/constructs/gitlab/tls";
import { Duration } from "@groundwork/constructs/core/duration";
import { Port } from "@groundwork/constructs/core/port";
import { Size } from "@groundwork/constructs/core/size";
import * as v from "valibot";
import { defined, network, peers, read, transform } from "./values";

const version = read((text) => GitLabVersion.of(text));

const tls = v.pipe(
  v.variant("type", [
    /** Plain HTTP, for a lab. */
    v.strictObject({ type: v.literal("none") }),
    v.strictObject({ type: v.literal("lets-encrypt"), contact: v.string() }),
    /** Names of SecureStrings with the certificate and its key. */
    v.strictObject({ type: v.literal("own-certificate"), certificateParameter: v.string(), keyParameter: v.string() }),
  ]),
  transform((data) => {
    if (data.type === "none") return Tls.none();
    if (data.type === "lets-encrypt") return Tls.letsEncrypt({ contact: data.contact });
    return Tls.ownCertificate({ certificate: data.certificateParameter, key: data.keyParameter });
  }),
);

const dataVolume = v.pipe(
  v.strictObject({
    gibibytes: v.number(),
    /** Whether Terraform refuses to destroy it. */
    kept: v.boolean(),
  }),
  transform(({ gibibytes, kept }) => {
    const size = Size.gibibytes(gibibytes);
    return kept ? DataVolume.kept({ size }) : DataVolume.disposable({ size });
  }),
);

const server = v.pipe(
  v.strictObject({
    version,
    /** Version that stands on the data already, while it is upgraded. */
    upgradesFrom: v.optional(version),
    instanceType: v.string(),
    sizing: v.picklist(["baseline", "constrained"]),
    /** Scheme and host; without it the public address, over plain HTTP. */
    url: v.optional(v.string()),
    tls,
    publicAddress: v.boolean(),
    webClients: peers,
    /** Ports that they reach; without them those of the way of TLS. */
    webPorts: v.optional(
      v.array(
        v.pipe(
          v.number(),
          transform((port) => Port.tcp(port)),
        ),
      ),
    ),
    sshClients: peers,
    dataVolume,
    /** Days; 0 for no backups. */
    backupRetentionDays: v.number(),
    /** SecureString for the first password of root; without it the file that the package writes. */
    rootPasswordParameter: v.optional(read((name) => RootPassword.inParameter(name))),
  }),
  transform(({ sizing, backupRetentionDays: days, rootPasswordParameter, ...data }) => ({
    ...defined(data),
    sizing: sizing === "baseline" ? Sizing.baseline() : Sizing.constrained(),
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
    /** Pipeline of the site that the project builds; `assets` are patterns of files whose names change with their content. */
    pipeline: v.strictObject({
      build: v.string(),
      assets: v.optional(v.tupleWithRest([v.string()], v.string())),
    }),
  }),
  transform((data) => {
    const maxArtifactSize = Size.mebibytes(data.maxArtifactMegabytes);
    const { build, assets } = data.pipeline;
    const publishing = assets === undefined ? Publishing.mirror() : Publishing.immutable(...assets);
    /** With what only a stack knows: the bucket and its region. */
    return (site: { readonly bucketName: string; readonly region: string }): GitLabConfiguration =>
      GitLabConfiguration.of({
        ...{ group: data.group, project: data.project, importUrl: data.importUrl, maxArtifactSize },
        runnerTokenParameter: data.runnerTokenParameter,
        variables: { SITE_BUCKET: site.bucketName },
        pipeline: sitePipeline({ region: site.region, build, publishing, artifactLimit: maxArtifactSize }),
      });
  }),
  // Made once while the file is read, so that what is wrong with it is reported with the rest of the file.
  transform((make) => {
    make({ bucketName: "example", region: "us-west-2" });
    return make;
  }),
);

const runner = v.strictObject({
  instanceType: v.string(),
  /** Jobs at once. */
  concurrent: v.number(),
  nodeVersion: v.string(),
  /** Tier it stands in. */
  tier: v.string(),
  /** Whether it reaches out by an address of its own instead of NAT. */
  publicAddress: v.boolean(),
});

/** A GitLab server, what it is configured to, and the runner that deploys the site. */
export const gitlab = v.strictObject({ network, server, configuration, runner });

/** What the stack reads. */
export type GitLabValues = v.InferOutput<typeof gitlab>;
