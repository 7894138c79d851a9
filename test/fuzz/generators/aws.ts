import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import * as aws from "@groundwork/constructs/aws";
import { NetworkAclRules } from "@groundwork/constructs/core/network-acl-rules";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Peer } from "@groundwork/constructs/core/peer";
import { Port } from "@groundwork/constructs/core/port";
import { Slot } from "@groundwork/constructs/core/slot";
import type { Construct } from "constructs";
import { TerraformStack } from "cdktf";
import type { Draw } from "../draw";
import type { Generator } from "../program";
import { fresh, key, managedPolicy, network, region, securityGroup, statement, trust } from "./surroundings";

function aclRules(draw: Draw): NetworkAclRules {
  const start = draw.one(
    () => NetworkAclRules.none(),
    () => NetworkAclRules.web(),
    () => NetworkAclRules.outbound(),
  );
  return draw
    .list(() => [draw.number(300, 900), draw.peer(), draw.port()] as const)
    .reduce((rules, [number, peer, port]) => rules.allowInbound(number, peer, port), start);
}

function tier(draw: Draw, kind: "public" | "private" | "isolated"): aws.Tier {
  const own = () =>
    draw.rarely(
      () => draw.text(/^[a-z][a-z0-9-]{1,9}$/),
      () => draw.among("nat", "public-acl"),
    );
  const name = draw.rarely(() => kind, own);
  return aws.Tier[kind]({
    ...draw.some({
      mask: () => draw.among(24, 24, 25, draw.number(22, 28)),
      slot: () =>
        draw.rarely(
          () => Slot.quarter({ public: 1, private: 2, isolated: 3 }[kind]),
          () => Slot.eighth(draw.number(1, 8)),
        ),
      acl: () => aclRules(draw),
    }),
    ...(name === kind ? {} : { name }),
  });
}

function flowLogs(scope: Construct, draw: Draw): aws.FlowLogs {
  return draw.one(
    () => aws.FlowLogs.none(),
    () => aws.FlowLogs.toBucket(draw.text("arn:aws:s3:::logs", "x", "arn:aws:s3:::logs/prefix", "arn:awsx:s3:::logs")),
    () =>
      aws.FlowLogs.toCloudWatch(
        draw.some({
          retention: () => draw.days(30, 30),
          encryptionKey: () => key(scope, draw),
        }),
      ),
  );
}

function nat(draw: Draw, letters: readonly string[]): aws.Nat {
  return draw.one(
    () =>
      draw.rarely(
        () => aws.Nat.perZone(),
        () => aws.Nat.none(),
      ),
    () => aws.Nat.single(draw.some({ zone: () => draw.text(...letters) })),
    () =>
      aws.Nat.perZone(
        draw.some({
          elasticIps: () =>
            Object.fromEntries(letters.map((zone, n) => [draw.text(zone), `eipalloc-0000000000000000${n}`] as const)),
        }),
      ),
    () =>
      aws.Nat.instance(
        draw.some({ zone: () => draw.text(...letters), instanceType: () => draw.text("t4g.nano", "t3.micro") }),
      ),
  );
}

function dhcpOptions(draw: Draw): aws.DhcpOptions {
  return draw.some({
    domainName: () => draw.text("corp.example.com", "a b"),
    domainNameServers: () =>
      draw.distinct(() => draw.among("10.0.0.2", "10.0.0.3", draw.text("2001:db8::1", "AmazonProvidedDNS")), 4, 1),
    ntpServers: () => draw.distinct(() => draw.among("169.254.169.123", draw.text("10.0.0.4")), 4, 1),
  });
}

function lifecycle(draw: Draw): aws.Lifecycle {
  return draw.one(
    () => aws.Lifecycle.none(),
    () =>
      aws.Lifecycle.tidy(draw.some({ keepNoncurrent: () => draw.days(1, 90), keepObjects: () => draw.days(1, 400) })),
  );
}

function bucket(scope: Construct, draw: Draw): aws.Bucket {
  region(scope, draw);
  return new aws.Bucket(scope, fresh(scope, "OwnBucket"));
}

function bucketStatement({ bucketArn }: aws.Bucket, draw: Draw): aws.Statement {
  return aws.Statement.allow({
    actions: [draw.text("s3:GetObject", "ec2:*")],
    resources: [`${bucketArn}/${draw.text("*", "${aws:PrincipalTag/team}", "%{x}")}`],
    principals: [aws.Principal.account(draw.text("111122223333"))],
    ...draw.some({ sid: () => draw.text(/^[A-Za-z0-9]{1,9}$/) }),
  });
}

function objectProps(draw: Draw): aws.ObjectProps {
  return {
    content: draw.prose(),
    ...draw.some({
      contentType: () => draw.text("text/html"),
      cacheControl: () => draw.text("max-age=60", "no-cache"),
      managedBy: () => draw.among("Terraform" as const, "others" as const),
    }),
  };
}

function domain(scope: Construct, draw: Draw): aws.Domain {
  const certificate = draw.one(
    () => aws.SiteCertificate.fromArn(draw.text("arn:aws:acm:us-east-1:111122223333:certificate/1", "x")),
    () => aws.SiteCertificate.issuedBy(virginia(scope)),
  );
  const zone = draw.text("example.com", "xn--3e0b707e");
  return aws.Domain.of(draw.among(zone, `www.${zone}`, draw.text(`*.${zone}`)), {
    zone: { zoneId: "Z0123456789ABC", zoneName: zone },
    certificate,
    ...draw.some({
      aliases: () => draw.distinct(() => draw.among(`a.${zone}`, draw.text(`b.${zone}`, "c.other.com")), 2),
    }),
  });
}

function virginia(scope: Construct): AwsProvider {
  const stack = TerraformStack.of(scope);
  const existing = stack.node.tryFindChild("virginia") as AwsProvider | undefined;
  return existing ?? new AwsProvider(stack, "virginia", { region: "us-east-1", alias: "virginia" });
}

function distributionOptions(scope: Construct, draw: Draw): aws.DistributionOptions {
  return draw.some({
    fallback: () =>
      draw.one(
        () => aws.Fallback.toIndex(),
        () => aws.Fallback.none(),
        () => aws.Fallback.page(draw.text("404.html", "a/b.html")),
      ),
    domain: () => domain(scope, draw),
    headers: () =>
      draw.one(
        () => aws.ResponseHeaders.managed(),
        () =>
          aws.ResponseHeaders.secure(
            draw.some({
              contentSecurityPolicy: () => draw.text("default-src 'self'"),
              frames: () => draw.among("DENY" as const, "SAMEORIGIN" as const),
              strictTransport: () => draw.among("host" as const, "subdomains" as const, "preload" as const),
            }),
          ),
      ),
    priceClass: () =>
      draw.one(
        () => aws.PriceClass.withAsia(),
        () => aws.PriceClass.everywhere(),
      ),
    audience: () =>
      draw.one(
        () => aws.Audience.everywhere(),
        () => aws.Audience.only(draw.text("KR", "US", "XX"), draw.text("DE")),
        () => aws.Audience.except(draw.text("KR", "kr")),
      ),
    webAclArn: () => draw.text("arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/1", "x"),
    waitForDeployment: () => draw.flag(),
  });
}

export const AWS: Readonly<Record<string, Generator>> = {
  "aws.Network": (scope, draw, id) => {
    const zones = region(scope, draw).zones(draw.among(1, 2));
    const secondary = draw.maybe(() => [draw.cidr("100.64.0.0/16", "198.19.0.0/16")]) ?? [];
    const net = new aws.Network(scope, id, {
      cidr: draw.cidr("10.0.0.0/16", "10.20.0.0/16", "192.168.0.0/16", "172.20.0.0/16", "10.64.0.0/18", "8.0.0.0/16"),
      zones,
      tiers: [
        tier(draw, "public"),
        ...draw.list(() => tier(draw, "private"), 1),
        ...draw.list(() => tier(draw, "isolated"), 1),
      ],
      nat: nat(draw, zones.letters),
      secondaryCidrs: secondary,
      ...draw.some({
        ipv6: () => draw.flag(),
        flowLogs: () => flowLogs(scope, draw),
        gatewayEndpoints: () =>
          draw.distinct(() => draw.among(aws.GatewayEndpoint.S3, aws.GatewayEndpoint.DYNAMODB), 2),
        dhcpOptions: () => dhcpOptions(draw),
        eksClusters: () => draw.distinct(() => draw.text("demo", "a-b"), 3),
        tags: () => draw.tags(),
      }),
    });
    if (draw.maybe(() => true) === true)
      net.addInterfaceEndpoint(
        draw.among(aws.InterfaceEndpoint.SSM, aws.InterfaceEndpoint.of(draw.text("ecr.api", "x"))),
        draw.text("public", "private"),
      );
  },
  "aws.DhcpOptionSet": (scope, draw, id) => {
    region(scope, draw);
    return new aws.DhcpOptionSet(scope, id, "vpc-00000000000000001", dhcpOptions(draw));
  },
  "aws.SecurityGroup": (scope, draw, id) => {
    const group = new aws.SecurityGroup(scope, id, { network: network(scope, draw), description: draw.prose() });
    for (const [peer, port] of draw.list(() => [draw.peer(), draw.port()] as const))
      group.connections.allowFrom(peer, port, draw.prose());
    for (const [peer, port] of draw.list(() => [draw.peer(), draw.port()] as const, 2))
      group.connections.allowTo(peer, port, draw.prose());
    if (draw.flag()) group.connections.allowFrom(securityGroup(scope, draw), Port.HTTPS, draw.prose());
  },
  "aws.Role": (scope, draw, id) => {
    region(scope, draw);
    const role = new aws.Role(scope, id, {
      trust: trust(scope, draw),
      ...draw.some({
        description: () => draw.prose(),
        roleName: () => draw.text(/^[A-Za-z+=,.@-]{1,20}$/),
        managedPolicies: () => draw.distinct(() => managedPolicy(scope, draw), 3),
        permissionsBoundary: () => managedPolicy(scope, draw),
        maxSession: () => draw.seconds(3_600, 43_200),
      }),
    });
    for (const one of draw.list(() => statement(scope, draw))) role.addToPolicy(one);
  },
  "aws.InstanceProfile": (scope, draw, id) => {
    region(scope, draw);
    const role = aws.Role.fromArn(scope, fresh(scope, "GivenRole"), draw.text("arn:aws:iam::111122223333:role/web"));
    return new aws.InstanceProfile(scope, id, {
      role,
      ...draw.some({ instanceProfileName: () => draw.text(/^[A-Za-z+=,.@-]{1,20}$/) }),
    });
  },
  "aws.EncryptionKey": (scope, draw, id) => {
    const { name, partition } = region(scope, draw);
    const created = new aws.EncryptionKey(
      scope,
      id,
      draw.some({
        description: () => draw.prose(),
        aliasName: () => draw.text(/^[a-zA-Z0-9/_-]{1,20}$/),
        deletionWindow: () => draw.days(7, 30),
        rotationPeriod: () => draw.days(90, 2_560),
      }),
    );
    created.allow(
      ...draw.list(() =>
        draw.one(
          () => aws.KeyUse.cloudWatchLogs(draw.text("/aws/eks/*", "logs")),
          () => aws.KeyUse.cloudFront(draw.text(`arn:${partition}:cloudfront::111122223333:distribution/E1`)),
          () => aws.KeyUse.logDelivery(),
          () => aws.KeyUse.s3Logging(),
          () => aws.KeyUse.volumes(),
          () =>
            aws.KeyUse.service(draw.text("sns.amazonaws.com"), ["kms:Decrypt"], {
              StringEquals: { "aws:RequestedRegion": name },
            }),
        ),
      ),
    );
  },
  "aws.Repository": (scope, draw, id) => {
    region(scope, draw);
    return new aws.Repository(
      scope,
      id,
      draw.some({
        repositoryName: () => draw.text(/^[a-z0-9]{1,9}([/._-][a-z0-9]{1,5})?$/),
        imageTags: () =>
          draw.one(
            () => aws.ImageTags.immutable(),
            () => aws.ImageTags.mutable(),
            () => aws.ImageTags.immutableExcept(draw.text("latest", "dev-*", "a b")),
          ),
        lifecycle: () =>
          aws.ImageLifecycle.keep(draw.some({ images: () => draw.number(1, 50), untagged: () => draw.days(1, 30) })),
        encryptionKey: () => key(scope, draw),
        forceDelete: () => draw.flag(),
      }),
    );
  },
  "aws.ImageBuild": (scope, draw, id) => {
    region(scope, draw);
    const commit = "ca9e9d4566bdb757fa5dd31c402c15629962c364";
    return new aws.ImageBuild(scope, id, {
      repository: new aws.Repository(scope, fresh(scope, "Images")),
      source: aws.GitSource.of(
        draw.text("https://github.com/joozero/amazon-eks-flask.git", "https://git.example.com:8443/a/b", "http://a/b"),
        draw.text(commit, "main", "feature/${x}", "v1.0.0", "-x"),
      ),
      ...draw.some({
        dockerfile: () =>
          draw.one(
            () => aws.Dockerfile.at(draw.text("Dockerfile", "docker/Dockerfile", "../x", "a b")),
            () => aws.Dockerfile.ofText(draw.text("FROM a", "FROM a\nRUN echo '${HOME}' %{x} \"y\"", "RUN x")),
          ),
        context: () => draw.text(".", "web", "../x"),
        buildArguments: () => ({
          [draw.text("API", "_a1", "A-B")]: draw.text("/api", "${host}", "%{ if x }", "a'b\"c"),
        }),
        platforms: () => draw.list(() => draw.among(aws.ImagePlatform.LINUX_AMD64, aws.ImagePlatform.LINUX_ARM64), 2),
        tag: () => draw.text("latest", "1.0.0", "-x", "a b"),
        machine: () => draw.among(aws.BuildMachine.SMALL, aws.BuildMachine.MEDIUM, aws.BuildMachine.LARGE),
        timeout: () => draw.seconds(300, 7_200),
        logRetention: () => draw.days(30, 30),
        encryptionKey: () => key(scope, draw),
        projectName: () => draw.text(/^[A-Za-z][\w-]{1,9}$/),
      }),
    });
  },
  "aws.ImageDigest": (scope, draw, id) => {
    region(scope, draw);
    return new aws.ImageDigest(scope, id, {
      repository: new aws.Repository(scope, fresh(scope, "Images")),
      tag: draw.text("latest", "1.0.0", "-x"),
      ...draw.some({ command: () => draw.text("groundwork images build lab", "a ${b} %{c}") }),
    });
  },
  "aws.Certificate": (scope, draw, id) => {
    region(scope, draw);
    return new aws.Certificate(scope, id, {
      names: [
        draw.text("www.example.com", "example.com", "*.example.com"),
        ...draw.list(() => draw.text("a.example.com"), 2),
      ],
      zone: { zoneId: draw.text("Z0123456789ABC"), zoneName: draw.text("example.com") },
      ...draw.some({ provider: () => virginia(scope) }),
    });
  },
  "aws.HostedZone": (scope, draw, id) => {
    region(scope, draw);
    const zone = new aws.HostedZone(scope, id, {
      name: draw.text("example.com", "shop.example.com", "example"),
      ...draw.some({
        networks: () => [network(scope, draw)],
        forceDestroy: () => draw.flag(),
        tags: () => draw.tags(),
      }),
    });
    zone.addAlias(draw.text("shop.example.com", "*.shop.example.com"), {
      dnsName: "web.elb.amazonaws.com",
      hostedZoneId: "Z0123456789ABC",
    });
  },
  "aws.ServiceDomain": (scope, draw, id) => {
    const own = region(scope, draw);
    const domain = new aws.ServiceDomain(scope, id, {
      names: [draw.text("www.example.com", "*.example.com"), ...draw.list(() => draw.text("a.example.com"), 2)],
      zone: { zoneId: draw.text("Z0123456789ABC"), zoneName: "example.com", isPrivate: draw.flag() },
      region: own,
      ...draw.some({
        certificateArn: () => `arn:${own.partition}:acm:${own.name}:111122223333:certificate/${draw.text("1")}`,
      }),
    });
    domain.addRecords("web.elb.amazonaws.com");
  },
  "aws.Distribution": (scope, draw, id) =>
    new aws.Distribution(scope, id, {
      bucket: bucket(scope, draw),
      indexDocument: draw.text("index.html", "a/b.html", "Policy"),
      ...distributionOptions(scope, draw),
      ...draw.some({ logs: () => new aws.LogBucket(scope, fresh(scope, "OwnLogs")) }),
    }),
  "aws.StaticSite": (scope, draw, id) => {
    region(scope, draw);
    return new aws.StaticSite(
      scope,
      id,
      draw.some({
        hosting: () =>
          draw.one(
            () =>
              aws.Hosting.cloudFront({
                ...distributionOptions(scope, draw),
                ...draw.some({ encryptionKey: () => new aws.EncryptionKey(scope, fresh(scope, "OwnKey")) }),
              }),
            () => aws.Hosting.publicWebsite(draw.some({ errorDocument: () => draw.text("404.html") })),
          ),
        bucketName: () => draw.text(/^[a-z][a-z0-9-]{4,20}[a-z]$/),
        indexDocument: () => draw.text("index.html", "Policy"),
        content: () =>
          draw.one(
            () => aws.Content.none(),
            () => aws.Content.page(draw.prose()),
          ),
        accessLogs: () =>
          draw.one(
            () => aws.AccessLogs.none(),
            () =>
              aws.AccessLogs.kept(
                draw.some({
                  bucketName: () => draw.text(/^[a-z][a-z0-9-]{4,20}[a-z]$/),
                  retention: () => draw.days(1, 400),
                }),
              ),
          ),
        forceDestroy: () => draw.flag(),
      }),
    );
  },
  "aws.Bucket": (scope, draw, id) => {
    region(scope, draw);
    const created = new aws.Bucket(
      scope,
      id,
      draw.some({
        bucketName: () => draw.text(/^[a-z][a-z0-9-]{4,20}[a-z]$/),
        encryption: () =>
          draw.one(
            () => aws.BucketEncryption.s3Managed(),
            () => aws.BucketEncryption.key(key(scope, draw)),
          ),
        versioned: () => draw.flag(),
        publicAccess: () =>
          draw.one(
            () => aws.PublicAccess.blocked(),
            () => aws.PublicAccess.possible(),
          ),
        ownership: () =>
          draw.one(
            () => aws.Ownership.enforced(),
            () => aws.Ownership.acceptsAcls(),
          ),
        lifecycle: () => lifecycle(draw),
        accessLogs: () => new aws.LogBucket(scope, fresh(scope, "OwnLogs")),
        tlsOnly: () => draw.flag(),
        website: () => ({
          indexDocument: draw.text("index.html", "Policy"),
          ...draw.some({ errorDocument: () => draw.text("404.html") }),
        }),
        emitsEvents: () => draw.flag(),
        forceDestroy: () => draw.flag(),
      }),
    );
    for (const [name, props] of draw.list(
      () => [draw.text(/^[a-z]{1,6}(\/[a-z]{1,4}|--[a-z])?\.html$/), objectProps(draw)] as const,
    ))
      created.addObject(name, props);
    if (draw.maybe(() => true) === true) created.addToPolicy(bucketStatement(created, draw));
  },
  "aws.LogBucket": (scope, draw, id) => {
    region(scope, draw);
    return new aws.LogBucket(
      scope,
      id,
      draw.some({
        bucketName: () => draw.text(/^[a-z][a-z0-9-]{4,20}[a-z]$/),
        retention: () => draw.days(1, 4_000),
        forceDestroy: () => draw.flag(),
      }),
    );
  },
};

/** A peer and block that further generators use. */
export const OFFICE = Peer.ipv4(Cidr.parse("203.0.113.0/24"));
