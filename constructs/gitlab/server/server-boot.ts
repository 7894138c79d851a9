import { CloudInit } from "../../boot/cloud-init";
import { Files } from "../../boot/parts/files";
import { Packages } from "../../boot/parts/packages";
import type { BootPart } from "../../boot/parts/part";
import { Steps } from "../../boot/parts/steps";
import { programText } from "../../boot/program-text";
import type { ProgramNames } from "../../boot/programs.generated";
import { Units } from "../../boot/parts/units";
import { defined } from "../../core/defined";
import type { Backups } from "./backups";
import type { GitLabConfiguration } from "./gitlab-configuration";
import { type GitLabSettings, renderSettings } from "./gitlab-settings";
import type { GitLabVersion } from "../gitlab-version";
import { awsCli } from "../machine/aws-cli";
import { metadataBlock } from "../machine/metadata-block";
import type { RootPassword } from "./root-password";
import type { Tls } from "./tls";

const PROGRAMS = "/usr/local/lib/groundwork";

/** Inputs of the first boot of a server. */
export interface ServerBootProps {
  readonly url: string;
  readonly host: string;
  readonly tls: Tls;
  readonly version: GitLabVersion;
  readonly region: string;
  readonly volumeId: string;
  readonly settings: GitLabSettings;
  readonly rootPassword: RootPassword;
  readonly backups: { readonly plan: Backups; readonly dataBucket: string; readonly secretsBucket: string } | undefined;
  readonly configuration: GitLabConfiguration | undefined;
  /** Whether a runner is on the same machine, whose jobs must not use its role either. */
  readonly hasRunner?: boolean;
}

/** The first boot of a server: data, certificate, package, readiness, password, configuration. */
export function serverBoot(props: ServerBootProps): CloudInit {
  const [certificate = "", key = ""] = props.tls.parameters ?? [];
  const hasCertificate = certificate !== "";
  const passwordParameter = props.rootPassword.parameter;
  const settings = Files.settings("/etc/groundwork/gitlab.env", {
    EXTERNAL_URL: props.url,
    GITLAB_HOST: props.host,
    LOCAL_URL: props.tls.localUrl,
    GITLAB_PACKAGE: "gitlab-ce",
    GITLAB_VERSION: props.version.toString(),
    DATA_VOLUME: props.volumeId,
    ...defined({
      CERTIFICATE_PARAMETER: hasCertificate ? certificate : undefined,
      KEY_PARAMETER: hasCertificate ? key : undefined,
      ROOT_PASSWORD_PARAMETER: passwordParameter,
    }),
  });
  return CloudInit.ubuntu().with(
    Packages.of("ca-certificates", "curl", "gnupg", "python3", "unzip"),
    settings,
    Files.text(`${PROGRAMS}/gitlab.rb`, renderSettings(props.url, props.settings), { mode: "0600" }),
    ...packageSource(),
    ...metadataBlock("gitlab-runsvdir", ...(props.hasRunner === true ? (["gitlab-runner"] as const) : [])),
    ...awsCli(props.region),
    step("data-volume", "mount-data.sh"),
    ...dataGrowth(),
    ...(hasCertificate ? [step("certificate", "fetch-certificate.sh")] : []),
    step("gitlab", "install-server.sh"),
    step("ready", "wait-ready.sh"),
    ...(passwordParameter === undefined ? [] : [step("root-password", "store-root-password.sh")]),
    ...configurationParts(props.configuration),
    ...backupParts(props.backups),
  );
}

/** The program that adds GitLab's package sources. */
export function packageSource(): readonly BootPart[] {
  return [Files.program(`${PROGRAMS}/add-repository`, programText("gitlab", "add-repository.sh"))];
}

/** A step that runs a program of `constructs/gitlab/programs`. */
export function step(name: string, file: ProgramNames["gitlab"]): Steps {
  return Steps.script(name, programText("gitlab", file));
}

/** A timer that grows the file system of the data volume: a larger volume replaces no machine and needs no restart. */
function dataGrowth(): readonly BootPart[] {
  const description = "grow the file system of the data volume to the size of the volume";
  return [
    Units.service("gitlab-data-growth", {
      description,
      type: "oneshot",
      command: "/usr/lib/systemd/systemd-growfs /srv/gitlab",
    }),
    Units.timer("gitlab-data-growth", { description, calendar: "hourly" }),
  ];
}

function configurationParts(configuration: GitLabConfiguration | undefined): readonly BootPart[] {
  if (configuration === undefined) return [];
  return [
    Files.text("/etc/groundwork/gitlab-configuration.json", configuration.render(), { mode: "0600" }),
    Files.text(`${PROGRAMS}/configure.py`, programText("gitlab", "configure.py")),
    step("configuration", "configure.sh"),
  ];
}

function backupParts(backups: ServerBootProps["backups"]): readonly BootPart[] {
  if (backups === undefined) return [];
  return [
    Files.settings("/etc/groundwork/backup.env", {
      DATA_BUCKET: backups.dataBucket,
      SECRETS_BUCKET: backups.secretsBucket,
    }),
    Files.program(`${PROGRAMS}/gitlab-backup`, programText("gitlab", "backup.sh")),
    Units.service("gitlab-data-backup", {
      description: "back up GitLab's data and secrets",
      type: "oneshot",
      command: `${PROGRAMS}/gitlab-backup`,
    }),
    Units.timer("gitlab-data-backup", { description: "back up GitLab", calendar: backups.plan.calendar }),
  ];
}
