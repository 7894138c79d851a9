#!/bin/bash
# Mounts the data volume and binds its directories to those of the package, so that a new machine uses existing data.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/gitlab.env

# The volume is attached while the machine starts. The device name contains the volume id; NVMe numbers change at each boot.
device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_${DATA_VOLUME//-/}
deadline=$((SECONDS + 900))
until [ -e "$device" ]; do
  if ((SECONDS >= deadline)); then
    echo "volume $DATA_VOLUME did not appear as $device within 15 minutes"
    exit 1
  fi
  sleep 5
done

# Only a volume without a file system is formatted. blkid exits with 2 if it finds none; any other failure must stop this step.
code=0
blkid --probe "$device" || code=$?
case $code in
  0) ;;
  2) mkfs.ext4 -q -L gitlab "$device" ;;
  *)
    echo "blkid failed with exit code $code; the volume is not formatted"
    exit 1
    ;;
esac

uuid=$(blkid --match-tag UUID --output value "$device")
add() {
  grep -qF " $2 " /etc/fstab || printf '%s %s %s %s 0 0\n' "$1" "$2" "$3" "$4" >>/etc/fstab
  mkdir -p "$2"
  mountpoint --quiet "$2" || mount "$2"
}
add "UUID=$uuid" /srv/gitlab ext4 defaults,nofail,x-systemd.growfs
# The volume may be larger than its file system: raised in the code, or created from a smaller snapshot. At later boots systemd
# grows it by the option above, on a running machine the timer gitlab-data-growth.
resize2fs "$device"
mkdir -p /srv/gitlab/data /srv/gitlab/etc
add /srv/gitlab/data /var/opt/gitlab none bind,nofail,x-systemd.requires-mounts-for=/srv/gitlab
add /srv/gitlab/etc /etc/gitlab none bind,nofail,x-systemd.requires-mounts-for=/srv/gitlab
