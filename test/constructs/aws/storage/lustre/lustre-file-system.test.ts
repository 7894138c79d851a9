import { FsxDataRepositoryAssociation } from "@cdktf/provider-aws/lib/fsx-data-repository-association";
import { FsxLustreFileSystem } from "@cdktf/provider-aws/lib/fsx-lustre-file-system";
import { Instance } from "@groundwork/constructs/aws/compute/instance";
import { EncryptionKey } from "@groundwork/constructs/aws/encryption/encryption-key";
import { Bucket } from "@groundwork/constructs/aws/storage/bucket";
import type { BucketLink } from "@groundwork/constructs/aws/storage/lustre/bucket-link";
import {
  LustreFileSystem,
  type LustreFileSystemProps,
} from "@groundwork/constructs/aws/storage/lustre/lustre-file-system";
import { LustreType } from "@groundwork/constructs/aws/storage/lustre/lustre-type";
import { STO010, STO014, STO015 } from "@groundwork/constructs/aws/storage/rules";
import { CloudInit } from "@groundwork/constructs/boot/cloud-init";
import { Steps } from "@groundwork/constructs/boot/parts/steps";
import { Port } from "@groundwork/constructs/core/port";
import { Size } from "@groundwork/constructs/core/size";
import { reachability } from "@groundwork/constructs/insight/reachability/reachability";
import { BootRoot } from "../../../../support/boot-root";
import { networkStack } from "../../../../support/cluster";
import { resource, resources } from "../../../../support/fixture";
import { graphOf } from "../../../../support/graph";

function lustreWith(
  props: Partial<LustreFileSystemProps> = {},
  links: Readonly<Record<string, Partial<BucketLink>>> = {},
) {
  const { stack, network } = networkStack();
  const [subnet] = network.subnetsOf("private");
  if (subnet === undefined) throw new Error("a network without subnets");
  const bucket = new Bucket(stack, "Data");
  const files = new LustreFileSystem(stack, "Files", {
    network,
    subnet,
    capacity: Size.gibibytes(1200),
    links: Object.fromEntries(Object.entries(links).map(([path, link]) => [path, { bucket, ...link }])),
    ...props,
  });
  const machine = () => new Instance(stack, "Worker", { network, subnet, instanceType: "t4g.small" });
  return { stack, files, machine };
}

describe("LustreFileSystem", () => {
  test("is scratch storage with compressed data, and protected", () => {
    expect(resource(lustreWith().stack, FsxLustreFileSystem)).toMatchObject({
      storage_capacity: 1200,
      deployment_type: "SCRATCH_2",
      file_system_type_version: "2.15",
      data_compression_type: "LZ4",
      lifecycle: { prevent_destroy: true },
    });
  });

  test("is persistent with a throughput and a key on request", () => {
    const { stack, network } = networkStack();
    const [subnet] = network.subnetsOf("private");
    if (subnet === undefined) throw new Error("a network without subnets");
    new LustreFileSystem(stack, "Files", {
      network,
      subnet,
      capacity: Size.gibibytes(4800),
      type: LustreType.persistent(250),
      encryptionKey: new EncryptionKey(stack, "Key"),
      forceDestroy: true,
      tags: { Team: "research" },
    });
    const created = resource(stack, FsxLustreFileSystem);
    expect(created).toMatchObject({
      deployment_type: "PERSISTENT_2",
      per_unit_storage_throughput: 250,
      kms_key_id: expect.stringContaining("aws_kms_key") as string,
      tags: { Team: "research" },
    });
    expect(created).not.toHaveProperty("lifecycle");
  });

  test("shows the objects of buckets in directories, identified by their paths, and is destroyed after its links", () => {
    const { stack } = lustreWith({}, { "/data": { prefix: "training/" }, "/results": { writeBack: true } });
    expect(resources(stack, FsxDataRepositoryAssociation)).toMatchObject([
      {
        file_system_path: "/data",
        data_repository_path: expect.stringMatching(/^s3:\/\/\$\{aws_s3_bucket[^}]*\}\/training\/$/) as string,
        batch_import_meta_data_on_create: true,
        delete_data_in_filesystem: false,
        s3: { auto_import_policy: { events: ["NEW", "CHANGED", "DELETED"] } },
      },
      { file_system_path: "/results", s3: { auto_export_policy: { events: ["NEW", "CHANGED", "DELETED"] } } },
    ]);
    const graph = graphOf(stack);
    expect(graph.needs("aws_fsx_data_repository_association", "aws_fsx_lustre_file_system")).toBe(true);
  });

  test("is reachable by its clients at the ports of Lustre, in both directions, and by no one else", () => {
    const { stack, files, machine } = lustreWith();
    const worker = machine();
    expect(reachability(stack).from(worker).to(files, Port.tcp(988)).blocked).toBe(true);
    files.allowFrom(worker);
    for (const port of [Port.tcp(988), Port.tcp(1018), Port.tcp(1023)]) {
      expect(reachability(stack).from(worker).to(files, port).passes).toBe(true);
      expect(reachability(stack).from(files).to(worker, port).passes).toBe(true);
    }
    expect(reachability(stack).from(worker).to(files, Port.SSH).blocked).toBe(true);
  });

  test("is mounted before the other steps, and again at every start", async () => {
    const boot = lustreWith().files.mountIn(CloudInit.amazonLinux().with(Steps.run("work", "true")), "/srv/data");
    const text = boot.render().replace(/\$\{TfToken\[[^\]]+\]\}/g, "fs-0123");
    const root = new BootRoot(text, { mountpoint: "exit 1", mount: "" });
    root.write("/etc/fstab", "");
    const { state, log } = await root.boot();
    expect([state, state === "done" ? "" : log]).toEqual(["done", ""]);
    expect(root.read("/etc/fstab")).toMatch(
      /^fs-0123@tcp:\/fs-0123 \S*\/srv\/data lustre relatime,flock,_netdev,nofail 0 0\n$/,
    );
    expect(text).toContain("lustre-client");
  });

  test("rejects mounts on Ubuntu and at other paths", () => {
    const { files } = lustreWith();
    expect(() => files.mountIn(CloudInit.ubuntu(), "/srv")).toViolate(STO010, /lustre-client/);
    expect(() => files.mountIn(CloudInit.amazonLinux(), "/srv/../etc")).toViolate(STO010);
  });

  test.each([1, 1_000, 2_401, 3_600])("rejects %i GiB", (gibibytes) => {
    expect(() => lustreWith({ capacity: Size.gibibytes(gibibytes) })).toViolate(STO014, /multiple of 2400/);
  });

  test("rejects a key for scratch storage", () => {
    const { stack } = networkStack();
    expect(() => lustreWith({ encryptionKey: new EncryptionKey(stack, "Key") })).toViolate(STO014, /persistent/);
  });

  test("rejects links at other paths, in each other, too many, and with other prefixes", () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`/d${n}`, {}]));
    for (const links of [
      { data: {} },
      { "/": {} },
      { "/a": {}, "/a/b": {} },
      many,
      { "/a": { prefix: "x" } },
      { "/a": { prefix: "/x/" } },
    ])
      expect(() => lustreWith({}, links)).toViolate(STO015);
  });
});
