import type { IConnectable } from "../../aws/network/security/connections";
import { Port } from "../../core/port";
import { isToken, literalOf } from "../../core/token";
import type { Location } from "../../core/violation";
import type { GitLabSettings } from "./gitlab-settings";
import { checkedParameterName } from "../machine/parameter";
import { GLB002, GLB003 } from "../rules";

/** Names below domains of cloud providers, and addresses: Let's Encrypt issues no certificates for them. */
const NOT_OWN = new RegExp(
  [
    String.raw`\.(amazonaws\.com(\.cn)?|on\.aws|cloudfront\.net|compute\.internal)\.?$`,
    String.raw`\.(cloudapp\.(net|azure\.com)|azurewebsites\.net|googleusercontent\.com|appspot\.com)\.?$`,
    String.raw`^[\d.]+$|^localhost\.?$|^[^.]+\.?$`,
  ].join("|"),
  "i",
);

/** A scheme and a host name or address. */
const URL_OF_HOST = /^(https?):\/\/((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?)$/i;

/**
 * Defines TLS termination and certificates of a server.
 *
 * @example Tls.letsEncrypt({ contact: "ops@example.com" }); Tls.behind(loadBalancer); Tls.none()
 */
export class Tls {
  /** Certificates of Let's Encrypt. Before the first boot the DNS name must resolve to the server, and port 80 must be public. */
  static letsEncrypt(options: { readonly contact: string }): Tls {
    if (!isToken(options.contact) && !/^[^\s@,;<>"']+@([a-z0-9-]+\.)+[a-z]{2,}$/i.test(options.contact))
      throw GLB003.violation({
        given: `the contact "${options.contact}"`,
        fix: "use an e-mail address such as ops@example.com",
      });
    return new Tls("letsEncrypt", "https", [Port.HTTPS, Port.HTTP], {
      "letsencrypt['enable']": true,
      "letsencrypt['contact_emails']": [options.contact],
      "letsencrypt['auto_renew']": true,
    });
  }

  /** Your own certificate: the names of two SecureStrings with the certificate and its key, both as PEM. */
  static ownCertificate(parameters: { readonly certificate: string; readonly key: string }): Tls {
    const names = [checkedParameterName(parameters.certificate), checkedParameterName(parameters.key)] as const;
    return new Tls("ownCertificate", "https", [Port.HTTPS], { "letsencrypt['enable']": false }, names);
  }

  /** A load balancer terminates TLS and is the only client of the server, on port 80. */
  static behind(loadBalancer: IConnectable): Tls {
    const settings: GitLabSettings = {
      "letsencrypt['enable']": false,
      "nginx['listen_port']": 80,
      "nginx['listen_https']": false,
    };
    return new Tls("behind", "https", [Port.HTTP], settings, undefined, loadBalancer);
  }

  /** Plain HTTP: passwords and tokens are transferred unencrypted. For test environments. */
  static none(): Tls {
    return new Tls("none", "http", [Port.HTTP], { "letsencrypt['enable']": false });
  }

  private constructor(
    /** How the server gets its certificate. */
    readonly kind: "letsEncrypt" | "ownCertificate" | "behind" | "none",
    private readonly scheme: "http" | "https",
    /** Ports of the server for clients. */
    readonly ports: readonly Port[],

    /** Settings of `gitlab.rb`. */
    readonly settings: GitLabSettings,
    /** Names of the parameters with the certificate and its key. */
    readonly parameters?: readonly [certificate: string, key: string],
    /** The only client of the server, if it is behind a load balancer. */
    readonly loadBalancer?: IConnectable,
  ) {}

  /** Whether the server itself terminates TLS. */
  get isTerminatedByServer(): boolean {
    return this.kind === "letsEncrypt" || this.kind === "ownCertificate";
  }

  /** URL of the server on its own machine. */
  get localUrl(): string {
    return this.isTerminatedByServer ? "https://127.0.0.1" : "http://127.0.0.1";
  }

  /** Rejects a URL that is not compatible with this TLS variant; returns its host. */
  checkedHost(url: string, isPublic: boolean, at: Location): string {
    const [, scheme, host] = URL_OF_HOST.exec(url) ?? [];
    if (isToken(url) && /^https?:\/\/[a-z0-9.-]*$/i.test(literalOf(url))) return url.replace(/^https?:\/\//, "");
    if (scheme !== this.scheme || host === undefined)
      throw GLB002.violation({
        at,
        given: `url "${url.replace(/\/\/.*@/, "//…@")}"`,
        fix: `use ${this.scheme}://<host>, or another TLS variant`,
      });
    if (this.kind === "letsEncrypt" && (NOT_OWN.test(host) || !isPublic))
      throw GLB003.violation({
        at,
        given: `Let's Encrypt for ${host}${isPublic ? "" : ", which is not reachable from the internet"}`,
        fix: "use a domain of your own and publicAddress: true, or Tls.ownCertificate()",
      });
    return host;
  }
}
