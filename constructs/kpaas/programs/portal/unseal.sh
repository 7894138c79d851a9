#!/bin/bash
# Unseals OpenBao for the first time, with the program of the timer.
set -euo pipefail

if [ ! -s /etc/kpaas/unseal-keys ]; then
  echo "kpaas: /etc/kpaas/unseal-keys does not exist: write two unseal keys of OpenBao into it, one per line, mode 0600"
  exit 3
fi
python3 /usr/local/lib/kpaas/openbao-unseal.py
[ ! -e /root/kpaas-openbao-share ] ||
  echo "kpaas: OpenBao is unsealed automatically; remove /root/kpaas-openbao-share from this machine: together with the other keys it gives full access"
