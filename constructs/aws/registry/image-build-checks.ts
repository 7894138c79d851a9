import { detectSecret } from "../../boot/detect-secret";
import { isSingleLine } from "../../core/quoting/characters";
import { isToken } from "../../core/token";
import type { Location } from "../../core/violation";
import { BUILD_MINUTES } from "../limits";
import type { ImageBuildProps } from "./image-build";
import { RELATIVE_PATH } from "./relative-path";
import { REG004, REG005, REG006, REG007 } from "./rules";
import { TAG } from "./tag";

/** Rejects properties of an image build that CodeBuild, Docker or the registry would reject. */
export function checkImageBuild(props: ImageBuildProps, at: Location): void {
  checkContext(props, at);
  for (const [name, value] of Object.entries(props.buildArguments ?? {})) checkArgument(name, value, at);
  checkPlatforms(props, at);
  checkTimeout(props, at);
  if (props.tag !== undefined && !isToken(props.tag) && !TAG.test(props.tag))
    throw REG007.violation({ at, given: `tag "${props.tag}"`, fix: 'use a tag such as "1.0.0" or "latest"' });
}

function checkContext({ context = "." }: ImageBuildProps, at: Location): void {
  if (!RELATIVE_PATH.test(context))
    throw REG004.violation({ at, given: `context "${context}"`, fix: 'use a directory of the source, such as "."' });
}

function checkArgument(name: string, value: string, at: Location): void {
  const secret = detectSecret(value) ?? detectSecret(`${name}="${value}"`);
  if (secret !== undefined)
    throw REG005.violation({
      at,
      given: `build argument ${name} with ${secret}`,
      fix: "remove it: everyone who can pull the image can read it",
    });
  const isValue = isToken(value) || (isSingleLine(value) && value.length <= 4_096);
  if (!/^[A-Za-z_]\w{0,99}$/.test(name) || !isValue)
    throw REG005.violation({
      at,
      given: `build argument "${name.slice(0, 60)}" of ${value.length} characters`,
      fix: "use a name such as API_ADDRESS and a value of one line with at most 4096 characters",
    });
}

function checkPlatforms({ platforms }: ImageBuildProps, at: Location): void {
  if (platforms === undefined) return;
  const names = platforms.map(({ name }) => name);
  if (names.length === 0 || new Set(names).size !== names.length)
    throw REG006.violation({
      at,
      given: names.length === 0 ? "no platform" : `platforms ${names.join(", ")}`,
      fix: "use ImagePlatform.LINUX_AMD64, ImagePlatform.LINUX_ARM64 or both",
    });
}

function checkTimeout({ timeout }: ImageBuildProps, at: Location): void {
  if (timeout === undefined) return;
  const minutes = timeout.toSeconds() / 60;
  if (!Number.isInteger(minutes) || minutes < BUILD_MINUTES.least || minutes > BUILD_MINUTES.most)
    throw REG006.violation({
      at,
      given: `a timeout of ${timeout.toString()}`,
      fix: `use Duration.minutes(${BUILD_MINUTES.least}) to Duration.minutes(${BUILD_MINUTES.most})`,
    });
}
