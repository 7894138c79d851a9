import { BOO009 } from "./rules";
import { PROGRAMS, type ProgramNames } from "./programs.generated";

/** An area of the library that has first-boot programs. */
export type ProgramArea = keyof ProgramNames;

/**
 * Text of a program that a machine runs at its first boot: `constructs/<area>/programs/<name>`.
 *
 * The text is used without substitutions, so the checked text is the text that runs. It is part of the compiled library: no file is
 * read, so it exists in bundles too.
 *
 * @example programText("boot", "first-boot.sh")
 */
export function programText<Area extends ProgramArea>(area: Area, name: ProgramNames[Area]): string {
  // Plain JavaScript can pass other names.
  const programs: Readonly<Record<string, Readonly<Record<string, string>>>> = PROGRAMS;
  const texts = Object.hasOwn(programs, area) ? programs[area] : undefined;
  const text = texts !== undefined && Object.hasOwn(texts, name) ? texts[name] : undefined;
  if (text === undefined)
    throw BOO009.violation({
      at: "programText",
      given: `"${name}" of the area "${area}"`,
      fix: `use one of: ${Object.keys(texts ?? programs).join(", ")}`,
    });
  return text;
}
