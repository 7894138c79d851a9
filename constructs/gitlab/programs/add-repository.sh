#!/bin/bash
# Adds a GitLab package repository after verifying the fingerprint of its signing key: add-repository NAME URL
set -euo pipefail
name=$1 url=$2

# Signing key of the GitLab package repositories. Source: GitLab documentation.
fingerprint=F6403F6544A38863DAA0B6E03F01618A51312F3F

keyring=/etc/apt/keyrings/$name.asc
mkdir -p /etc/apt/keyrings
curl --fail --silent --show-error --location --retry 5 --output "$keyring.new" https://packages.gitlab.com/gpgkey/gpg.key
if ! gpg --show-keys --with-colons "$keyring.new" | grep -q "^fpr:.*:$fingerprint:"; then
  echo "the key of $url does not have the fingerprint $fingerprint"
  exit 1
fi
mv "$keyring.new" "$keyring"

# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$url" "$release" >"/etc/apt/sources.list.d/$name.list"
