import { jsonAnswer } from "../../answer";
import type { Rule } from "../../rule";

/** MiniStack has no catalogue of add-on versions: offer one version of whatever is asked for, fitting the cluster's version. */
export const addonVersions: Rule = {
  name: "versions of EKS add-ons",
  applies: (call) => call.service === "eks" && call.path === "/addons/supported-versions",
  answer(call) {
    const addonName = call.query.get("addonName") ?? "vpc-cni";
    const clusterVersion = call.query.get("kubernetesVersion") ?? "1.33";
    const compatibilities = [{ clusterVersion, platformVersions: ["*"], defaultVersion: true }];
    return Promise.resolve(
      jsonAnswer({
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
