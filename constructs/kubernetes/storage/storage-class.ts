import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { isToken } from "../../core/token";
import { type Violation, Violations } from "../../core/violation";
import { escaped } from "../escaped";
import { claimName, OBJECT_NAMES } from "../names";
import { KUB034 } from "./rules";
import type { VolumeType } from "./volume-type";

/** A storage class, created here or existing. */
export interface IStorageClass {
  /** Name of the storage class. */
  readonly className: string;
  /** What its volumes are. */
  readonly volumes: VolumeType;
  /** Terraform address in the same stack; undefined for an existing class. */
  readonly fqn?: string;
}

/** Nodes of a cluster, such as a `NodeGroup` of EKS. */
export interface INodesInZones {
  /** Names of the zones in which they run, such as `ap-northeast-2a`. */
  readonly zoneNames: readonly string[];
}

/** Attributes of an existing storage class. */
export interface StorageClassAttributes {
  /** Name of the storage class. */
  readonly name: string;
  /** What its volumes are. */
  readonly volumes: VolumeType;
}

/** Properties of {@link StorageClass}. */
export interface StorageClassProps {
  /** Name of the storage class. */
  readonly name: string;
  /** What its volumes are: `VolumeType.ebsGp3(...)`, `VolumeType.efs(...)`, `VolumeType.nfs()`. */
  readonly volumes: VolumeType;
  /** Whether the volume remains when its claim is deleted. @default - it is deleted; a `Claim` is protected by itself */
  readonly keepVolumes?: boolean;
  /** Whether claims without a class use this one. @default false */
  readonly isDefault?: boolean;
  /** Nodes of the cluster, to compare their zones with those of the volumes. @default - the zones are not compared */
  readonly nodes?: readonly INodesInZones[];
  /** Resources that are created before the class and destroyed after it. @default - the add-on of its driver, in the same stack */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a kind of volume that the claims of a cluster can have.
 *
 * Creates the storage class. Free of charge; each volume costs as its service does.
 *
 * Errors: KUB032 to KUB034, NAM001, NAM002.
 *
 * @example
 * const disks = new StorageClass(this, "Disks", { name: "gp3", volumes: VolumeType.ebsGp3({ driver: CsiDriver.addon(ebsCsi) }) });
 * new Claim(this, "Data", { name: "data", storageClass: disks, size: Size.gibibytes(20) });
 */
export class StorageClass extends Construct implements IStorageClass, ITerraformDependable {
  /** An existing class, such as `cp-storageclass` of K-PaaS. */
  static fromName({ name, volumes }: StorageClassAttributes): IStorageClass {
    return { className: name, volumes };
  }

  /** Name of the storage class. */
  readonly className: string;
  /** What its volumes are. */
  readonly volumes: VolumeType;
  /** For `dependsOn` of claims. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: StorageClassProps) {
    super(scope, id);
    const { name, volumes, keepVolumes = false, isDefault = false } = props;
    this.className = claimName(name, OBJECT_NAMES.storageClass, "", this);
    this.volumes = volumes;
    Violations.throwIfAny([...volumes.violations(this), ...this.zoneViolations(props)]);
    const dependsOn = [...this.driverInStack(), ...(props.dependsOn ?? [])];
    const resource = new StorageClassV1(this, "Resource", {
      ...escaped({
        metadata: {
          name,
          ...defined({
            annotations: isDefault ? { "storageclass.kubernetes.io/is-default-class": "true" } : undefined,
          }),
        },
        ...volumes.render(),
      }),
      reclaimPolicy: keepVolumes ? "Retain" : "Delete",
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    });
    this.node.defaultChild = resource;
    this.fqn = resource.fqn;
  }

  /** The add-on, if this stack creates it: it is destroyed after the volumes that it deletes. */
  private driverInStack(): readonly ITerraformDependable[] {
    const addon = this.volumes.driver?.addonOfApp;
    return addon !== undefined && TerraformStack.of(addon) === TerraformStack.of(this) ? [addon] : [];
  }

  private zoneViolations({ volumes, nodes }: StorageClassProps): Violation[] {
    const { zones = [] } = volumes;
    const found = nodes?.flatMap(({ zoneNames }) => zoneNames);
    const empty = volumes.zones !== undefined && zones.length === 0;
    const without =
      found === undefined || found.some(isToken) ? [] : zones.filter((zone) => !isToken(zone) && !found.includes(zone));
    return [
      ...(empty ? [KUB034.violation({ at: this, given: "no zone", fix: "omit zones, or list at least one" })] : []),
      ...without.map((zone) =>
        KUB034.violation({
          at: this,
          given: `zone ${zone}, nodes in ${[...new Set(found)].sort().join(", ") || "no zone"}`,
          fix: "list zones with nodes, or omit zones",
        }),
      ),
    ];
  }
}
