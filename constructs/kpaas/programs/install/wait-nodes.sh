#!/bin/bash
# Waits until every node accepts the installer's key, has booted and grants sudo, and until the NFS server can be mounted.
# Host keys are recorded at the first connection. Before that, it waits for the password of NHN Cloud, if one is needed.
set -uo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env

poll=${POLL_SECONDS:-10}
hosts=/home/ubuntu/.ssh/known_hosts
as_ubuntu() { sudo -n -u ubuntu -H "$@"; }
on() {
  as_ubuntu ssh -n -o BatchMode=yes -o ConnectTimeout=5 -o ServerAliveInterval=15 -o ServerAliveCountMax=4 \
    -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile="$hosts" -o HostKeyAlgorithms=rsa-sha2-512,rsa-sha2-256 \
    "ubuntu@$1" "$2"
}
# With NHN Cloud's controller the variables read a password from a file, which is in neither user data nor state: the operator provides
# it. It comes first because the operator is present now, and the nodes boot in the meantime.
# shellcheck disable=SC2016
password=$(sed -n 's/^export NHN_PASSWORD="$(cat \(.*\))"$/\1/p' /etc/kpaas/cp-cluster-vars.sh)
if [ -n "$password" ]; then
  as_ubuntu test -r "$password" || echo "kpaas: waiting for $password: npx groundwork kpaas nhn-password <stack>"
  until as_ubuntu test -r "$password"; do sleep "$poll"; done
fi

# Not for the install host: this program is part of its first boot.
ready='sudo -n true || exit 12; '
# shellcheck disable=SC2016
finished='code=0; cloud-init status --wait >/dev/null || code=$?; [ $code = 0 ] || [ $code = 2 ] || exit 10
[ -e /usr/local/lib/groundwork/first-boot ] || exit 0
case $(cat /var/lib/groundwork/first-boot 2>/dev/null) in done) ;; failed) exit 11 ;; *) exit 13 ;; esac'

while read -r address name; do
  [ "$address" = "$MASTER1_ADDRESS" ] && command=$ready || command=$ready$finished
  printed=
  while true; do
    on "$address" "$command" && break
    code=$?
    case $code in
      10) reason="its cloud-init failed: cloud-init status --long" && fatal=1 ;;
      11) reason="its first boot failed: /var/log/groundwork/first-boot.log" && fatal=1 ;;
      12) reason="ubuntu has no sudo without a password there" && fatal=1 ;;
      13) reason="its first boot is still running" && fatal= ;;
      *) reason="no SSH login yet" && fatal= ;;
    esac
    [ "$reason" = "$printed" ] || echo "kpaas: waiting for $name ($address): $reason"
    printed=$reason
    [ -z "$fatal" ] || exit 1
    sleep "$poll"
  done
  echo "$name ($address) is ready"
done </etc/kpaas/nodes

if [ -n "$NFS_ADDRESS" ]; then
  mkdir -p /run/kpaas-nfs
  echo "kpaas: waiting for the NFS server ($NFS_ADDRESS)"
  until timeout 60 mount -t nfs4 -o soft,timeo=50,retrans=2 "$NFS_ADDRESS:/home/share/nfs" /run/kpaas-nfs; do sleep "$poll"; done
  if ! (probe=$(mktemp -p /run/kpaas-nfs .groundwork-XXXXXX) && rm "$probe"); then
    umount /run/kpaas-nfs
    echo "kpaas: the NFS server can be mounted but not written to"
    exit 1
  fi
  umount /run/kpaas-nfs
fi

# Every node has the key.
[ ! -e /etc/systemd/system/kpaas-public-key.service ] || systemctl disable --now kpaas-public-key.service
echo "kpaas: every node is ready"
