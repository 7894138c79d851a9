#!/bin/bash
# Runs one phase of the install host's first boot, once, within its time, and says how it went:
#   phase <name> <seconds>
#   /var/lib/kpaas/status.json   phase, state, the last word about it, times, log
#   /var/lib/kpaas/state         one word: running, done, failed or decision
#   /var/log/kpaas/<phase>.log   everything that was said
# A phase ends with 0, with 3 when a person has to decide, or with anything else when it failed. Its own words begin with "kpaas: ";
# the last of them is what the status repeats, and nothing else is: the installer's words may hold what is not everybody's.
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

say() {
  local word
  word=$(tr -d '"\\\000-\037' <<<"$2" | cut -c 1-400)
  printf '{"phase":"%s","state":"%s","word":"%s","startedAt":"%s","at":"%s","log":"%s","release":"%s"}\n' \
    "$name" "$1" "$word" "$started" "$(date -u +%FT%TZ)" "$log" "$RELEASE_TAG" >"$state/status.json.new"
  mv "$state/status.json.new" "$state/status.json"
  printf '%s\n' "$1" >"$state/state.new"
  mv "$state/state.new" "$state/state"
}

say running ""
printf '== %s %s\n' "$started" "$name" >>"$log"
length=$(stat -c %s "$log")
timeout --kill-after=30 "$seconds" bash "/usr/local/lib/kpaas/phases/$name" </dev/null >>"$log" 2>&1
code=$?
word=$(tail -c "+$((length + 1))" "$log" | sed -n 's/^kpaas: //p' | tail -n 1)
case $code in
  0)
    touch "$state/$name.done"
    say "done" "$word"
    ;;
  3) say decision "$word" ;;
  124 | 137) say failed "not done within $seconds seconds; $word" ;;
  *) say failed "${word:-ended with $code}" ;;
esac
[ "$code" -eq 0 ] || printf 'phase %s ended with %d: %s; %s has the rest\n' "$name" "$code" "$word" "$log"
exit "$code"
