import type { NameRule } from "../core/name";

/** Names of most objects: a DNS label. */
export const OBJECT_NAME = {
  service: "Kubernetes object",
  maxLength: 63,
  pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
} as const satisfies NameRule;

/** Names of Helm releases: shorter, because charts append up to ten characters for the names of objects. */
export const RELEASE_NAME = { ...OBJECT_NAME, service: "Helm release", maxLength: 53 } as const satisfies NameRule;
