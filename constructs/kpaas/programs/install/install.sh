#!/bin/bash
# Runs the installer. It is not idempotent: if its playbook was started and did not succeed, a person decides.
set -uo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env

single=/home/ubuntu/cp-deployment/single
again=/var/lib/kpaas/install.again
ended=/var/lib/kpaas/install.ended
restart="sudo touch $again && sudo systemctl restart --no-block groundwork-first-boot"
as_ubuntu() { sudo -n -u ubuntu -H "$@"; }

# The installer writes it right before its playbook: without it, the nodes are unchanged.
begun=$single/hosts.yaml
if [ ! -e "$ended" ] && [ -e "$begun" ]; then
  if [ ! -e "$again" ]; then
    echo "kpaas: an installation was started and did not succeed; it cannot be resumed. To remove the cluster and start again: $restart. Or replace the nodes"
    exit 3
  fi
  echo "kpaas: removing the cluster"
  # shellcheck disable=SC2016
  as_ubuntu bash -c 'PATH=$HOME/.local/bin:$PATH; cd "$1" && . ./reset-cp-cluster.sh' - "$single" || {
    echo "kpaas: the cluster could not be removed; replace the nodes"
    exit 3
  }
  rm -f "$begun" "$again"
fi

if [ ! -e "$ended" ]; then
  echo "kpaas: installing the cluster; 20 to 40 minutes"
  # Sourced, not executed, in a separate shell without options: its checks use return, and it relies on commands that fail.
  # shellcheck disable=SC2016
  as_ubuntu bash -c 'PATH=$HOME/.local/bin:$PATH; cd "$1" && . ./deploy-cp-cluster.sh' - "$single"
  code=$?
  if [ "$code" -ne 0 ]; then
    [ -e "$begun" ] || {
      echo "kpaas: the installer rejected its variables with exit code $code; the nodes are unchanged"
      exit 1
    }
    echo "kpaas: the installer's playbook failed with exit code $code. After fixing the cause, remove the cluster and start again: $restart"
    exit 3
  fi
  touch "$ended"
fi

# NHN Cloud's password is now in a Secret of the cluster, and no program reads the file again.
# shellcheck disable=SC2016
password=$(sed -n 's/^export NHN_PASSWORD="$(cat \(.*\))"$/\1/p' /etc/kpaas/cp-cluster-vars.sh)
[ ! -e "$password" ] || shred -u "$password" || rm -f "$password"

# A kubeconfig for the programs of this machine, with the private address of the API.
umask 077
sed -E "s#server: https://[^ ]+#server: https://$MASTER1_ADDRESS:6443#" /home/ubuntu/.kube/config >/etc/kpaas/kubeconfig.new
mv /etc/kpaas/kubeconfig.new /etc/kpaas/kubeconfig
echo "kpaas: the installer has succeeded"
