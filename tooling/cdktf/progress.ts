/** A change of a resource that Terraform reports: a completed one, or a destruction that begins. */
export interface ResourceEvent {
  readonly stack: string;
  /** Terraform's type, such as `aws_vpc`. */
  readonly type: string;
  /** The construct's path within its stack, such as `Network/private/a`. */
  readonly path: string;
  readonly action: "Creation" | "Modifications" | "Destruction" | "Destroying";
}

/** Number of resources that Terraform reports at the end of an apply or destroy. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** `local-eks  aws_vpc.Network_1C6012B5 (Network/Resource): Creation complete after 1s [id=vpc-1]`; only the first line of a block has the stack's name. */
const LINE = /^(?:(\S+) {2}| {3,})\s*(.*)$/;
const CHANGE =
  /^(\w+)\.(\S+?)(?: \((.+)\))?: (?:(Creation|Modifications|Destruction) complete after|(Destroying)\.\.\.)/;
const SUMMARY = /^(?:Apply|Destroy) complete! Resources: (?:(\d+) added, (\d+) changed, )?(\d+) destroyed/;

/** Parses the output of `cdktf deploy` and `cdktf destroy` into events. */
export class Progress {
  private stack = "";
  private readonly counted = new Map<string, Changes>();

  constructor(
    private readonly onEvent: (event: ResourceEvent) => void,
    /** Receives the changes of each stack when it is finished. */
    private readonly onStack: (stack: string, changes: Changes) => void = () => undefined,
  ) {}

  /** Reads the next line. */
  read(line: string): void {
    const [, stack, text = ""] = LINE.exec(line) ?? [];
    this.stack = stack ?? this.stack;
    this.readEvent(text);
    this.readSummary(text);
  }

  private readEvent(text: string): void {
    const change = CHANGE.exec(text);
    if (change === null) return;
    const [, type = "", name = "", path = name, complete, action = complete] = change;
    // Constructs use the ids `Resource` and `Default` for their main resource.
    const shown = path.replace(/\/(Resource|Default)$/, "");
    this.onEvent({ stack: this.stack, type, path: shown, action: action as ResourceEvent["action"] });
  }

  private readSummary(text: string): void {
    const summary = SUMMARY.exec(text);
    if (summary === null) return;
    const [, added = "0", changed = "0", destroyed = "0"] = summary;
    const changes = { added: Number(added), changed: Number(changed), destroyed: Number(destroyed) };
    this.counted.set(this.stack, changes);
    this.onStack(this.stack, changes);
  }

  /** Changes of each stack. */
  get changes(): ReadonlyMap<string, Changes> {
    return this.counted;
  }
}
