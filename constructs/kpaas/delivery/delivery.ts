import { detectSecret } from "../../boot/detect-secret";
import { Name } from "../../core/name";
import { isSingleLine } from "../../core/quoting/characters";
import { type Violation, Violations } from "../../core/violation";
import type { Pipeline } from "../../gitlab/pipeline/pipeline";
import { OBJECT_NAMES } from "../../kubernetes/names";
import { KPS032, KPS033, KPS034 } from "../rules";
import { checkImage, checkNodePort } from "../workload/workload-values";
import { clickList } from "./click-list";
import { deliveryPipeline } from "./delivery-pipeline";
import { ImageTag } from "./image-tag";
import { Trigger } from "./trigger";

/** Jobs of a delivery, in their order. */
export const JOB_KINDS = ["build", "static-analysis", "test", "deploy"] as const;

/** Kind of a job of the delivery pipeline. */
export type JobKind = (typeof JOB_KINDS)[number];

/** Target of a delivery. */
export interface DeliveryTarget {
  /** Name of the cluster in the pipeline's pages ("Kubernetes information"). */
  readonly cluster: string;
  /** Port of every node on which the application responds, 30000 to 32767. */
  readonly nodePort: number;
  /** Namespace. @default "default", the only namespace without a network policy of Kyverno */
  readonly namespace?: string;
  /** Number of pods. @default 1 */
  readonly replicas?: number;
  /** Port on which the application listens. @default 8080 */
  readonly containerPort?: number;
}

/** Properties of a delivery. */
export interface DeliveryProps {
  /** Name of the application: of its Gradle project, its image and its Deployment. */
  readonly application: string;
  /** Source repository: an https URL without a user, and a branch. */
  readonly repository: { readonly url: string; readonly branch: string };
  /** Host of Harbor, such as `harbor.203.0.113.11.nip.io`, and the project for the images. */
  readonly registry: { readonly host: string; readonly project: string };
  /** Cluster and node port of the application. */
  readonly target: DeliveryTarget;
  /** Tags of the images; no tag is used twice, and none is `latest`. @default - the short id of the commit */
  readonly tag?: ImageTag;
  /** Trigger of each job. @default - a change of the branch starts the build, success of the previous job each other job */
  readonly triggers?: Partial<Readonly<Record<JobKind, Trigger>>>;
  /** Quality profile and quality gate of SonarQube. @default - the built-in "Sonar way" */
  readonly quality?: { readonly profile: string; readonly gate: string };
  /** Base image for a repository without a Dockerfile. @default "eclipse-temurin:17-jre" */
  readonly baseImage?: string;
}

/**
 * Defines the delivery of an application from its repository to a K-PaaS cluster: build with Gradle, static analysis, JUnit tests,
 * deployment. A value type with two representations: a GitLab pipeline, and a list of clicks for the pages of the portal's pipeline,
 * which has no documented API.
 *
 * @example
 * const delivery = Delivery.of({ application: "spring-music", repository, registry, target: { cluster: "lab", nodePort: 30088 } });
 * delivery.pipeline.render();
 * delivery.clickList;
 */
export class Delivery {
  /** The delivery of an application. */
  static of(props: DeliveryProps): Delivery {
    return new Delivery(props);
  }

  /** Name of the application. */
  readonly application: string;
  /** Repository with the sources. */
  readonly repository: DeliveryProps["repository"];
  /** Registry of the images. */
  readonly registry: DeliveryProps["registry"];
  /** Where the application runs. */
  readonly target: Required<DeliveryTarget>;
  /** Tag of the images. */
  readonly tag: ImageTag;
  /** Events that start the pipeline. */
  readonly triggers: Readonly<Record<JobKind, Trigger>>;
  /** Quality gate; undefined for none. */
  readonly quality: Required<DeliveryProps>["quality"];
  /** Image on which the application's image is built. */
  readonly baseImage: string;

  private constructor(props: DeliveryProps) {
    this.application = Name.check(props.application, OBJECT_NAMES.service, "delivery");
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
    Name.check(this.target.namespace, OBJECT_NAMES.namespace, "delivery: namespace");
    checkNodePort(this.target.nodePort, "delivery");
    checkImage(this.baseImage, "delivery: base image");
    Violations.throwIfAny([
      ...this.repositoryViolations(),
      ...this.registryViolations(),
      ...this.textViolations(),
      ...this.triggerViolations(),
    ]);
  }

  /** Name of the images, without a tag. */
  get image(): string {
    return `${this.registry.host}/${this.registry.project}/${this.application}`;
  }

  /** The four jobs as a GitLab pipeline. */
  get pipeline(): Pipeline {
    return deliveryPipeline(this);
  }

  /** The four jobs as Markdown instructions for the portal's pages. */
  get clickList(): string {
    return clickList(this);
  }

  private repositoryViolations(): Violation[] {
    const { url, branch } = this.repository;
    const isPlain = /^https:\/\/[\w.-]+(:\d+)?(\/[\w.-]+)+$/.test(url) && detectSecret(url) === undefined;
    if (isPlain && /^[\w.-]+(\/[\w.-]+)*$/.test(branch)) return [];
    const given = isPlain ? `branch "${branch}"` : "an address that is not plain https";
    return [
      KPS033.violation({
        at: "delivery",
        given,
        fix: "use a URL such as https://github.com/group/name and a branch such as main",
      }),
    ];
  }

  private registryViolations(): Violation[] {
    const { host, project } = this.registry;
    const isHost = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:\d{1,5})?$/i.test(host);
    if (isHost && /^[a-z0-9]+([._-]{1,2}[a-z0-9]+)*(\/[a-z0-9]+([._-]{1,2}[a-z0-9]+)*)*$/.test(project)) return [];
    return [
      KPS034.violation({
        at: "delivery: registry",
        given: JSON.stringify(isHost ? project.slice(0, 100) : host.slice(0, 100)),
        fix: "use a host such as harbor.example.com and a project such as lab",
      }),
    ];
  }

  /** Names that a person compares with those on a page. */
  private textViolations(): Violation[] {
    const { cluster } = this.target;
    const names = { cluster, "quality profile": this.quality.profile, "quality gate": this.quality.gate };
    return Object.entries(names)
      .filter(([, name]) => name.trim() === "" || name.length > 255 || !isSingleLine(name))
      .map(([subject, name]) =>
        KPS034.violation({
          at: `delivery: ${subject}`,
          given: JSON.stringify(name.slice(0, 100)),
          fix: "use the name on the page, on one line",
        }),
      );
  }

  private triggerViolations(): Violation[] {
    return JOB_KINDS.filter((kind, at) => this.triggers[kind].kind === (at === 0 ? "previous" : "change")).map((kind) =>
      KPS032.violation({
        at: `delivery: ${kind}`,
        given: this.triggers[kind].description,
        fix: `use Trigger.${kind === "build" ? "onChange" : "afterPrevious"}() or Trigger.manual()`,
      }),
    );
  }
}
