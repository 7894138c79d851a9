import type { EnvironmentData } from "./environment";

/**
 * The recommended environment. Remove the sections that you do not use, and replace the account, the names and the blocks with your own:
 * `groundwork check production` lists what is left.
 */
export const production = {
  name: "production",
  // `groundwork state create production` creates the bucket; its name is unique in the world.
  backend: { type: "s3", bucket: "production-terraform-state-111122223333", region: "ap-northeast-2" },
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
    cluster: {
      version: "1.35",
      // An office and a pipeline with fixed addresses; all other clients connect from inside the network.
      endpoint: { type: "private-and", from: ["203.0.113.0/24"] },
      support: "extended",
      logRetentionDays: 365,
      addonVersions: {},
    },
    admins: { Platform: "arn:aws:iam::111122223333:role/platform" },
    nodes: {
      instanceTypes: ["m7g.large"],
      min: 3,
      desired: 3,
      max: 12,
      diskGibibytes: 50,
      purchase: "on-demand",
      nodePolicies: [],
    },
    repositories: {
      FlaskBackend: { name: "production/flask-backend", tags: "immutable", keepImages: 200, forceDelete: false },
      NodejsBackend: { name: "production/nodejs-backend", tags: "immutable", keepImages: 200, forceDelete: false },
      Frontend: { name: "production/frontend", tags: "immutable", keepImages: 200, forceDelete: false },
    },
    identities: "pod-identity",
    addons: {
      loadBalancerController: { release: "v2.17.1" },
      containerInsights: { retentionDays: 365, enhancedMetrics: true },
    },
    workloads: {
      namespace: "web",
      readinessGates: true,
      group: {
        name: "production",
        scheme: "internet-facing",
        certificateArn: "arn:aws:acm:ap-northeast-2:111122223333:certificate/00000000-0000-4000-8000-000000000000",
      },
      services: {
        FlaskBackend: {
          name: "flask-backend",
          image: { from: "repository", repository: "production/flask-backend", tag: "1.0.0" },
          port: { service: 8080, container: 8080 },
          exposure: "cluster",
          healthPath: "/contents/aws",
          replicas: { min: 3, max: 12, cpuPercent: 60 },
          requests: { cpuMillicores: 250, memoryMebibytes: 256 },
          limits: { memoryMebibytes: 256 },
          security: { type: "non-root", writable: ["/tmp"] },
          shutdown: { drainSeconds: 20, finishSeconds: 30 },
          ingress: { name: "flask-backend", order: 10, path: "/contents", deregistrationDelaySeconds: 50 },
        },
        NodejsBackend: {
          name: "nodejs-backend",
          image: { from: "repository", repository: "production/nodejs-backend", tag: "1.0.0" },
          port: { service: 8080, container: 3000 },
          exposure: "cluster",
          healthPath: "/services/all",
          replicas: { min: 3, max: 12, cpuPercent: 60 },
          requests: { cpuMillicores: 250, memoryMebibytes: 256 },
          limits: { memoryMebibytes: 256 },
          security: { type: "non-root", writable: ["/tmp"] },
          shutdown: { drainSeconds: 20, finishSeconds: 30 },
          ingress: { name: "nodejs-backend", order: 20, path: "/services", deregistrationDelaySeconds: 50 },
        },
        Frontend: {
          name: "frontend",
          image: { from: "repository", repository: "production/frontend", tag: "1.0.0" },
          port: { service: 80, container: 8080 },
          exposure: "cluster",
          healthPath: "/",
          replicas: 3,
          requests: { cpuMillicores: 100, memoryMebibytes: 128 },
          limits: { memoryMebibytes: 128 },
          security: { type: "non-root", writable: ["/tmp"] },
          shutdown: { drainSeconds: 20, finishSeconds: 30 },
          ingress: { name: "frontend", order: 30, path: "/", deregistrationDelaySeconds: 50 },
        },
      },
    },
  },
  site: {
    region: "ap-northeast-2",
    bucketName: "production-site-{account}",
    hosting: {
      type: "cloudfront",
      routing: "directories",
      missingPage: "404.html",
      // Without a domain, remove this key: the site then uses CloudFront's domain name.
      domain: { names: ["www.example.com"], zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "example.com" },
    },
    forceDestroy: false,
  },
  gitlab: {
    network: {
      region: "ap-northeast-2",
      cidr: "10.30.0.0/16",
      zones: ["a"],
      tiers: [{ kind: "public", mask: 24 }, { kind: "private" }],
      nat: "single",
      flowLogRetentionDays: 365,
      gatewayEndpoints: ["s3"],
    },
    server: {
      // Newer releases are listed in docs/versions.md. An existing server upgrades through the required stops.
      version: "19.4.1",
      instanceType: "m5.2xlarge",
      sizing: "baseline",
      url: "https://gitlab.example.com",
      tls: { type: "lets-encrypt", contact: "operations@example.com" },
      publicAddress: true,
      webClients: ["internet"],
      sshClients: [],
      dataVolume: { gibibytes: 200, kept: true },
      backupRetentionDays: 90,
      rootPasswordParameter: "/production/gitlab/root-password",
    },
    configuration: {
      group: "web",
      project: "site",
      importUrl: "https://github.com/gatsbyjs/gatsby-starter-default.git",
      maxArtifactMegabytes: 500,
      runnerTokenParameter: "/production/gitlab/runner-token",
      // CloudFront revalidates everything except assets, so a deployment needs no invalidation.
      pipeline: { build: "npx gatsby build", assets: ["static/*", "*.js", "*.css"] },
    },
    runner: { instanceType: "m5.large", concurrent: 6, nodeVersion: "22.12.0", tier: "private", publicAddress: false },
  },
  nhn: {
    region: "KR1",
    network: {
      cidr: "10.40.0.0/16",
      publicCidr: "10.40.16.0/20",
      privateCidr: "10.40.0.0/20",
      // Replace with the blocks of your administrators.
      administrators: ["203.0.113.0/24"],
    },
    platform: {
      // Replace with your public key; `groundwork key-pair` creates a pair.
      keyPair: {
        name: "operators",
        publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdyb3VuZHdvcmsgc2FtcGxlIGtleSwgbm8gc2VjcmV0 operators",
      },
      image: "Ubuntu Server 22.04",
      flavor: "r2.c4m16",
      zone: "kr-pub-a",
      rootDisk: { gibibytes: 100, type: "General SSD" },
      nfsDisk: { gibibytes: 500, type: "General SSD" },
      controlPlane: { type: "highly-available", nodes: 3, apiAddress: "10.40.0.5", bastionFlavor: "m2.c1m2" },
      workers: 3,
      serviceAddresses: "10.40.1.0-10.40.1.63",
      sessions: 3,
      pipeline: true,
    },
  },
  openstack: {
    // Replace with the URL and region of your cloud and the names of its images and flavors.
    authUrl: "https://identity.example.com/v3",
    region: "RegionOne",
    network: {
      cidr: "10.40.0.0/16",
      publicCidr: "10.40.16.0/20",
      privateCidr: "10.40.0.0/20",
      administrators: ["203.0.113.0/24"],
    },
    platform: {
      keyPair: {
        name: "operators",
        publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdyb3VuZHdvcmsgc2FtcGxlIGtleSwgbm8gc2VjcmV0 operators",
      },
      image: "ubuntu-22.04",
      flavor: "m1.c4m16",
      rootDisk: { gibibytes: 100 },
      nfsDisk: { gibibytes: 500 },
      controlPlane: { type: "highly-available", nodes: 3, apiAddress: "10.40.0.5", bastionFlavor: "m1.c1m2" },
      workers: 3,
      serviceAddresses: "10.40.1.0-10.40.1.63",
      sessions: 3,
      pipeline: true,
    },
    // Quotas that the stack needs, of which three are above those of a new project: vCpus, memory and volumes. Request them first.
    quota: {
      machines: 10,
      vCpus: 29,
      memoryGibibytes: 114,
      volumes: 10,
      volumeGibibytes: 1_120,
      floatingIps: 50,
      securityGroups: 10,
      securityGroupRules: 100,
      flavors: { "m1.c4m16": { vCpus: 4, memoryGibibytes: 16 }, "m1.c1m2": { vCpus: 1, memoryGibibytes: 2 } },
    },
  },
} as const satisfies EnvironmentData;
