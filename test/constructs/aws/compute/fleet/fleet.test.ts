import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { AutoscalingPolicy } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { AutoscalingSchedule } from "@cdktf/provider-aws/lib/autoscaling-schedule";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { BootScript } from "@groundwork/constructs/aws/compute/boot-script";
import { Disk } from "@groundwork/constructs/aws/compute/disk";
import { Fleet, type FleetProps } from "@groundwork/constructs/aws/compute/fleet/fleet";
import { FleetSize } from "@groundwork/constructs/aws/compute/fleet/fleet-size";
import { InstanceRefresh } from "@groundwork/constructs/aws/compute/fleet/instance-refresh";
import { ScalingPolicy } from "@groundwork/constructs/aws/compute/fleet/scaling-policy";
import { Schedule } from "@groundwork/constructs/aws/compute/fleet/schedule";
import { Image } from "@groundwork/constructs/aws/compute/image";
import { Purchase } from "@groundwork/constructs/aws/compute/purchase";
import * as rules from "@groundwork/constructs/aws/compute/rules";
import { Action } from "@groundwork/constructs/aws/load-balancer/action";
import { ApplicationLoadBalancer } from "@groundwork/constructs/aws/load-balancer/application-load-balancer";
import { TargetGroup } from "@groundwork/constructs/aws/load-balancer/target-group";
import { Network } from "@groundwork/constructs/aws/network/network";
import { Region } from "@groundwork/constructs/aws/region";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Duration } from "@groundwork/constructs/core/duration";
import { Size } from "@groundwork/constructs/core/size";
import { Testing } from "cdktf";
import fc from "fast-check";
import { awsStack, resource, resources } from "../../../../support/fixture";

const { CMP001, CMP002, CMP005, CMP010, CMP014, CMP015, CMP016, CMP017, CMP018, CMP019, CMP020 } = rules;

function fleetWith(props: Partial<FleetProps> = {}, id = "Web") {
  const stack = awsStack();
  const network = new Network(stack, "Network", {
    cidr: Cidr.parse("10.20.0.0/16"),
    zones: Region.of("ap-northeast-2").zones(2),
  });
  const fleet = new Fleet(stack, id, {
    network,
    subnets: network.subnetsOf("private"),
    instanceTypes: ["m7g.large"],
    size: FleetSize.between(2, 10),
    ...props,
  });
  return { stack, network, fleet };
}

const creating = (props: Partial<FleetProps>) => () => fleetWith(props);

describe("Fleet", () => {
  test("is closed by default, replaces its machines step by step, and can be replaced itself", () => {
    const { stack } = fleetWith();
    expect(resource(stack, LaunchTemplate)).toMatchObject({
      instance_type: "m7g.large",
      metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
      block_device_mappings: [
        { device_name: "/dev/xvda", ebs: { encrypted: "true", volume_type: "gp3", volume_size: 20 } },
      ],
      lifecycle: { ignore_changes: ["image_id"] },
    });
    const group = resource(stack, AutoscalingGroup);
    expect(group).toMatchObject({
      name_prefix: "test-web-",
      min_size: 2,
      max_size: 10,
      desired_capacity: 2,
      health_check_type: "EC2",
      default_instance_warmup: 300,
      instance_refresh: { strategy: "Rolling", preferences: { auto_rollback: true, min_healthy_percentage: 90 } },
      lifecycle: { create_before_destroy: true },
    });
    expect(group).not.toHaveProperty("lifecycle.ignore_changes");
    expect(group).not.toHaveProperty("name");
  });

  test("uses the latest version by number: a rollback is not possible with $Latest", () => {
    const { stack } = fleetWith();
    const template = resource(stack, LaunchTemplate);
    expect(resource(stack, AutoscalingGroup)["launch_template"]).toEqual({
      id: `\${${template.address}.id}`,
      version: `\${${template.address}.latest_version}`,
    });
  });

  test("mixes types with weights, an on-demand base and spot instances", () => {
    const { stack } = fleetWith({
      instanceTypes: [
        { type: "m7g.large", weight: 1 },
        { type: "m7g.xlarge", weight: 2 },
      ],
      purchase: Purchase.spot({ maxHourlyPrice: 0.05 }),
      onDemandBase: 2,
    });
    const group = resource(stack, AutoscalingGroup);
    expect(group).toMatchObject({
      capacity_rebalance: true,
      mixed_instances_policy: {
        instances_distribution: {
          on_demand_base_capacity: 2,
          on_demand_percentage_above_base_capacity: 0,
          spot_allocation_strategy: "price-capacity-optimized",
          spot_max_price: "0.0500",
        },
        launch_template: {
          override: [
            { instance_type: "m7g.large", weighted_capacity: "1" },
            { instance_type: "m7g.xlarge", weighted_capacity: "2" },
          ],
        },
      },
    });
    expect(group).not.toHaveProperty("launch_template");
    expect(resource(stack, LaunchTemplate)).not.toHaveProperty("instance_type");
  });

  test("ignores the number of machines only where a policy or a schedule owns it", () => {
    const ignored = (props: Partial<FleetProps>) =>
      (resource(fleetWith(props).stack, AutoscalingGroup)["lifecycle"] as { ignore_changes?: string[] }).ignore_changes;
    expect(ignored({})).toBeUndefined();
    expect(ignored({ size: FleetSize.fixed(3) })).toBeUndefined();
    expect(ignored({ scaling: [ScalingPolicy.cpu(60)] })).toEqual(["desired_capacity"]);
    const schedules = { day: Schedule.cron("0 8 * * mon-fri", FleetSize.between(4, 20)) };
    expect(ignored({ schedules })).toEqual(["desired_capacity", "min_size", "max_size"]);
  });

  test("allows machines to end their draining without a reference to the group, which depends on the permission", () => {
    const { stack } = fleetWith({ draining: Duration.minutes(5) });
    const policies = JSON.stringify(resources(stack, IamRolePolicy));
    expect(policies).toContain(":autoScalingGroupName/test-");
    expect(policies).not.toContain("aws_autoscaling_group");
  });

  test("keeps a value, follows schedules and drains machines", () => {
    const { stack } = fleetWith({
      scaling: [ScalingPolicy.cpu(60)],
      schedules: { night: Schedule.cron("0 20 * * *", FleetSize.between(1, 4), { timeZone: "Asia/Seoul" }) },
      draining: Duration.minutes(5),
      maxAge: Duration.days(30),
      warmUp: Duration.minutes(2),
      refresh: InstanceRefresh.none(),
    });
    expect(resource(stack, AutoscalingPolicy)["target_tracking_configuration"]).toEqual({
      target_value: 60,
      predefined_metric_specification: { predefined_metric_type: "ASGAverageCPUUtilization" },
    });
    expect(resource(stack, AutoscalingSchedule)).toMatchObject({
      recurrence: "0 20 * * *",
      time_zone: "Asia/Seoul",
      min_size: 1,
      max_size: 4,
    });
    expect(resource(stack, AutoscalingLifecycleHook)).toMatchObject({
      heartbeat_timeout: 300,
      lifecycle_transition: "autoscaling:EC2_INSTANCE_TERMINATING",
    });
    expect(resource(stack, AutoscalingGroup)).toMatchObject({
      max_instance_lifetime: 2_592_000,
      health_check_grace_period: 120,
    });
    expect(resource(stack, AutoscalingGroup)).not.toHaveProperty("instance_refresh");
    const policies = resources(stack, IamRolePolicy).map(({ policy }) => String(policy));
    const [own = ""] = policies.filter((policy) => policy.includes("autoscaling:CompleteLifecycleAction"));
    expect(own).toContain("arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/test-web-*");
    // The group depends on the policy: a reference to the group would be a cycle.
    expect(own).not.toContain("aws_autoscaling_group");
  });

  test("is registered with a load balancer, whose health checks it follows", () => {
    const stack = awsStack();
    const network = new Network(stack, "Network", {
      cidr: Cidr.parse("10.20.0.0/16"),
      zones: Region.of("ap-northeast-2").zones(2),
    });
    const targets = new TargetGroup(stack, "Targets", { network, port: 8080 });
    const scaling = [ScalingPolicy.requestsPerMachine(targets, 1_000)];
    const common = { network, subnets: network.subnetsOf("private"), instanceTypes: ["m7g.large"] as const };
    const size = FleetSize.between(2, 10);
    expect(() => new Fleet(stack, "Early", { ...common, size, scaling, targetGroups: [targets] })).toViolate(
      CMP015,
      /forward a listener/,
    );
    new ApplicationLoadBalancer(stack, "Public", { network }).addHttp({ action: Action.forward(targets) });
    new Fleet(stack, "Web", { ...common, size, scaling, targetGroups: [targets] });
    const group = resources(stack, AutoscalingGroup).find(({ address }) => address.includes("Web"));
    expect(group).toMatchObject({ health_check_type: "ELB", target_group_arns: [expect.stringContaining("Targets")] });
    const policy = resource(stack, AutoscalingPolicy);
    expect(JSON.stringify(policy["target_tracking_configuration"])).toMatch(
      /ALBRequestCountPerTarget.*arn_suffix.*arn_suffix/,
    );
    expect(policy["depends_on"]).toEqual([expect.stringContaining("aws_lb_listener")]);
    expect(() => new Fleet(stack, "Other", { ...common, size, scaling })).toViolate(CMP015, /targetGroups/);
  });

  test("runs a script and follows images on request", () => {
    const script = "#!/bin/sh\nsed 's/\\b/x/'\n";
    const { stack } = fleetWith({ boot: BootScript.of(script), followsImage: true, publicAddresses: true });
    const template = resource(stack, LaunchTemplate);
    // As an argument of the function, the backslash would be an escape sequence that Terraform does not read.
    expect(Object.values((JSON.parse(Testing.synth(stack)) as { locals: object }).locals)).toEqual([script]);
    expect(template).toMatchObject({
      user_data: expect.stringMatching(/^\$\{base64encode\(local\.\w+\)\}$/),
      network_interfaces: [{ associate_public_ip_address: "true" }],
    });
    expect(template).not.toHaveProperty("lifecycle");
    expect(template).not.toHaveProperty("vpc_security_group_ids");
  });

  test.each([
    [{ instanceTypes: ["m7g"] }, CMP001],
    [{ instanceTypes: ["m7g.large", "m7i.large"] }, CMP018],
    [{ instanceTypes: ["m7g.large", "m7g.large"] }, CMP018],
    [{ instanceTypes: [{ type: "m7g.large", weight: 1 }, "m6g.large"] }, CMP018],
    [{ instanceTypes: [{ type: "m7g.large", weight: 0 }] }, CMP018],
    [{ instanceTypes: [{ type: "m7g.large", weight: 1_000 }] }, CMP018],
    [{ instanceTypes: Array.from({ length: 41 }, (_, index) => `m${index + 10}g.large`) }, CMP018],
    [{ image: Image.ami("ami-1", { architecture: "x86_64" }) }, CMP002],
    [{ rootDisk: Disk.gp3({ size: Size.gibibytes(500), iops: 50_000 }) }, CMP005],
    [{ boot: CloudInit.ubuntu() }, CMP010],
    [{ subnets: [] }, CMP020],
    [{ onDemandBase: 1 }, CMP019],
    [{ purchase: Purchase.spot(), onDemandBase: 11 }, CMP019],
    [{ purchase: Purchase.spot(), onDemandBase: 0.5 }, CMP019],
    [{ purchase: Purchase.spot({ interruption: "stop" }) }, CMP019],
    [{ size: FleetSize.fixed(3), scaling: [ScalingPolicy.cpu(60)] }, CMP015],
    [{ scaling: [ScalingPolicy.cpu(60), ScalingPolicy.cpu(70)] }, CMP015],
    [{ draining: Duration.seconds(29) }, CMP017],
    [{ draining: Duration.seconds(7_201) }, CMP017],
    [{ maxAge: Duration.hours(23) }, CMP017],
    [{ maxAge: Duration.days(366) }, CMP017],
    [{ warmUp: Duration.hours(3) }, CMP017],
    [{ schedules: { Night: Schedule.cron("0 20 * * *", FleetSize.fixed(1)) } }, CMP016],
    [
      {
        schedules: {
          a: Schedule.cron("0 20 * * *", FleetSize.fixed(1)),
          b: Schedule.cron("0 20 * * *", FleetSize.fixed(2)),
        },
      },
      CMP016,
    ],
  ] as readonly (readonly [Partial<FleetProps>, typeof CMP001])[])(
    "rejects what Auto Scaling would reject (%#)",
    (props, rule) => {
      expect(creating(props)).toViolate(rule);
    },
  );

  test("rejects two subnets in one zone", () => {
    const { network } = fleetWith();
    expect(creating({ subnets: [...network.subnetsOf("private"), ...network.subnetsOf("public")] })).toViolate(
      CMP020,
      /zone a/,
    );
  });
});

describe("FleetSize", () => {
  test("accepts exactly the numbers in order", () => {
    const number = fc.oneof(fc.integer({ min: -2, max: 1_010 }), fc.constant(1.5), fc.constant(NaN));
    fc.assert(
      fc.property(number, number, number, (min, max, desired) => {
        const isValid =
          [min, max, desired].every(Number.isInteger) && min >= 0 && max <= 1_000 && min <= desired && desired <= max;
        const create = () => FleetSize.between(min, max, { desired });
        if (isValid) expect(create).not.toThrow();
        else expect(create).toViolate(CMP014);
      }),
    );
  });
});

describe("the settings of a fleet", () => {
  test.each(["* * * * *", "0 8 * * mon-fri", "*/5 0-23/2 1,15 JAN-MAR 0", "0 0 31 12 7"])(
    "accepts the schedule %p",
    (expression) => {
      expect(() => Schedule.cron(expression, FleetSize.fixed(1))).not.toThrow();
    },
  );

  test.each([
    "",
    "* * * *",
    "* * * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "* * * * 8",
    "5-1 * * * *",
    "*/0 * * * *",
    "a * * * *",
    "@daily",
    "1,,2 * * * *",
    "1-2-3 * * * *",
  ])("rejects the schedule %p", (expression) =>
    expect(() => Schedule.cron(expression, FleetSize.fixed(1))).toViolate(CMP016),
  );

  test.each(["", "KST", "asia/seoul", "Asia/", "Asia/Seoul "])("rejects the time zone %p", (timeZone) => {
    expect(() => Schedule.cron("0 8 * * *", FleetSize.fixed(1), { timeZone })).toViolate(CMP016, /Asia\/Seoul/);
  });

  test("rejects targets that cannot be reached", () => {
    for (const percent of [0, 9, 91, NaN]) expect(() => ScalingPolicy.cpu(percent)).toViolate(CMP015);
    for (const percent of [-1, 101, 50.5])
      expect(() => InstanceRefresh.rolling({ minHealthyPercent: percent })).toViolate(CMP017);
  });
});
