import { defined } from "../../core/defined";
import type { Port } from "../../core/port";
import { derivedText } from "../../core/text-rule";
import { VPC_OBJECT_DESCRIPTION } from "../limits";
import type { AclLine } from "./acl-plan";

/** Fields of an ACL rule in NHN Cloud's network API. */
export function fieldsOf(line: AclLine): Record<string, string | number> {
  const { protocol, sourcePort, destinationPort } = line;
  return {
    src_ip: line.source,
    dst_ip: line.destination,
    policy: line.policy,
    order: line.order,
    description: derivedText(line.description, VPC_OBJECT_DESCRIPTION),
    ...defined({ protocol }),
    ...portsOf("src", sourcePort),
    ...portsOf("dst", destinationPort),
  };
}

/** The lowest port that NHN Cloud accepts is 1. */
function portsOf(end: "src" | "dst", port: Port | undefined): Record<string, number> {
  if (port === undefined) return {};
  return { [`${end}_port_range_min`]: Math.max(port.from, 1), [`${end}_port_range_max`]: Math.max(port.to, 1) };
}
