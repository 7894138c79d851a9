import { jsonResponse } from "../../response";
import type { Rule } from "../../rule";

/** MiniStack has no catalogue of add-on versions. The rule returns one version of the requested add-on, compatible with the cluster. */
export const addonVersions: Rule = {
  name: "versions of EKS add-ons",
  applies: (call) => call.service === "eks" && call.path === "/addons/supported-versions",
  handle(call) {
    const addonName = call.query.get("addonName") ?? "vpc-cni";
    const clusterVersion = call.query.get("kubernetesVersion") ?? "1.33";
    const compatibilities = [{ clusterVersion, platformVersions: ["*"], defaultVersion: true }];
    return Promise.resolve(
      jsonResponse({
        addons: [
          {
            addonName,
            addonVersions: [{ addonVersion: "v1.0.0-eksbuild.1", architecture: ["amd64", "arm64"], compatibilities }],
          },
        ],
      }),
    );
  },
};
