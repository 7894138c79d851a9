#!/bin/bash
# Functions of the phases portal and pipeline; they source this file.
WORKSPACE=/home/ubuntu/workspace/container-platform

as_ubuntu() { sudo -n -u ubuntu -H "$@"; }

# fail STATUS MESSAGE: status 3 if a person has to decide.
fail() {
  echo "kpaas: $2"
  exit "$1"
}

# fetch_deployment NAME URL SHA256 [FILE...]: downloads the archive of the portal or the pipeline, verifies its checksum and that it
# contains the files, and extracts it to cp-NAME-deployment in the workspace. Does nothing if that directory exists.
#
# K-PaaS publishes no checksums. If none is given, a person confirms the checksum on this machine before anything of the archive is
# executed. The checksum of the first download is recorded, and a later download must have the same one.
fetch_deployment() {
  local name=$1 url=$2 expected=$3 directory=cp-$1-deployment archive=$WORKSPACE/$1.tar.gz sum file report code=0
  local recorded=/var/lib/kpaas/$1.sha256 confirmed=/etc/kpaas/$1.sha256
  shift 3
  [ ! -e "$WORKSPACE/$directory" ] || return 0
  as_ubuntu mkdir -p "$WORKSPACE"
  as_ubuntu rm -rf "$WORKSPACE/new"
  [ -n "$expected" ] || expected=$(cat "$confirmed" 2>/dev/null || true)
  if [ -n "$expected" ]; then
    report=$(as_ubuntu /usr/local/lib/groundwork/verified-download "$url" "$archive" sha256 "$expected") || code=$?
    sum=$(sed -n 's/.* has the SHA-256 \([0-9a-f]*\) instead of .*/\1/p' <<<"$report")
    [ "$code" -ne 2 ] ||
      fail 3 "the archive of the $name has checksum ${sum:-unknown} instead of $expected; find out what changed before you accept it"
    [ "$code" -eq 0 ] || fail 1 "the archive of the $name could not be downloaded from $url"
    printf '%s\n' "$expected" >"$recorded"
  else
    [[ $url == https://* ]] || fail 3 "the archive of the $name is not downloaded over https"
    as_ubuntu curl --proto '=https' --proto-redir '=https' --fail --silent --show-error --location --retry 5 --retry-all-errors \
      --output "$archive" "$url" || fail 1 "the archive of the $name could not be downloaded from $url"
    read -r sum _ < <(sha256sum "$archive")
    as_ubuntu rm -f "$archive"
    [ ! -e "$recorded" ] || [ "$(<"$recorded")" = "$sum" ] ||
      fail 3 "the archive of the $name has checksum $sum instead of $(<"$recorded"), that of the first download; find out what changed"
    printf '%s\n' "$sum" >"$recorded"
    fail 3 "no checksum of the archive of the $name is given; it is $sum. If that is the reviewed archive: echo $sum | sudo tee $confirmed && sudo systemctl restart --no-block groundwork-first-boot"
  fi
  as_ubuntu mkdir -p "$WORKSPACE/new"
  as_ubuntu tar -xf "$archive" -C "$WORKSPACE/new" || fail 1 "the archive of the $name is damaged"
  for file in "$@"; do
    [ -e "$WORKSPACE/new/$directory/$file" ] ||
      fail 3 "the archive of the $name does not contain $directory/$file and is not supported. Inspect $archive, and use an archive of 1.6.2"
  done
  as_ubuntu mv "$WORKSPACE/new/$directory" "$WORKSPACE/$directory" ||
    fail 1 "the archive of the $name does not contain $directory"
}

# write_variables NAME: writes the variables of the portal or the pipeline, with generated secrets.
write_variables() {
  local file=$WORKSPACE/cp-$1-deployment/script/cp-$1-vars.sh
  python3 /usr/local/lib/kpaas/portal-variables.py "$1" "$file" || exit 1
  chown ubuntu:ubuntu "$file"
}
