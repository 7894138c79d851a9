/**
 * Defines the edge locations that serve a site: fewer locations cost less per gigabyte and have a higher latency elsewhere.
 *
 * @example PriceClass.everywhere()
 */
export class PriceClass {
  /** North America and Europe. */
  static northAmericaAndEurope(): PriceClass {
    return new PriceClass("PriceClass_100");
  }

  /** In addition most of Asia, the Middle East and Africa: all except South America, Australia and New Zealand. */
  static withAsia(): PriceClass {
    return new PriceClass("PriceClass_200");
  }

  /** All edge locations. */
  static everywhere(): PriceClass {
    return new PriceClass("PriceClass_All");
  }

  private constructor(
    /** Name of the price class on CloudFront. */
    readonly value: "PriceClass_100" | "PriceClass_200" | "PriceClass_All",
  ) {}
}
