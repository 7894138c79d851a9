import * as aws from "@groundwork/constructs/aws";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Files } from "@groundwork/constructs/boot/parts/files";
import { Duration } from "@groundwork/constructs/core/duration";
import { Port } from "@groundwork/constructs/core/port";
import { Size } from "@groundwork/constructs/core/size";
import type { Construct } from "constructs";
import type { Draw } from "../draw";
import type { Generator } from "../program";
import { fresh, key, network, region, securityGroup, subnet } from "./surroundings";

function disk(scope: Construct, draw: Draw): aws.Disk {
  return draw.one(
    () =>
      aws.Disk.gp3({
        size: draw.gibibytes(8, 200),
        ...draw.some({
          iops: () => draw.number(3_000, 4_000),
          throughput: () => draw.number(125, 750),
          encryptionKey: () => key(scope, draw),
        }),
      }),
    () => aws.Disk.io2({ size: draw.gibibytes(8, 200), iops: draw.number(100, 4_000) }),
    () => aws.Disk.of(Size.gibibytes(20)),
  );
}

function dataDisks(scope: Construct, draw: Draw): Record<string, aws.DataDisk> {
  return Object.fromEntries(
    draw.list(draw.name.bind(draw), 2).map((name, n) => [name, dataDisk(scope, draw, "fg"[n] ?? "f")] as const),
  );
}

function dataDisk(scope: Construct, draw: Draw, device: string): aws.DataDisk {
  const options = draw.some({
    mount: () => draw.text(`/srv/${device}`, "/var/lib/x", "relative"),
    device: () => draw.text(device, "/dev/sdf", "z"),
    snapshotId: () => draw.text("snap-00000000000000001", "x"),
  });
  return draw.one(
    () => aws.DataDisk.kept(disk(scope, draw), options),
    () => aws.DataDisk.disposable(disk(scope, draw), options),
    () => aws.DataDisk.existing(draw.text("vol-00000000000000001"), draw.text("a", "b")),
  );
}

/** Rarely not that of the instance types here. */
function architecture(draw: Draw): aws.Architecture {
  return draw.rarely(
    () => "x86_64",
    () => "arm64",
  );
}

function image(draw: Draw): aws.Image {
  return draw.one(
    () => aws.Image.amazonLinux2023(),
    () => aws.Image.ubuntu("24.04"),
    () => aws.Image.ami(draw.text("ami-00000000000000001"), { architecture: architecture(draw) }),
    () => aws.Image.parameter(draw.text("/aws/image", "x y"), { architecture: architecture(draw) }),
  );
}

function ubuntu(draw: Draw): CloudInit {
  return CloudInit.ubuntu().with(Files.text("/etc/motd", draw.prose()));
}

function purchase(draw: Draw): aws.Purchase {
  return draw.one(
    () => aws.Purchase.onDemand(),
    () =>
      aws.Purchase.spot(
        draw.some({
          maxHourlyPrice: () => draw.number(1, 2),
          interruption: () => draw.among("terminate" as const, "stop" as const, "hibernate" as const),
          allowsData: () => draw.flag(),
        }),
      ),
  );
}

function machineRole(scope: Construct): aws.Role {
  return new aws.Role(scope, fresh(scope, "OwnRole"), { trust: aws.TrustPolicy.service("ec2.amazonaws.com") });
}

function healthCheck(draw: Draw, allowsTcp: boolean): aws.HealthCheck {
  const options = draw.some({
    interval: () => draw.seconds(10, 300),
    timeout: () => draw.seconds(2, 9),
    healthy: () => draw.number(2, 10),
    unhealthy: () => draw.number(2, 10),
  });
  return draw.one(...(allowsTcp ? [() => aws.HealthCheck.tcp(options)] : []), () =>
    aws.HealthCheck.http(draw.text("/healthz", "x"), {
      ...options,
      ...draw.some({ codes: () => draw.text("200", "200-399"), tls: () => draw.flag() }),
    }),
  );
}

/** A target group for one kind of load balancer; rarely one that the other kind requires. */
function targetGroup(
  scope: Construct,
  draw: Draw,
  id: string,
  kind = draw.among("application", "network"),
): aws.TargetGroup {
  const other = kind === "network" ? "application" : "network";
  const isNetwork =
    draw.rarely(
      () => kind,
      () => other,
    ) === "network";
  return new aws.TargetGroup(scope, id, {
    network: network(scope, draw),
    port: draw.number(1, 65_535),
    ...(isNetwork ? { protocol: draw.among("TCP" as const, "TCP" as const, "UDP" as const) } : {}),
    ...draw.some({
      ...(isNetwork ? {} : { protocol: () => draw.among("HTTP" as const, "HTTPS" as const) }),
      healthCheck: () =>
        healthCheck(
          draw,
          draw.rarely(
            () => isNetwork,
            () => true,
          ),
        ),
      draining: () => draw.seconds(1, 3_600),
    }),
  });
}

function balancer(scope: Construct, draw: Draw) {
  return {
    network: network(scope, draw),
    ...draw.some({
      scheme: () =>
        draw.one(
          () => aws.Scheme.internal(...draw.list(() => draw.peer(), 2)),
          () => aws.Scheme.internetFacing(draw.peer()),
        ),
      tier: () => draw.text("public", "private"),
      accessLogs: () => new aws.LogBucket(scope, fresh(scope, "OwnLogs")),
      deletionProtection: () => draw.flag(),
      tags: () => draw.tags(),
    }),
  };
}

function fleetSize(draw: Draw): aws.FleetSize {
  return draw.one(
    () => aws.FleetSize.fixed(draw.among(1, draw.number(0, 5))),
    () => aws.FleetSize.between(draw.number(0, 2), draw.number(3, 9), draw.some({ desired: () => draw.number(2, 3) })),
  );
}

/** Settings of a fleet that depend on each other: only spot instances have an on-demand base, only variable sizes a policy. */
function fleetSettings(draw: Draw): Pick<aws.FleetProps, "size" | "purchase" | "onDemandBase" | "scaling"> {
  return draw.one(
    () => ({ size: fleetSize(draw), ...draw.some({ purchase: () => purchase(draw) }) }),
    () => ({
      size: aws.FleetSize.between(draw.number(0, 2), draw.number(3, 9)),
      ...draw.some({ scaling: () => [aws.ScalingPolicy.cpu(draw.number(10, 90))] }),
    }),
    () => ({
      size: fleetSize(draw),
      purchase: draw.rarely(
        () => aws.Purchase.spot(),
        () => purchase(draw),
      ),
      ...draw.some({ onDemandBase: () => draw.among(0, draw.number(0, 3)) }),
    }),
  );
}

/** An image, and a first boot for its system. */
function system(draw: Draw): Pick<aws.InstanceProps, "image" | "boot"> {
  return draw.one(
    () => ({}),
    () => ({
      image: image(draw),
      boot: aws.BootScript.of(`#!/bin/bash\necho '${draw.prose().replaceAll("'", "")}'\n`),
    }),
    () => ({
      image: draw.rarely(
        () => aws.Image.ubuntu("24.04"),
        () => image(draw),
      ),
      boot: ubuntu(draw),
    }),
    () => draw.some({ image: () => image(draw) }),
  );
}

export const COMPUTE: Readonly<Record<string, Generator>> = {
  "aws.Instance": (scope, draw, id) => {
    const tier = draw.among("private", "public");
    const address = (host: number) => draw.text(`10.0.${tier === "public" ? 0 : 16}.${host}`, "10.0.0.1", "x");
    return new aws.Instance(scope, id, {
      network: network(scope, draw),
      subnet: subnet(scope, draw, tier),
      instanceType: draw.text("m7i.large", "t3.medium", "t4g.small", "p5.48xlarge", "m1.small"),
      ...system(draw),
      ...draw.some({
        bootCausesReplacement: () => draw.flag(),
        purchase: () => purchase(draw),
        rootDisk: () => disk(scope, draw),
        dataDisks: () => dataDisks(scope, draw),
        publicAddress: () =>
          draw.one(
            () => aws.PublicAddress.none(),
            () => aws.PublicAddress.dynamic(),
            () => aws.PublicAddress.elastic(),
            () => aws.PublicAddress.existing(draw.text("eipalloc-00000000000000001")),
          ),
        privateAddress: () => address(10),
        secondaryAddresses: () => draw.distinct(() => address(draw.among(11, 12)), 2),
        sourceDestinationCheck: () => draw.flag(),
        securityGroups: () => [securityGroup(scope, draw)] as const,
        role: () => machineRole(scope),
        sessionManager: () => draw.flag(),
        terminationProtection: () => draw.flag(),
        stopProtection: () => draw.flag(),
        autoRecovery: () => draw.flag(),
        detailedMonitoring: () => draw.flag(),
        tags: () => draw.tags(),
        rootDiskTags: () => draw.tags(),
        dependsOn: () => [],
      }),
    });
  },
  "aws.Fleet": (scope, draw, id) =>
    new aws.Fleet(scope, id, {
      network: network(scope, draw),
      subnets: network(scope, draw).subnetsOf("private"),
      instanceTypes: draw.one(
        () => [draw.text("m7i.large", "t3.medium")] as const,
        () => [{ type: draw.text("m7i.xlarge"), weight: draw.number(1, 4) }] as const,
      ),
      ...fleetSettings(draw),
      ...system(draw),
      ...draw.some({
        followsImage: () => draw.flag(),
        rootDisk: () => disk(scope, draw),
        targetGroups: () => [targetGroup(scope, draw, fresh(scope, "Targets"))],
        warmUp: () => draw.seconds(30, 600),
        refresh: () =>
          draw.one(
            () => aws.InstanceRefresh.none(),
            () =>
              aws.InstanceRefresh.rolling(
                draw.some({ minHealthyPercent: () => draw.number(50, 100), rollsBack: () => draw.flag() }),
              ),
          ),
        schedules: () => ({ [draw.name()]: aws.Schedule.cron(draw.text("0 8 * * *", "x"), fleetSize(draw)) }),
        draining: () => draw.seconds(30, 3_600),
        maxAge: () => draw.days(1, 365),
        securityGroups: () => [securityGroup(scope, draw)] as const,
        role: () => machineRole(scope),
        sessionManager: () => draw.flag(),
        publicAddresses: () => draw.flag(),
        detailedMonitoring: () => draw.flag(),
        tags: () => draw.tags(),
        dependsOn: () => [],
      }),
    }),
  "aws.TargetGroup": (scope, draw, id) => targetGroup(scope, draw, id),
  "aws.ApplicationLoadBalancer": (scope, draw, id) => {
    const created = new aws.ApplicationLoadBalancer(scope, id, {
      ...balancer(scope, draw),
      ...draw.some({ idleTimeout: () => draw.seconds(1, 4_000) }),
    });
    const action = draw.one(
      () => aws.Action.forward(targetGroup(scope, draw, fresh(scope, "Targets"), "application")),
      () => aws.Action.redirectToHttps(draw.number(1, 65_535)),
      () => aws.Action.respond(draw.number(200, 599), draw.prose()),
    );
    const listener = created.addHttp({ action, ...draw.some({ port: () => draw.number(1, 65_535) }) });
    for (const rule of draw.list(() => draw.text(/^[a-z]{2,9}$/), 2))
      listener.addRule(rule, {
        priority: draw.number(1, 50_000),
        action,
        hosts: draw.rarely(
          () => [draw.text("www.example.com", "*.example.com")],
          () => [],
        ),
        ...draw.some({ paths: () => [draw.text("/a/*", "x")] }),
      });
  },
  "aws.NetworkLoadBalancer": (scope, draw, id) => {
    const created = new aws.NetworkLoadBalancer(scope, id, {
      ...balancer(scope, draw),
      ...draw.some({ crossZone: () => draw.flag() }),
    });
    created.addListener({
      port: Port.tcp(draw.number(1, 65_535)),
      targetGroup: targetGroup(scope, draw, fresh(scope, "Targets"), "network"),
    });
  },
  "aws.BackupPlan": (scope, draw, id) => {
    region(scope, draw);
    const options = {
      retention: draw.days(200, 400),
      ...draw.some({ at: () => draw.text("03:00", "x"), coldAfter: () => draw.days(1, 90) }),
    };
    return new aws.BackupPlan(scope, id, {
      rules: {
        [draw.name()]: draw.one(
          () => aws.BackupRule.daily(options),
          () => aws.BackupRule.weekly("SUN", options),
          () => aws.BackupRule.monthly(draw.number(1, 28), options),
        ),
      },
      selections: {
        [draw.name()]: draw.one(
          () => aws.BackupSelection.tagged({ [draw.text("backup")]: draw.prose() }),
          () =>
            aws.BackupSelection.of(draw.text("arn:aws:ec2:us-west-2:111122223333:volume/vol-00000000000000001", "x")),
        ),
      },
      ...draw.some({ encryptionKey: () => key(scope, draw), forceDestroy: () => draw.flag() }),
    });
  },
  "aws.FileSystem": (scope, draw, id) => {
    const created = new aws.FileSystem(scope, id, {
      network: network(scope, draw),
      ...draw.some({
        tier: () => draw.text("private", "data"),
        encryptionKey: () => key(scope, draw),
        lifecycle: () =>
          draw.one(
            () => aws.FileLifecycle.none(),
            () =>
              aws.FileLifecycle.infrequentAfter(
                draw.rarely(
                  () => Duration.days(30),
                  () => draw.days(1, 90),
                ),
              ),
          ),
        dailyBackups: () => draw.flag(),
        forceDestroy: () => draw.flag(),
        tags: () => draw.tags(),
      }),
    });
    for (const point of draw.list(() => draw.text(/^[A-Z][a-z]{2,9}$/), 2))
      created.addAccessPoint(point, {
        path: draw.text("/data", "/a/b", "x"),
        user: { uid: draw.number(0, 65_535), gid: draw.number(0, 65_535) },
        ...draw.some({ permissions: () => draw.text("0750", "9") }),
      });
  },
  "aws.LustreFileSystem": (scope, draw, id) => {
    const created = new aws.LustreFileSystem(scope, id, {
      network: network(scope, draw),
      subnet: subnet(scope, draw),
      capacity: Size.gibibytes(draw.among(1_200, 2_400, 4_800, 3_000)),
      ...draw.some({
        type: () =>
          draw.one(
            () => aws.LustreType.scratch(),
            () => aws.LustreType.persistent(draw.among(125, 250, 500, 1000)),
          ),
        links: () => ({
          [draw.text("/data", "/a/b", "x")]: {
            bucket: new aws.Bucket(scope, fresh(scope, "Data")),
            ...draw.some({ prefix: () => draw.text("training/", "x"), writeBack: () => draw.flag() }),
          },
        }),
        encryptionKey: () => key(scope, draw),
        forceDestroy: () => draw.flag(),
        tags: () => draw.tags(),
      }),
    });
    created.allowFrom(securityGroup(scope, draw));
  },
};
