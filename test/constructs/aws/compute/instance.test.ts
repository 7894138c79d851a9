import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Instance as InstanceResource } from "@cdktf/provider-aws/lib/instance";
import { NetworkInterfaceAttachmentA } from "@cdktf/provider-aws/lib/network-interface-attachment";
import { VolumeAttachment } from "@cdktf/provider-aws/lib/volume-attachment";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { BootScript } from "@groundwork/constructs/aws/compute/boot-script";
import { DataDisk } from "@groundwork/constructs/aws/compute/data-disk";
import { Disk } from "@groundwork/constructs/aws/compute/disk";
import { Image } from "@groundwork/constructs/aws/compute/image";
import { Instance, type InstanceProps } from "@groundwork/constructs/aws/compute/instance";
import { PublicAddress } from "@groundwork/constructs/aws/compute/public-address";
import { Purchase } from "@groundwork/constructs/aws/compute/purchase";
import * as rules from "@groundwork/constructs/aws/compute/rules";
import { Role } from "@groundwork/constructs/aws/iam/role";
import { Statement } from "@groundwork/constructs/aws/iam/statement";
import { TrustPolicy } from "@groundwork/constructs/aws/iam/trust-policy";
import { Network } from "@groundwork/constructs/aws/network/network";
import { SecurityGroup } from "@groundwork/constructs/aws/network/security/security-group";
import { Region } from "@groundwork/constructs/aws/region";
import { AWS005 } from "@groundwork/constructs/aws/rules";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Packages } from "@groundwork/constructs/boot/parts/packages";
import { Steps } from "@groundwork/constructs/boot/parts/steps";
import { BOO001 } from "@groundwork/constructs/boot/rules";
import { Cidr } from "@groundwork/constructs/core/cidr";
import { Size } from "@groundwork/constructs/core/size";
import type { TerraformStack } from "cdktf";
import { BootRoot } from "../../../support/boot-root";
import { awsStack, resource, resources } from "../../../support/fixture";
import { userDataOf } from "../../../support/gitlab";

const { CMP001, CMP002, CMP003, CMP005, CMP006, CMP007, CMP008, CMP009, CMP010, CMP011, CMP012, CMP013 } = rules;

const GP3 = Disk.gp3({ size: Size.gibibytes(100) });

function location(stack: TerraformStack) {
  const network = new Network(stack, "Network", {
    cidr: Cidr.parse("10.20.0.0/16"),
    zones: Region.of("ap-northeast-2").zones(2),
  });
  const [subnet, other] = network.subnetsOf("private");
  if (subnet === undefined || other === undefined) throw new Error("a network without subnets");
  return { network, subnet, other };
}

function machineWith(props: Partial<InstanceProps> = {}) {
  const stack = awsStack();
  const { network, subnet, other } = location(stack);
  const machine = new Instance(stack, "Web", { network, subnet, instanceType: "t4g.small", ...props });
  return { stack, machine, network, subnet, other };
}

/** Machines with an Elastic IP of the machine itself. */
const addressesOf = (stack: TerraformStack) =>
  resources(stack, Eip)
    .filter(({ address }) => address.includes("Web"))
    .map((address) => address["instance"]);

/** Inline policies of the machine, without those of the network. */
const policiesOf = (stack: TerraformStack) =>
  resources(stack, IamRolePolicy).filter(({ address }) => address.includes("Web"));

const creating = (props: Partial<InstanceProps>) => () => machineWith(props);

describe("Instance", () => {
  test("is closed by default: token and one hop for metadata, encrypted disk, no public address, no inbound rule", () => {
    const { stack } = machineWith();
    expect(resource(stack, InstanceResource)).toMatchObject({
      associate_public_ip_address: false,
      metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
      root_block_device: { encrypted: true, volume_type: "gp3", volume_size: 20, tags: { Name: "test-web" } },
      ebs_optimized: true,
    });
    expect(resources(stack, VpcSecurityGroupEgressRule).map((rule) => rule["from_port"])).toEqual([443]);
    expect(policiesOf(stack).map(({ policy }) => String(policy))).toEqual([
      expect.stringContaining("ssmmessages:OpenDataChannel"),
    ]);
  });

  test.each([
    [Image.amazonLinux2023(), "t4g.small", "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"],
    [Image.amazonLinux2023(), "t3.small", "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"],
    [
      Image.ubuntu("22.04"),
      "m5.large",
      "/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id",
    ],
    [
      Image.ubuntu("24.04"),
      "a1.large",
      "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id",
    ],
    [Image.parameter("/images/web", { architecture: "x86_64" }), "c5.large", "/images/web"],
  ])("selects the image for the processor (%#)", (image, instanceType, name) => {
    const { stack } = machineWith({ image, instanceType });
    expect(resource(stack, DataAwsSsmParameter)["name"]).toBe(name);
    expect(resource(stack, InstanceResource)["lifecycle"]).toEqual({ ignore_changes: ["ami"] });
  });

  test("uses an own image by its id", () => {
    const image = Image.ami("ami-0123456789abcdef0", { architecture: "arm64" });
    const { stack } = machineWith({ image });
    expect(resource(stack, InstanceResource)["ami"]).toBe("ami-0123456789abcdef0");
    expect(resources(stack, DataAwsSsmParameter)).toEqual([]);
  });

  test.each([
    ["ami-0123456789abcdef0", "arm64", "t3.small"],
    ["ami-0123456789abcdef0", "x86_64", "t4g.small"],
    ["ami-0123456789abcdef0", "x86_64", "a1.large"],
    ["ami-0123456789abcdef0", "x86_64", "p6e-gb200.36xlarge"],
  ] as const)("rejects %s (%s) on %s", (id, architecture, instanceType) => {
    const image = Image.ami(id, { architecture });
    expect(creating({ image, instanceType })).toViolate(CMP002, /use an instance type with/);
  });

  test("rejects images that do not exist", () => {
    expect(() => Image.ami("ubuntu", { architecture: "arm64" })).toViolate(AWS005, /ami-0123/);
    expect(() => Image.ami("ami-1", { architecture: "amd64" as never })).toViolate(CMP002, /x86_64 or arm64/);
    for (const release of ["20.04", "24.10", "toString"])
      expect(() => Image.ubuntu(release as never)).toViolate(CMP003, /"22.04" or "24.04"/);
    for (const name of ["", "/a//b", "/a b", "arn:aws:ssm:a:1:parameter/b"])
      expect(() => Image.parameter(name, { architecture: "arm64" })).toViolate(CMP003);
  });

  test.each(["", "t3", "T3.small", "t3.", ".large", "t3.small "])("rejects the instance type %p", (instanceType) => {
    expect(creating({ instanceType })).toViolate(CMP001);
  });

  test.each(["m7i-flex.large", "u7i-12tb.224xlarge", "m5.metal", "mac2-m2.metal", "${TfToken[TOKEN.1]}"])(
    "accepts the instance type %p",
    (instanceType) => expect(creating({ instanceType })).not.toThrow(),
  );

  test("omits EBS optimization for types without it, which EC2 would reject", () => {
    expect(resource(machineWith({ instanceType: "t2.small" }).stack, InstanceResource)).not.toHaveProperty(
      "ebs_optimized",
    );
  });

  test("keeps data disks when the machine is replaced, and protects them", () => {
    const { stack, machine } = machineWith({ dataDisks: { data: DataDisk.kept(GP3, { mount: "/srv/data" }) } });
    const volume = resource(stack, EbsVolume);
    expect(volume).toMatchObject({
      availability_zone: "ap-northeast-2a",
      encrypted: true,
      type: "gp3",
      size: 100,
      final_snapshot: true,
      lifecycle: { prevent_destroy: true },
    });
    expect(JSON.stringify(volume)).not.toContain("aws_instance");
    expect(resource(stack, VolumeAttachment)).toMatchObject({
      device_name: "/dev/sdf",
      stop_instance_before_detaching: true,
      volume_id: `\${${volume.address}.id}`,
    });
    expect(Object.keys(machine.volumeIds)).toEqual(["data"]);
  });

  test("a grown disk and a further disk change neither the machine nor the other disks", () => {
    const text = (dataDisks: NonNullable<InstanceProps["dataDisks"]>) => {
      const { stack } = machineWith({ dataDisks });
      return { user: userDataOf(stack, "Web"), attachments: resources(stack, VolumeAttachment) };
    };
    const data = (gibibytes: number) =>
      DataDisk.kept(Disk.gp3({ size: Size.gibibytes(gibibytes) }), { mount: "/srv/data", device: "f" });
    expect(text({ data: data(200) })).toEqual(text({ data: data(100) }));
    const two = text({ logs: DataDisk.disposable(GP3, { device: "g" }), data: data(100) });
    expect(two.user).toBe(text({ data: data(100) }).user);
    expect(two.attachments).toEqual(expect.arrayContaining([...text({ data: data(100) }).attachments]));
  });

  test("restores a snapshot once: a later one does not replace the data", () => {
    const disk = DataDisk.disposable(GP3, { snapshotId: "snap-0123456789abcdef0" });
    const volume = resource(machineWith({ dataDisks: { data: disk } }).stack, EbsVolume);
    expect(volume).toMatchObject({
      snapshot_id: "snap-0123456789abcdef0",
      lifecycle: { ignore_changes: ["snapshot_id"] },
    });
    expect(volume).not.toHaveProperty("final_snapshot");
  });

  test("attaches an existing volume of its zone only", () => {
    const existing = (zone: string) => ({ data: DataDisk.existing("vol-0123456789abcdef0", zone) });
    const { stack } = machineWith({ dataDisks: existing("a") });
    expect(resource(stack, VolumeAttachment)["volume_id"]).toBe("vol-0123456789abcdef0");
    expect(resources(stack, EbsVolume)).toEqual([]);
    expect(creating({ dataDisks: existing("b") })).toViolate(CMP007, /zone b/);
    expect(() => DataDisk.existing("vol", "a")).toViolate(AWS005);
    expect(() => DataDisk.kept(GP3, { snapshotId: "vol-1" })).toViolate(AWS005, /snap-/);
  });

  test.each(["", "data", "/", "/etc", "/etc/data", "/dev/data", "/srv/", "/srv/../etc", "/srv/a b", "/var", "/proc/x"])(
    "rejects the mount point %p",
    (mount) => expect(() => DataDisk.kept(GP3, { mount })).toViolate(CMP006, /for example \/srv\/data/),
  );

  test.each(["/srv/data", "/data", "/var/lib/postgresql", "/home", "/mnt/a.b/c-d"])(
    "accepts the mount point %p",
    (mount) => expect(() => DataDisk.kept(GP3, { mount })).not.toThrow(),
  );

  test("rejects data disks that collide, all at once", () => {
    const disk = (device?: string, mount?: string) =>
      DataDisk.kept(GP3, { ...(device === undefined ? {} : { device }), ...(mount === undefined ? {} : { mount }) });
    for (const device of ["", "a", "q", "sdf", "F"]) expect(() => disk(device)).toViolate(CMP006, /f to p/);
    expect(creating({ dataDisks: { a: disk(), b: disk("g") } })).toViolate(CMP006, /without a device/);
    expect(creating({ dataDisks: { a: disk("f"), b: disk("f") } })).toViolate(CMP006, /the device "f" twice/);
    expect(creating({ dataDisks: { a: disk("f", "/srv"), b: disk("g", "/srv") } })).toViolate(CMP006, /\/srv twice/);
    for (const name of ["", "Data", "1", "a_b", "x".repeat(21)])
      expect(creating({ dataDisks: { [name]: disk() } })).toViolate(CMP006, /lower-case/);
  });

  test("rejects performance that the instance type cannot use", () => {
    const disk = Disk.gp3({ size: Size.gibibytes(200), iops: 16_000, throughput: 500 });
    expect(creating({ rootDisk: disk })).toViolate(
      CMP005,
      /16000 IOPS and 500 MiB\/s of the root disk at t4g\.small, which has 11800/,
    );
    expect(creating({ instanceType: "m7g.large", rootDisk: disk })).not.toThrow();
    const data = DataDisk.kept(Disk.io2({ size: Size.gibibytes(100), iops: 64_000 }));
    expect(creating({ instanceType: "m5.large", dataDisks: { data } })).toViolate(CMP005, /64000 IOPS of data/);
  });

  test("mounts disks before the steps of the user, also without a first boot of the user", () => {
    const dataDisks = { data: DataDisk.kept(GP3, { mount: "/srv/data" }) };
    const boot = CloudInit.ubuntu().with(Packages.of("nginx"), Steps.run("web", "systemctl start nginx"));
    const { stack } = machineWith({ dataDisks, boot, image: Image.ubuntu("24.04") });
    const steps = [...userDataOf(stack, "Web").matchAll(/first-boot\.d\/(\d\d-[\w-]+)/g)].map(([, name]) => name);
    expect(steps).toEqual(["01-packages", "02-disk-data", "03-web"]);
    const alone = userDataOf(machineWith({ dataDisks }).stack, "Web");
    expect(alone).toContain("01-disk-data");
  });

  test("formats a disk once, and never one with a file system", async () => {
    const { stack } = machineWith({ dataDisks: { data: DataDisk.kept(GP3, { mount: "/srv/data" }) } });
    const text = userDataOf(stack, "Web").replace(/\$\{aws_ebs_volume\.[^}]+\}/g, "vol-0123");
    for (const hasFileSystem of [false, true]) {
      const root = new BootRoot(text, {
        blkid: `case "$*" in *TYPE*) echo ext4 ;; *UUID*) echo 1-2-3 ;; *) ${hasFileSystem ? "exit 0" : "exit 2"} ;; esac`,
        "mkfs.ext4": "",
        mount: "",
        mountpoint: "exit 1",
        resize2fs: "",
      });
      root.write("/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123", "");
      root.write("/etc/fstab", "");
      const { state, log } = await root.boot();
      expect([state, state === "done" ? "" : log]).toEqual(["done", ""]);
      const programs = root.calls.map((call) => call.split(" ")[0]);
      expect(programs.includes("mkfs.ext4")).toBe(!hasFileSystem);
      expect(programs).toEqual(expect.arrayContaining(["mount", "resize2fs"]));
      expect(root.read("/etc/fstab")).toMatch(
        /^UUID=1-2-3 \S*\/srv\/data auto defaults,nofail,x-systemd\.growfs 0 2\n$/,
      );
    }
  });

  test("does not format a disk that cannot be read", async () => {
    const { stack } = machineWith({ dataDisks: { data: DataDisk.kept(GP3, { mount: "/srv/data" }) } });
    const text = userDataOf(stack, "Web").replace(/\$\{aws_ebs_volume\.[^}]+\}/g, "vol-0123");
    const root = new BootRoot(text, { blkid: "exit 4", "mkfs.ext4": "", mount: "" });
    root.write("/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0123", "");
    expect((await root.boot()).state).toBe("failed");
    expect(root.calls.map((call) => call.split(" ")[0])).not.toContain("mkfs.ext4");
  });

  test("rejects a first boot for another system", () => {
    expect(creating({ boot: CloudInit.ubuntu() })).toViolate(CMP010, /CloudInit\.amazonLinux\(\)/);
    const image = Image.ubuntu("24.04");
    expect(creating({ image, boot: CloudInit.amazonLinux() })).toViolate(CMP010, /CloudInit\.ubuntu\(\)/);
    const own = Image.ami("ami-1", { architecture: "arm64" });
    expect(creating({ image: own, boot: CloudInit.ubuntu() })).not.toThrow();
    const dataDisks = { data: DataDisk.kept(GP3, { mount: "/srv/data" }) };
    expect(creating({ image: own, dataDisks })).toViolate(CMP010, /unknown system/);
    expect(creating({ dataDisks, boot: BootScript.of("#!/bin/sh\n") })).toViolate(CMP010, /with a script/);
    expect(creating({ dataDisks: { data: DataDisk.kept(GP3) }, boot: BootScript.of("#!/bin/sh\n") })).not.toThrow();
  });

  test("runs a script unchanged, and rejects texts that no interpreter runs", () => {
    const script = "#!/bin/bash\necho ${HOME} %{x}\n";
    expect(resource(machineWith({ boot: BootScript.of(script) }).stack, InstanceResource)["user_data"]).toBe(
      "#!/bin/bash\necho $${HOME} %%{x}\n",
    );
    for (const text of [
      "",
      "echo",
      " #!/bin/bash\n",
      "#!",
      `#!/bin/sh\n${"x".repeat(16_384)}`,
      "#!/bin/sh\nA='AKIAIOSFODNN7EXAMPLE'\n",
    ])
      expect(() => BootScript.of(text)).toViolate(CMP011);
  });

  test("rejects user data beyond the limit of EC2", () => {
    const long = Array.from({ length: 4_000 }, (_, index) => `echo ${Math.sin(index)}`);
    const boot = CloudInit.amazonLinux().with(Steps.run("long", ...(long as [string, ...string[]])));
    expect(creating({ boot })).toViolate(BOO001, /EC2 accepts 16384/);
  });

  test("another first boot replaces the machine unless that is excluded", () => {
    const boot = BootScript.of("#!/bin/sh\n");
    expect(resource(machineWith({ boot }).stack, InstanceResource)["user_data_replace_on_change"]).toBe(true);
    const kept = resource(machineWith({ boot, bootCausesReplacement: false }).stack, InstanceResource);
    expect(kept).toMatchObject({
      user_data_replace_on_change: false,
      lifecycle: { ignore_changes: ["ami", "user_data", "user_data_base64"] },
    });
  });

  test.each([
    [Purchase.spot(), { instance_interruption_behavior: "terminate", spot_instance_type: "one-time" }],
    [
      Purchase.spot({ interruption: "stop", maxHourlyPrice: 0.04 }),
      { instance_interruption_behavior: "stop", spot_instance_type: "persistent", max_price: "0.0400" },
    ],
  ])("buys a spot instance (%#)", (purchase, options) => {
    expect(resource(machineWith({ purchase }).stack, InstanceResource)["instance_market_options"]).toEqual({
      market_type: "spot",
      spot_options: options,
    });
  });

  test("rejects a spot instance with data or protection", () => {
    const dataDisks = { data: DataDisk.kept(GP3) };
    expect(creating({ purchase: Purchase.spot(), dataDisks })).toViolate(CMP008, /allowsData: true/);
    expect(creating({ purchase: Purchase.spot({ allowsData: true }), dataDisks })).not.toThrow();
    expect(creating({ purchase: Purchase.spot(), terminationProtection: true })).toViolate(
      CMP009,
      /remove the protection/,
    );
    expect(creating({ purchase: Purchase.spot(), stopProtection: true })).toViolate(CMP009);
    for (const maxHourlyPrice of [0, -1, NaN, Infinity, 0.00001])
      expect(() => Purchase.spot({ maxHourlyPrice })).toViolate(CMP009, /per hour/);
    expect(() => Purchase.spot({ interruption: "none" as never })).toViolate(CMP009, /hibernate/);
  });

  test("has the public address that is requested", () => {
    const { stack, machine } = machineWith({ publicAddress: PublicAddress.elastic() });
    expect(addressesOf(stack)).toEqual([`\${${resource(stack, InstanceResource).address}.id}`]);
    expect(machine.publicIp).toBeDefined();
    const existing = machineWith({ publicAddress: PublicAddress.existing("eipalloc-0123456789abcdef0") });
    expect(resource(existing.stack, EipAssociation)["allocation_id"]).toBe("eipalloc-0123456789abcdef0");
    const dynamic = machineWith({ publicAddress: PublicAddress.dynamic() });
    expect(resource(dynamic.stack, InstanceResource)["associate_public_ip_address"]).toBe(true);
    expect(machineWith().machine.publicIp).toBeUndefined();
    expect(() => PublicAddress.existing("203.0.113.4")).toViolate(AWS005, /eipalloc-/);
  });

  test("has the private addresses that are requested, and rejects those that EC2 would reject", () => {
    const [first = "", second = ""] = [machineWith().subnet.cidr].flatMap((cidr) => {
      const block = Cidr.parse(cidr);
      return [block.address(4), block.address(-2)];
    });
    const { stack } = machineWith({ privateAddress: first, secondaryAddresses: [second] });
    expect(resource(stack, InstanceResource)).toMatchObject({ private_ip: first, secondary_private_ips: [second] });
    const block = Cidr.parse(machineWith().subnet.cidr);
    for (const address of [block.address(0), block.address(3), block.address(-1), "10.99.0.5", "10.20.0", "", "x"])
      expect(creating({ privateAddress: address })).toViolate(CMP012);
    expect(creating({ privateAddress: first, secondaryAddresses: [first] })).toViolate(CMP012, /twice/);
    const many = [10, 11, 12, 13].map((number) => block.address(number));
    expect(creating({ secondaryAddresses: many })).toViolate(CMP012, /at most 3/);
    expect(creating({ instanceType: "m5.large", secondaryAddresses: many })).not.toThrow();
  });

  test("is protected, recovered and measured as requested", () => {
    const { stack } = machineWith({
      terminationProtection: true,
      stopProtection: true,
      autoRecovery: false,
      detailedMonitoring: true,
      sourceDestinationCheck: false,
      tags: { Team: "web" },
    });
    expect(resource(stack, InstanceResource)).toMatchObject({
      disable_api_termination: true,
      disable_api_stop: true,
      maintenance_options: { auto_recovery: "disabled" },
      monitoring: true,
      source_dest_check: false,
      tags: { Name: "test-web", Team: "web" },
      root_block_device: { tags: { Name: "test-web", Team: "web" } },
    });
  });

  test("creates a role with the first permission when it has none, and is created after its permissions", () => {
    const { stack, machine } = machineWith({ sessionManager: false });
    expect(resources(stack, IamInstanceProfile)).toEqual([]);
    machine.addToPolicy(Statement.allow({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/*"] }));
    expect(resource(stack, InstanceResource)["iam_instance_profile"]).toContain("aws_iam_instance_profile");
    const managed = machineWith();
    const [policy] = policiesOf(managed.stack);
    expect(resource(managed.stack, InstanceResource)["depends_on"]).toContain(policy?.address);
  });

  test("shares a role with other machines", () => {
    const { stack, network, subnet } = machineWith();
    const role = new Role(stack, "Shared", { trust: TrustPolicy.service("ec2.amazonaws.com") });
    for (const id of ["One", "Two"]) new Instance(stack, id, { network, subnet, instanceType: "t4g.small", role });
    const policy = resources(stack, IamRolePolicy).find(({ address }) => address.includes("Shared"));
    expect(String(policy?.["policy"]).match(/SessionManager/g)).toHaveLength(1);
  });

  test("has further interfaces at positions of their own", () => {
    const { stack, machine, network, subnet, other } = machineWith();
    const group = new SecurityGroup(stack, "Group", { network, description: "storage" });
    const add = (id: string, position: number, at = subnet) =>
      machine.addInterface(id, { subnet: at, securityGroups: [group], position });
    add("Storage", 1);
    expect(resource(stack, NetworkInterfaceAttachmentA)["device_index"]).toBe(1);
    expect(() => add("Again", 1)).toViolate(CMP013, /which another interface has/);
    expect(() => add("Other", 2, other)).toViolate(CMP013, /zone a, that of the machine/);
    for (const position of [0, -1, 1.5, 3])
      expect(() => add(`At${position}`, position)).toViolate(CMP013, /from 1 to 2/);
  });

  test("imports an existing machine", () => {
    const stack = awsStack();
    const machine = Instance.fromAttributes(stack, "Existing", {
      instanceId: "i-0123456789abcdef0",
      privateIp: "10.0.0.4",
      securityGroupId: "sg-0123456789abcdef0",
      roleArn: "arn:aws:iam::111122223333:role/web",
    });
    machine.addToPolicy(Statement.allow({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/*"] }));
    expect(resource(stack, IamRolePolicy)["role"]).toBe("web");
    expect(() =>
      Instance.fromAttributes(stack, "Other", {
        instanceId: "web",
        privateIp: "10.0.0.4",
        securityGroupId: "sg-0123456789abcdef0",
        roleArn: "arn:aws:iam::111122223333:role/web",
      }),
    ).toViolate(AWS005, /i-0123/);
  });
});
