import type { Construct } from "constructs";
import { type CloudInit } from "../../boot/cloud-init";
import { Cidr, isIpv4Address } from "../../core/cidr";
import { isToken } from "../../core/token";
import { type Location, type Violation, Violations } from "../../core/violation";
import type { ISubnet } from "../network/subnet";
import { type BootScript } from "./boot-script";
import type { DataDisk } from "./data-disk";
import type { Disk } from "./disk";
import type { Image } from "./image";
import type { InstanceProps } from "./instance";
import { instanceFacts } from "./instance-facts";
import { architectureOf, isInstanceType } from "./instance-type";
import { CMP001, CMP002, CMP005, CMP006, CMP008, CMP009, CMP010, CMP012 } from "./rules";

/** Addresses at the beginning of a subnet that AWS reserves, and the last one. Source: "Subnet sizing" in the VPC user guide. */
const RESERVED = { first: 4, last: 1 };

/** Rejects, all at once, settings that EC2 would reject in the middle of an apply, or that could not work. */
export function checkInstance(at: Construct, props: InstanceProps, image: Image, rootDisk: Disk): void {
  const { instanceType, dataDisks = {} } = props;
  checkInstanceType(instanceType, at);
  const disks = Object.entries(dataDisks).flatMap(([name, { disk }]) => (disk === undefined ? [] : [{ name, disk }]));
  Violations.throwIfAny([
    ...architectureViolations([instanceType], image, at),
    ...[{ name: "the root disk", disk: rootDisk }, ...disks].flatMap(({ name, disk }) =>
      ceilingViolations(name, disk, instanceType, at),
    ),
    ...dataDiskViolations(dataDisks, at),
    ...spotViolations(props, at),
    ...bootViolations(props, image, at),
    ...addressViolations(props, at),
  ]);
}

/** Rejects a text that is no instance type; returns it unchanged. */
export function checkInstanceType(type: string, at?: Location): string {
  if (isToken(type) || isInstanceType(type)) return type;
  throw CMP001.violation({ at, given: `instance type "${type}"`, fix: "use for example t3.medium" });
}

/** Types that the image is not built for. */
export function architectureViolations(types: readonly string[], image: Image, at?: Location): Violation[] {
  const { architecture } = image;
  if (architecture === undefined) return [];
  return types
    .filter((type) => !isToken(type) && architectureOf(type) !== architecture)
    .map((type) =>
      CMP002.violation({
        at,
        given: `${type} (${architectureOf(type)}) with the image ${image.name} (${architecture})`,
        fix: `use an instance type with ${architecture === "arm64" ? "a Graviton processor, such as t4g.small" : "an Intel or AMD processor, such as t3.small"}, or another image`,
      }),
    );
}

/** A disk whose paid performance the instance type cannot use. */
export function ceilingViolations(name: string, disk: Disk, type: string, at?: Location): Violation[] {
  const facts = instanceFacts(type);
  if (facts === undefined || facts.iops === 0) return [];
  const tooMuch = [
    ...((disk.iops ?? 0) > facts.iops ? [`${disk.iops ?? 0} IOPS`] : []),
    ...((disk.throughput ?? 0) > facts.throughput ? [`${disk.throughput ?? 0} MiB/s`] : []),
  ];
  if (tooMuch.length === 0) return [];
  return [
    CMP005.violation({
      at,
      given: `${tooMuch.join(" and ")} of ${name} at ${type}, which has ${facts.iops} IOPS and ${facts.throughput} MB/s`,
      fix: "use a larger instance type, or less performance",
    }),
  ];
}

function dataDiskViolations(disks: Readonly<Record<string, DataDisk>>, at: Construct): Violation[] {
  const entries = Object.entries(disks);
  const [devices, mounts] = [entries.map(([, { device }]) => device), entries.map(([, { mount }]) => mount)];
  const violation = (given: string, fix: string) => CMP006.violation({ at, given, fix });
  return [
    ...entries
      .filter(([name]) => !/^[a-z][a-z0-9-]{0,19}$/.test(name))
      .map(([name]) =>
        violation(
          `data disk "${name}"`,
          "use up to 20 lower-case letters, digits and hyphens, beginning with a letter",
        ),
      ),
    ...(entries.length > 1 && devices.includes(undefined)
      ? [violation(`${entries.length} data disks without a device each`, 'add device: "f", "g" and so on to each')]
      : []),
    ...repeated(devices).map((device) => violation(`the device "${device}" twice`, "use each letter once")),
    ...repeated(mounts).map((mount) => violation(`the mount point ${mount} twice`, "use each mount point once")),
  ];
}

function spotViolations(props: InstanceProps, at: Construct): Violation[] {
  if (props.purchase?.isSpot !== true) return [];
  return [...spotDataViolations(props, at), ...protectionViolations(props, at)];
}

function spotDataViolations({ purchase, dataDisks = {} }: InstanceProps, at: Construct): Violation[] {
  const names = Object.keys(dataDisks);
  if (names.length === 0 || purchase?.spotOptions?.allowsData === true) return [];
  return [
    CMP008.violation({
      at,
      given: `a spot instance with the data disk ${names.join(", ")}`,
      fix: "use Purchase.onDemand(), or Purchase.spot({ allowsData: true }) for data that a new machine can create again",
    }),
  ];
}

function protectionViolations({ terminationProtection, stopProtection }: InstanceProps, at: Construct): Violation[] {
  if (terminationProtection !== true && stopProtection !== true) return [];
  const given = "a spot instance with termination or stop protection";
  return [CMP009.violation({ at, given, fix: "remove the protection, or use Purchase.onDemand()" })];
}

function bootViolations({ boot, dataDisks = {} }: InstanceProps, image: Image, at: Construct): Violation[] {
  const mounted = Object.entries(dataDisks).find(([, { mount }]) => mount !== undefined);
  const isTyped = boot === undefined ? image.system !== undefined : isCloudInit(boot);
  if (mounted !== undefined && !isTyped)
    return [
      CMP010.violation({
        at,
        given: `the mount point of the data disk ${mounted[0]} with ${boot === undefined ? "an image of an unknown system" : "a script"}`,
        fix: "use CloudInit as the first boot, or mount the disk in the script and omit mount",
      }),
    ];
  return systemViolations(boot, image, at);
}

/** A typed first boot for another system than that of the image. */
export function systemViolations(boot: CloudInit | BootScript | undefined, image: Image, at: Construct): Violation[] {
  if (boot === undefined || !isCloudInit(boot) || image.system === undefined || boot.system === image.system) return [];
  return [
    CMP010.violation({
      at,
      given: `a first boot for ${boot.system} with the image ${image.name}`,
      fix: `use ${image.system === "ubuntu" ? "CloudInit.ubuntu()" : "CloudInit.amazonLinux()"}`,
    }),
  ];
}

/** Whether a first boot is typed and not a script. */
export function isCloudInit(boot: CloudInit | BootScript): boot is CloudInit {
  return "userData" in boot;
}

function addressViolations(props: InstanceProps, at: Construct): Violation[] {
  const { privateAddress, secondaryAddresses = [], subnet, instanceType } = props;
  const all = [...(privateAddress === undefined ? [] : [privateAddress]), ...secondaryAddresses];
  const most = instanceFacts(instanceType)?.addresses;
  return [
    ...hostViolations(all, subnet, at),
    ...(most !== undefined && secondaryAddresses.length + 1 > most
      ? [
          CMP012.violation({
            at,
            given: `${secondaryAddresses.length} secondary addresses at ${instanceType}`,
            fix: `use at most ${most - 1}: an interface of this type has ${most} addresses`,
          }),
        ]
      : []),
  ];
}

/** Addresses that are not free addresses of a subnet, and addresses that are given twice. */
export function hostViolations(addresses: readonly string[], subnet: ISubnet, at: Construct): Violation[] {
  const known = addresses.filter((address) => !isToken(address));
  const block = isToken(subnet.cidr) ? undefined : Cidr.parse(subnet.cidr);
  const last = block === undefined ? undefined : block.size - RESERVED.last - 1;
  const range = block && `${block.address(RESERVED.first)} to ${block.address(last ?? 0)}`;
  return [
    ...known
      .filter((address) => !isHost(address, block))
      .map((address) =>
        CMP012.violation({
          at,
          given: `address "${address}" in ${subnet.cidr}`,
          fix: range === undefined ? "use an IPv4 address of the subnet" : `use an address from ${range}`,
        }),
      ),
    ...repeated(known).map((address) =>
      CMP012.violation({ at, given: `the address ${address} twice`, fix: "use each address once" }),
    ),
  ];
}

function isHost(address: string, block: Cidr | undefined): boolean {
  if (!isIpv4Address(address)) return false;
  if (block === undefined) return true;
  const number = Cidr.parse(`${address}/32`).first;
  return number >= block.first + RESERVED.first && number <= block.last - RESERVED.last;
}

function repeated(texts: readonly (string | undefined)[]): readonly string[] {
  const given = texts.filter((text) => text !== undefined);
  return [...new Set(given.filter((text, index) => given.indexOf(text) !== index))];
}
