#!/bin/bash
# Formats a data disk once, mounts it and grows its file system. The argument is the name of its settings file.
set -euo pipefail
# shellcheck source=/dev/null
. "/etc/groundwork/disks/$1.env"

# The volume is attached while the machine starts. The first path contains the volume id, because NVMe numbers change at each boot; the
# others are those of types without NVMe.
paths=("/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${DISK_VOLUME//-/}" "/dev/xvd$DISK_DEVICE" "/dev/sd$DISK_DEVICE")
deadline=$((SECONDS + 900))
device=
while [ -z "$device" ]; do
  for path in "${paths[@]}"; do
    if [ -z "$device" ] && [ -e "$path" ]; then device=$path; fi
  done
  if [ -z "$device" ]; then
    if ((SECONDS >= deadline)); then
      echo "volume $DISK_VOLUME did not appear as ${paths[0]} within 15 minutes"
      exit 1
    fi
    sleep 5
  fi
done

# Only a volume without a file system is formatted. blkid exits with 2 if it finds none; any other failure must stop this step.
code=0
blkid --probe "$device" || code=$?
case $code in
  0) ;;
  2) mkfs.ext4 -q "$device" ;;
  *)
    echo "blkid failed with exit code $code; the volume is not formatted"
    exit 1
    ;;
esac

uuid=$(blkid --match-tag UUID --output value "$device")
grep -qF " $DISK_MOUNT " /etc/fstab ||
  printf 'UUID=%s %s auto defaults,nofail,x-systemd.growfs 0 2\n' "$uuid" "$DISK_MOUNT" >>/etc/fstab
mkdir -p "$DISK_MOUNT"
mountpoint --quiet "$DISK_MOUNT" || mount "$DISK_MOUNT"
# The volume may be larger than its file system: raised in the code, or created from a smaller snapshot.
case $(blkid --match-tag TYPE --output value "$device") in
  ext*) resize2fs "$device" ;;
  xfs) xfs_growfs "$DISK_MOUNT" ;;
esac
