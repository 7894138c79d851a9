/** The beginning of a page without markup: enough to recognize it. */
export function pageSummary(html: string): string {
  const text = html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return `“${text.slice(0, 40).trim()}”`;
}

/** A bucket policy as one line: effect, principal, actions, and parts of the bucket. */
export function policySummary(policy: string, bucket: string): string {
  const { Statement = [] } = JSON.parse(policy) as { Statement?: readonly Readonly<Record<string, unknown>>[] };
  return Statement.map(({ Effect, Principal, Action, Resource, Condition }) => {
    const principal = Principal === "*" ? "everyone" : JSON.stringify(Principal);
    const parts = [Resource].flat().map((resource) => String(resource).replace(`arn:aws:s3:::${bucket}`, "") || "/");
    const condition = Condition === undefined ? "" : " if …";
    return `${String(Effect)} ${principal} ${[Action].flat().join(", ")} on ${parts.join(", ")}${condition}`;
  }).join("; ");
}
