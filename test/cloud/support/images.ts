import { join } from "node:path";
import { imagesCommand } from "@groundwork/cli/images/command";
import type { LocalCloud } from "./local-cloud";

/** Runs `groundwork images` for the local environment in a test's cloud. Returns the exit code and the lines. */
export async function images(
  { directory, endpoint }: LocalCloud,
  verb: "build" | "status" | "logs",
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const print = (printed: string | readonly string[]) => lines.push(...[printed].flat());
  const command = { verb, environment: "local", project: directory, output: join(directory, "cdktf.out"), endpoint };
  const code = await imagesCommand(command, { out: print, log: print }, new AbortController().signal);
  return { code, lines };
}

/** Builds the images of the local environment, whose repositories exist. */
export async function buildImages(cloud: LocalCloud): Promise<void> {
  expect(await images(cloud, "build")).toMatchObject({ code: 0 });
}
