#!/bin/bash
# Allows logins as ubuntu with the installer's key, from the addresses of the cluster only:
#   authorize-key <file with the public key>
# Removes an earlier key of the installer: a new install host has a new one.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/trust.env

file=$1
# The whole file is compared, because a line without a final newline is one that wc does not count.
key=$(<"$file")
if [[ ! $key =~ ^ssh-rsa\ [A-Za-z0-9+/]+={0,2}\ kpaas-installer$ ]] || ! cmp -s <(printf '%s\n' "$key") "$file"; then
  echo "the downloaded file is not the installer's public key"
  exit 1
fi
read -r bits _ < <(ssh-keygen -l -f - <<<"$key")
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
  printf 'from="%s" %s\n' "$KEY_FROM" "$key"
} >"$keys.new"
chmod 0700 "$home/.ssh"
chmod 0600 "$keys.new"
chown ubuntu:ubuntu "$home/.ssh" "$keys.new"
mv "$keys.new" "$keys"
