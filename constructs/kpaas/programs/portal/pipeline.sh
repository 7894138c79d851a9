#!/bin/bash
# Deploys the pipeline of the portal with the portal's secrets. Its script is not idempotent: if it was started and did not succeed, it
# has to be uninstalled first, and a person decides that.
set -uo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env
# shellcheck source=/dev/null
. /etc/kpaas/portal.env
# shellcheck source=/dev/null
. /etc/kpaas/pipeline.env
# shellcheck source=/dev/null
. /usr/local/lib/kpaas/deployment.sh

deployment=$WORKSPACE/cp-pipeline-deployment
begun=/var/lib/kpaas/pipeline.begun
ended=/var/lib/kpaas/pipeline.ended
again=/var/lib/kpaas/pipeline.again
resume="To remove the pipeline and its data and start again: sudo touch $again && sudo systemctl restart --no-block groundwork-first-boot"

if [ -e "$begun" ] && { [ ! -e "$ended" ] || [ -e "$again" ]; }; then
  [ -e "$again" ] || fail 3 "the deployment of the pipeline was started and did not succeed. $resume"
  echo "kpaas: removing the pipeline"
  # It prompts on standard input, and its exit code is not that of the removal.
  # shellcheck disable=SC2016
  as_ubuntu timeout 1800 bash -c 'cd "$1/script" && echo y | bash ./uninstall-cp-pipeline.sh' - "$deployment"
  left=$(kubectl --kubeconfig /etc/kpaas/kubeconfig --request-timeout=20s get namespaces --output=name) ||
    fail 1 "the cluster does not respond, so it is unknown whether the pipeline was removed"
  ! grep -qx namespace/cp-pipeline <<<"$left" ||
    fail 3 "the pipeline could not be removed: the namespace cp-pipeline still exists. Delete it manually. $resume"
  as_ubuntu rm -rf "$deployment"
  rm -f "$begun" "$ended" "$again"
fi

if [ ! -e "$ended" ]; then
  fetch_deployment pipeline "$PIPELINE_ARCHIVE" "$PIPELINE_SHA256" \
    script/cp-pipeline-vars.sh script/deploy-cp-pipeline.sh script/uninstall-cp-pipeline.sh values_orig
  write_variables pipeline

  echo "kpaas: deploying the pipeline; about half an hour"
  touch "$begun"
  # shellcheck disable=SC2016
  as_ubuntu timeout 3600 bash -c 'cd "$1/script" && bash ./deploy-cp-pipeline.sh' - "$deployment"
  code=$?
  [ "$code" -ne 124 ] || fail 3 "the script of the pipeline did not finish within an hour. $resume"
  [ "$code" -eq 0 ] || fail 3 "the script of the pipeline exited with $code. $resume"
  touch "$ended"
fi
export HOST_DOMAIN RESUME=$resume PIPELINE_URL=${PIPELINE_URL:-https://pipeline.$HOST_DOMAIN}
exec python3 /usr/local/lib/kpaas/verify-pipeline.py "$WORKSPACE/cp-portal-deployment/certs/ca.crt"
