import type { Remote } from "./ssh";
import { RESUME } from "./wait";

/** The installer's variables say which file it is; it comes into being whole, and never readable for others. */
const PUT = `file=$(sudo -n sed -n 's/^export NHN_PASSWORD="$(cat \\(.*\\))"$/\\1/p' /etc/kpaas/cp-cluster-vars.sh 2>/dev/null)
[ -n "$file" ] || exit 21
[ ! -e /var/lib/kpaas/install.ended ] || exit 22
sudo -n sh -c 'set -e; umask 077; cat >"$1.new"; [ -s "$1.new" ]; chmod 0400 "$1.new"; chown ubuntu: "$1.new"; mv "$1.new" "$1"' - "$file" || exit 23
printf '%s\\n' "$file" "$(cat /var/lib/groundwork/first-boot 2>/dev/null)"`;

/** Brings the API password of NHN Cloud's user to the install host, which waits for it. */
export async function putNhnPassword(
  ssh: Remote,
  stack: string,
  password: string,
  say: (line: string) => void,
): Promise<void> {
  if (password === "") throw new Error("the password is empty; nothing was sent");
  if (/[\r\n\0]/.test(password)) throw new Error("the password is one line; nothing was sent");
  const { code, out } = await ssh.run(PUT, { input: password });
  if (code === 21)
    throw new Error(
      `${stack} asks for no password of NHN Cloud (Exposure.nhnController does), or is not booted far enough to say`,
    );
  if (code === 22)
    throw new Error(`${stack} is installed and needs the file no longer; the cluster has the password in a Secret`);
  if (code !== 0) throw new Error(`${ssh.host} has not taken the password (code ${code}); is its disk full?`);
  const [file = "", state = ""] = out.split("\n");
  say(`${ssh.host} has the password, in ${file}`);
  say(
    state === "failed"
      ? `the first boot has stopped; go on: ${ssh.command(RESUME)}`
      : `the first boot goes on by itself: npm run kpaas -- wait ${stack}`,
  );
}
