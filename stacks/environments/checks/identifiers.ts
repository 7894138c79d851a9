import { ENV009 } from "../../rules";
import { clusterPaths, type Data, type Path, sitePaths, textAt } from "./data";
import type { Mistake } from "./finding";

/** The form of an identifier. */
interface Form {
  readonly noun: string;
  readonly pattern: RegExp;
  readonly fix: string;
}

/** Source: "General purpose bucket naming rules" in the S3 user guide. */
const BUCKET: Form = {
  noun: "bucket",
  pattern:
    /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(\.\.|-s3alias$|--ol-s3$|\.mrap$))(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  fix: "use 3 to 63 lower-case letters, digits, hyphens and dots",
};

/** Source: `HostedZoneId` in the Route 53 API reference: at most 32 characters; all ids begin with Z. */
const ZONE: Form = {
  noun: "hosted zone",
  pattern: /^Z[A-Z0-9]{3,31}$/,
  fix: "use the id that aws route53 list-hosted-zones prints, for example Z0123456789ABCDEFGHIJ",
};

/** Let's Encrypt sends its messages to it. */
const EMAIL: Form = {
  noun: "contact",
  pattern: /^[\w.!#$%&'*+/=?^`{|}~-]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i,
  fix: "use an e-mail address, for example operations@example.com",
};

/** Source: `EntryPoint` of Keystone: a URL with the version of its API. */
const IDENTITY: Form = {
  noun: "identity service",
  pattern: /^https?:\/\/[^\s/]+(\/\S*)?\/v[23](\.0)?\/?$/,
  fix: "use its URL with the version, for example https://identity.example.com/v3",
};

/** Mistakes in identifiers that only an apply would find. */
export function identifierMistakes(data: Data): readonly Mistake[] {
  return [
    ...formMistakes(data, ["backend", "bucket"], BUCKET),
    ...sitePaths(data).flatMap((path) => formMistakes(data, [...path, "hosting", "domain", "zoneId"], ZONE)),
    ...formMistakes(data, ["gitlab", "server", "tls", "contact"], EMAIL),
    ...formMistakes(data, ["openstack", "authUrl"], IDENTITY),
    ...clusterPaths(data).flatMap((path) => certificateMistakes(data, path)),
  ];
}

function formMistakes(data: Data, path: Path, { noun, pattern, fix }: Form): readonly Mistake[] {
  const value = textAt(data, path);
  return value === undefined || pattern.test(value)
    ? []
    : [{ path, violation: ENV009.violation({ given: `${noun} "${value}"`, fix }) }];
}

/** ARN of a certificate of ACM: region and account. */
const CERTIFICATE = /^arn:aws[\w-]*:acm:(?<region>[\w-]+):(?<account>\d{12}):certificate\/[\w-]+$/;

/** A load balancer uses certificates of its own account and region only. */
function certificateMistakes(data: Data, cluster: Path): readonly Mistake[] {
  const path = [...cluster, "workloads", "group", "certificateArn"];
  const given = CERTIFICATE.exec(textAt(data, path) ?? "")?.groups;
  if (given === undefined) return [];
  const account = textAt(data, ["aws", "account"]);
  const own = {
    region: textAt(data, [...cluster, "region"]),
    account: account === "caller" ? undefined : account,
  };
  const wrong = (["region", "account"] as const).filter((key) => own[key] !== undefined && own[key] !== given[key]);
  return wrong.map((key) => ({
    path,
    violation: ENV009.violation({
      given: `a certificate of ${key} ${String(given[key])}`,
      fix: `issue it in ${key} ${String(own[key])}`,
    }),
  }));
}
