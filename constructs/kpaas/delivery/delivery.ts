import { secretLook } from "../../boot/secret-look";
import { Name } from "../../core/name";
import type { Violation } from "../../core/violation";
import { Violations } from "../../core/violation";
import type { Pipeline } from "../../gitlab/pipeline/pipeline";
import { OBJECT_NAME } from "../../kubernetes/names";
import { KPS032, KPS033 } from "../rules";
import { checkNodePort } from "../workload-values";
import { clickList } from "./click-list";
import { deliveryPipeline } from "./delivery-pipeline";
import { ImageTag } from "./image-tag";
import { Trigger } from "./trigger";

/** What a job of a delivery does, in their order. */
export const JOB_KINDS = ["build", "static-analysis", "test", "deploy"] as const;

export type JobKind = (typeof JOB_KINDS)[number];

/** Where a delivery ends. */
export interface DeliveryTarget {
  /** Name under which the pipeline's pages know the cluster ("Kubernetes information"). */
  readonly cluster: string;
  /** Port of every node at which the application answers, 30000 to 32767. */
  readonly nodePort: number;
  /** @default "default", the only one without the network policy that Kyverno gives to namespaces */
  readonly namespace?: string;
  /** @default 1 */
  readonly replicas?: number;
  /** Where the application listens. @default 8080 */
  readonly containerPort?: number;
}

/** What a delivery is. */
export interface DeliveryProps {
  /** Name of the application: of its Gradle project, its image and its Deployment. */
  readonly application: string;
  /** Where its source is. */
  readonly repository: { readonly url: string; readonly branch: string };
  /** Harbor's host, such as `harbor.203.0.113.11.nip.io`, and the project in it that takes the images. */
  readonly registry: { readonly host: string; readonly project: string };
  readonly target: DeliveryTarget;
  /** Rule by which images are tagged. @default - the short id of the commit */
  readonly tag?: ImageTag;
  /** What starts each job. @default - a change starts the first, the good end of the one before it every other */
  readonly triggers?: Partial<Readonly<Record<JobKind, Trigger>>>;
  /** By what SonarQube judges. @default - its own, "Sonar way" */
  readonly quality?: { readonly profile: string; readonly gate: string };
  /** Image that the application runs in when its repository has no Dockerfile. @default "eclipse-temurin:17-jre" */
  readonly baseImage?: string;
}

/**
 * Defines how an application comes from its repository into a cluster of K-PaaS: build by Gradle, static analysis, test by JUnit,
 * deployment. A value, said once and written out in two ways: as a pipeline of GitLab's, and as a list of clicks for the pages of the
 * portal's pipeline, which have no interface that anybody has documented.
 *
 * @example
 * const delivery = Delivery.of({ application: "spring-music", repository, registry, target: { cluster: "lab", nodePort: 30088 } });
 * delivery.pipeline.render();
 * delivery.clickList;
 */
export class Delivery {
  static of(props: DeliveryProps): Delivery {
    return new Delivery(props);
  }

  readonly application: string;
  readonly repository: DeliveryProps["repository"];
  readonly registry: DeliveryProps["registry"];
  readonly target: Required<DeliveryTarget>;
  readonly tag: ImageTag;
  readonly triggers: Readonly<Record<JobKind, Trigger>>;
  readonly quality: Required<DeliveryProps>["quality"];
  readonly baseImage: string;

  private constructor(props: DeliveryProps) {
    this.application = Name.check(props.application, OBJECT_NAME, "delivery");
    this.repository = props.repository;
    this.registry = props.registry;
    this.target = { namespace: "default", replicas: 1, containerPort: 8080, ...props.target };
    this.tag = props.tag ?? ImageTag.ofCommit();
    this.triggers = {
      build: Trigger.onChange(),
      "static-analysis": Trigger.afterPrevious(),
      test: Trigger.afterPrevious(),
      deploy: Trigger.afterPrevious(),
      ...props.triggers,
    };
    this.quality = props.quality ?? { profile: "Sonar way", gate: "Sonar way" };
    this.baseImage = props.baseImage ?? "eclipse-temurin:17-jre";
    checkNodePort(this.target.nodePort, "delivery");
    Violations.throwIfAny([...this.repositoryViolations(), ...this.triggerViolations()]);
  }

  /** Images of the application, without their tag. */
  get image(): string {
    return `${this.registry.host}/${this.registry.project}/${this.application}`;
  }

  /** The four jobs as GitLab runs them. */
  get pipeline(): Pipeline {
    return deliveryPipeline(this);
  }

  /** The four jobs as a person enters them. */
  get clickList(): string {
    return clickList(this);
  }

  private repositoryViolations(): Violation[] {
    const { url, branch } = this.repository;
    const fine = /^https:\/\/[\w.-]+(:\d+)?(\/[\w.-]+)+$/.test(url) && secretLook(url) === undefined;
    if (fine && /^[\w.-]+(\/[\w.-]+)*$/.test(branch)) return [];
    const given = fine ? `branch "${branch}"` : "an address that is not plain https";
    return [
      KPS033.violation({ at: "delivery", given, fix: "write it such as https://github.com/group/name and main" }),
    ];
  }

  private triggerViolations(): Violation[] {
    return JOB_KINDS.filter((kind, at) => this.triggers[kind].kind === (at === 0 ? "previous" : "change")).map((kind) =>
      KPS032.violation({
        at: `delivery: ${kind}`,
        given: this.triggers[kind].words,
        fix: `say Trigger.${kind === "build" ? "onChange" : "afterPrevious"}() or Trigger.byHand()`,
      }),
    );
  }
}
