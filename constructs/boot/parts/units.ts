import { Files } from "./files";
import type { BootPart } from "./part";
import { BOO006 } from "../rules";

/** Options of a systemd service. */
export interface ServiceProps {
  /** Description in lists of units. */
  readonly description: string;
  /** Program with its arguments. */
  readonly command: string;
  /** Whether the program exits by itself (`oneshot`) or keeps running (`simple`). @default "simple" */
  readonly type?: "oneshot" | "simple";
  /** User that runs the program. @default - root */
  readonly user?: string;
  /** Environment files of the service. @default - none */
  readonly settings?: readonly string[];
  /** Units that start before the service. @default - the network */
  readonly after?: readonly string[];
  /** Further lines of the `[Service]` section. @default - none */
  readonly lines?: readonly string[];
}

/** Options of a systemd timer. */
export interface TimerProps {
  /** Description in lists of units. */
  readonly description: string;
  /** systemd calendar expression, for example `*-*-* 02:30:00`. */
  readonly calendar: string;
  /** Service that the timer starts. @default - the service with the same name */
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
  /** A service. A `simple` service starts at every boot, a `oneshot` service only by a timer or by hand. */
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

  /** A timer. Runs that were missed while the machine was off are made up at the next boot. */
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

  private constructor(name: string, lines: readonly string[], startsAtBoot: boolean) {
    const { file } = Files.text(`/etc/systemd/system/${name}`, `${lines.join("\n")}\n`);
    this.sections = { files: [file], units: startsAtBoot ? [name] : [] };
  }
}

function unitName(name: string, kind: "service" | "timer"): string {
  if (!/^[a-z][a-z0-9-]{0,60}$/.test(name))
    throw BOO006.violation({
      given: `unit "${name}"`,
      fix: "use lower-case letters, digits and hyphens, without a suffix",
    });
  return `${name}.${kind}`;
}
