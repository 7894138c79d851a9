import type { Location } from "../../core/violation";
import type { GitLabVersion } from "../gitlab-version";
import { checkedParameterName } from "../machine/parameter";
import { GLB008, GLB013, GLB014 } from "../rules";
import type { NodeChecksums } from "./node-checksums";
import { nodeRelease } from "./node-release";
import { checkedRegisterOptions, type RegisterOptions } from "./register-options";
import { publishedRunner, runnerFor } from "./runner-releases";

/** Settings of a runner as they are given, wherever it runs. */
export interface RunnerSettingsProps {
  readonly concurrent?: number;
  readonly nodeVersion?: string;
  readonly nodeChecksums?: NodeChecksums;
  readonly version?: GitLabVersion;
  readonly tokenParameter?: string;
  readonly registerOptions?: RegisterOptions;
}

/** Checked settings of a runner. */
export interface RunnerSettings {
  readonly concurrent: number;
  readonly nodeVersion: string;
  readonly nodeChecksums: NodeChecksums | undefined;
  readonly version: GitLabVersion;
  readonly tokenParameter: string;
  readonly registerOptions: RegisterOptions;
}

/** What the settings of a runner depend on. */
export interface RunnerSettingsContext {
  readonly server: { readonly version: GitLabVersion; readonly runnerTokenParameter: string | undefined };
  /** Number of concurrent jobs where none is given. */
  readonly concurrent: number;
  readonly at: Location;
}

/** The settings of a runner with their defaults; rejects what does not belong to the server. */
export function runnerSettings(
  props: RunnerSettingsProps,
  { server, at, ...defaults }: RunnerSettingsContext,
): RunnerSettings {
  const { concurrent = defaults.concurrent, nodeVersion = "22.12.0", nodeChecksums, registerOptions = {} } = props;
  const { version = runnerFor(server.version, at), tokenParameter = server.runnerTokenParameter } = props;
  nodeRelease(nodeVersion, nodeChecksums, at);
  if (!Number.isInteger(concurrent) || concurrent < 1)
    throw GLB013.violation({ at, given: `concurrent ${concurrent}`, fix: "use a whole number of at least 1" });
  if (!version.matches(server.version))
    throw GLB008.violation({
      at,
      given: `runner ${version.toString()}, server ${server.version.toString()}`,
      fix: "omit version to use the newest runner of the server's minor version",
    });
  publishedRunner(version, at);
  checkedRegisterOptions(registerOptions, at);
  if (tokenParameter === undefined)
    throw GLB014.violation({
      at,
      given: "a server without a configuration, and no tokenParameter",
      fix: "configure the server, or set tokenParameter to the name of the SecureString with the runner's token",
    });
  return {
    ...{ concurrent, nodeVersion, nodeChecksums, version, registerOptions },
    tokenParameter: checkedParameterName(tokenParameter),
  };
}
