#!/bin/bash
# Brings the installer here in one version, mends what is known to be broken in it, and takes away what it would stumble over. May be
# run again: each part looks first.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env
export DEBIAN_FRONTEND=noninteractive

checkout=/home/ubuntu/cp-deployment
as_ubuntu() { sudo -n -u ubuntu -H "$@"; }
# Only for what is fetched: everything else fails for a reason that stays.
fetched() {
  local what=$1 pause=${POLL_SECONDS:-15} tries
  shift
  for tries in 1 2 3 4 5; do
    "$@" && return
    echo "kpaas: $what did not come at attempt $tries"
    sleep "$pause"
    pause=$(awk "BEGIN { print $pause * 2 }")
  done
  return 1
}

# By their exact names: the installer looks for the words in a list and takes libjq1 for jq. net-tools has what Kyverno's part calls.
fetched "the package index" apt-get update -qq
fetched "a package" apt-get install -y -qq git jq net-tools nfs-common python3-pip

if [ ! -e "$checkout" ]; then
  rm -rf "$checkout.new"
  # shellcheck disable=SC2016
  fetched "the installer" as_ubuntu bash -c 'rm -rf "$1" && git clone --quiet --branch "$2" "$3" "$1"' - "$checkout.new" "$RELEASE_TAG" "$REPOSITORY"
  mv "$checkout.new" "$checkout"
fi
found=$(as_ubuntu git -C "$checkout" rev-parse HEAD)
if [ "$found" != "$RELEASE_COMMIT" ]; then
  echo "kpaas: $checkout is at $found; $RELEASE_TAG was $RELEASE_COMMIT when it was looked through. Take it away, or change the release"
  exit 3
fi
as_ubuntu python3 /usr/local/lib/kpaas/apply-patches.py /etc/kpaas/patches.json "$checkout"
fetched "a package of Python" as_ubuntu pip3 install --quiet --user -r "$checkout/standalone/requirements.txt"

install -m 0600 /etc/kpaas/cp-cluster-vars.sh "$checkout/single/cp-cluster-vars.sh"
chown ubuntu:ubuntu "$checkout/single/cp-cluster-vars.sh"

# The first line wins: by its name master 1 is reached inside of the network. The second is what the installer looks for, letter by
# letter; without it, it would overwrite the keys of all hosts.
hosts=$(grep -vxF -e "$MASTER1_ADDRESS $MASTER1_NAME" -e "$MASTER1_PUBLIC_ADDRESS $MASTER1_NAME" /etc/hosts || true)
printf '%s\n' "$MASTER1_ADDRESS $MASTER1_NAME" "$MASTER1_PUBLIC_ADDRESS $MASTER1_NAME" "$hosts" >/etc/hosts.new
cat /etc/hosts.new >/etc/hosts
rm /etc/hosts.new
known=/home/ubuntu/.ssh/known_hosts
key=$(ssh-keyscan -t rsa "$MASTER1_ADDRESS" 2>/dev/null | grep -m 1 ssh-rsa | cut -d ' ' -f 2-) || {
  echo "kpaas: $MASTER1_ADDRESS shows no RSA key of a host, and the installer looks for no other"
  exit 1
}
grep -qxF "$MASTER1_NAME $key" "$known" 2>/dev/null || printf '%s %s\n' "$MASTER1_NAME" "$key" >>"$known"
chown ubuntu:ubuntu "$known"
echo "kpaas: the installer is ready to run"
