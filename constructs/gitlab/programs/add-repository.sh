#!/bin/bash
# Adds a GitLab package repository with its signing key, and only with this key: add-repository NAME URL
set -euo pipefail
name=$1 url=$2

# Signing key of the GitLab package repositories. Source: GitLab documentation.
fingerprint=F6403F6544A38863DAA0B6E03F01618A51312F3F

directory=$(mktemp --directory)
trap 'rm -rf "$directory"' EXIT
chmod 0700 "$directory"
curl --proto '=https' --proto-redir '=https' --fail --silent --show-error --location --retry 5 \
  --output "$directory/key" https://packages.gitlab.com/gpgkey/gpg.key

# apt trusts every key of a keyring, so the downloaded file must not become one: it may contain further keys.
gpg --batch --quiet --homedir "$directory" --import "$directory/key" || true
gpg --batch --quiet --homedir "$directory" --export "$fingerprint" >"$directory/keyring"
keys=$(gpg --batch --homedir "$directory" --show-keys --with-colons "$directory/keyring" 2>/dev/null |
  awk -F: '$1 == "pub" { primary = 1 } $1 == "fpr" && primary { print $10; primary = 0 }' || true)
if [ "$keys" != "$fingerprint" ]; then
  echo "the key of $url does not have the fingerprint $fingerprint"
  exit 1
fi
mkdir -p /etc/apt/keyrings
install -m 0644 "$directory/keyring" "/etc/apt/keyrings/$name.gpg"

# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
printf 'deb [signed-by=%s] %s %s main\n' "/etc/apt/keyrings/$name.gpg" "$url" "$release" >"/etc/apt/sources.list.d/$name.list"
