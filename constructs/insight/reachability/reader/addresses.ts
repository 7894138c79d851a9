import { Cidr } from "../../../core/cidr";
import { isExpression } from "../../../core/token";
import type { Unknown } from "../model/certainty";
import type { Element } from "./element";
import type { Elements } from "./elements";

/** The address block, or the single address, in an argument; unknown where it is known only after apply. */
export function blockOf(elements: Elements, from: Element, text: string | undefined): Cidr | Unknown {
  const value = elements.valueOf(from, text);
  if (value === undefined || isExpression(value))
    return { unknown: `the addresses of ${from.path} are known only after apply` };
  return Cidr.parse(value.includes("/") ? value : `${value}/32`, from.construct);
}

/** All addresses. */
export const EVERYWHERE = Cidr.parse("0.0.0.0/0");
