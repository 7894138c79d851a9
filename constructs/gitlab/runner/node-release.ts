import { checkedSha256 } from "../../boot/verified-download";
import type { Location } from "../../core/violation";
import { GLB015 } from "../rules";
import { NODE_CHECKSUMS, type NodeChecksums } from "./node-checksums";

/** A version of Node with the checksums of its archives. */
export interface NodeRelease extends NodeChecksums {
  readonly version: string;
}

/** The release of a version: its checksums are known to the library, or given. */
export function nodeRelease(version: string, given: NodeChecksums | undefined, at: Location): NodeRelease {
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw GLB015.violation({
      at,
      given: `nodeVersion ${JSON.stringify(version.slice(0, 60))}`,
      fix: 'use three numbers, for example "22.12.0"',
    });
  if (given !== undefined) return { version, x64: checkedSha256(given.x64, at), arm64: checkedSha256(given.arm64, at) };
  const known = Object.hasOwn(NODE_CHECKSUMS, version) ? NODE_CHECKSUMS[version] : undefined;
  if (known === undefined)
    throw GLB015.violation({
      at,
      given: `nodeVersion ${version}, whose checksums the library does not know`,
      fix: `set nodeChecksums from https://nodejs.org/dist/v${version}/SHASUMS256.txt, or use ${nearest(version)}`,
    });
  const [x64, arm64] = known;
  return { version, x64, arm64 };
}

/** The newest known version of the same major version, or of all. */
function nearest(version: string): string {
  const versions = Object.keys(NODE_CHECKSUMS);
  return versions.reverse().find((one) => one.startsWith(`${String(version.split(".")[0])}.`)) ?? versions[0] ?? "";
}
