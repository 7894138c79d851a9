import type { GatewayResponse } from "../../call";
import { type JsonObject, jsonResponse, merged, objectOf } from "../../response";

/**
 * The error of EKS for bounds that exclude the desired number of nodes; undefined for valid bounds. Settings that a change omits
 * keep their value.
 */
export function scalingError(before: JsonObject, change: JsonObject): GatewayResponse | undefined {
  const scaling = merged(objectOf(before["scalingConfig"]), objectOf(change["scalingConfig"]));
  const [min, desired, max] = ["minSize", "desiredSize", "maxSize"].map((key) => Number(scaling[key] ?? NaN));
  if (min === undefined || desired === undefined || max === undefined) return undefined;
  if (min > desired) return invalid(`Minimum capacity ${min} can't be greater than desired size ${desired}`);
  return desired > max ? invalid(`Desired capacity ${desired} can't be greater than max size ${max}`) : undefined;
}

function invalid(message: string): GatewayResponse {
  const response = jsonResponse({ __type: "InvalidParameterException", message }, 400);
  return { ...response, headers: { ...response.headers, "x-amzn-errortype": "InvalidParameterException" } };
}
