import type { EnvironmentData } from "./environment";

/** The reference environment: the values of the course's hand-made labs. */
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
      // eksctl divides the block into eight equal parts: three public, three private, two unused.
      tiers: [
        { kind: "public", cidrs: { a: "10.0.0.0/19", b: "10.0.32.0/19", c: "10.0.64.0/19" } },
        { kind: "private", cidrs: { a: "10.0.96.0/19", b: "10.0.128.0/19", c: "10.0.160.0/19" } },
      ],
      nat: "per-zone",
      flowLogRetentionDays: 30,
      gatewayEndpoints: [],
    },
    cluster: {
      version: "1.33",
      // As eksctl created it; access requires authentication.
      endpoint: { type: "open-to-the-world" },
      support: "extended",
      logRetentionDays: 30,
      addonVersions: {},
    },
    admins: { Deployer: "caller" },
    nodes: {
      name: "node-group",
      instanceTypes: ["m5.large"],
      min: 3,
      desired: 3,
      max: 5,
      diskGibibytes: 20,
      purchase: "on-demand",
      // The lab attached five policies to the node role; here each permission belongs to the identity of one add-on.
      nodePolicies: [],
    },
    repositories: {
      FlaskBackend: {
        name: "demo-flask-backend",
        tags: "mutable",
        keepImages: 10,
        forceDelete: true,
        build: {
          source: "https://github.com/joozero/amazon-eks-flask.git",
          revision: "ca9e9d4566bdb757fa5dd31c402c15629962c364",
          tag: "latest",
        },
      },
      Frontend: {
        name: "demo-frontend",
        tags: "mutable",
        keepImages: 10,
        forceDelete: true,
        build: {
          source: "https://github.com/joozero/amazon-eks-frontend.git",
          revision: "6fcf1ac88a3802e97c746f1f1ab68a7da73b45f2",
          // The source contains a placeholder for the load balancer's address. All services are behind one load balancer, so without it
          // the browser asks the address from which it got the page. The source's own Dockerfile expects the result of `npm run build`.
          dockerfile: [
            "FROM public.ecr.aws/docker/library/node:22-alpine AS build",
            "WORKDIR /app",
            "COPY package*.json ./",
            "RUN npm ci",
            "COPY . .",
            "RUN sed -i 's#{backend-ingress ADDRESS}##' src/App.js src/page/UpperPage.js && npm run build",
            "FROM public.ecr.aws/docker/library/nginx:1.28-alpine",
            "COPY --from=build /app/build /app/build",
            "COPY nginx.conf /etc/nginx/conf.d/default.conf",
          ],
          tag: "latest",
        },
      },
    },
    identities: "irsa",
    addons: {
      loadBalancerController: { release: "v2.13.3", policyName: "AWSLoadBalancerControllerIAMPolicy" },
      certManager: { version: "v1.12.3", unsupported: true },
      containerInsights: { retentionDays: 30, fluentBitPort: 2020, enhancedMetrics: true },
    },
    workloads: {
      group: { name: "eks-demo-group", scheme: "internet-facing" },
      services: {
        FlaskBackend: {
          name: "demo-flask-backend",
          image: { from: "repository", repository: "demo-flask-backend", tag: "latest" },
          port: { service: 8080, container: 8080 },
          exposure: "nodes",
          healthPath: "/contents/aws",
          // The lab started with three pods; its autoscaling exercise used a minimum of one.
          replicas: { min: 1, max: 5, cpuPercent: 30 },
          requests: { cpuMillicores: 250 },
          limits: { cpuMillicores: 500 },
          security: { type: "image" },
          ingress: { name: "flask-backend-ingress", order: 1, path: "/contents" },
        },
        NodejsBackend: {
          name: "demo-nodejs-backend",
          image: { from: "anywhere", name: "public.ecr.aws/y7c9e1d2/joozero-repo:latest" },
          port: { service: 8080, container: 3000 },
          exposure: "nodes",
          healthPath: "/services/all",
          replicas: 3,
          security: { type: "image" },
          ingress: { name: "nodejs-backend-ingress", order: 2, path: "/services" },
        },
        Frontend: {
          name: "demo-frontend",
          image: { from: "repository", repository: "demo-frontend", tag: "latest" },
          port: { service: 80, container: 80 },
          exposure: "nodes",
          healthPath: "/",
          replicas: 3,
          security: { type: "image" },
          ingress: { name: "frontend-ingress", order: 3, path: "/" },
        },
      },
    },
  },
  site: {
    region: "us-west-2",
    bucketName: "my-static-website-{account}",
    hosting: { type: "public-website" },
    forceDestroy: true,
  },
  gitlab: {
    network: {
      region: "us-west-2",
      cidr: "10.30.0.0/16",
      zones: ["a"],
      tiers: [{ kind: "public", mask: 24 }],
      nat: "none",
      flowLogRetentionDays: 30,
      gatewayEndpoints: ["s3"],
    },
    server: {
      version: "18.11.2",
      instanceType: "m5.large",
      sizing: "constrained",
      tls: { type: "none" },
      publicAddress: true,
      webClients: ["internet"],
      // The lab opened both ports. Without TLS nothing listens on 443.
      webPorts: [80, 443],
      // The lab opened port 22 to the internet. Git uses HTTP; administrators use Session Manager.
      sshClients: ["10.30.0.0/16"],
      dataVolume: { gibibytes: 50, kept: false },
      backupRetentionDays: 7,
    },
    configuration: {
      group: "lab",
      project: "gatsby-starter-default",
      importUrl: "https://github.com/gatsbyjs/gatsby-starter-default.git",
      maxArtifactMegabytes: 500,
      runnerTokenParameter: "/lab/gitlab/runner-token",
      pipeline: { build: "npx gatsby build" },
    },
    runner: { instanceType: "t3.medium", concurrent: 6, nodeVersion: "22.12.0", tier: "public", publicAddress: true },
  },
  nhn: {
    region: "KR1",
    network: {
      cidr: "172.31.0.0/16",
      publicCidr: "172.31.16.0/20",
      privateCidr: "172.31.0.0/20",
      // Replace with the blocks of your administrators.
      administrators: ["203.0.113.0/24"],
    },
    platform: {
      // The lab's network (172.31.0.0/16) and its platform (192.168.7.0/24) contradict each other. Both keep their values, so the
      // platform has a separate network.
      network: { cidr: "192.168.0.0/16", publicCidr: "192.168.8.0/24", privateCidr: "192.168.7.0/24" },
      // Replace with your public key; `groundwork key-pair` creates a pair.
      keyPair: {
        name: "lab-operators",
        publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdyb3VuZHdvcmsgc2FtcGxlIGtleSwgbm8gc2VjcmV0 operators",
      },
      image: "Ubuntu Server 22.04",
      flavor: "r2.c2m8",
      zone: "kr-pub-a",
      // The lab's minimum of 20 GiB is too small for the images of the portal and the cluster together.
      rootDisk: { gibibytes: 50, type: "General SSD" },
      nfsDisk: { gibibytes: 100, type: "General SSD" },
      controlPlane: { type: "single", clients: ["internet"], sampleWorkload: { name: "lab", nodePort: 30087 } },
      workers: 3,
      serviceAddresses: "192.168.7.150-192.168.7.160",
      sessions: "unlimited",
      pipeline: true,
    },
  },
  openstack: {
    // Replace with the URL and region of your cloud and the names of its images and flavors.
    authUrl: "https://identity.example.com/v3",
    region: "RegionOne",
    network: {
      cidr: "172.31.0.0/16",
      publicCidr: "172.31.16.0/20",
      privateCidr: "172.31.0.0/20",
      administrators: ["203.0.113.0/24"],
    },
    platform: {
      network: { cidr: "192.168.0.0/16", publicCidr: "192.168.8.0/24", privateCidr: "192.168.7.0/24" },
      keyPair: {
        name: "lab-operators",
        publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGdyb3VuZHdvcmsgc2FtcGxlIGtleSwgbm8gc2VjcmV0 operators",
      },
      image: "ubuntu-22.04",
      flavor: "m1.c2m8",
      rootDisk: { gibibytes: 50 },
      nfsDisk: { gibibytes: 100 },
      controlPlane: { type: "single", clients: ["internet"], sampleWorkload: { name: "lab", nodePort: 30087 } },
      workers: 3,
      serviceAddresses: "192.168.7.150-192.168.7.160",
      sessions: "unlimited",
      pipeline: true,
    },
    // The quotas of a new project, unless the operator has changed them. Replace with yours: `openstack quota show`.
    quota: {
      machines: 10,
      vCpus: 20,
      memoryGibibytes: 50,
      volumes: 10,
      volumeGibibytes: 1_000,
      floatingIps: 50,
      securityGroups: 10,
      securityGroupRules: 100,
      flavors: { "m1.c2m8": { vCpus: 2, memoryGibibytes: 8 } },
    },
  },
} as const satisfies EnvironmentData;
