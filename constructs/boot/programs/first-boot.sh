#!/bin/bash
# Runs the steps of a first boot in order, each once, and says how far it came in files that people and programs can wait for:
#   /var/lib/groundwork/first-boot     one word: running, done or failed
#   /var/lib/groundwork/status.json    step, error, times
#   /var/log/groundwork/first-boot.log everything the steps say
# A second run leaves out what is done: systemctl restart groundwork-first-boot goes on after a failure has been mended.
set -uo pipefail
umask 022

steps=/usr/local/lib/groundwork/first-boot.d
state=/var/lib/groundwork
log=/var/log/groundwork/first-boot.log
mkdir -p "$state/done" "$(dirname "$log")"
touch "$log"
chmod 0640 "$log"

started=$(date -u +%FT%TZ)

say() {
  printf '{"state":"%s","step":"%s","code":%d,"startedAt":"%s","at":"%s","log":"%s"}\n' \
    "$1" "$2" "$3" "$started" "$(date -u +%FT%TZ)" "$log" >"$state/status.json.new"
  mv "$state/status.json.new" "$state/status.json"
  printf '%s\n' "$1" >"$state/first-boot.new"
  mv "$state/first-boot.new" "$state/first-boot"
}

for step in "$steps"/*; do
  name=$(basename "$step")
  [ -e "$state/done/$name" ] && continue
  say running "$name" 0
  printf '== %s %s\n' "$(date -u +%FT%TZ)" "$name" >>"$log"
  bash "$step" </dev/null >>"$log" 2>&1
  code=$?
  if [ "$code" -ne 0 ]; then
    printf '== %s %s failed with %d\n' "$(date -u +%FT%TZ)" "$name" "$code" >>"$log"
    say failed "$name" "$code"
    exit "$code"
  fi
  touch "$state/done/$name"
done
say "done" "" 0
