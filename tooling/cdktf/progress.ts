/** What happened to a resource, as Terraform tells it. */
export interface ResourceEvent {
  readonly stack: string;
  /** Terraform's type, such as `aws_vpc`. */
  readonly type: string;
  /** The construct's path within its stack, such as `Network/private/a`. */
  readonly path: string;
  readonly action: "Creation" | "Modifications" | "Destruction";
}

/** Resources that Terraform counts at the end of an apply or destroy. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** `local-eks  aws_vpc.Network_1C6012B5 (Network/Resource): Creation complete after 1s [id=vpc-1]`, the stack's name on a block's first line only. */
const LINE = /^(?:(\S+) {2}| {3,})\s*(.*)$/;
const COMPLETE = /^(\w+)\.(\S+?)(?: \((.+)\))?: (Creation|Modifications|Destruction) complete after/;
const SUMMARY = /^(?:Apply|Destroy) complete! Resources: (?:(\d+) added, (\d+) changed, )?(\d+) destroyed/;

/** Reads what `cdktf deploy` and `cdktf destroy` say into events; everything else it says is kept for the case of an error. */
export class Progress {
  private stack = "";
  private readonly counted = new Map<string, Changes>();

  constructor(private readonly onEvent: (event: ResourceEvent) => void) {}

  /** Reads the next line. */
  read(line: string): void {
    const [, stack, text = ""] = LINE.exec(line) ?? [];
    this.stack = stack ?? this.stack;
    const complete = COMPLETE.exec(text);
    if (complete !== null) {
      const [, type = "", name = "", path = name, action] = complete;
      // `Resource` and `Default` are the constructs' words for "the thing itself".
      const shown = path.replace(/\/(Resource|Default)$/, "");
      this.onEvent({ stack: this.stack, type, path: shown, action: action as ResourceEvent["action"] });
    }
    const summary = SUMMARY.exec(text);
    if (summary !== null) {
      const [, added = "0", changed = "0", destroyed = "0"] = summary;
      this.counted.set(this.stack, { added: Number(added), changed: Number(changed), destroyed: Number(destroyed) });
    }
  }

  /** What each stack's Terraform counted. */
  get changes(): ReadonlyMap<string, Changes> {
    return this.counted;
  }
}
