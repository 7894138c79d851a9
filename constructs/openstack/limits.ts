import type { NameRule } from "../core/name";
import type { TextRule } from "../core/text-rule";

// Limits of OpenStack services, one constant per fact, each with its source. All checks of this library use these constants.

/** A printable character: databases and terminals do not accept the others. */
const PRINTABLE = /^[^\p{Cc}\p{Cs}]$/u;
const PRINTABLE_TEXT = "printable characters";

/** Names of objects in Neutron, Cinder, Octavia and Glance. Sources: NAME_FIELD_SIZE in neutron-lib; the schemas of Cinder and Octavia. */
export const OBJECT_NAME: TextRule = {
  text: "name",
  minLength: 0,
  maxLength: 255,
  character: PRINTABLE,
  characters: PRINTABLE_TEXT,
};

/** Names that are required. Sources: the schemas of Nova (server groups); the required arguments of the provider (security groups). */
export const REQUIRED_NAME: TextRule = { ...OBJECT_NAME, minLength: 1 };

/** Every project has a group of the name "default", in any case. Source: the extension `securitygroup` of neutron-lib. */
export const SECURITY_GROUP_NAME: TextRule = { ...REQUIRED_NAME, text: "security group name" };

/** Source: DESCRIPTION_FIELD_SIZE in neutron-lib. */
export const OBJECT_DESCRIPTION: TextRule = { ...OBJECT_NAME, text: "description" };

/** Label of a floating IP on NHN Cloud. Source: Floating IP API of NHN Cloud, which also mentions letters and digits only. */
export const FLOATING_IP_LABEL: TextRule = { ...OBJECT_NAME, text: "label", maxLength: 64 };

/** Names of machines, which are also their host names. Source: RFC 1123. */
export const MACHINE_NAME: NameRule = {
  service: "machine",
  maxLength: 63,
  pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
};

/** Characters of a tag. Source: MAX_TAG_LEN in Neutron. */
export const TAG: TextRule = { ...OBJECT_NAME, text: "tag", minLength: 1, maxLength: 60 };

/** Ports of listeners and of members of a pool. Source: MIN_PORT_NUMBER and MAX_PORT_NUMBER in Octavia. */
export const LISTENER_PORTS = { first: 1, last: 65_535 } as const;

/** Path that a health check requests. Source: the health monitor of Octavia's API; RFC 3986 (path and query). */
export const HEALTH_CHECK_PATH = { length: 255, pattern: /^\/([\w.~!$&'()*+,;=:@/?-]|%[\da-f]{2})*$/i } as const;
