import { jsonOf, merged, objectOf, rewriteJson, textOf } from "../../answer";
import type { JsonObject } from "../../answer";
import type { Call } from "../../call";
import type { Rule } from "../../rule";
import type { EksMemory } from "./clusters";
import { eksPath } from "./clusters";

/** Base64 of a sentence: the provider decodes the certificate, nobody connects with it. */
const NO_CERTIFICATE = Buffer.from("the local cloud has no Kubernetes API").toString("base64");

/**
 * MiniStack forgets a cluster's upgrade policy and part of its access settings, gives it an http issuer (IAM accepts
 * https only) and no certificate. Each would be drift, the access settings even a replacement.
 */
export function cluster(memory: EksMemory): Rule {
  return {
    name: "an EKS cluster's settings",
    applies(call) {
      const path = eksPath(call);
      return path !== undefined && path.kind === undefined && (path.cluster !== undefined || call.method === "POST");
    },
    async answer(call, forward) {
      const name = eksPath(call)?.cluster ?? textOf(jsonOf(call)["name"]);
      const answer = await forward(call);
      if (answer.status >= 300) return answer;
      if (call.method === "POST") memory.replace(call, name, asCreated(jsonOf(call)));
      const shown = rewriteJson(answer, (body) => ({
        cluster: asDescribed(call, objectOf(body["cluster"]), memory.of(call, name)),
      }));
      if (call.method === "DELETE") memory.forget(call, name);
      return shown;
    },
  };
}

function asCreated(request: JsonObject): JsonObject {
  return {
    upgradePolicy: merged({ supportType: "EXTENDED" }, objectOf(request["upgradePolicy"])),
    accessConfig: merged({ authenticationMode: "CONFIG_MAP" }, objectOf(request["accessConfig"])),
  };
}

function asDescribed(call: Call, described: JsonObject, kept: JsonObject): JsonObject {
  const shown = merged(described, kept);
  const issuer = textOf(objectOf(objectOf(shown["identity"])["oidc"])["issuer"]);
  const certificate = textOf(objectOf(shown["certificateAuthority"])["data"]);
  return merged(shown, {
    identity: {
      oidc: { issuer: issuer.replace(/^http:\/\/[^/]+\/oidc/, `https://oidc.eks.${call.region}.amazonaws.com`) },
    },
    certificateAuthority: { data: certificate === "" ? NO_CERTIFICATE : certificate },
  });
}
