import { defined } from "../../../../core/defined";
import type { HelmValues } from "../../../../kubernetes/helm/helm-values";
import type { Region } from "../../../region";
import type { LoadBalancerControllerProps } from "./load-balancer-controller";

/** A container image of a chart. */
export interface ChartImage {
  /** Registry and repository, without a tag. */
  readonly repository: string;
  /** Tag. @default - the tag of the chart */
  readonly tag?: string;
}

/** The image as one text. */
export function referenceOf({ repository, tag }: ChartImage): string {
  return tag === undefined ? repository : `${repository}:${tag}`;
}

/**
 * Accounts of the registries from which clusters in China pull images of AWS; public.ecr.aws is not reachable there reliably.
 * Source: "View Amazon container image registries for Amazon EKS add-ons" in the EKS user guide.
 */
const REGISTRIES: ReadonlyMap<string, string> = new Map([
  ["cn-north-1", "918309763551"],
  ["cn-northwest-1", "961992271922"],
]);

/**
 * Values that depend on the region: the image, and the services that protect load balancers, whose APIs the controller must not
 * call where they do not exist. Source: installation guide of the controller.
 */
export function regionalValues(
  region: Region,
  { image = imageIn(region), protection }: Pick<LoadBalancerControllerProps, "image" | "protection">,
): HelmValues {
  const isChina = region.partition === "aws-cn";
  const { shield, wafClassic, waf } = {
    ...(isChina ? { shield: false, wafClassic: false, waf: false } : {}),
    ...protection,
  };
  return defined({
    image: image && { repository: image.repository, ...defined({ tag: image.tag }) },
    enableShield: shield,
    enableWaf: wafClassic,
    enableWafv2: waf,
  });
}

function imageIn(region: Region): ChartImage | undefined {
  const account = REGISTRIES.get(region.name);
  if (account === undefined) return undefined;
  return { repository: `${account}.dkr.ecr.${region.name}.${region.domain}/amazon/aws-load-balancer-controller` };
}
