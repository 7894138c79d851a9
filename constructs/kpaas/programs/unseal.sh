#!/bin/bash
# Opens OpenBao for the first time by what its timer does from now on, and leaves the rest to a person.
set -euo pipefail

if [ ! -s /etc/kpaas/unseal-keys ]; then
  echo "kpaas: /etc/kpaas/unseal-keys is not there: put two keys of OpenBao into it, one a line, mode 0600"
  exit 3
fi
python3 /usr/local/lib/kpaas/openbao-unseal.py
[ ! -e /root/kpaas-openbao-share ] ||
  echo "kpaas: OpenBao opens itself; take /root/kpaas-openbao-share away from this machine, for with the others it is the whole key"
