import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Maximum length of the directory's path. The path of a Unix socket has at most 103 bytes on macOS and 107 on Linux. */
const MAX_LENGTH = 70;

/**
 * Creates a directory for Unix sockets and temporary files of one start, which only this user can enter. Delete it after use.
 *
 * Processes that listen on a socket in it cannot be reached by web pages and other users. It is not in the project, whose path may be
 * longer than the path of a socket can be.
 */
export function createPrivateDirectory(parent: string = tmpdir()): string {
  const [prefix, suffix] = ["groundwork-", "XXXXXX"];
  const isShort = Buffer.byteLength(join(parent, prefix + suffix)) <= MAX_LENGTH;
  return mkdtempSync(join(isShort ? parent : "/tmp", prefix));
}
