import type { Location } from "../core/violation";
import { Files } from "./parts/files";
import type { BootPart } from "./parts/part";
import { programText } from "./program-text";
import { BOO011 } from "./rules";

/** Program that downloads a file over https and verifies its checksum or its signature before anything can read it. */
export const VERIFIED_DOWNLOAD = "/usr/local/lib/groundwork/verified-download";

/**
 * The part of a first boot that the steps download files with. Nothing else downloads a file that is executed later.
 *
 * @example CloudInit.ubuntu().with(verifiedDownload(), Steps.run("tool", `${VERIFIED_DOWNLOAD} ${url} /opt/tool sha256 ${sum}`))
 */
export function verifiedDownload(): BootPart {
  return Files.program(VERIFIED_DOWNLOAD, programText("boot", "verified-download.sh"));
}

/** Returns the URL of a download, or rejects it. */
export function checkedDownloadUrl(url: string, at: Location): string {
  if (/^https:\/\/[a-z0-9.-]+(:\d{1,5})?(\/[\w.~%+,=&?:/-]*)?$/i.test(url)) return url;
  throw BOO011.violation({
    at,
    given: `URL ${JSON.stringify(url.replace(/\/\/[^/]*@/, "//…@").slice(0, 100))}`,
    fix: "use https://<host>/<path>, without a user or a password",
  });
}

/** Returns a SHA-256, or rejects it. */
export function checkedSha256(sha256: string, at: Location): string {
  if (/^[0-9a-f]{64}$/.test(sha256)) return sha256;
  throw BOO011.violation({
    at,
    given: `SHA-256 ${JSON.stringify(sha256.slice(0, 80))}`,
    fix: "use the output of sha256sum: 64 lower-case hexadecimal digits",
  });
}
