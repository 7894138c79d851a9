import { Files } from "./files";
import type { BootPart } from "./part";
import { BOO006 } from "./rules";

/** What a service does. */
export interface ServiceProps {
  /** What it is, for people who list units. */
  readonly description: string;
  /** Program with its arguments. */
  readonly command: string;
  /** Whether it ends by itself (`oneshot`) or stays (`simple`). @default "simple" */
  readonly type?: "oneshot" | "simple";
  /** User it runs as. @default - root */
  readonly user?: string;
  /** Settings files it reads. @default - none */
  readonly settings?: readonly string[];
  /** Units that start before it. @default - the network */
  readonly after?: readonly string[];
  /** Further lines of the `[Service]` section. @default - none */
  readonly lines?: readonly string[];
}

/** When a timer fires. */
export interface TimerProps {
  readonly description: string;
  /** A calendar expression of systemd's, for example `*-*-* 02:30:00`. */
  readonly calendar: string;
  /** Service it starts. @default - the one of its own name */
  readonly service?: string;
}

/**
 * Defines a systemd unit.
 *
 * @example
 * Units.service("backup", { description: "nightly backup", type: "oneshot", command: "/usr/local/bin/backup" });
 * Units.timer("backup", { description: "nightly backup", calendar: "*-*-* 02:30:00" });
 */
export class Units implements BootPart {
  /** A service that starts at every boot; one that ends by itself (`oneshot`) starts only when a timer or a person says so. */
  static service(name: string, props: ServiceProps): Units {
    const { type = "simple", user, settings = [], after = ["network-online.target"], lines = [] } = props;
    const text = [
      "[Unit]",
      `Description=${props.description}`,
      `After=${after.join(" ")}`,
      ...after.filter((unit) => unit.endsWith(".target")).map((target) => `Wants=${target}`),
      "",
      "[Service]",
      `Type=${type}`,
      ...(user === undefined ? [] : [`User=${user}`]),
      ...settings.map((path) => `EnvironmentFile=${path}`),
      `ExecStart=${props.command}`,
      ...lines,
      ...(type === "simple" ? ["Restart=on-failure", "", "[Install]", "WantedBy=multi-user.target"] : []),
    ];
    return new Units(unitName(name, "service"), text, type === "simple");
  }

  /** A timer. What it missed while the machine was off it makes up for. */
  static timer(name: string, { description, calendar, service }: TimerProps): Units {
    const text = [
      "[Unit]",
      `Description=${description}`,
      "",
      "[Timer]",
      `OnCalendar=${calendar}`,
      "Persistent=true",
      ...(service === undefined ? [] : [`Unit=${unitName(service, "service")}`]),
      "",
      "[Install]",
      "WantedBy=timers.target",
    ];
    return new Units(unitName(name, "timer"), text, true);
  }

  readonly sections: BootPart["sections"];

  private constructor(name: string, lines: readonly string[], starts: boolean) {
    const { file } = Files.text(`/etc/systemd/system/${name}`, `${lines.join("\n")}\n`);
    this.sections = { files: [file], units: starts ? [name] : [] };
  }
}

function unitName(name: string, kind: "service" | "timer"): string {
  if (!/^[a-z][a-z0-9-]{0,60}$/.test(name))
    throw BOO006.violation({
      given: `unit "${name}"`,
      fix: "use lower-case letters, digits and hyphens, without an ending",
    });
  return `${name}.${kind}`;
}
