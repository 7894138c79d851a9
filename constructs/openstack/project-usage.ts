import { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { isToken } from "../core/token";
import type { FlavorSize } from "./cloud";
import { Instance } from "./compute/instance";
import { type CountedDisk, type CountedKind, countObjects, PREDEFINED_OBJECTS, volumeSizes } from "./counted-objects";

export type { CountedKind };

/** Arguments of machines and volumes, read by name: `instanceof` fails for another copy of the bindings. */
interface ResourceArguments {
  readonly blockDeviceInput?: unknown;
  readonly sizeInput?: number;
}

/** Resources of a tree of constructs. */
export class ProjectUsage {
  private readonly resources: readonly TerraformResource[];
  private readonly machines: readonly Instance[];

  constructor(
    tree: readonly IConstruct[],
    /** Sizes of flavors whose names do not contain them. */
    private readonly flavors: Readonly<Record<string, FlavorSize>>,
  ) {
    this.resources = tree.filter((construct) => TerraformResource.isTerraformResource(construct));
    this.machines = tree.filter((construct) => Instance.isInstance(construct));
  }

  /** Number of objects of a kind, including those that exist in every project. */
  count(kind: CountedKind): number {
    const types = this.resources.map(({ terraformResourceType }) => terraformResourceType);
    return countObjects(kind, types) + (PREDEFINED_OBJECTS[kind] ?? 0);
  }

  /** Sizes in GiB of all volumes: those that machines are created with, and separate ones. */
  get volumes(): readonly number[] {
    return this.resources.flatMap((resource) => {
      const { blockDeviceInput, sizeInput: size } = resource as TerraformResource & ResourceArguments;
      const disks = Array.isArray(blockDeviceInput) ? (blockDeviceInput as readonly CountedDisk[]) : [];
      return volumeSizes(resource.terraformResourceType, { disks, size });
    });
  }

  /** Sizes of the machines whose flavor's size is known. */
  get sizes(): readonly FlavorSize[] {
    return this.machines.map((machine) => this.sizeOf(machine)).filter((size) => size !== undefined);
  }

  /** Names of flavors whose size is not known. */
  get unknownFlavors(): readonly string[] {
    const unknown = this.machines.filter((machine) => this.sizeOf(machine) === undefined).map(({ flavor }) => flavor);
    return [...new Set(unknown)].filter((flavor) => !isToken(flavor));
  }

  private sizeOf({ cloud, flavor }: Instance): FlavorSize | undefined {
    return this.flavors[flavor] ?? cloud.sizeOf(flavor);
  }
}
