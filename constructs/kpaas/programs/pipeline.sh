#!/bin/bash
# Deploys the portal's pipeline with the secrets that the portal got on this machine. Its script is run once: what it has begun is
# taken away before it begins again, and whether that happens a person decides.
set -uo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env
# shellcheck source=/dev/null
. /etc/kpaas/portal.env
# shellcheck source=/dev/null
. /etc/kpaas/pipeline.env

place=/home/ubuntu/workspace/container-platform
deployment=$place/cp-pipeline-deployment
begun=/var/lib/kpaas/pipeline.begun
ended=/var/lib/kpaas/pipeline.ended
again=/var/lib/kpaas/pipeline.again
resume="To take the pipeline and its data away and begin again: sudo touch $again && sudo systemctl restart --no-block groundwork-first-boot"
as_ubuntu() { sudo -n -u ubuntu -H "$@"; }
fail() {
  echo "kpaas: $2"
  exit "$1"
}

if [ -e "$begun" ] && { [ ! -e "$ended" ] || [ -e "$again" ]; }; then
  [ -e "$again" ] || fail 3 "the pipeline's deployment was begun and did not end well. $resume"
  echo "kpaas: taking away what is there of the pipeline"
  # It asks on standard input, and leaves the status of its last words behind.
  # shellcheck disable=SC2016
  as_ubuntu timeout 1800 bash -c 'cd "$1/script" && echo y | bash ./uninstall-cp-pipeline.sh' - "$deployment"
  left=$(kubectl --kubeconfig /etc/kpaas/kubeconfig --request-timeout=20s get namespaces --output=name) ||
    fail 1 "the cluster does not say whether the pipeline is gone"
  ! grep -qx namespace/cp-pipeline <<<"$left" ||
    fail 3 "the pipeline could not be taken away: the namespace cp-pipeline is still there. Take it away by hand. $resume"
  as_ubuntu rm -rf "$deployment"
  rm -f "$begun" "$ended" "$again"
fi

if [ ! -e "$ended" ]; then
  if [ ! -e "$deployment" ]; then
    archive=$place/pipeline.tar.gz
    as_ubuntu mkdir -p "$place"
    as_ubuntu rm -rf "$place/new"
    as_ubuntu curl --fail --silent --show-error --location --retry 5 --retry-all-errors --output "$archive" "$PIPELINE_ARCHIVE" ||
      fail 1 "the pipeline's archive could not be fetched from $PIPELINE_ARCHIVE"
    read -r sum _ < <(sha256sum "$archive")
    [ -z "$PIPELINE_SHA256" ] || [ "$sum" = "$PIPELINE_SHA256" ] ||
      fail 3 "the pipeline's archive has the checksum $sum instead of $PIPELINE_SHA256; look what has changed before you take it"
    printf '%s\n' "$sum" >/var/lib/kpaas/pipeline.sha256
    as_ubuntu mkdir -p "$place/new"
    as_ubuntu tar -xf "$archive" -C "$place/new" || fail 1 "the pipeline's archive is broken"
    for file in script/cp-pipeline-vars.sh script/deploy-cp-pipeline.sh script/uninstall-cp-pipeline.sh values_orig; do
      [ -e "$place/new/cp-pipeline-deployment/$file" ] ||
        fail 3 "the pipeline's archive holds no cp-pipeline-deployment/$file: it is another one than this was written for. Look into $archive, and give an archive of 1.6.2"
    done
    as_ubuntu mv "$place/new/cp-pipeline-deployment" "$deployment"
  fi
  python3 /usr/local/lib/kpaas/portal-variables.py pipeline "$deployment/script/cp-pipeline-vars.sh" || exit 1
  chown ubuntu:ubuntu "$deployment/script/cp-pipeline-vars.sh"

  echo "kpaas: deploying the pipeline; about half an hour"
  touch "$begun"
  # shellcheck disable=SC2016
  as_ubuntu timeout 3600 bash -c 'cd "$1/script" && bash ./deploy-cp-pipeline.sh' - "$deployment"
  code=$?
  [ "$code" -ne 124 ] || fail 3 "the pipeline's script did not end within an hour. $resume"
  [ "$code" -eq 0 ] || fail 3 "the pipeline's script ended with $code. $resume"
  touch "$ended"
fi
export HOST_DOMAIN RESUME=$resume PIPELINE_URL=${PIPELINE_URL:-https://pipeline.$HOST_DOMAIN}
exec python3 /usr/local/lib/kpaas/verify-pipeline.py "$place/cp-portal-deployment/certs/ca.crt"
