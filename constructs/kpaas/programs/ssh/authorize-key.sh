#!/bin/bash
# Allows logins as ubuntu with the installer's key, from the addresses of the cluster only:
#   authorize-key <file with the public key>
# Removes an earlier key of the installer: a new install host has a new one.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/trust.env

file=$1
if [ "$(wc -l <"$file")" -ne 1 ] || ! grep -qE '^ssh-rsa [A-Za-z0-9+/]+={0,2} kpaas-installer$' "$file"; then
  echo "the downloaded file is not the installer's public key"
  exit 1
fi
read -r bits _ < <(ssh-keygen -l -f "$file")
if [ "$bits" -lt 3072 ]; then
  echo "the installer's key has only $bits bits"
  exit 1
fi

home=/home/ubuntu
mkdir -p "$home/.ssh"
keys=$home/.ssh/authorized_keys
touch "$keys"
{
  sed '/ kpaas-installer$/d' "$keys"
  printf 'from="%s" %s\n' "$KEY_FROM" "$(<"$file")"
} >"$keys.new"
chmod 0700 "$home/.ssh"
chmod 0600 "$keys.new"
chown ubuntu:ubuntu "$home/.ssh" "$keys.new"
mv "$keys.new" "$keys"
