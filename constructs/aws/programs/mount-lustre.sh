#!/bin/bash
# Mounts a Lustre file system, now and at every start. The argument is the name of its settings file.
set -euo pipefail
# shellcheck source=/dev/null
. "/etc/groundwork/file-systems/$1.env"

grep -qF " $MOUNT_POINT lustre " /etc/fstab ||
  printf '%s@tcp:/%s %s lustre relatime,flock,_netdev,nofail 0 0\n' "$DNS_NAME" "$MOUNT_NAME" "$MOUNT_POINT" >>/etc/fstab
mkdir -p "$MOUNT_POINT"
deadline=$((SECONDS + 600))
until mountpoint --quiet "$MOUNT_POINT" || mount "$MOUNT_POINT"; do
  if ((SECONDS >= deadline)); then
    echo "$DNS_NAME could not be mounted within 10 minutes: are ports 988 and 1018 to 1023 open in both directions?"
    exit 1
  fi
  sleep 10
done
