#!/bin/bash
# Adds a package source of GitLab's under a key that is checked against its fingerprint: add-repository NAME ADDRESS
set -euo pipefail
name=$1 address=$2

# GitLab's signing key of package repositories, as the product's manual prints it.
fingerprint=F6403F6544A38863DAA0B6E03F01618A51312F3F

keyring=/etc/apt/keyrings/$name.asc
mkdir -p /etc/apt/keyrings
curl --fail --silent --show-error --location --retry 5 --output "$keyring.new" https://packages.gitlab.com/gpgkey/gpg.key
if ! gpg --show-keys --with-colons "$keyring.new" | grep -q "^fpr:.*:$fingerprint:"; then
  echo "the key of $address has not the fingerprint $fingerprint"
  exit 1
fi
mv "$keyring.new" "$keyring"

# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$address" "$release" >"/etc/apt/sources.list.d/$name.list"
