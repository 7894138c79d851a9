#!/bin/bash
# Exports the cluster's directory to the cluster's nodes. Replaces the whole list, so that a removed node loses its access.
set -euo pipefail

directory=/home/share/nfs
exports=/etc/kpaas/exports

mkdir -p "$directory"
# Every pod writes as its own user.
chmod 0777 "$directory"

# After the package: its installation would otherwise prompt for one of two versions of the file.
install -m 0644 "$exports" /etc/exports
systemctl enable --now rpcbind nfs-kernel-server
systemctl restart rpcbind nfs-kernel-server
exportfs -ra

# The kernel's exports have to be exactly the requested ones.
clients() { sed -E 's/^[^ ]+ +([^(]+)\(.*/\1/' | sort; }
if ! diff <(clients <"$exports") <(exportfs -s | clients); then
  echo "the active exports (>) differ from the requested ones (<)"
  exit 1
fi
