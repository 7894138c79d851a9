import { defined } from "@groundwork/constructs/core";
import { type JsonObject, jsonOf, merged, objectOf, rewriteJson, textOf } from "../../response";
import type { Rule } from "../../rule";
import { type EksMemory, eksPath } from "./memory";
import { scalingError } from "./scaling-bounds";

/**
 * MiniStack loses a node group's launch template and update settings, returns a remote access that was not configured, and accepts
 * bounds that exclude the desired number of nodes.
 */
export function nodeGroup(memory: EksMemory): Rule {
  return {
    name: "settings of an EKS node group",
    applies(call) {
      const path = eksPath(call);
      return (
        path?.kind === "node-groups" && path.verb === undefined && (path.name !== undefined || call.method === "POST")
      );
    },
    async handle(call, forward) {
      const path = eksPath(call);
      const name = path?.name ?? textOf(jsonOf(call)["nodegroupName"]);
      const resource = `${path?.cluster ?? ""}/node-groups/${name}`;
      const error = call.method === "POST" ? scalingError({}, jsonOf(call)) : undefined;
      if (error !== undefined) return error;
      const response = await forward(call);
      if (response.status >= 300) return response;
      if (call.method === "POST") memory.replace(call, resource, asCreated(jsonOf(call)));
      const shown = rewriteJson(response, (body) => ({
        nodegroup: asDescribed(objectOf(body["nodegroup"]), memory.of(call, resource)),
      }));
      if (call.method === "DELETE") memory.delete(call, resource);
      return shown;
    },
  };
}

function asCreated(request: JsonObject): JsonObject {
  const { launchTemplate, labels, taints, scalingConfig } = request;
  return {
    launchTemplate,
    labels,
    taints,
    scalingConfig,
    updateConfig: request["updateConfig"] ?? { maxUnavailable: 1 },
  };
}

function asDescribed(described: JsonObject, kept: JsonObject): JsonObject {
  // Labels are replaced, not merged: a removed key must not reappear from the emulator.
  const { labels, ...rest } = kept;
  const shown: Record<string, JsonObject[string]> = {
    ...merged(described, rest),
    ...defined({ labels }),
  };
  // With a launch template EKS returns no disk size.
  if (shown["launchTemplate"] !== undefined) delete shown["diskSize"];
  if (textOf(shown["releaseVersion"]) === "") shown["releaseVersion"] = `${textOf(shown["version"])}.0-20250715`;
  const resources: Record<string, JsonObject[string]> = { ...objectOf(shown["resources"]) };
  delete resources["remoteAccessSecurityGroup"];
  return { ...shown, resources };
}
