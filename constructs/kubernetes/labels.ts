import { isToken } from "../core/token";
import type { Location, Violation } from "../core/violation";
import { KUB018, KUB019 } from "./rules";

/** Labels or annotations: key and value. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Limits of the keys and values of labels and annotations, as Kubernetes 1.35 checks them.
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
const LIMITS = {
  /** Name after the slash, and value of a label. */
  part: 63,
  /** Prefix before the slash: a DNS subdomain. */
  prefix: 253,
  /** All annotations of an object, in bytes. */
  annotations: 256 * 1024,
} as const;

const NAME = /^[a-z0-9]([-\w.]*[a-z0-9])?$/i;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Violations of labels that select pods: they are valid labels, and there is at least one. */
export function selectorViolations(labels: Labels, at: Location): Violation[] {
  if (Object.keys(labels).length > 0) return labelViolations(labels, at);
  return [KUB018.violation({ at, given: "no label", fix: "set at least one, or omit labels" })];
}

/** Violations of labels. */
export function labelViolations(labels: Labels, at: Location): Violation[] {
  return Object.entries(labels).flatMap(([key, value]) =>
    isQualifiedName(key) && isLabelValue(value)
      ? []
      : [
          KUB018.violation({
            at,
            given: `label "${key}" = "${value}"`,
            fix: `use letters, digits, hyphens, dots and underscores between letters or digits, at most ${LIMITS.part} for the key after its slash and for the value`,
          }),
        ],
  );
}

/** Violations of annotations: their keys have the form of labels' keys, their values are any text. */
export function annotationViolations(annotations: Labels, at: Location): Violation[] {
  const entries = Object.entries(annotations);
  const size = entries.reduce((bytes, [key, value]) => bytes + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  return [
    ...entries
      .filter(([key]) => !isQualifiedName(key.toLowerCase()))
      .map(([key]) =>
        KUB019.violation({ at, given: `annotation "${key}"`, fix: "use a key such as example.com/owner" }),
      ),
    ...(size <= LIMITS.annotations
      ? []
      : [KUB019.violation({ at, given: `annotations of ${size} bytes`, fix: `keep at most ${LIMITS.annotations}` })]),
  ];
}

/** Whether a text can be the value of a label. */
export function isLabelValue(value: string): boolean {
  return isToken(value) || value === "" || (value.length <= LIMITS.part && NAME.test(value));
}

/** Whether a text can be the key of a label: a name, or a DNS subdomain and a name, separated by a slash. */
export function isQualifiedName(key: string): boolean {
  if (isToken(key)) return true;
  const parts = key.split("/");
  const [prefix, name = ""] = parts.length === 1 ? [undefined, key] : parts;
  return (
    parts.length <= 2 &&
    name.length <= LIMITS.part &&
    NAME.test(name) &&
    (prefix === undefined || (prefix.length <= LIMITS.prefix && PREFIX.test(prefix)))
  );
}
