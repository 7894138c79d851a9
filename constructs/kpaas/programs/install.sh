#!/bin/bash
# Runs the installer. It cannot be run again over what it has begun; so once its playbook was started and has not ended well, a person
# decides.
set -uo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env

single=/home/ubuntu/cp-deployment/single
again=/var/lib/kpaas/install.again
ended=/var/lib/kpaas/install.ended
as_ubuntu() { sudo -n -u ubuntu -H "$@"; }

# Written by the installer right before its playbook: without it nothing has happened to the nodes.
begun=$single/hosts.yaml
if [ ! -e "$ended" ] && [ -e "$begun" ]; then
  if [ ! -e "$again" ]; then
    echo "kpaas: an installation was begun and did not end well; it cannot be gone on with. To take the cluster away and begin again: sudo touch $again && sudo systemctl restart --no-block groundwork-first-boot. Or replace the nodes"
    exit 3
  fi
  echo "kpaas: taking away what is there of the cluster"
  # shellcheck disable=SC2016
  as_ubuntu bash -c 'PATH=$HOME/.local/bin:$PATH; cd "$1" && . ./reset-cp-cluster.sh' - "$single" || {
    echo "kpaas: the cluster could not be taken away; replace the nodes"
    exit 3
  }
  rm -f "$begun" "$again"
fi

if [ ! -e "$ended" ]; then
  echo "kpaas: installing the cluster; 20 to 40 minutes"
  # Sourced, not run, and by a shell of its own without options: its checks return, and it counts on commands that fail.
  # shellcheck disable=SC2016
  as_ubuntu bash -c 'PATH=$HOME/.local/bin:$PATH; cd "$1" && . ./deploy-cp-cluster.sh' - "$single"
  code=$?
  if [ "$code" -ne 0 ]; then
    [ -e "$begun" ] || {
      echo "kpaas: the installer refused its variables with $code, before it did anything"
      exit 1
    }
    echo "kpaas: the installer's playbook failed with $code. When what was wrong is mended: sudo touch $again && sudo systemctl restart --no-block groundwork-first-boot takes the cluster away and begins again"
    exit 3
  fi
  touch "$ended"
fi

# The cluster has NHN Cloud's password in a Secret now, and nothing here reads the file again.
# shellcheck disable=SC2016
password=$(sed -n 's/^export NHN_PASSWORD="$(cat \(.*\))"$/\1/p' /etc/kpaas/cp-cluster-vars.sh)
[ ! -e "$password" ] || shred -u "$password" || rm -f "$password"

# For the units of this machine: inside of the network, whatever becomes of the public address.
umask 077
sed -E "s#server: https://[^ ]+#server: https://$MASTER1_ADDRESS:6443#" /home/ubuntu/.kube/config >/etc/kpaas/kubeconfig.new
mv /etc/kpaas/kubeconfig.new /etc/kpaas/kubeconfig
echo "kpaas: the installer has ended well"
