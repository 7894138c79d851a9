/** Whether a text is one label of a host name in lower case (RFC 1123). */
export function isLabel(text: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

/** Whether a text is a host name of one or more labels. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && text.split(".").every(isLabel) && /[a-z]/.test(text);
}
