#!/bin/bash
# Generates the installer's key in the required format: RSA, PEM, no passphrase. Stores the public key for kpaas-public-key. Keeps an
# existing key. Uses the key in /etc/kpaas/installer-key instead if there is one.
set -euo pipefail

ssh=/home/ubuntu/.ssh
key=$ssh/id_rsa
given=/etc/kpaas/installer-key
umask 077
mkdir -p "$ssh"

if [ -s "$given" ]; then
  base64 --decode "$given" >"$key.new"
  mv "$key.new" "$key"
  shred --remove "$given"
elif [ ! -s "$key" ]; then
  # In two steps, so that an interruption leaves no incomplete key.
  rm -f "$key.new" "$key.new.pub"
  ssh-keygen -q -t rsa -b 3072 -m PEM -N '' -C kpaas-installer -f "$key.new"
  rm "$key.new.pub"
  mv "$key.new" "$key"
fi

public=$(ssh-keygen -y -P '' -f "$key")
read -r type text _ <<<"$public"
printf '%s %s kpaas-installer\n' "$type" "$text" >"$key.pub"
chown ubuntu:ubuntu "$ssh" "$key" "$key.pub"
/usr/local/lib/kpaas/authorize-key "$key.pub"

mkdir -p /var/lib/kpaas
chmod 0755 /var/lib/kpaas
install -m 0644 "$key.pub" /var/lib/kpaas/installer.pub
