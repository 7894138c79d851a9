import type { EnvironmentData } from "./environment";

/** What we recommend. Change the account, the names and the blocks to yours; nothing else has to know. */
export const production = {
  name: "production",
  backend: { type: "local" },
  aws: { account: "111122223333", cloud: "aws", encryptionKeys: "account", providerVersion: ">= 5.100.0, < 7.0.0" },
  eks: {
    region: "ap-northeast-2",
    clusterName: "eks-production",
    network: {
      region: "ap-northeast-2",
      cidr: "10.20.0.0/16",
      zones: ["a", "b", "c"],
      tiers: [{ kind: "public", mask: 24 }, { kind: "private" }, { kind: "isolated", name: "data", mask: 24 }],
      nat: "per-zone",
      flowLogRetentionDays: 365,
      gatewayEndpoints: ["s3"],
    },
  },
  site: {
    region: "ap-northeast-2",
    bucketName: "production-site-{account}",
    hosting: {
      type: "cloudfront",
      routing: "directories",
      missingPage: "404.html",
      // Without a domain of yours, leave it out: the site then answers under CloudFront's own name.
      domain: { names: ["www.example.com"], zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" },
    },
    forceDestroy: false,
  },
} as const satisfies EnvironmentData;
