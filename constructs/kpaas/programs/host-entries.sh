#!/bin/bash
# Writes down the names that nobody else answers for; each once.
set -euo pipefail

while IFS= read -r entry; do
  grep -qxF "$entry" /etc/hosts || printf '%s\n' "$entry" >>/etc/hosts
done </etc/kpaas/hosts
