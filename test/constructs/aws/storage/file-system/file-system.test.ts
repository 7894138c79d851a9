import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Instance } from "@groundwork/constructs/aws/compute/instance";
import { Network } from "@groundwork/constructs/aws/network/network";
import { Region } from "@groundwork/constructs/aws/region";
import type { AccessPointProps } from "@groundwork/constructs/aws/storage/file-system/access-point";
import { FileLifecycle } from "@groundwork/constructs/aws/storage/file-system/file-lifecycle";
import { FileSystem, type FileSystemProps } from "@groundwork/constructs/aws/storage/file-system/file-system";
import { STO008, STO009, STO010, STO011 } from "@groundwork/constructs/aws/storage/rules";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Steps } from "@groundwork/constructs/boot/parts/steps";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Duration } from "@groundwork/constructs/core/duration";
import { Port } from "@groundwork/constructs/core/port";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import { BootRoot } from "../../../../support/boot-root";
import { awsStack, resource, resources } from "../../../../support/fixture";

function fileSystemWith(props: Partial<FileSystemProps> = {}) {
  const stack = awsStack();
  const network = new Network(stack, "Network", {
    cidr: Cidr.parse("10.20.0.0/16"),
    zones: Region.of("ap-northeast-2").zones("a", "c"),
  });
  const shared = new FileSystem(stack, "Shared", { network, ...props });
  const [subnet] = network.subnetsOf("private");
  if (subnet === undefined) throw new Error("a network without subnets");
  const machine = () => new Instance(stack, "Web", { network, subnet, instanceType: "t4g.small" });
  return { stack, network, shared, machine };
}

describe("FileSystem", () => {
  test("is encrypted at rest and in transit, protected, backed up, and closed", () => {
    const { stack } = fileSystemWith();
    expect(resource(stack, EfsFileSystem)).toMatchObject({
      encrypted: true,
      throughput_mode: "elastic",
      lifecycle_policy: [
        { transition_to_ia: "AFTER_30_DAYS" },
        { transition_to_primary_storage_class: "AFTER_1_ACCESS" },
      ],
      lifecycle: { prevent_destroy: true },
    });
    expect(resource(stack, EfsBackupPolicy)["backup_policy"]).toEqual({ status: "ENABLED" });
    expect(JSON.parse(String(resource(stack, EfsFileSystemPolicy)["policy"]))).toMatchObject({
      Statement: [{ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
    });
    expect(resources(stack, VpcSecurityGroupIngressRule)).toEqual([]);
  });

  test("has a mount target in each zone, identified by the zone", () => {
    const addresses = resources(fileSystemWith().stack, EfsMountTarget).map(({ address }) => address);
    expect(addresses).toEqual([expect.stringMatching(/_mount-a_/), expect.stringMatching(/_mount-c_/)]);
  });

  test("admits a machine with its role: all of it, or one access point", () => {
    const whole = fileSystemWith();
    whole.shared.allowFrom(whole.machine());
    const rule = resources(whole.stack, VpcSecurityGroupIngressRule);
    expect(rule.map((one) => [one["from_port"], one["to_port"]])).toEqual([[2049, 2049]]);
    const policyOf = (stack: typeof whole.stack) =>
      String(resources(stack, IamRolePolicy).find(({ address }) => address.includes("Web"))?.["policy"]);
    expect(policyOf(whole.stack)).toContain("elasticfilesystem:ClientRootAccess");

    const part = fileSystemWith();
    const uploads = part.shared.addAccessPoint("Uploads", { path: "/uploads", user: { uid: 1000, gid: 1000 } });
    part.shared.allowFrom(part.machine(), uploads);
    expect(policyOf(part.stack)).toMatch(/ClientWrite.*elasticfilesystem:AccessPointArn/);
    expect(policyOf(part.stack)).not.toContain("ClientRootAccess");
    expect(resource(part.stack, EfsAccessPoint)).toMatchObject({
      posix_user: { uid: 1000, gid: 1000 },
      root_directory: { path: "/uploads", creation_info: { owner_uid: 1000, permissions: "0750" } },
    });
  });

  test("is reachable at the port of NFS only, according to the reachability analysis", () => {
    const { stack, shared, machine } = fileSystemWith();
    const client = machine();
    const closed = reachability(stack).from(client).to(shared, Port.tcp(2049));
    expect(closed.blocked).toBe(true);
    shared.allowFrom(client);
    const traffic = reachability(stack).from(client);
    expect(traffic.to(shared, Port.tcp(2049)).passes).toBe(true);
    expect(traffic.to(shared, Port.SSH).blocked).toBe(true);
  });

  test("is mounted before the other steps, and again at every start", async () => {
    const { shared } = fileSystemWith();
    const boot = shared.mountIn(CloudInit.amazonLinux().with(Steps.run("web", "true")), "/srv/shared");
    const text = boot.render().replace(/\$\{TfToken\[[^\]]+\]\}/g, "fs-0123");
    const root = new BootRoot(text, { mountpoint: "exit 1", mount: "" });
    root.write("/etc/fstab", "");
    const { state, log } = await root.boot();
    expect([state, state === "done" ? "" : log]).toEqual(["done", ""]);
    expect(root.read("/etc/fstab")).toMatch(/^fs-0123:\/ \S*\/srv\/shared efs _netdev,nofail,tls,iam 0 0\n$/);
    expect([...text.matchAll(/first-boot\.d\/(\d\d-[\w-]+)/g)].map(([, name]) => name)).toEqual([
      "01-packages",
      "02-file-system-test-shared",
      "03-web",
    ]);
  });

  test("is mounted twice with two access points", () => {
    const { shared } = fileSystemWith();
    const point = (id: string) => shared.addAccessPoint(id, { path: `/${id}`, user: { uid: 1, gid: 1 } });
    const once = shared.mountIn(CloudInit.amazonLinux(), "/srv/a", point("a"));
    expect(() => shared.mountIn(once, "/srv/b", point("b")).render()).not.toThrow();
  });

  test.each(["", "srv", "/srv/", "/srv/../etc", "/srv/a b"])("rejects the mount point %p", (path) => {
    expect(() => fileSystemWith().shared.mountIn(CloudInit.amazonLinux(), path)).toViolate(STO010, /\/srv\/shared/);
  });

  test("rejects a mount on Ubuntu, which has no mount helper", () => {
    expect(() => fileSystemWith().shared.mountIn(CloudInit.ubuntu(), "/srv")).toViolate(STO010, /amazonLinux/);
  });

  test.each([1, 7, 14, 30, 60, 90, 180, 270, 365])("moves files after %i days", (days) => {
    expect(FileLifecycle.infrequentAfter(Duration.days(days)).policies[0]).toEqual({
      transitionToIa: days === 1 ? "AFTER_1_DAY" : `AFTER_${days}_DAYS`,
    });
  });

  test("rejects other times", () => {
    for (const time of [Duration.days(2), Duration.hours(12), Duration.days(366)])
      expect(() => FileLifecycle.infrequentAfter(time)).toViolate(STO008, /1, 7, 14/);
    expect(() => FileLifecycle.infrequentAfter(Duration.days(30), Duration.days(30))).toViolate(STO008, /longer/);
    expect(FileLifecycle.infrequentAfter(Duration.days(30), Duration.days(90)).policies).toHaveLength(3);
    const { stack } = fileSystemWith({ lifecycle: FileLifecycle.none(), forceDestroy: true, dailyBackups: false });
    expect(resources(stack, EfsBackupPolicy)).toEqual([]);
    expect(resource(stack, EfsFileSystem)).not.toHaveProperty("lifecycle_policy");
    expect(resource(stack, EfsFileSystem)).not.toHaveProperty("lifecycle");
  });

  test.each([
    { path: "uploads" },
    { path: "/" },
    { path: "/a/b/c/d/e" },
    { path: "/a/../b" },
    { path: `/${"x".repeat(100)}` },
    { user: { uid: -1, gid: 0 } },
    { user: { uid: 0, gid: 4_294_967_296 } },
    { user: { uid: 0.5, gid: 0 } },
    { permissions: "0888" },
    { permissions: "75" },
  ] as readonly Partial<AccessPointProps>[])("rejects the access point %p", (props) => {
    const { shared } = fileSystemWith();
    const add = () => shared.addAccessPoint("Uploads", { path: "/uploads", user: { uid: 1, gid: 1 }, ...props });
    expect(add).toViolate(STO009);
  });

  test("rejects a network with two subnets of the tier in one zone", () => {
    const { network } = fileSystemWith();
    const doubled = {
      networkId: network.networkId,
      cidr: network.cidr,
      zones: network.zones,
      peers: network.peers,
      subnetsOf: () => [...network.subnetsOf("private"), ...network.subnetsOf("public")],
    };
    expect(() => fileSystemWith({ network: doubled })).toViolate(STO011, /zone a/);
    expect(() => fileSystemWith({ network: { ...doubled, subnetsOf: () => [] } })).toViolate(STO011);
  });

  test("imports an existing file system", () => {
    const { stack, machine } = fileSystemWith();
    const existing = FileSystem.fromAttributes(stack, "Existing", {
      fileSystemId: "fs-0123",
      fileSystemArn: "arn:aws:elasticfilesystem:ap-northeast-2:111122223333:file-system/fs-0123",
      securityGroupId: "sg-0123456789abcdef0",
    });
    existing.grants.read(machine());
    expect(resources(stack, IamRolePolicy).some(({ policy }) => String(policy).includes("file-system/fs-0123"))).toBe(
      true,
    );
  });
});
