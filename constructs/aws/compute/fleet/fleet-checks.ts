import type { Construct } from "constructs";
import { Duration } from "../../../core/duration";
import { isToken } from "../../../core/token";
import { type Violation, Violations } from "../../../core/violation";
import type { Disk } from "../disk";
import type { Image } from "../image";
import { architectureViolations, ceilingViolations, checkInstanceType, systemViolations } from "../instance-checks";
import { architectureOf } from "../instance-type";
import { CMP015, CMP016, CMP017, CMP018, CMP019, CMP020 } from "../rules";
import type { FleetProps } from "./fleet";
import { typesOf } from "./machine-type";

/** Most instance types of a group. Source: "Auto Scaling groups with multiple instance types" in the EC2 Auto Scaling user guide. */
const MOST_TYPES = 40;

/** Bounds of times. Source: CreateAutoScalingGroup and PutLifecycleHook in the Auto Scaling API reference. */
const TIMES = {
  draining: [Duration.seconds(30), Duration.hours(2)],
  maxAge: [Duration.days(1), Duration.days(365)],
  warmUp: [Duration.seconds(1), Duration.hours(2)],
} as const;

/** Rejects, all at once, settings that Auto Scaling would reject in the middle of an apply, or that could not work. */
export function checkFleet(at: Construct, props: FleetProps, image: Image, disk: Disk): void {
  const types = typesOf(props.instanceTypes).map(({ type }) => checkInstanceType(type, at));
  Violations.throwIfAny([
    ...typeViolations(at, props),
    ...architectureViolations(types, image, at),
    ...systemViolations(props.boot, image, at),
    ...types.flatMap((type) => ceilingViolations("the root disk", disk, type, at)),
    ...subnetViolations(at, props),
    ...purchaseViolations(at, props),
    ...scalingViolations(at, props),
    ...scheduleViolations(at, props),
    ...timeViolations(at, props),
  ]);
}

function typeViolations(at: Construct, { instanceTypes }: FleetProps): Violation[] {
  const types = typesOf(instanceTypes);
  const names = types.map(({ type }) => type);
  const weights = types.flatMap(({ weight }) => (weight === undefined ? [] : [weight]));
  const architectures = [...new Set(names.filter((name) => !isToken(name)).map(architectureOf))];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  const violation = (given: string, fix: string) => CMP018.violation({ at, given, fix });
  return [
    ...(names.length <= MOST_TYPES ? [] : [violation(`${names.length} instance types`, `use at most ${MOST_TYPES}`)]),
    ...(repeated === undefined ? [] : [violation(`${repeated} twice`, "list each type once")]),
    ...(architectures.length < 2
      ? []
      : [violation(`types with ${architectures.join(" and ")} processors`, "use a fleet for each architecture")]),
    ...(weights.length === 0 || weights.length === types.length
      ? []
      : [violation(`${weights.length} of ${types.length} types with a weight`, "give every type a weight, or none")]),
    ...weights
      .filter((weight) => !Number.isInteger(weight) || weight < 1 || weight > 999)
      .map((weight) => violation(`weight ${weight}`, "use a whole number from 1 to 999")),
  ];
}

function subnetViolations(at: Construct, { subnets }: FleetProps): Violation[] {
  const zones = subnets.map(({ zone }) => zone);
  const repeated = zones.find((zone, index) => zones.indexOf(zone) !== index);
  if (zones.length > 0 && repeated === undefined) return [];
  const given = repeated === undefined ? "no subnet" : `two subnets in zone ${repeated}`;
  return [CMP020.violation({ at, given, fix: 'use the subnets of one tier: network.subnetsOf("private")' })];
}

function purchaseViolations(at: Construct, { purchase, onDemandBase, size }: FleetProps): Violation[] {
  const violation = (given: string, fix: string) => CMP019.violation({ at, given, fix });
  const { interruption = "terminate" } = purchase?.spotOptions ?? {};
  const isBaseValid = onDemandBase === undefined || isCount(onDemandBase, size.max);
  return [
    ...(interruption === "terminate"
      ? []
      : [violation(`interruption "${interruption}"`, "omit it: the group replaces interrupted machines")]),
    ...(onDemandBase === undefined || purchase?.isSpot === true
      ? []
      : [violation("an on-demand base without spot instances", "use Purchase.spot(), or remove onDemandBase")]),
    ...(isBaseValid ? [] : [violation(`an on-demand base of ${onDemandBase}`, `use 0 to ${size.max}`)]),
  ];
}

function isCount(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}

function scalingViolations(
  at: Construct,
  { scaling = [], schedules = {}, size, targetGroups = [] }: FleetProps,
): Violation[] {
  const ids = scaling.map(({ id }) => id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  const isFixed = size.isFixed && Object.keys(schedules).length === 0;
  const foreign = scaling.find(({ targetGroup }) => targetGroup !== undefined && !targetGroups.includes(targetGroup));
  const violation = (given: string, fix: string) => CMP015.violation({ at, given, fix });
  return [
    ...(repeated === undefined ? [] : [violation(`two policies for ${repeated}`, "use one policy per value")]),
    ...(foreign === undefined
      ? []
      : [violation("a policy for a target group without the fleet", "add the target group to targetGroups")]),
    ...(scaling.length > 0 && isFixed
      ? [violation(`a policy with a fixed number of ${size.max} machines`, "use FleetSize.between()")]
      : []),
  ];
}

function scheduleViolations(at: Construct, { schedules = {} }: FleetProps): Violation[] {
  const entries = Object.entries(schedules);
  const times = entries.map(([, { expression, timeZone }]) => `${expression} ${timeZone}`);
  const repeated = times.find((time, index) => times.indexOf(time) !== index);
  const violation = (given: string, fix: string) => CMP016.violation({ at, given, fix });
  return [
    ...entries
      .filter(([name]) => !/^[a-z][a-z0-9-]{0,39}$/.test(name))
      .map(([name]) => violation(`schedule name "${name}"`, "use up to 40 lower-case letters, digits and hyphens")),
    ...(repeated === undefined ? [] : [violation(`two schedules at ${repeated}`, "use one of the two")]),
  ];
}

function timeViolations(at: Construct, props: FleetProps): Violation[] {
  return (["draining", "maxAge", "warmUp"] as const).flatMap((name) => {
    const [given, [least, most]] = [props[name], TIMES[name]];
    if (given === undefined) return [];
    const seconds = given.toSeconds();
    if (seconds >= least.toSeconds() && seconds <= most.toSeconds()) return [];
    return [
      CMP017.violation({
        at,
        given: `${name} of ${given.toString()}`,
        fix: `use ${least.toString()} to ${most.toString()}`,
      }),
    ];
  });
}
