#!/bin/bash
# Makes the installer's key on this machine, in the form that the installer wants: RSA, PEM, no passphrase. Its public half is put
# where kpaas-public-key serves it from. A key that is there stays. Where one was handed over, it is that one.
set -euo pipefail

ssh=/home/ubuntu/.ssh
key=$ssh/id_rsa
handed=/etc/kpaas/installer-key
umask 077
mkdir -p "$ssh"

if [ -s "$handed" ]; then
  base64 --decode "$handed" >"$key.new"
  mv "$key.new" "$key"
  shred --remove "$handed"
elif [ ! -s "$key" ]; then
  # In two steps, so that one that breaks off leaves no half a key.
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
