import { isIP, isIPv6 } from "node:net";
import { defined } from "@groundwork/constructs/core";

/** An address with an optional port. */
export interface HostAddress {
  readonly host: string;
  /** @default - 22 */
  readonly port?: number;
}

/** A label of a host name; the underscore occurs in names of ssh's configuration. */
const LABEL = /^(?!-)[A-Za-z0-9_-]{1,63}(?<!-)$/;

/**
 * Whether a text is an IP address or a host name, and so cannot be an option, several words or another form of an address. Every address
 * and host name from a machine, a state file or the command line is checked by this function before it is used or printed.
 */
export function isHost(text: string): boolean {
  if (isIP(text) !== 0) return !text.includes("%");
  const labels = text.replace(/\.$/, "").split(".");
  // `127.1`, `0x7f.1` and `2130706433` are read as addresses.
  const isNumeric = /^(0x[\da-f]*|\d+)$/i.test(labels.at(-1) ?? "");
  return text.length <= 253 && !isNumeric && labels.every((label) => LABEL.test(label));
}

/** Parses `203.0.113.5`, `203.0.113.5:2222`, `2001:db8::5` or `[2001:db8::5]:2222`; undefined for other text. */
export function parseHostAddress(text: string): HostAddress | undefined {
  if (isHost(text)) return { host: text };
  const [, bracketed, plain, digits] = /^(?:\[([\da-fA-F:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? "";
  const port = digits === undefined ? undefined : Number(digits);
  const isValid = isHost(host) && isIPv6(host) === (bracketed !== undefined) && isPort(port ?? 22);
  return isValid ? { host, ...defined({ port }) } : undefined;
}

function isPort(port: number): boolean {
  return port >= 1 && port <= 65_535;
}

/** A host before a colon and a port: an IPv6 address needs brackets. */
export function beforePort(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
