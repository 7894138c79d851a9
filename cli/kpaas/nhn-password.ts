import type { Remote } from "./ssh";
import { RESUME } from "./wait";

/** The installer's variables contain the file's name. The file appears complete, and is never readable by other users. */
const STORE_SCRIPT = `file=$(sudo -n sed -n 's/^export NHN_PASSWORD="$(cat \\(.*\\))"$/\\1/p' /etc/kpaas/cp-cluster-vars.sh 2>/dev/null)
[ -n "$file" ] || exit 21
[ ! -e /var/lib/kpaas/install.ended ] || exit 22
sudo -n sh -c 'set -e; umask 077; cat >"$1.new"; [ -s "$1.new" ]; chmod 0400 "$1.new"; chown ubuntu: "$1.new"; mv "$1.new" "$1"' - "$file" || exit 23
printf '%s\\n' "$file" "$(cat /var/lib/groundwork/first-boot 2>/dev/null)"`;

/** Stores the NHN Cloud user's API password on the install host, which waits for it. */
export async function storeNhnPassword(
  ssh: Remote,
  stack: string,
  password: string,
  log: (line: string) => void,
): Promise<void> {
  if (password === "") throw new Error("the password is empty; nothing was sent");
  if (/[\r\n\0]/.test(password)) throw new Error("the password contains a line break; nothing was sent");
  const { code, out } = await ssh.run(STORE_SCRIPT, { input: password });
  if (code === 21)
    throw new Error(
      `${stack} does not require a password of NHN Cloud (only Exposure.nhnController does), or its first boot has not reached this point`,
    );
  if (code === 22)
    throw new Error(`${stack} is installed and no longer needs the file; the password is in a Secret of the cluster`);
  if (code !== 0) throw new Error(`${ssh.host} could not store the password (code ${code}); check for a full disk`);
  const [file = "", state = ""] = out.split("\n");
  log(`${ssh.host} has stored the password in ${file}`);
  log(
    state === "failed"
      ? `the first boot has stopped; resume it: ${ssh.command(RESUME)}`
      : `the first boot continues on its own: npx groundwork kpaas wait ${stack}`,
  );
}
