import { objectOf } from "@groundwork/tooling/objects";
import type { Config } from "./declared";

/** What the local cloud does with a provider. */
export type Provider = "aws" | "kubernetes" | "helm" | "openstack" | "restapi" | "none" | "unsupported";

/** Providers that call no cloud, and Terraform's own; they run unchanged. */
const WITHOUT_CLOUD = [
  ...["archive", "assert", "cloudinit", "external", "http", "local", "null", "random", "template", "terraform"],
  ...["time", "tls", "utils"],
];

const CLOUDS = ["aws", "kubernetes", "helm", "openstack", "restapi"] as const;

/** The provider of a resource type in a stack, which may give it another local name than that of its source. */
export function providerOf(config: Config, localName: string): Provider {
  const entry = objectOf(objectOf(config["terraform"])["required_providers"])[localName];
  const source = typeof entry === "object" ? objectOf(entry)["source"] : undefined;
  const name = typeof source === "string" ? (source.split("/").at(-1) ?? localName) : localName;
  return CLOUDS.find((cloud) => cloud === name) ?? (WITHOUT_CLOUD.includes(name) ? "none" : "unsupported");
}

/** The local name of the provider of a block: the one in its `provider` argument, or the beginning of its type. */
export function localNameOf(type: string, argument: unknown): string {
  const name = typeof argument === "string" ? argument.replace(/^\$\{|\}$/g, "") : type;
  return (typeof argument === "string" ? name.split(".")[0] : name.split("_")[0]) ?? name;
}
