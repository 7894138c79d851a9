import { isToken } from "../../../../core/token";
import type { Violation, Location } from "../../../../core/violation";
import type { HelmValues } from "../../../../kubernetes/helm/helm-values";
import { ADD010 } from "../rules";

/** Settings of every Ingress of a class. A field that is set here overrides annotations. */
export interface IngressClassParamsProps {
  /** Scheme of load balancers. @default - as each Ingress specifies */
  readonly scheme?: "internet-facing" | "internal";
  /** CIDR blocks that may connect. @default - as each Ingress specifies */
  readonly inboundCidrs?: readonly string[];
  /** ACM certificates. @default - as each Ingress specifies */
  readonly certificateArns?: readonly string[];
  /** Security policy of TLS listeners. @default - as each Ingress specifies */
  readonly sslPolicy?: string;
  /** Subnets of load balancers, in at least two zones. @default - discovered by their tags */
  readonly subnetIds?: readonly string[];
  /** Target type of load balancers. @default - as each Ingress specifies */
  readonly targetType?: "ip" | "instance";
  /** Tags of resources that the controller creates. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Attributes of load balancers, by their AWS names. @default - as each Ingress specifies */
  readonly loadBalancerAttributes?: Readonly<Record<string, string>>;
  /** Labels of namespaces that may use the class. @default - all namespaces */
  readonly namespaces?: Readonly<Record<string, string>>;
}

/**
 * Defines settings that apply to every Ingress of a class and override its annotations (`IngressClassParams` of the controller).
 *
 * @example IngressClassParams.of({ scheme: "internal", targetType: "ip" }); IngressClassParams.none()
 */
export class IngressClassParams {
  /** No settings: each Ingress specifies its own. */
  static none(): IngressClassParams {
    return new IngressClassParams({});
  }

  /** The given settings. */
  static of(props: IngressClassParamsProps): IngressClassParams {
    return new IngressClassParams(props);
  }

  private constructor(private readonly props: IngressClassParamsProps) {}

  /** The `spec` of the object, for release 2.13.3 and newer. */
  get spec(): HelmValues {
    const { subnetIds, namespaces } = this.props;
    return {
      scheme: this.props.scheme,
      inboundCIDRs: this.props.inboundCidrs,
      certificateArn: this.props.certificateArns,
      sslPolicy: this.props.sslPolicy,
      targetType: this.props.targetType,
      subnets: subnetIds === undefined ? undefined : { ids: subnetIds },
      tags: pairs(this.props.tags),
      loadBalancerAttributes: pairs(this.props.loadBalancerAttributes),
      namespaceSelector: namespaces === undefined ? undefined : { matchLabels: namespaces },
    };
  }

  /** Violations of rule ADD010. */
  violations(at: Location): Violation[] {
    const { inboundCidrs, certificateArns, subnetIds } = this.props;
    const empty = Object.entries({ inboundCidrs, certificateArns, subnetIds })
      .filter(([, list]) => list?.length === 0)
      .map(([name]) => `${name} is empty`);
    const foreign = (certificateArns ?? [])
      .filter((arn) => !isToken(arn) && !/^arn:aws[a-z-]*:acm:/.test(arn))
      .map((arn) => `certificate ${arn}`);
    const single = subnetIds?.length === 1 ? [`one subnet, ${subnetIds.join()}`] : [];
    return [...empty, ...foreign, ...single].map((given) =>
      ADD010.violation({ at, given, fix: "omit it, or use values that the controller accepts" }),
    );
  }
}

function pairs(map: Readonly<Record<string, string>> | undefined): readonly HelmValues[] | undefined {
  return map === undefined ? undefined : Object.entries(map).map(([key, value]) => ({ key, value }));
}
