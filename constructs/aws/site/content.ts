const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>It stands</title>
<p>This site stands. Its pages come with the first run of its pipeline.</p>
</html>
`;

/**
 * Defines what a new site answers with. The pages themselves come from a pipeline: `aws s3 sync` knows what has changed,
 * sets types, and needs no Terraform run for a corrected comma.
 *
 * @example Content.page("<!doctype html><title>Soon</title>")
 */
export class Content {
  /** One page, which Terraform writes once and leaves to the pipeline from then on. */
  static page(html: string = PAGE): Content {
    return new Content(html);
  }

  /** Nothing: every path is missing until the pipeline has run. */
  static none(): Content {
    return new Content(undefined);
  }

  private constructor(readonly html: string | undefined) {}
}
