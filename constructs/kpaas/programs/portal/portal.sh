#!/bin/bash
# Deploys the portal with generated secrets. Its script is not idempotent: if it was started and did not succeed, a person decides. The
# unseal keys of OpenBao are saved in every case.
set -uo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env
# shellcheck source=/dev/null
. /etc/kpaas/portal.env
# shellcheck source=/dev/null
. /usr/local/lib/kpaas/deployment.sh

deployment=$WORKSPACE/cp-portal-deployment
begun=/var/lib/kpaas/portal.begun
ended=/var/lib/kpaas/portal.ended
again=/var/lib/kpaas/portal.again
restart="sudo touch $again && sudo systemctl restart --no-block groundwork-first-boot"
keep_keys() {
  [ ! -e "$deployment/secmg/unseal-key" ] || python3 /usr/local/lib/kpaas/keep-unseal-keys.py "$deployment/secmg/unseal-key"
}

if [ -e "$begun" ] && [ ! -e "$ended" ]; then
  keep_keys || exit 3
  [ -e "$again" ] || fail 3 "the deployment of the portal was started and did not succeed; it cannot be resumed. To remove the portal and its data and start again: $restart"
  # It prompts on standard input.
  # shellcheck disable=SC2016
  as_ubuntu bash -c 'cd "$1/script" && echo y | timeout 1800 bash ./uninstall-cp-portal.sh' - "$deployment"
  as_ubuntu rm -rf "$deployment"
  rm -f "$begun" "$again" /etc/kpaas/unseal-keys
fi

if [ ! -e "$ended" ]; then
  fetch_deployment portal "$PORTAL_ARCHIVE" "$PORTAL_SHA256"
  write_variables portal

  echo "kpaas: deploying the portal; about an hour"
  touch "$begun"
  # Its loops have no time limit.
  # shellcheck disable=SC2016
  as_ubuntu timeout 5400 bash -c 'cd "$1/script" && bash ./deploy-cp-portal.sh' - "$deployment"
  code=$?
  keep_keys || exit 3
  [ "$code" -ne 124 ] || fail 3 "the script of the portal did not finish within 90 minutes. After fixing the cause, remove the portal and start again: $restart"
  # Other exit codes do not indicate whether the deployment succeeded; verify-portal.py checks it.
  touch "$ended"
fi
set -a
# shellcheck source=/dev/null
. /etc/kpaas/portal.env
exec python3 /usr/local/lib/kpaas/verify-portal.py "$deployment/certs/ca.crt"
