/** The current time in Neutron's format. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

/** The current time in the format of NHN Cloud's own network API. */
export function nhnTimestamp(): string {
  return now().replace("T", " ").replace("Z", "");
}
