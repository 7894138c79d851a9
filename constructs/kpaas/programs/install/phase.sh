#!/bin/bash
# Runs one phase of the install host's first boot, once, with a time limit, and records its status:
#   phase NAME SECONDS
#   /var/lib/kpaas/status.json   phase, state, last message, times, log
#   /var/lib/kpaas/state         running, done, failed or decision
#   /var/log/kpaas/NAME.log      the output
# Exit codes of a phase: 0 done, 3 a person has to decide, any other failed. The status contains the last line that begins with "kpaas: ",
# and no other output, because the installer may print secrets.
set -uo pipefail
umask 022

name=$1 seconds=$2
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env
state=/var/lib/kpaas
log=/var/log/kpaas/$name.log
[ -e "$state/$name.done" ] && exit 0
mkdir -p "$state" "$(dirname "$log")"
touch "$log"
chown root:adm "$log"
chmod 0640 "$log"
started=$(date -u +%FT%TZ)

# record STATE MESSAGE
record() {
  local message
  message=$(tr -d '"\\\000-\037' <<<"$2" | cut -c 1-400)
  printf '{"phase":"%s","state":"%s","word":"%s","startedAt":"%s","at":"%s","log":"%s","release":"%s"}\n' \
    "$name" "$1" "$message" "$started" "$(date -u +%FT%TZ)" "$log" "$RELEASE_TAG" >"$state/status.json.new"
  mv "$state/status.json.new" "$state/status.json"
  printf '%s\n' "$1" >"$state/state.new"
  mv "$state/state.new" "$state/state"
}

record running ""
printf '== %s %s\n' "$started" "$name" >>"$log"
length=$(stat -c %s "$log")
timeout --kill-after=30 "$seconds" bash "/usr/local/lib/kpaas/phases/$name" </dev/null >>"$log" 2>&1
code=$?
message=$(tail -c "+$((length + 1))" "$log" | sed -n 's/^kpaas: //p' | tail -n 1)
case $code in
  0)
    touch "$state/$name.done"
    record "done" "$message"
    ;;
  3) record decision "$message" ;;
  124 | 137) record failed "not done within $seconds seconds; $message" ;;
  *) record failed "${message:-exited with $code}" ;;
esac
[ "$code" -eq 0 ] || printf 'phase %s exited with %d: %s; the output is in %s\n' "$name" "$code" "$message" "$log"
exit "$code"
