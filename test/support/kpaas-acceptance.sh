#!/usr/bin/env bash
# Checks whether the installer of K-PaaS 1.6.2 would accept a file of variables: kpaas-acceptance.sh <file> first|second
#
# The installer has two scripts. Each checks the variables section by section, with two differences: the second one searches the text
# for an Istio gateway, and requires NHN Cloud's values if CSP_TYPE is not empty. The first invalid section ends the check: its name and
# the variable are printed, and the exit code is 2, like the installer's.

file=$1
script=$2
# shellcheck source=/dev/null
source "$file"

reject() {
  echo "$1: $2"
  exit 2
}

number() { [[ ${!1} =~ ^[0-9]+$ ]]; }

address() { [[ ${!1} =~ ^[0-9]+(\.[0-9]+){3}$ ]]; }

one_of() {
  local name=$1 value
  shift
  for value in "$@"; do
    [[ ${!name} == "$value" ]] && return
  done
  return 1
}

# count SECTION NAME: requires a number above zero.
count() {
  if ! number "$2" || [ "${!2}" -eq 0 ]; then reject "$1" "$2"; fi
}

# machines SECTION PREFIX COUNT: requires a name and an address for each.
machines() {
  local n
  for ((n = 1; n <= $3; n++)); do
    local name=$2${n}_NODE_HOSTNAME address=$2${n}_NODE_PRIVATE_IP
    [[ -n ${!name} ]] || reject "$1" "$name"
    if [[ $2$n == MASTER1 ]]; then
      address MASTER1_NODE_PUBLIC_IP || reject "$1" MASTER1_NODE_PUBLIC_IP
    fi
    address "$address" || reject "$1" "$address"
  done
}

count masters KUBE_CONTROL_HOSTS
machines masters MASTER "$KUBE_CONTROL_HOSTS"

if [ "$KUBE_CONTROL_HOSTS" -gt 1 ]; then
  [[ -n $LOADBALANCER_DOMAIN ]] || reject ha LOADBALANCER_DOMAIN
  one_of ETCD_TYPE external stacked || reject ha ETCD_TYPE
  [[ $ETCD_TYPE != external ]] || machines ha ETCD "$KUBE_CONTROL_HOSTS"
fi

count workers KUBE_WORKER_HOSTS
machines workers WORKER "$KUBE_WORKER_HOSTS"

one_of STORAGE_TYPE nfs rook-ceph || reject storage STORAGE_TYPE
[[ $STORAGE_TYPE != nfs ]] || address NFS_SERVER_PRIVATE_IP || reject storage NFS_SERVER_PRIVATE_IP

if [[ $CSP_TYPE != NHN ]]; then
  [[ $METALLB_IP_RANGE =~ ^[0-9]+(\.[0-9]+){3}-[0-9]+(\.[0-9]+){3}$ ]] || reject metallb METALLB_IP_RANGE
  address INGRESS_NGINX_IP || reject ingress INGRESS_NGINX_IP
  # Any line with a second field matches, including a comment.
  if [[ $script == second ]] && [[ -n $(grep ISTIO_GATEWAY_PRIVATE_IP "$file" | awk '{print $2}') ]]; then
    address ISTIO_GATEWAY_PRIVATE_IP || reject istio ISTIO_GATEWAY_PRIVATE_IP
    address ISTIO_GATEWAY_PUBLIC_IP || reject istio ISTIO_GATEWAY_PUBLIC_IP
  fi
fi

one_of INSTALL_KYVERNO Y N || reject kyverno INSTALL_KYVERNO

if [[ $CSP_TYPE == NHN || ($script == second && -n $CSP_TYPE) ]]; then
  for name in NHN_USERNAME NHN_PASSWORD NHN_TENANT_ID NHN_VIP_SUBNET_ID; do
    [[ -n ${!name} ]] || reject nhn "$name"
  done
fi
