#!/bin/bash
# Goes on with a first boot that a restart of the machine has cut off. One that failed waits for a person.
set -euo pipefail

if [ "$(cat /var/lib/groundwork/first-boot 2>/dev/null || true)" = running ]; then
  systemctl start --no-block groundwork-first-boot.service
fi
