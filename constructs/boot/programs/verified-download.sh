#!/bin/bash
# Downloads a file over https and verifies it before anything can read it:
#   verified-download URL FILE sha256 SUM
#   verified-download URL FILE signature KEYRING FINGERPRINT
# The detached signature is at URL.sig. FILE exists afterwards only if its content is the expected one. Exit codes: 0 verified, 1 the
# download failed, 2 the content is another one.
set -euo pipefail

url=$1 file=$2 method=$3
fail() {
  echo "$url: $2"
  rm -f "$file" "$file.new" "$file.sig"
  exit "$1"
}
fetch() {
  curl --proto '=https' --proto-redir '=https' --fail --silent --show-error --location --retry 5 --retry-all-errors \
    --output "$2" "$1" || fail 1 "the download failed"
}

[[ $url == https://* ]] || fail 1 "downloads require https"
rm -f "$file"
case $method in
  sha256)
    [[ $4 =~ ^[0-9a-f]{64}$ ]] || fail 2 "no SHA-256 is given"
    fetch "$url" "$file.new"
    read -r sum _ < <(sha256sum "$file.new")
    [ "$sum" = "$4" ] || fail 2 "the file has the SHA-256 $sum instead of $4"
    ;;
  signature)
    fetch "$url" "$file.new"
    fetch "$url.sig" "$file.sig"
    # VALIDSIG is the status of a correct signature, also if the copy of the key on this machine has expired since.
    status=$(gpgv --status-fd 1 --keyring "$4" "$file.sig" "$file.new" 2>/dev/null || true)
    grep -qE "^\[GNUPG:\] VALIDSIG ($5 |.* $5\$)" <<<"$status" || fail 2 "the file is not signed by $5"
    rm "$file.sig"
    ;;
  *) fail 1 "unknown method $method" ;;
esac
mv "$file.new" "$file"
