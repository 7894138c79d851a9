import type { Location, Violation } from "../../core/violation";
import { ING022 } from "../rules";
import { isWhole } from "../whole-number";
import { PREFIX } from "./annotations";
import { pairs } from "./group-annotations";
import type { IngressMemberProps } from "./ingress-member";

const ANNOTATION = "target-group-attributes";
const DELAY = "deregistration_delay.timeout_seconds";

/** Longest deregistration delay of a target group, in seconds. Source: the attributes of target groups in the AWS documentation. */
const MAX_DELAY = 3_600;

/** The annotation with the attributes of a member's target group, without its prefix; empty without attributes. */
export function targetGroupAnnotations(member: IngressMemberProps): Readonly<Record<string, string>> {
  const attributes = attributesOf(member);
  return Object.keys(attributes).length === 0 ? {} : { [ANNOTATION]: pairs(attributes) };
}

/** Violations of the attributes of a member's target group. */
export function targetGroupViolations(member: IngressMemberProps, at: Location): Violation[] {
  const { annotations = {}, deregistrationDelay, targetGroupAttributes = {} } = member;
  const attributes = attributesOf(member);
  const isRepeated =
    Object.keys(attributes).length > 0 && [ANNOTATION, `${PREFIX}${ANNOTATION}`].some((key) => key in annotations);
  const found = [
    ...Object.entries(attributes)
      .filter(([key, value]) => key === "" || /[,=]/.test(key) || value.includes(","))
      .map(([key, value]) => [`attribute "${key}" = "${value}"`, "remove the comma or equals sign"] as const),
    ...(isRepeated ? [[`attributes and the annotation ${ANNOTATION}`, "set targetGroupAttributes only"] as const] : []),
    ...(deregistrationDelay !== undefined && DELAY in targetGroupAttributes
      ? [[`two values of ${DELAY}`, "set deregistrationDelay only"] as const]
      : []),
    ...(deregistrationDelay === undefined || isWhole(deregistrationDelay.toSeconds(), 0, MAX_DELAY)
      ? []
      : [[`a deregistration delay of ${deregistrationDelay.toString()}`, `use at most ${MAX_DELAY} seconds`] as const]),
  ];
  return found.map(([given, fix]) => ING022.violation({ at, given: `${member.name} has ${given}`, fix }));
}

function attributesOf({
  deregistrationDelay,
  targetGroupAttributes,
}: IngressMemberProps): Readonly<Record<string, string>> {
  return {
    ...targetGroupAttributes,
    ...(deregistrationDelay === undefined ? {} : { [DELAY]: `${deregistrationDelay.toSeconds()}` }),
  };
}
