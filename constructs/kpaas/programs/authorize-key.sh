#!/bin/bash
# Lets the holder of the installer's key log in as ubuntu, from the cluster's own addresses only.
#   authorize-key <file with the public key>
# A key that the installer had before is taken away: a new install host has a new one.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/trust.env

file=$1
if [ "$(wc -l <"$file")" -ne 1 ] || ! grep -qE '^ssh-rsa [A-Za-z0-9+/]+={0,2} kpaas-installer$' "$file"; then
  echo "what came is not the installer's public key"
  exit 1
fi
read -r bits _ < <(ssh-keygen -l -f "$file")
if [ "$bits" -lt 3072 ]; then
  echo "the installer's key has $bits bits only"
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
