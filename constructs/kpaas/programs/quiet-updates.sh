#!/bin/bash
# Keeps the system's own updates from moving under the installation. Six hours later, or when the machine starts again, they are back.
set -euo pipefail

timers=(apt-daily.timer apt-daily-upgrade.timer)
systemctl mask --runtime --now "${timers[@]}"
systemctl stop kpaas-updates-again.timer 2>/dev/null || true
systemd-run --quiet --unit=kpaas-updates-again --on-active=6h \
  /bin/sh -c "systemctl unmask --runtime ${timers[*]} && systemctl start ${timers[*]}"
