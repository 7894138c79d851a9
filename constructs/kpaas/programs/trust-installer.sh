#!/bin/bash
# Waits for the public half of the installer's key, which the install host makes while it boots, and lets its holder in.
# What is served is public; that it comes from the install host follows from its address, which the cloud lets nobody else use.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/trust.env

directory=$(mktemp --directory)
trap 'rm -rf "$directory"' EXIT
deadline=$((SECONDS + ${DEADLINE_SECONDS:-1800}))
until curl --fail --silent --noproxy '*' --max-time 10 --max-filesize 4096 --output "$directory/key.pub" \
  "http://$INSTALL_ADDRESS:$KEY_PORT/installer.pub"; do
  if ((SECONDS >= deadline)); then
    echo "the install host at $INSTALL_ADDRESS served no key; its /var/log/groundwork/first-boot.log says why"
    exit 1
  fi
  sleep "${POLL_SECONDS:-10}"
done
/usr/local/lib/kpaas/authorize-key "$directory/key.pub"
