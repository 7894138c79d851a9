/** A change that a plan contains. */
export interface PlannedChange {
  /** Address of a resource, or `output.<name>`. */
  readonly address: string;
  /** Such as `aws_vpc`; empty for an output. */
  readonly type: string;
  /** Such as `["update"]` or `["delete", "create"]`. */
  readonly actions: readonly string[];
  /** Arguments that differ, without their values, which may be secret. */
  readonly attributes: readonly string[];
}

/** The fields of `terraform show -json <plan>` that are used here. */
interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Pick<Change, "actions">>>;
}

interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: Change;
}

interface Change {
  readonly actions: readonly string[];
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
  readonly after_unknown?: Readonly<Record<string, unknown>> | boolean;
}

/** The changes of resources and outputs in a plan, as `terraform show -json` prints it. */
export function plannedChanges(text: string): readonly PlannedChange[] {
  const { resource_changes: resources = [], output_changes: outputs = {} } = JSON.parse(text) as Plan;
  return [
    ...resources.map(({ address, type, change }) => ({
      address,
      type,
      actions: change.actions,
      attributes: differing(change),
    })),
    ...Object.entries(outputs).map(([name, { actions }]) => ({
      address: `output.${name}`,
      type: "",
      actions,
      attributes: [],
    })),
  ].filter(({ actions }) => actions.some((action) => action !== "no-op" && action !== "read"));
}

/** Arguments that an update or a replacement changes. */
function differing({ before, after, after_unknown: unknown = {} }: Change): readonly string[] {
  if (!before || !after) return [];
  const isUnknown = (name: string) => {
    const value = typeof unknown === "boolean" ? unknown : unknown[name];
    return value !== undefined && value !== false && JSON.stringify(value).includes("true");
  };
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => isUnknown(name) || JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}
