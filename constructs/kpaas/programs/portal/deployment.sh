#!/bin/bash
# Functions of the phases portal and pipeline; they source this file.
WORKSPACE=/home/ubuntu/workspace/container-platform

as_ubuntu() { sudo -n -u ubuntu -H "$@"; }

# fail STATUS MESSAGE: status 3 if a person has to decide.
fail() {
  echo "kpaas: $2"
  exit "$1"
}

# fetch_deployment NAME URL SHA256 [FILE...]: downloads the archive of the portal or the pipeline, checks its checksum if one is given
# and that it contains the files, and extracts it to cp-NAME-deployment in the workspace. Does nothing if that directory exists.
fetch_deployment() {
  local name=$1 url=$2 expected=$3 directory=cp-$1-deployment archive=$WORKSPACE/$1.tar.gz sum file
  shift 3
  [ ! -e "$WORKSPACE/$directory" ] || return 0
  as_ubuntu mkdir -p "$WORKSPACE"
  as_ubuntu rm -rf "$WORKSPACE/new"
  as_ubuntu curl --fail --silent --show-error --location --retry 5 --retry-all-errors --output "$archive" "$url" ||
    fail 1 "the archive of the $name could not be downloaded from $url"
  read -r sum _ < <(sha256sum "$archive")
  [ -z "$expected" ] || [ "$sum" = "$expected" ] ||
    fail 3 "the archive of the $name has checksum $sum instead of $expected; find out what changed before you accept it"
  printf '%s\n' "$sum" >"/var/lib/kpaas/$name.sha256"
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
