import { type JsonObject, jsonOf, merged, objectOf, rewriteJson, textOf } from "../../response";
import type { Call } from "../../call";
import type { Rule } from "../../rule";
import { createClusterNetwork, deleteClusterNetwork } from "./cluster-network";
import { type EksMemory, eksPath } from "./memory";

/** Base64 of a placeholder: the provider decodes the certificate, but no connection uses it. */
const NO_CERTIFICATE = Buffer.from("the local cloud has no Kubernetes API").toString("base64");

/**
 * MiniStack loses a cluster's upgrade policy and part of its access settings, and returns an http issuer (IAM accepts only
 * https) and no certificate. Each would be drift; the access settings would replace the cluster. It also invents the VPC and the
 * security group of the cluster: the rule returns the VPC of the subnets, and creates the group.
 */
export function cluster(memory: EksMemory): Rule {
  return {
    name: "settings of an EKS cluster",
    applies(call) {
      const path = eksPath(call);
      return path !== undefined && path.kind === undefined && (path.cluster !== undefined || call.method === "POST");
    },
    async handle(call, forward) {
      const name = eksPath(call)?.cluster ?? textOf(jsonOf(call)["name"]);
      const response = await forward(call);
      if (response.status >= 300) return response;
      if (call.method === "POST") {
        const network = await createClusterNetwork(call, forward, name, jsonOf(call));
        const created = asCreated(jsonOf(call));
        memory.replace(
          call,
          name,
          network === undefined ? created : { ...created, resourcesVpcConfig: { ...network } },
        );
      }
      const shown = rewriteJson(response, (body) => ({
        cluster: asDescribed(call, objectOf(body["cluster"]), memory.of(call, name)),
      }));
      if (call.method === "DELETE") {
        await deleteClusterNetwork(call, forward, memory.of(call, name));
        memory.delete(call, name);
      }
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
