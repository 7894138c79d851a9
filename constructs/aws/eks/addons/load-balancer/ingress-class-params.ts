import { isToken } from "../../../../core/token";
import type { Violation, Place } from "../../../../core/violation";
import type { HelmValues } from "../../../../kubernetes/helm/helm-values";
import { ADD010 } from "../rules";

/** What every ingress of a class has to put up with. A field that is set here wins over annotations. */
export interface IngressClassParamsProps {
  /** Who reaches load balancers. @default - what each ingress says */
  readonly scheme?: "internet-facing" | "internal";
  /** Blocks that may connect. @default - what each ingress says */
  readonly inboundCidrs?: readonly string[];
  /** Certificates of ACM. @default - what each ingress says */
  readonly certificateArns?: readonly string[];
  /** Policy of TLS listeners. @default - what each ingress says */
  readonly sslPolicy?: string;
  /** Subnets of load balancers, in two zones at least. @default - found by their tags */
  readonly subnetIds?: readonly string[];
  /** What load balancers send requests to. @default - what each ingress says */
  readonly targetType?: "ip" | "instance";
  /** Tags of what the controller makes. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Attributes of load balancers, by AWS's names. @default - what each ingress says */
  readonly loadBalancerAttributes?: Readonly<Record<string, string>>;
  /** Labels of namespaces that may use the class. @default - all may */
  readonly namespaces?: Readonly<Record<string, string>>;
}

/**
 * Defines what holds for every ingress of a class, whatever the ingress says (`IngressClassParams` of the controller).
 *
 * @example IngressClassParams.of({ scheme: "internal", targetType: "ip" }); IngressClassParams.none()
 */
export class IngressClassParams {
  /** Each ingress says for itself. */
  static none(): IngressClassParams {
    return new IngressClassParams({});
  }

  /** Some things are the class's to say. */
  static of(props: IngressClassParamsProps): IngressClassParams {
    return new IngressClassParams(props);
  }

  private constructor(private readonly props: IngressClassParamsProps) {}

  /** The `spec` of the object, as release 2.13.3 and newer read it. */
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

  /** What is wrong with it. */
  violations(at: Place): Violation[] {
    const { inboundCidrs, certificateArns, subnetIds } = this.props;
    const empty = Object.entries({ inboundCidrs, certificateArns, subnetIds })
      .filter(([, list]) => list?.length === 0)
      .map(([name]) => `${name} is empty`);
    const strangers = (certificateArns ?? [])
      .filter((arn) => !isToken(arn) && !/^arn:aws[a-z-]*:acm:/.test(arn))
      .map((arn) => `certificate ${arn}`);
    const alone = subnetIds?.length === 1 ? [`one subnet, ${subnetIds.join()}`] : [];
    return [...empty, ...strangers, ...alone].map((given) =>
      ADD010.violation({ at, given, fix: "leave it out, or give what the controller takes" }),
    );
  }
}

function pairs(map: Readonly<Record<string, string>> | undefined): readonly HelmValues[] | undefined {
  return map === undefined ? undefined : Object.entries(map).map(([key, value]) => ({ key, value }));
}
