import type { EnvironmentData } from "./environment";

/** The reference: what the course's labs built by hand, value for value. */
export const lab = {
  name: "lab",
  backend: { type: "local" },
  aws: { account: "caller", cloud: "aws", encryptionKeys: "aws", providerVersion: ">= 5.100.0, < 7.0.0" },
  eks: {
    region: "ap-northeast-2",
    clusterName: "eks-demo",
    network: {
      region: "ap-northeast-2",
      cidr: "10.0.0.0/16",
      zones: ["a", "b", "c"],
      // The lab's tool cut eight equal parts: three public, three private, two spare.
      tiers: [
        { kind: "public", cidrs: { a: "10.0.0.0/19", b: "10.0.32.0/19", c: "10.0.64.0/19" } },
        { kind: "private", cidrs: { a: "10.0.96.0/19", b: "10.0.128.0/19", c: "10.0.160.0/19" } },
      ],
      nat: "per-zone",
      flowLogRetentionDays: 30,
      gatewayEndpoints: [],
    },
  },
  site: {
    region: "us-west-2",
    bucketName: "my-static-website-{account}",
    hosting: { type: "public-website" },
    forceDestroy: true,
  },
} as const satisfies EnvironmentData;
