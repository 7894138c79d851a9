import { jsonOf, merged, objectOf, rewriteJson, textOf } from "../../answer";
import type { JsonObject } from "../../answer";
import type { Rule } from "../../rule";
import type { EksMemory } from "./clusters";
import { eksPath } from "./clusters";

/** MiniStack forgets a node group's launch template and update settings, and invents a remote access it was not given. */
export function nodeGroup(memory: EksMemory): Rule {
  return {
    name: "an EKS node group's settings",
    applies(call) {
      const path = eksPath(call);
      return (
        path?.kind === "node-groups" && path.verb === undefined && (path.name !== undefined || call.method === "POST")
      );
    },
    async answer(call, forward) {
      const path = eksPath(call);
      const name = path?.name ?? textOf(jsonOf(call)["nodegroupName"]);
      const thing = `${path?.cluster ?? ""}/node-groups/${name}`;
      const answer = await forward(call);
      if (answer.status >= 300) return answer;
      if (call.method === "POST") memory.replace(call, thing, asCreated(jsonOf(call)));
      const shown = rewriteJson(answer, (body) => ({
        nodegroup: asDescribed(objectOf(body["nodegroup"]), memory.of(call, thing)),
      }));
      if (call.method === "DELETE") memory.forget(call, thing);
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
  // Labels are a map of the user's: a key that was taken away must not come back from the emulator by merging.
  const { labels, ...rest } = kept;
  const shown: Record<string, JsonObject[string]> = {
    ...merged(described, rest),
    ...(labels === undefined ? {} : { labels }),
  };
  // A launch template has a disk size of its own; EKS shows none then.
  if (shown["launchTemplate"] !== undefined) delete shown["diskSize"];
  if (textOf(shown["releaseVersion"]) === "") shown["releaseVersion"] = `${textOf(shown["version"])}.0-20250715`;
  const resources: Record<string, JsonObject[string]> = { ...objectOf(shown["resources"]) };
  delete resources["remoteAccessSecurityGroup"];
  return { ...shown, resources };
}
