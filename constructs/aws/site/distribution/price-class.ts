/**
 * Defines from where on earth a site is served: fewer places cost less by the gigabyte, and are further away for the rest.
 *
 * @example PriceClass.everywhere()
 */
export class PriceClass {
  /** North America and Europe. */
  static northAmericaAndEurope(): PriceClass {
    return new PriceClass("PriceClass_100");
  }

  /** Those and most of Asia, the Middle East and Africa: all but South America, Australia and New Zealand. */
  static withAsia(): PriceClass {
    return new PriceClass("PriceClass_200");
  }

  /** Every place that CloudFront has. */
  static everywhere(): PriceClass {
    return new PriceClass("PriceClass_All");
  }

  private constructor(readonly value: "PriceClass_100" | "PriceClass_200" | "PriceClass_All") {}
}
