#!/bin/bash
# Applies the sample workload to the cluster and checks that a node responds for it. Idempotent.
set -uo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env
# shellcheck source=/dev/null
. /etc/kpaas/workload.env

pause=${POLL_SECONDS:-15}
cluster() { kubectl --kubeconfig /etc/kpaas/kubeconfig --namespace "$NAMESPACE" "$@"; }

for attempt in 1 2 3 4 5; do
  output=$(cluster --request-timeout=60s apply --filename=/etc/kpaas/workload.yaml 2>&1) && break
  echo "kpaas: the cluster rejects the workload: ${output##*$'\n'}"
  [ "$attempt" -lt 5 ] || exit 1
  sleep "$pause"
done
printf '%s\n' "$output"

cluster rollout status "deployment/$DEPLOYMENT" --timeout=8m || {
  echo "kpaas: not all pods of $DEPLOYMENT are available; run kubectl describe pods in namespace $NAMESPACE for the reason"
  exit 1
}

url=http://$MASTER1_ADDRESS:$NODE_PORT/
attempts=0
until curl --fail --silent --show-error --output /dev/null --noproxy '*' --max-time 10 "$url"; do
  [ $((attempts++)) -gt 0 ] || echo "kpaas: the pods of the workload are available, but $url does not respond"
  sleep "$pause"
done
echo "kpaas: the workload responds at $url"
