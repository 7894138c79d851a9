import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defined } from "../../core/defined";
import { Name } from "../../core/name";
import type { Size } from "../../core/size";
import { type Violation, Violations } from "../../core/violation";
import { escaped } from "../escaped";
import { annotationViolations, type Labels, labelViolations } from "../labels";
import { claimName, OBJECT_NAMES } from "../names";
import { quantityOf } from "../quantity";
import { KUB035 } from "./rules";
import type { IStorageClass } from "./storage-class";
import type { AccessMode, VolumeType } from "./volume-type";

/** A claim, created here or existing. */
export interface IClaim {
  /** Name of the claim. */
  readonly claimName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** How many nodes mount the volume. */
  readonly access: AccessMode;
  /** What the volume is. */
  readonly volumes: VolumeType;
  /** Terraform address in the same stack; undefined for an existing claim. */
  readonly fqn?: string;
}

/** Attributes of an existing claim. */
export interface ClaimAttributes {
  /** Name of the claim. */
  readonly name: string;
  /** Kubernetes namespace. @default "default" */
  readonly namespace?: string;
  /** How many nodes mount the volume. @default "ReadWriteOnce" */
  readonly access?: AccessMode;
  /** What the volume is. */
  readonly volumes: VolumeType;
}

/** Properties of {@link Claim}. */
export interface ClaimProps {
  /** Name of the claim. */
  readonly name: string;
  /** Class of the volume: a `StorageClass`, or an existing one. */
  readonly storageClass: IStorageClass;
  /** Size of the volume. It can grow later, but not shrink. EFS and NFS do not enforce it. */
  readonly size: Size;
  /** Namespace of the claim and of the pods that mount it. @default "default" */
  readonly namespace?: string;
  /**
   * How many nodes mount the volume: `ReadWriteOnce`, which every class supports, `ReadWriteOncePod`, `ReadOnlyMany` or
   * `ReadWriteMany`. Changing it replaces the claim.
   * @default "ReadWriteOnce"
   */
  readonly access?: AccessMode;
  /** Whether a destroy deletes the claim with its files; otherwise the plan fails. @default false */
  readonly forceDestroy?: boolean;
  /** Labels of the claim. @default - none */
  readonly labels?: Labels;
  /** Annotations of the claim. @default - none */
  readonly annotations?: Labels;
  /** Resources that are created before the claim and destroyed after it. @default - the storage class */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Defines a volume of a cluster that outlives its pods.
 *
 * Creates a PersistentVolumeClaim; the driver of its class creates the volume, on EBS when the first pod mounts it. Free of charge by
 * itself; the volume costs as its service does.
 *
 * Errors: KUB018, KUB019, KUB035, NAM001, NAM002.
 *
 * @example
 * const files = new Claim(this, "Files", { name: "files", storageClass, size: Size.gibibytes(20), access: "ReadWriteMany" });
 * new WebService(this, "Web", { ...web, volumes: { "/srv/files": VolumeMount.claim(files) } });
 */
export class Claim extends Construct implements IClaim, ITerraformDependable {
  /** An existing claim. */
  static fromName(attributes: ClaimAttributes): IClaim {
    const { name, namespace = "default", access = "ReadWriteOnce", volumes } = attributes;
    return { claimName: name, namespace, access, volumes };
  }

  /** Name of the claim. */
  readonly claimName: string;
  /** Kubernetes namespace. */
  readonly namespace: string;
  /** How many nodes mount the volume. */
  readonly access: AccessMode;
  /** What the volume is. */
  readonly volumes: VolumeType;
  /** For `dependsOn` of pods that mount it. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: ClaimProps) {
    super(scope, id);
    const { name, storageClass, namespace = "default", access = "ReadWriteOnce" } = props;
    Name.check(namespace, OBJECT_NAMES.namespace, this);
    this.claimName = claimName(name, OBJECT_NAMES.claim, namespace, this);
    this.namespace = namespace;
    this.access = access;
    this.volumes = storageClass.volumes;
    this.check(props);
    const { fqn } = storageClass;
    const dependsOn = [...(fqn === undefined ? [] : [{ fqn }]), ...(props.dependsOn ?? [])];
    const resource = new PersistentVolumeClaimV1(this, "Resource", {
      ...escaped({
        metadata: { name, namespace, ...defined({ labels: props.labels, annotations: props.annotations }) },
        spec: {
          accessModes: [access],
          storageClassName: storageClass.className,
          resources: { requests: { storage: quantityOf(props.size) } },
        },
      }),
      // On EBS the volume is created only when a pod mounts it.
      waitUntilBound: false,
      ...defined({ lifecycle: props.forceDestroy === true ? undefined : { preventDestroy: true } }),
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    });
    this.node.defaultChild = resource;
    this.fqn = resource.fqn;
  }

  private check({ labels = {}, annotations = {}, size }: ClaimProps): void {
    Violations.throwIfAny([
      ...labelViolations(labels, this),
      ...annotationViolations(annotations, this),
      ...this.accessViolations(),
      ...this.sizeViolations(size),
    ]);
  }

  private accessViolations(): Violation[] {
    if (this.volumes.isShared || this.access === "ReadWriteOnce" || this.access === "ReadWriteOncePod") return [];
    return [
      KUB035.violation({
        at: this,
        given: `${this.access} on EBS`,
        fix: "use ReadWriteOnce, or a class with VolumeType.efs or VolumeType.nfs",
      }),
    ];
  }

  /** Source: "General Purpose SSD volumes" in the Amazon EBS user guide. The driver rounds up to whole GiB. */
  private sizeViolations(size: Size): Violation[] {
    if (this.volumes.isShared || size.toMebibytes() <= 65_536 * 1024) return [];
    return [KUB035.violation({ at: this, given: `${size.toString()} on EBS`, fix: "use at most 64 TiB, or EFS" })];
  }
}
