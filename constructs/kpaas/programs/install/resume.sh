#!/bin/bash
# Resumes a first boot that a restart of the machine interrupted. A failed one is left to a person.
set -euo pipefail

if [ "$(cat /var/lib/groundwork/first-boot 2>/dev/null || true)" = running ]; then
  systemctl start --no-block groundwork-first-boot.service
fi
