#!/bin/bash
# Puts the sample workload into the cluster and looks whether a node answers for it. May be run again: what is applied twice is there
# once.
set -uo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env
# shellcheck source=/dev/null
. /etc/kpaas/workload.env

pause=${POLL_SECONDS:-15}
cluster() { kubectl --kubeconfig /etc/kpaas/kubeconfig --namespace "$NAMESPACE" "$@"; }

for tries in 1 2 3 4 5; do
  said=$(cluster --request-timeout=60s apply --filename=/etc/kpaas/workload.yaml 2>&1) && break
  echo "kpaas: the cluster does not take the workload: ${said##*$'\n'}"
  [ "$tries" -lt 5 ] || exit 1
  sleep "$pause"
done
printf '%s\n' "$said"

cluster rollout status "deployment/$DEPLOYMENT" --timeout=8m || {
  echo "kpaas: not all pods of $DEPLOYMENT are available; kubectl describe pods in namespace $NAMESPACE says why"
  exit 1
}

url=http://$MASTER1_ADDRESS:$NODE_PORT/
asked=0
until curl --fail --silent --show-error --output /dev/null --noproxy '*' --max-time 10 "$url"; do
  [ $((asked++)) -gt 0 ] || echo "kpaas: the workload's pods are available, but $url does not answer"
  sleep "$pause"
done
echo "kpaas: the workload answers at $url"
