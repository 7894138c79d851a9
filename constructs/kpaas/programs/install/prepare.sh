#!/bin/bash
# Downloads the installer at its pinned commit, applies the patches, and prepares its environment. Idempotent.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env
export DEBIAN_FRONTEND=noninteractive

checkout=/home/ubuntu/cp-deployment
as_ubuntu() { sudo -n -u ubuntu -H "$@"; }
# retry SUBJECT COMMAND...: only for downloads; other failures are permanent.
retry() {
  local subject=$1 pause=${POLL_SECONDS:-15} attempt
  shift
  for attempt in 1 2 3 4 5; do
    "$@" && return
    echo "kpaas: the download of $subject failed at attempt $attempt"
    sleep "$pause"
    pause=$(awk "BEGIN { print $pause * 2 }")
  done
  return 1
}

# By exact names: the installer searches the list of packages for substrings and mistakes libjq1 for jq. Kyverno's role calls net-tools.
retry "the package index" apt-get update -qq
retry "a package" apt-get install -y -qq git jq net-tools nfs-common python3-pip

if [ ! -e "$checkout" ]; then
  rm -rf "$checkout.new"
  # shellcheck disable=SC2016
  retry "the installer" as_ubuntu bash -c 'rm -rf "$1" && git clone --quiet --branch "$2" -- "$3" "$1"' - "$checkout.new" "$RELEASE_TAG" "$REPOSITORY"
  mv "$checkout.new" "$checkout"
fi
found=$(as_ubuntu git -C "$checkout" rev-parse HEAD)
if [ "$found" != "$RELEASE_COMMIT" ]; then
  echo "kpaas: $checkout is at commit $found instead of $RELEASE_COMMIT, the reviewed commit of $RELEASE_TAG. Remove it, or change the release"
  exit 3
fi
as_ubuntu python3 /usr/local/lib/kpaas/apply-patches.py /etc/kpaas/patches.json "$checkout"
retry "a Python package" as_ubuntu pip3 install --quiet --user --require-hashes --only-binary :all: \
  -r /usr/local/lib/kpaas/requirements.txt

install -m 0600 /etc/kpaas/cp-cluster-vars.sh "$checkout/single/cp-cluster-vars.sh"
chown ubuntu:ubuntu "$checkout/single/cp-cluster-vars.sh"

# The first line takes precedence: the name of master 1 resolves to its private address. The installer searches for exactly the second
# line; without it, it would overwrite the keys of all hosts.
hosts=$(grep -vxF -e "$MASTER1_ADDRESS $MASTER1_NAME" -e "$MASTER1_PUBLIC_ADDRESS $MASTER1_NAME" /etc/hosts || true)
printf '%s\n' "$MASTER1_ADDRESS $MASTER1_NAME" "$MASTER1_PUBLIC_ADDRESS $MASTER1_NAME" "$hosts" >/etc/hosts.new
cat /etc/hosts.new >/etc/hosts
rm /etc/hosts.new
known=/home/ubuntu/.ssh/known_hosts
key=$(ssh-keyscan -t rsa "$MASTER1_ADDRESS" 2>/dev/null | grep -m 1 ssh-rsa | cut -d ' ' -f 2-) || {
  echo "kpaas: $MASTER1_ADDRESS has no RSA host key, which the installer requires"
  exit 1
}
grep -qxF "$MASTER1_NAME $key" "$known" 2>/dev/null || printf '%s %s\n' "$MASTER1_NAME" "$key" >>"$known"
chown ubuntu:ubuntu "$known"
echo "kpaas: the installer is ready to run"
