#!/bin/bash
# Deploys the portal with secrets of this machine's own making. Its script cannot be run again over what it has begun; so once it was
# started and has not ended well, a person decides. Whatever happens, the keys of OpenBao are put away first.
set -uo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env
# shellcheck source=/dev/null
. /etc/kpaas/portal.env

place=/home/ubuntu/workspace/container-platform
deployment=$place/cp-portal-deployment
begun=/var/lib/kpaas/portal.begun
ended=/var/lib/kpaas/portal.ended
again=/var/lib/kpaas/portal.again
as_ubuntu() { sudo -n -u ubuntu -H "$@"; }
fail() {
  echo "kpaas: $2"
  exit "$1"
}
keep_keys() {
  [ ! -e "$deployment/secmg/unseal-key" ] || python3 /usr/local/lib/kpaas/keep-unseal-keys.py "$deployment/secmg/unseal-key"
}

if [ -e "$begun" ] && [ ! -e "$ended" ]; then
  keep_keys || exit 3
  [ -e "$again" ] || fail 3 "the portal's deployment was begun and did not end well; it cannot be gone on with. To take the portal and its data away and begin again: sudo touch $again && sudo systemctl restart --no-block groundwork-first-boot"
  # It asks on standard input.
  # shellcheck disable=SC2016
  as_ubuntu bash -c 'cd "$1/script" && echo y | timeout 1800 bash ./uninstall-cp-portal.sh' - "$deployment"
  as_ubuntu rm -rf "$deployment"
  rm -f "$begun" "$again" /etc/kpaas/unseal-keys
fi

if [ ! -e "$ended" ]; then
  if [ ! -e "$deployment" ]; then
    archive=$place/portal.tar.gz
    as_ubuntu mkdir -p "$place"
    as_ubuntu rm -rf "$place/new"
    as_ubuntu curl --fail --silent --show-error --location --retry 5 --retry-all-errors --output "$archive" "$PORTAL_ARCHIVE" ||
      fail 1 "the portal's archive could not be fetched from $PORTAL_ARCHIVE"
    read -r sum _ < <(sha256sum "$archive")
    [ -z "$PORTAL_SHA256" ] || [ "$sum" = "$PORTAL_SHA256" ] ||
      fail 3 "the portal's archive has the checksum $sum instead of $PORTAL_SHA256; look what has changed before you take it"
    printf '%s\n' "$sum" >/var/lib/kpaas/portal.sha256
    as_ubuntu mkdir -p "$place/new"
    as_ubuntu tar -xf "$archive" -C "$place/new" || fail 1 "the portal's archive is broken"
    as_ubuntu mv "$place/new/cp-portal-deployment" "$deployment" || fail 1 "the portal's archive holds no cp-portal-deployment"
  fi
  python3 /usr/local/lib/kpaas/portal-variables.py portal "$deployment/script/cp-portal-vars.sh" || exit 1
  chown ubuntu:ubuntu "$deployment/script/cp-portal-vars.sh"

  echo "kpaas: deploying the portal; about an hour"
  touch "$begun"
  # Its loops have no end of their own.
  # shellcheck disable=SC2016
  as_ubuntu timeout 5400 bash -c 'cd "$1/script" && bash ./deploy-cp-portal.sh' - "$deployment"
  code=$?
  keep_keys || exit 3
  [ "$code" -ne 124 ] || fail 3 "the portal's script did not end within 90 minutes. When what it waited for is mended: sudo touch $again && sudo systemctl restart --no-block groundwork-first-boot takes the portal away and begins again"
  # Its status says little beyond that; what counts is what stands.
  touch "$ended"
fi
set -a
# shellcheck source=/dev/null
. /etc/kpaas/portal.env
exec python3 /usr/local/lib/kpaas/verify-portal.py "$deployment/certs/ca.crt"
