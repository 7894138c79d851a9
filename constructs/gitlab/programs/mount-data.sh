#!/bin/bash
# Mounts the volume with the server's data, and puts it where the package looks: a new machine finds the old one's data.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/gitlab.env

# The volume is attached while the machine starts. Its name here comes from its id; NVMe numbers change from boot to boot.
device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${DATA_VOLUME//-/}
deadline=$((SECONDS + 900))
until [ -e "$device" ]; do
  if ((SECONDS >= deadline)); then
    echo "volume $DATA_VOLUME did not appear as $device within 15 minutes"
    exit 1
  fi
  sleep 5
done

# Only a volume without any signature is formatted. blkid answers 2 for none; any other failure must not pass for it.
code=0
blkid --probe "$device" || code=$?
case $code in
  0) ;;
  2) mkfs.ext4 -q -L gitlab "$device" ;;
  *)
    echo "blkid failed with $code; the volume is left alone"
    exit 1
    ;;
esac

uuid=$(blkid --match-tag UUID --output value "$device")
add() {
  grep -qF " $2 " /etc/fstab || printf '%s %s %s %s 0 0\n' "$1" "$2" "$3" "$4" >>/etc/fstab
  mkdir -p "$2"
  mountpoint --quiet "$2" || mount "$2"
}
add "UUID=$uuid" /srv/gitlab ext4 defaults,nofail
mkdir -p /srv/gitlab/data /srv/gitlab/etc
add /srv/gitlab/data /var/opt/gitlab none bind,nofail,x-systemd.requires-mounts-for=/srv/gitlab
add /srv/gitlab/etc /etc/gitlab none bind,nofail,x-systemd.requires-mounts-for=/srv/gitlab
