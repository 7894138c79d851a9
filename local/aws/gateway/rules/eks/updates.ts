import { randomUUID } from "node:crypto";
import { type Json, type JsonObject, jsonOf, jsonResponse, listOf, objectOf, textOf } from "../../response";
import type { Call, Forward, GatewayResponse } from "../../call";
import type { Rule } from "../../rule";
import { type EksMemory, type EksPath, eksPath } from "./memory";
import { scalingError } from "./scaling-bounds";
import { desiredCapacity, resizeScalingGroup } from "./scaling-group";

/** MiniStack has no updates of clusters and node groups. The rule stores them in memory and completes them immediately. */
export function updates(memory: EksMemory): Rule {
  return {
    name: "updates of EKS clusters and node groups",
    applies(call) {
      const path = eksPath(call);
      return (
        path !== undefined &&
        (isClusterUpdate(call, path) || isNodeGroupUpdate(call, path) || isUpdateStatus(call, path))
      );
    },
    async handle(call, forward) {
      const path = eksPath(call);
      if (path?.cluster === undefined || isUpdateStatus(call, path)) return done(path?.name ?? randomUUID());
      if (path.kind !== "node-groups") memory.merge(call, path.cluster, jsonOf(call));
      else {
        const resource = `${path.cluster}/node-groups/${path.name ?? ""}`;
        const error = await resize(memory, call, forward, resource);
        if (error !== undefined) return error;
      }
      return done(randomUUID());
    },
  };
}

/** Changes a node group and its Auto Scaling group; returns the error of EKS for impossible bounds. */
async function resize(
  memory: EksMemory,
  call: Call,
  forward: Forward,
  resource: string,
): Promise<GatewayResponse | undefined> {
  const group = memory.groupOf(call, resource);
  const desiredSize = group && (await desiredCapacity(call, forward, group.scalingGroup));
  if (desiredSize !== undefined) memory.merge(call, resource, { scalingConfig: { desiredSize } });
  const error = scalingError(memory.of(call, resource), jsonOf(call));
  if (error !== undefined) return error;
  updateNodeGroup(memory, call, resource);
  if (group !== undefined) await resizeScalingGroup(call, forward, group.scalingGroup, jsonOf(call));
  return undefined;
}

function isClusterUpdate(call: Call, { kind, name }: EksPath): boolean {
  return call.method === "POST" && name === undefined && (kind === "update-config" || kind === "updates");
}

function isNodeGroupUpdate(call: Call, { kind, verb }: EksPath): boolean {
  return call.method === "POST" && kind === "node-groups" && (verb === "update-config" || verb === "update-version");
}

function isUpdateStatus(call: Call, { kind, name }: EksPath): boolean {
  return call.method === "GET" && kind === "updates" && name !== undefined;
}

function updateNodeGroup(memory: EksMemory, call: Call, resource: string): void {
  const { labels, taints, clientRequestToken: _token, force: _force, ...settings } = jsonOf(call);
  const before = memory.of(call, resource);
  memory.merge(call, resource, settings);
  memory.replace(call, resource, {
    ...memory.of(call, resource),
    labels: updatedLabels(objectOf(before["labels"]), objectOf(labels)),
    taints: updatedTaints(listOf(before["taints"]), objectOf(taints)),
  });
}

function updatedLabels(before: JsonObject, change: JsonObject): JsonObject {
  const removed = new Set(listOf(change["removeLabels"]));
  const left = Object.entries(before).filter(([key]) => !removed.has(key));
  return { ...Object.fromEntries(left), ...objectOf(change["addOrUpdateLabels"]) };
}

/** Key and effect identify a taint; its value may change. */
function updatedTaints(before: readonly Json[], change: JsonObject): readonly Json[] {
  const identity = (taint: Json) => `${textOf(objectOf(taint)["key"])} ${textOf(objectOf(taint)["effect"])}`;
  const added = listOf(change["addOrUpdateTaints"]);
  const replaced = new Set([...listOf(change["removeTaints"]), ...added].map(identity));
  return [...before.filter((taint) => !replaced.has(identity(taint))), ...added];
}

function done(id: string): GatewayResponse {
  return jsonResponse({ update: { id, status: "Successful", errors: [] } });
}
