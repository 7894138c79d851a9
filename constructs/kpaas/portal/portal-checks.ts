import { checkedDownloadUrl, checkedSha256 } from "../../boot/verified-download";
import { isIpv4Address } from "../../core/cidr";
import { isToken, isWholeToken, literalOf } from "../../core/token";
import { KPB006, KPB013 } from "../boot/rules";
import { isHostName } from "../plan/checks/host-name";
import type { PortalCloud, PortalProps } from "./portal";

/** The portal's numbers of cloud providers. */
export const CLOUDS: Readonly<Record<PortalCloud, string>> = {
  aws: "1",
  openstack: "2",
  naver: "3",
  nhn: "4",
  kt: "5",
};

/** A domain of several labels, whose last one is no number. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** Rejects texts that the portal's scripts, which insert them into shell commands, would not use as they are. */
export function checkPortal({ archive, sha256, cloud, masterAddress, apiServer, hostDomain }: PortalProps): void {
  checkDomain(hostDomain);
  checkText("masterAddress", masterAddress, isAddress(masterAddress), "an address such as 198.51.100.7");
  const url = apiServer ?? "https://host";
  checkText("apiServer", url, isUrl(url), "a URL such as https://198.51.100.7:6443");
  checkText("cloud", cloud, Object.hasOwn(CLOUDS, cloud), `one of ${Object.keys(CLOUDS).join(", ")}`);
  if (archive !== undefined) checkedDownloadUrl(archive, "portal: archive");
  if (sha256 !== undefined) checkedSha256(sha256, "portal: sha256");
}

function checkDomain(domain: string): void {
  const isDomain = isToken(domain) ? /^[a-z0-9.-]*$/.test(literalOf(domain)) : DOMAIN.test(domain);
  if (isDomain) return;
  throw KPB006.violation({
    given: `domain ${JSON.stringify(domain.slice(0, 100))}`,
    fix: "write a domain in lower case, such as 198.51.100.8.nip.io",
  });
}

function checkText(subject: string, text: string, isValid: boolean, valid: string): void {
  if (isValid) return;
  throw KPB013.violation({
    at: "portal",
    given: `${subject} ${JSON.stringify(text.slice(0, 100))}`,
    fix: `use ${valid}`,
  });
}

function isAddress(text: string): boolean {
  return isWholeToken(text) || isIpv4Address(text) || isHostName(text);
}

/** A token may be the whole URL, or its host. */
function isUrl(text: string): boolean {
  const known = isToken(text) ? text.replace(/\$\{TfToken\[[\w.:-]+\]\}/g, "host") : text;
  return isWholeToken(text) || /^https:\/\/[\w.-]+(:\d{1,5})?$/.test(known);
}
