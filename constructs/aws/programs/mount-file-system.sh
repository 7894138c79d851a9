#!/bin/bash
# Mounts an EFS file system with TLS and the role of the machine, now and at every start. The argument is the name of its settings file.
set -euo pipefail
# shellcheck source=/dev/null
. "/etc/groundwork/file-systems/$1.env"

options=_netdev,nofail,tls,iam
[ -z "$ACCESS_POINT" ] || options=$options,accesspoint=$ACCESS_POINT
grep -qF " $MOUNT_POINT efs " /etc/fstab ||
  printf '%s:/ %s efs %s 0 0\n' "$FILE_SYSTEM" "$MOUNT_POINT" "$options" >>/etc/fstab
mkdir -p "$MOUNT_POINT"
# The mount target may be created at the same time as the machine; its DNS name resolves when it is available.
deadline=$((SECONDS + 600))
until mountpoint --quiet "$MOUNT_POINT" || mount "$MOUNT_POINT"; do
  if ((SECONDS >= deadline)); then
    echo "$FILE_SYSTEM could not be mounted within 10 minutes: is port 2049 open from this machine, and does its role have a grant?"
    exit 1
  fi
  sleep 10
done
