const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The site is deployed</title>
<p>This site is deployed. The first run of its pipeline publishes its pages.</p>
</html>
`;

/**
 * Defines the initial content of a site. The pages themselves are deployed by a pipeline: `aws s3 sync` uploads only changed files,
 * sets content types, and needs no Terraform run.
 *
 * @example Content.page("<!doctype html><title>Soon</title>")
 */
export class Content {
  /** One page, which Terraform writes once; afterwards the pipeline owns it. */
  static page(html: string = PAGE): Content {
    return new Content(html);
  }

  /** Nothing: every path returns an error until the pipeline has run. */
  static none(): Content {
    return new Content(undefined);
  }

  private constructor(
    /** Text of the page. */
    readonly html: string | undefined,
  ) {}
}
