import { Cidr } from "../../../core/cidr";
import { isToken } from "../../../core/token";
import type { Unknown } from "../model/certainty";
import type { Element } from "./element";
import type { Elements } from "./elements";

/** A block or an address that an argument names; unknown where only Terraform will know it. */
export function blockOf(elements: Elements, from: Element, text: string | undefined): Cidr | Unknown {
  const value = elements.valueOf(from, text);
  if (value === undefined || isToken(value))
    return { unknown: `the addresses of ${from.path} are known at apply only` };
  return Cidr.parse(value.includes("/") ? value : `${value}/32`, from.construct);
}

/** Every address. */
export const EVERYWHERE = Cidr.parse("0.0.0.0/0");
