import { Token } from "cdktf";
import type { Construct } from "constructs";
import { isIpv4Address } from "../../core/cidr";
import { isIpv6Address } from "../../core/ipv6";
import { isWholeToken } from "../../core/token";
import type { Cloud } from "../cloud";
import { LISTENER_PORTS } from "../limits";
import { OST016, OST018, OST022, OST025, OST027, OST028 } from "../rules";
import { HealthCheck } from "./health-check";
import type { ListenerProps, Target } from "./listener";

/** Rejects a listener that no load balancer, or no load balancer of the cloud, supports. */
export function rejectInvalidListener(at: Construct, cloud: Cloud, id: string, props: ListenerProps): void {
  const { port, targetPort = port, targets, protocol, healthCheck = HealthCheck.tcp() } = props;
  const { delay, timeout } = healthCheck.settings;
  if (targets.length === 0)
    throw OST018.violation({ at, given: `"${id}" without targets`, fix: "name at least one machine" });
  rejectInvalidPort(at, `"${id}" on port`, port);
  rejectInvalidPort(at, `"${id}" with target port`, targetPort);
  rejectInvalidTargets(at, id, targets);
  if (timeout >= delay)
    throw OST022.violation({
      at,
      given: `health check of "${id}" with an interval of ${delay} seconds and a timeout of ${timeout}`,
      fix: "use a timeout shorter than the interval",
    });
  if (protocol === "HTTP" && cloud.loadBalancerApi === "neutron-lbaas")
    throw OST016.violation({
      at,
      given: `"${id}" with protocol HTTP, which adds the client's address in a header, on ${cloud.name}`,
      fix: "use protocol TCP",
    });
}

function rejectInvalidPort(at: Construct, label: string, port: number): void {
  const { first, last } = LISTENER_PORTS;
  if (Token.isUnresolved(port) || (Number.isInteger(port) && port >= first && port <= last)) return;
  throw OST027.violation({ at, given: `${label} ${port}`, fix: `use a whole number from ${first} to ${last}` });
}

/** The name of a target is the key of its member, and its address identifies the member in the cloud. */
function rejectInvalidTargets(at: Construct, id: string, targets: readonly Target[]): void {
  const invalid = targets.find(
    ({ fixedAddress: address }) => !isWholeToken(address) && !isIpv4Address(address) && !isIpv6Address(address),
  );
  if (invalid !== undefined)
    throw OST028.violation({
      at,
      given: `target "${invalid.name}" of "${id}" with address "${invalid.fixedAddress}"`,
      fix: "use its IP address, such as 192.168.7.11",
    });
  const address = repeated(targets.map(({ fixedAddress }) => fixedAddress));
  if (address !== undefined)
    throw OST028.violation({ at, given: `target ${address} of "${id}" twice`, fix: "remove one of the two" });
  const names = targets.map(({ name }) => name);
  const name =
    names.find((one) => one.trim() === "" || one in Object.prototype) ??
    repeated(names.map((one) => one.replaceAll("/", "--")));
  if (name !== undefined)
    throw OST025.violation({
      at,
      given: `name "${name}" of a target of "${id}"`,
      fix: "give each target a name of its own",
    });
}

function repeated(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}
