#!/bin/bash
# Waits until every node lets the installer in, has ended its own first boot, and lets it be root; and until the NFS server takes a
# mount. The keys of the hosts are written down at the first meeting. First of all it waits for the one thing that a person brings.
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
# In NHN mode the variables read a password from a file, and it comes neither by user data nor by a state. A person is asked first: they
# are at hand now, and the nodes boot meanwhile.
# shellcheck disable=SC2016
password=$(sed -n 's/^export NHN_PASSWORD="$(cat \(.*\))"$/\1/p' /etc/kpaas/cp-cluster-vars.sh)
if [ -n "$password" ]; then
  as_ubuntu test -r "$password" || echo "kpaas: waiting for $password: npm run kpaas -- nhn-password <stack>"
  until as_ubuntu test -r "$password"; do sleep "$poll"; done
fi

# On the machine itself nothing has to have ended: this is a part of it.
ready='sudo -n true || exit 12; '
# shellcheck disable=SC2016
ended='code=0; cloud-init status --wait >/dev/null || code=$?; [ $code = 0 ] || [ $code = 2 ] || exit 10
[ -e /usr/local/lib/groundwork/first-boot ] || exit 0
case $(cat /var/lib/groundwork/first-boot 2>/dev/null) in done) ;; failed) exit 11 ;; *) exit 13 ;; esac'

while read -r address name; do
  [ "$address" = "$MASTER1_ADDRESS" ] && asked=$ready || asked=$ready$ended
  said=
  while true; do
    on "$address" "$asked" && break
    code=$?
    case $code in
      10) word="its cloud-init failed: cloud-init status --long" && fatal=1 ;;
      11) word="its first boot failed: /var/log/groundwork/first-boot.log" && fatal=1 ;;
      12) word="ubuntu may not become root there without a password" && fatal=1 ;;
      13) word="its first boot is still going on" && fatal= ;;
      *) word="ssh does not get in yet" && fatal= ;;
    esac
    [ "$word" = "$said" ] || echo "kpaas: waiting for $name ($address): $word"
    said=$word
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
    echo "kpaas: the NFS server mounts, and cannot be written to"
    exit 1
  fi
  umount /run/kpaas-nfs
fi

# Every node has the key now.
[ ! -e /etc/systemd/system/kpaas-public-key.service ] || systemctl disable --now kpaas-public-key.service
echo "kpaas: every node is ready"
