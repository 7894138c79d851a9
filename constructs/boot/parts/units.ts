import { isSingleLine } from "../../core/quoting/characters";
import { systemdLine, systemdValue } from "../../core/quoting/systemd";
import { BOO006, BOO010 } from "../rules";
import { Files } from "./files";
import type { BootPart } from "./part";

/** Options of a systemd service. */
export interface ServiceProps {
  /** Description in lists of units. */
  readonly description: string;
  /** Program with its arguments, in systemd's syntax of command lines. */
  readonly command: string;
  /** Whether the program exits by itself (`oneshot`) or keeps running (`simple`). @default "simple" */
  readonly type?: "oneshot" | "simple";
  /** User that runs the program. @default - root */
  readonly user?: string;
  /** Environment files of the service. @default - none */
  readonly settings?: readonly string[];
  /** Units that start before the service. @default - the network */
  readonly after?: readonly string[];
  /** Further lines of the `[Service]` section, `Name=value`. @default - none */
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

/** The characters of calendar expressions. Source: systemd.time(7), "Calendar events". */
const CALENDAR = /^[\w*,./:~+ -]+$/;
const UNIT = /^[\w@:.-]+\.(service|target|socket|mount|path|timer|device|slice|scope|swap|automount)$/;
const USER = /^[a-z_][a-z0-9_-]{0,31}$/;
const LINE = /^[A-Z][A-Za-z0-9]*=/;
const SETTINGS = /^-?(\/[\w.@+-]+)+$/;

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
    checkService(name, props);
    const text = [
      "[Unit]",
      `Description=${systemdValue(props.description)}`,
      `After=${systemdLine(after.join(" "))}`,
      ...after.filter((unit) => unit.endsWith(".target")).map((target) => `Wants=${systemdLine(target)}`),
      "",
      "[Service]",
      `Type=${systemdLine(type)}`,
      ...(user === undefined ? [] : [`User=${systemdValue(user)}`]),
      ...settings.map((path) => `EnvironmentFile=${systemdValue(path)}`),
      `ExecStart=${systemdLine(props.command)}`,
      ...lines.map(systemdLine),
      ...(type === "simple" ? ["Restart=on-failure", "", "[Install]", "WantedBy=multi-user.target"] : []),
    ];
    return new Units(unitName(name, "service"), text, type === "simple");
  }

  /** A timer. Runs that were missed while the machine was off are made up at the next boot. */
  static timer(name: string, { description, calendar, service }: TimerProps): Units {
    checkAll(name, "description", [description], isSingleLine);
    checkAll(name, "calendar", [calendar], (text) => CALENDAR.test(text));
    const text = [
      "[Unit]",
      `Description=${systemdValue(description)}`,
      "",
      "[Timer]",
      `OnCalendar=${systemdLine(calendar)}`,
      "Persistent=true",
      ...(service === undefined ? [] : [`Unit=${systemdValue(unitName(service, "service"))}`]),
      "",
      "[Install]",
      "WantedBy=timers.target",
    ];
    return new Units(unitName(name, "timer"), text, true);
  }

  /** Parts of the first-boot document that it adds. */
  readonly sections: BootPart["sections"];

  private constructor(name: string, lines: readonly string[], startsAtBoot: boolean) {
    const { file } = Files.text(`/etc/systemd/system/${name}`, `${lines.join("\n")}\n`);
    this.sections = { files: [file], units: startsAtBoot ? [name] : [] };
  }
}

function checkService(name: string, props: ServiceProps): void {
  const { description, command, user, settings = [], after = [], lines = [] } = props;
  checkAll(name, "description", [description], (text) => isSingleLine(text) && !text.endsWith("\\"));
  checkAll(name, "command", [command], (text) => text !== "" && isSingleLine(text) && !text.endsWith("\\"));
  checkAll(name, "user", user === undefined ? [] : [user], (text) => USER.test(text));
  checkAll(name, "settings file", settings, (text) => SETTINGS.test(text));
  checkAll(name, "unit in after", after, (text) => UNIT.test(text));
  checkAll(name, "line", lines, (text) => LINE.test(text) && isSingleLine(text) && !text.endsWith("\\"));
}

function checkAll(name: string, subject: string, texts: readonly string[], isValid: (text: string) => boolean): void {
  const invalid = texts.find((text) => !isValid(text));
  if (invalid === undefined) return;
  throw BOO010.violation({
    at: `unit ${name}`,
    given: `${subject} ${JSON.stringify(invalid.slice(0, 100))}`,
    fix: "use one line in systemd's syntax, such as *-*-* 02:30:00 for a calendar and Name=value for a line",
  });
}

function unitName(name: string, kind: "service" | "timer"): string {
  if (!/^[a-z][a-z0-9-]{0,60}$/.test(name))
    throw BOO006.violation({
      given: `unit ${JSON.stringify(name.slice(0, 100))}`,
      fix: "use lower-case letters, digits and hyphens, without a suffix",
    });
  return `${name}.${kind}`;
}
