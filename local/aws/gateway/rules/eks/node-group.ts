import { defined } from "@groundwork/constructs/core";
import { type JsonObject, jsonOf, listOf, merged, objectOf, rewriteJson, textOf } from "../../response";
import type { Call, Forward, GatewayResponse } from "../../call";
import type { Rule } from "../../rule";
import { type EksMemory, eksPath } from "./memory";
import { scalingError } from "./scaling-bounds";
import { createScalingGroup, deleteScalingGroup, desiredCapacity } from "./scaling-group";

/**
 * MiniStack loses a node group's launch template and update settings, returns a remote access that was not configured, accepts
 * bounds that exclude the desired number of nodes, and has only the name of the Auto Scaling group, which the rule creates in moto.
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
      return describe(memory, call, forward, { resource, cluster: path?.cluster ?? "", name, response });
    },
  };
}

/** Completes the response of MiniStack, and creates or deletes the instances. */
async function describe(
  memory: EksMemory,
  call: Call,
  forward: Forward,
  described: DescribedGroup,
): Promise<GatewayResponse> {
  const { resource, response } = described;
  if (call.method === "POST") {
    memory.replace(call, resource, asCreated(jsonOf(call)));
    await createInstances(memory, call, forward, described);
  }
  const desired = await desiredOf(memory, call, forward, resource);
  const shown = rewriteJson(response, (body) => ({
    nodegroup: merged(asDescribed(objectOf(body["nodegroup"]), memory.of(call, resource)), desired),
  }));
  if (call.method === "DELETE") await deleteInstances(memory, call, forward, resource);
  return shown;
}

interface DescribedGroup {
  readonly resource: string;
  readonly cluster: string;
  readonly name: string;
  readonly response: GatewayResponse;
}

async function createInstances(
  memory: EksMemory,
  call: Call,
  forward: Forward,
  { resource, cluster, name, response }: DescribedGroup,
): Promise<void> {
  const [group] = listOf(objectOf(objectOf(jsonOf(response)["nodegroup"])["resources"])["autoScalingGroups"]);
  const scalingGroup = textOf(objectOf(group)["name"]);
  const network = objectOf(memory.of(call, cluster)["resourcesVpcConfig"]);
  const template = await createScalingGroup(call, forward, {
    cluster,
    nodeGroup: name,
    name: scalingGroup,
    securityGroup: textOf(network["clusterSecurityGroupId"]),
    request: jsonOf(call),
  });
  if (template !== undefined) memory.addGroup(call, resource, { cluster, name, scalingGroup, template });
}

/** The number of nodes that the autoscaler has set. */
async function desiredOf(memory: EksMemory, call: Call, forward: Forward, resource: string): Promise<JsonObject> {
  const group = memory.groupOf(call, resource);
  if (group === undefined) return {};
  const desiredSize = await desiredCapacity(call, forward, group.scalingGroup);
  if (desiredSize === undefined) return {};
  memory.merge(call, resource, { scalingConfig: { desiredSize } });
  return { scalingConfig: { desiredSize } };
}

async function deleteInstances(memory: EksMemory, call: Call, forward: Forward, resource: string): Promise<void> {
  const group = memory.groupOf(call, resource);
  if (group !== undefined) await deleteScalingGroup(call, forward, group.scalingGroup, group.template);
  memory.delete(call, resource);
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
