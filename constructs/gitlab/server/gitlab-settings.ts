import { detectSecret } from "../../boot/detect-secret";
import { rubyLiteral } from "../../core/quoting/ruby";
import { GLB001, GLB007 } from "../rules";

/** Supported keys of `gitlab.rb` and the types of their values. Passwords are excluded intentionally. */
export const GITLAB_KEYS = {
  "gitlab_rails['time_zone']": "string",
  "gitlab_rails['gitlab_email_enabled']": "boolean",
  "gitlab_rails['gitlab_email_from']": "string",
  "gitlab_rails['gitlab_default_can_create_group']": "boolean",
  "gitlab_rails['gitlab_shell_ssh_port']": "number",
  "gitlab_rails['usage_ping_enabled']": "boolean",
  "gitlab_rails['monitoring_whitelist']": "strings",
  "gitlab_rails['backup_path']": "string",
  "gitlab_rails['backup_keep_time']": "number",
  "gitlab_rails['artifacts_enabled']": "boolean",
  "gitlab_rails['lfs_enabled']": "boolean",
  "high_availability['mountpoint']": "string",
  "puma['worker_processes']": "number",
  "puma['per_worker_max_memory_mb']": "number",
  "sidekiq['concurrency']": "number",
  "postgresql['shared_buffers']": "string",
  "prometheus_monitoring['enable']": "boolean",
  "registry['enable']": "boolean",
  "gitlab_pages['enable']": "boolean",
  "gitlab_kas['enable']": "boolean",
  "letsencrypt['enable']": "boolean",
  "letsencrypt['contact_emails']": "strings",
  "letsencrypt['auto_renew']": "boolean",
  "nginx['listen_port']": "number",
  "nginx['listen_https']": "boolean",
  "nginx['redirect_http_to_https']": "boolean",
  "nginx['client_max_body_size']": "string",
  "nginx['real_ip_trusted_addresses']": "strings",
  "nginx['real_ip_header']": "string",
  "logging['logrotate_frequency']": "string",
  "logging['logrotate_rotate']": "number",
} as const;

/** A key of `gitlab.rb`. */
export type GitLabKey = keyof typeof GITLAB_KEYS;

/** A value of `gitlab.rb`. */
export type GitLabValue = string | number | boolean | readonly string[];

/** Settings of `gitlab.rb`, in addition to `external_url`. */
export type GitLabSettings = { readonly [K in GitLabKey]?: GitLabValue };

/** Rejects unknown keys, values of the wrong type, and secrets; returns the settings unchanged. */
export function checkedSettings(settings: GitLabSettings): GitLabSettings {
  for (const [key, value] of Object.entries(settings)) {
    const kind = Object.hasOwn(GITLAB_KEYS, key) ? GITLAB_KEYS[key as GitLabKey] : undefined;
    if (kind === undefined)
      throw GLB001.violation({
        given: `gitlab.rb key ${key}`,
        fix: `use one of ${Object.keys(GITLAB_KEYS).join(", ")}`,
      });
    if (kindOf(value) !== kind || Number.isNaN(value))
      throw GLB001.violation({
        given: `${key} = ${JSON.stringify(value)}`,
        fix: `use a value of type ${kind}`,
      });
    const look = detectSecret(String(value));
    if (look !== undefined)
      throw GLB007.violation({
        given: `${key} looks like ${look}`,
        fix: "remove it; the machine generates its own secrets",
      });
  }
  return settings;
}

/** The text of a `gitlab.rb`, sorted by key. */
export function renderSettings(url: string, settings: GitLabSettings): string {
  const lines = Object.entries(settings)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${key} = ${rubyLiteral(value)}`);
  return ["# Written by Groundwork at the first boot.", `external_url ${rubyLiteral(url)}`, ...lines, ""].join("\n");
}

function kindOf(value: GitLabValue): string {
  return Array.isArray(value) ? "strings" : typeof value;
}
