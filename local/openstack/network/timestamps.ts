/** Now, as Neutron writes it. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

/** Now, as NHN Cloud's own network API writes it. */
export function nhnTimestamp(): string {
  return now().replace("T", " ").replace("Z", "");
}
