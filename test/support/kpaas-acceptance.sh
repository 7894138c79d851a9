#!/usr/bin/env bash
# Says whether the installer of K-PaaS 1.6.2 would take a file of variables: kpaas-acceptance.sh <file> first|second
#
# It has two scripts, and each looks through the variables section by section, with the same eye but for two things: the second one
# searches the text for a gateway of Istio, and asks for NHN Cloud's values whenever CSP_TYPE is not empty. The first section that
# does not pass ends it: its name and the variable are printed, and the status is 2, as the installer's is.

file=$1
script=$2
# shellcheck source=/dev/null
source "$file"

refuse() {
  echo "$1: $2"
  exit 2
}

number() { [[ ${!1} =~ ^[0-9]+$ ]]; }

address() { [[ ${!1} =~ ^[0-9]+(\.[0-9]+){3}$ ]]; }

one_of() {
  local name=$1 word
  shift
  for word in "$@"; do
    [[ ${!name} == "$word" ]] && return
  done
  return 1
}

# count SECTION NAME: a number above zero.
count() {
  if ! number "$2" || [ "${!2}" -eq 0 ]; then refuse "$1" "$2"; fi
}

# machines SECTION PREFIX HOW_MANY: each with a name and an address.
machines() {
  local n
  for ((n = 1; n <= $3; n++)); do
    local name=$2${n}_NODE_HOSTNAME address=$2${n}_NODE_PRIVATE_IP
    [[ -n ${!name} ]] || refuse "$1" "$name"
    if [[ $2$n == MASTER1 ]]; then
      address MASTER1_NODE_PUBLIC_IP || refuse "$1" MASTER1_NODE_PUBLIC_IP
    fi
    address "$address" || refuse "$1" "$address"
  done
}

count masters KUBE_CONTROL_HOSTS
machines masters MASTER "$KUBE_CONTROL_HOSTS"

if [ "$KUBE_CONTROL_HOSTS" -gt 1 ]; then
  [[ -n $LOADBALANCER_DOMAIN ]] || refuse ha LOADBALANCER_DOMAIN
  one_of ETCD_TYPE external stacked || refuse ha ETCD_TYPE
  [[ $ETCD_TYPE != external ]] || machines ha ETCD "$KUBE_CONTROL_HOSTS"
fi

count workers KUBE_WORKER_HOSTS
machines workers WORKER "$KUBE_WORKER_HOSTS"

one_of STORAGE_TYPE nfs rook-ceph || refuse storage STORAGE_TYPE
[[ $STORAGE_TYPE != nfs ]] || address NFS_SERVER_PRIVATE_IP || refuse storage NFS_SERVER_PRIVATE_IP

if [[ $CSP_TYPE != NHN ]]; then
  [[ $METALLB_IP_RANGE =~ ^[0-9]+(\.[0-9]+){3}-[0-9]+(\.[0-9]+){3}$ ]] || refuse metallb METALLB_IP_RANGE
  address INGRESS_NGINX_IP || refuse ingress INGRESS_NGINX_IP
  # A line with a second word is enough, be it a comment.
  if [[ $script == second ]] && [[ -n $(grep ISTIO_GATEWAY_PRIVATE_IP "$file" | awk '{print $2}') ]]; then
    address ISTIO_GATEWAY_PRIVATE_IP || refuse istio ISTIO_GATEWAY_PRIVATE_IP
    address ISTIO_GATEWAY_PUBLIC_IP || refuse istio ISTIO_GATEWAY_PUBLIC_IP
  fi
fi

one_of INSTALL_KYVERNO Y N || refuse kyverno INSTALL_KYVERNO

if [[ $CSP_TYPE == NHN || ($script == second && -n $CSP_TYPE) ]]; then
  for name in NHN_USERNAME NHN_PASSWORD NHN_TENANT_ID NHN_VIP_SUBNET_ID; do
    [[ -n ${!name} ]] || refuse nhn "$name"
  done
fi
