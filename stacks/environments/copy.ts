import { Cidr } from "@groundwork/constructs/core";
import { type Data, leavesOf, type Located, membersAt, type Path, textAt } from "./checks/data";
import { accountNames } from "./checks/names";

/** What a copy of an environment has of its own. */
export interface CopyProps {
  /** Name of the new environment. */
  readonly name: string;
  /** Account of the new environment. @default - that of the source */
  readonly account?: string | undefined;
  /** Bucket of the states. @default - that of the source, in which each environment has its own keys */
  readonly bucket?: string | undefined;
  /** The data of all existing environments, whose blocks are not used again. */
  readonly existing: readonly Data[];
}

/** Blocks that the default settings of EKS, Docker and Kubernetes installers use inside machines and clusters. */
const RESERVED = ["10.96.0.0/12", "10.233.0.0/16", "172.17.0.0/16", "172.20.0.0/16"].map((text) => Cidr.parse(text));

/** Sections whose addresses belong to one network each. */
const SECTIONS: readonly Path[] = [["eks"], ["gitlab"], ["nhn"], ["openstack"]];

/**
 * The values in which a copy of an environment differs from its source, by their keys: names that are unique in an account or in DNS,
 * blocks that overlap with no other environment, and the account.
 */
export function copiedValues(data: Data, props: CopyProps): ReadonlyMap<string, string> {
  const changes = [
    ...renamed(data, textAt(data, ["name"]) ?? "", props.name),
    ...readdressed(data, props.existing),
    ...inBucket(data, props.bucket),
    [["name"], props.name] as const,
  ];
  const values = new Map(changes.map(([path, text]) => [path.join("."), text]));
  for (const [key, text] of inAccount(data, props.account, values)) values.set(key, text);
  return new Map([...values].filter(([key, text]) => textAt(data, key.split(".")) !== text));
}

/** Every text with the account, such as ARNs; of a text that has changed, its new value. */
function inAccount(
  data: Data,
  account: string | undefined,
  changed: ReadonlyMap<string, string>,
): readonly (readonly [key: string, text: string])[] {
  const source = textAt(data, ["aws", "account"]);
  if (source === undefined || account === undefined) return [];
  return textsOf(data)
    .map(({ path, value }) => [path.join("."), changed.get(path.join(".")) ?? value] as const)
    .filter(([, text]) => text.includes(source))
    .map(([key, text]) => [key, text.replaceAll(source, account)]);
}

function inBucket(data: Data, bucket: string | undefined): readonly Change[] {
  const path = ["backend", "bucket"];
  return bucket === undefined || textAt(data, path) === undefined ? [] : [[path, bucket]];
}

function textsOf(data: Data): readonly Located<string>[] {
  return leavesOf(data).filter((leaf): leaf is Located<string> => typeof leaf.value === "string");
}

type Change = readonly [path: Path, text: string];

/** Names that two environments of one account cannot share, and the values that refer to them. */
function renamed(data: Data, source: string, name: string): readonly Change[] {
  const names = new Map(accountNames(data).map((one) => [one.value, nameFor(one.value, source, name)]));
  return textsOf(data).flatMap(({ path, value }): readonly Change[] => {
    const replacement = names.get(value) ?? (isOwnName(path) ? nameFor(value, source, name) : undefined);
    if (path.includes("names")) return [[path, `${name}-${value}`]];
    if (path.join(".") === "gitlab.server.url") return [[path, value.replace("://", `://${name}-`)]];
    return replacement === undefined ? [] : [[path, replacement]];
  });
}

/** Key pairs are unique in a project of OpenStack. */
function isOwnName(path: Path): boolean {
  return path.slice(-2).join(".") === "keyPair.name";
}

/** `production/frontend` becomes `staging/frontend`, and `eks` becomes `eks-staging`. */
function nameFor(value: string, source: string, name: string): string {
  return value.includes(source) ? value.replaceAll(source, name) : `${value}-${name}`;
}

/** The addresses of every section, moved into blocks that no environment uses. */
function readdressed(data: Data, existing: readonly Data[]): readonly Change[] {
  const used = [...RESERVED, ...existing.flatMap((one) => leavesOf(one).flatMap(({ value }) => networkOf(value)))];
  const sections = [...SECTIONS, ...membersAt(data, ["clusters"]).map(({ path }) => path)];
  return sections.flatMap((section) => {
    const leaves = leavesOf(data).filter(({ path }) => section.every((key, index) => path[index] === key));
    return leaves
      .filter(({ path }) => path.at(-2) === "network" && path.at(-1) === "cidr")
      .flatMap(({ value }) => networkOf(value))
      .flatMap((block) => {
        const free = freeBlock(block.prefix, used);
        used.push(free);
        return leaves.flatMap((leaf): readonly Change[] => {
          const moved = typeof leaf.value === "string" ? movedText(leaf.value, block, free) : undefined;
          return moved === undefined ? [] : [[leaf.path, moved]];
        });
      });
  });
}

function networkOf(value: unknown): readonly Cidr[] {
  if (typeof value !== "string" || !/^(10|172|192\.168)\.[\d.]+\/(1[6-9]|2\d)$/.test(value)) return [];
  return [Cidr.parse(value)];
}

/** The first free block of a size in 10.0.0.0/8. */
function freeBlock(prefix: number, used: readonly Cidr[]): Cidr {
  const space = Cidr.parse("10.0.0.0/8");
  for (let index = 0; index < 2 ** (prefix - space.prefix); index++) {
    const block = space.part(prefix, index);
    if (!used.some((other) => other.overlaps(block))) return block;
  }
  throw new Error(`10.0.0.0/8 has no free block of the size /${prefix}; write the blocks by hand`);
}

/** A text with every address of one block moved into another; undefined for a text without such an address. */
function movedText(text: string, from: Cidr, to: Cidr): string | undefined {
  if (!/^\d+\.\d+\.\d+\.\d+(\/\d+|-\d+\.\d+\.\d+\.\d+)?$/.test(text)) return undefined;
  const distance = numberOf(to.address(0)) - numberOf(from.address(0));
  const moved = text.replace(/\d+\.\d+\.\d+\.\d+/g, (address) =>
    Cidr.containing(numberOf(address), from.prefix).overlaps(from) ? addressOf(numberOf(address) + distance) : address,
  );
  return moved === text ? undefined : moved;
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
