#!/bin/bash
# Runs the steps of the first boot in order, each once, and reports the progress in files:
#   /var/lib/groundwork/first-boot     state: running, done or failed
#   /var/lib/groundwork/status.json    state, step, exit code, times
#   /var/log/groundwork/first-boot.log output of the steps
# Completed steps are skipped, so "systemctl restart groundwork-first-boot" resumes after a failure.
set -uo pipefail
umask 022

steps=/usr/local/lib/groundwork/first-boot.d
state=/var/lib/groundwork
log=/var/log/groundwork/first-boot.log
mkdir -p "$state/done" "$(dirname "$log")"
touch "$log"
chmod 0640 "$log"

started=$(date -u +%FT%TZ)

report() {
  printf '{"state":"%s","step":"%s","code":%d,"startedAt":"%s","at":"%s","log":"%s"}\n' \
    "$1" "$2" "$3" "$started" "$(date -u +%FT%TZ)" "$log" >"$state/status.json.new"
  mv "$state/status.json.new" "$state/status.json"
  printf '%s\n' "$1" >"$state/first-boot.new"
  mv "$state/first-boot.new" "$state/first-boot"
}

for step in "$steps"/*; do
  name=$(basename "$step")
  [ -e "$state/done/$name" ] && continue
  report running "$name" 0
  printf '== %s %s\n' "$(date -u +%FT%TZ)" "$name" >>"$log"
  bash "$step" </dev/null >>"$log" 2>&1
  code=$?
  if [ "$code" -ne 0 ]; then
    printf '== %s %s failed with exit code %d\n' "$(date -u +%FT%TZ)" "$name" "$code" >>"$log"
    report failed "$name" "$code"
    exit "$code"
  fi
  touch "$state/done/$name"
done
report "done" "" 0
