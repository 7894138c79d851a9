#!/bin/bash
# Disables automatic updates during the installation. They are enabled again after six hours, or when the machine restarts.
set -euo pipefail

timers=(apt-daily.timer apt-daily-upgrade.timer)
systemctl mask --runtime --now "${timers[@]}"
systemctl stop kpaas-updates-again.timer 2>/dev/null || true
systemd-run --quiet --unit=kpaas-updates-again --on-active=6h \
  /bin/sh -c "systemctl unmask --runtime ${timers[*]} && systemctl start ${timers[*]}"
