/** Variables that programs of the local cloud take over: language, and search paths of programs and libraries. */
const KEPT = ["PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];

/**
 * The environment of a program of the local cloud, with a directory for its temporary files and settings.
 *
 * It contains no credentials, proxies and settings of the user: the emulators read dozens of variables, of which some load stored
 * data, run scripts or open ports.
 */
export function minimalEnvironment(directory: string, environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => KEPT.includes(name));
  return { ...Object.fromEntries(kept), HOME: directory, TMPDIR: directory };
}
