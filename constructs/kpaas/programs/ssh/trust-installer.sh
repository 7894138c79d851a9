#!/bin/bash
# Waits for the installer's public key, which the install host generates during its first boot, and authorizes it.
# The key is authentic because of the address: the cloud drops packets of other machines with the address of the install host.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/trust.env

directory=$(mktemp --directory)
trap 'rm -rf "$directory"' EXIT
deadline=$((SECONDS + ${DEADLINE_SECONDS:-1800}))
until curl --fail --silent --noproxy '*' --max-time 10 --max-filesize 4096 --output "$directory/key.pub" \
  "http://$INSTALL_ADDRESS:$KEY_PORT/installer.pub"; do
  if ((SECONDS >= deadline)); then
    echo "the install host at $INSTALL_ADDRESS served no key; see /var/log/groundwork/first-boot.log there"
    exit 1
  fi
  sleep "${POLL_SECONDS:-10}"
done
/usr/local/lib/kpaas/authorize-key "$directory/key.pub"
