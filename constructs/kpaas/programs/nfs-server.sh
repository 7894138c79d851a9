#!/bin/bash
# Exports the cluster's directory to the cluster's nodes. The list is written as a whole: a node that is gone is exported to no longer.
set -euo pipefail

directory=/home/share/nfs
wanted=/etc/kpaas/exports

mkdir -p "$directory"
# Every pod writes under a user of its own.
chmod 0777 "$directory"

# After the package, not before it: its own installation would ask which of two files to keep.
install -m 0644 "$wanted" /etc/exports
systemctl enable --now rpcbind nfs-kernel-server
systemctl restart rpcbind nfs-kernel-server
exportfs -ra

# Success by what the kernel was told: each node once, and nobody else.
clients() { sed -E 's/^[^ ]+ +([^(]+)\(.*/\1/' | sort; }
if ! diff <(clients <"$wanted") <(exportfs -s | clients); then
  echo "what is exported (>) is not what was asked for (<)"
  exit 1
fi
