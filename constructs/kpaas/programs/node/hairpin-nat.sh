#!/bin/bash
# Hairpin NAT: translates connections of this machine and its pods from the public addresses of the cluster to the private ones. Clouds
# do not document whether a machine can connect to its own floating IP. Idempotent, and does not change rules of other programs.
#
# SSH, the API and node ports are translated to the private address of the first control plane node: kube-proxy has the ingress address
# on every node and rejects ports without a service there. All other ports are translated to the ingress.
#
# kube-proxy marks connections to the ingress for masquerading, so that responses return through this node. It does not recognize
# connections that were translated before. They are masqueraded here.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/hairpin-nat.env

# The first boot and the timer may run at the same time.
exec 9>/run/kpaas-hairpin-nat
flock 9
command -v iptables-restore >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq iptables >/dev/null

mapfile -t public < <(printf '%s\n' "$API_PUBLIC_ADDRESS" "$INGRESS_PUBLIC_ADDRESS" | grep . | sort -u)

# In the format of iptables -S.
translation() {
  local address
  for address in "${public[@]}"; do
    echo "-A KPAAS-HAIRPIN -d $address/32 -p tcp -m multiport --dports 22,6443,30000:32767 -j DNAT --to-destination $NODE_ADDRESS"
    echo "-A KPAAS-HAIRPIN -d $address/32 -p udp -m udp --dport 30000:32767 -j DNAT --to-destination $NODE_ADDRESS"
  done
  # If both have the same public address, the ingress takes precedence.
  [ -z "$INGRESS_PUBLIC_ADDRESS" ] || echo "-A KPAAS-HAIRPIN -d $INGRESS_PUBLIC_ADDRESS/32 -j DNAT --to-destination $INGRESS_ADDRESS"
  [ -z "$API_PUBLIC_ADDRESS" ] || echo "-A KPAAS-HAIRPIN -d $API_PUBLIC_ADDRESS/32 -j DNAT --to-destination $NODE_ADDRESS"
}
masquerading() { printf -- '-A KPAAS-HAIRPIN-MASQ ! -o lo -m conntrack --ctstate DNAT --ctorigdst %s -j MASQUERADE\n' "${public[@]}"; }
present() { iptables -w -t nat -S "$1" 2>/dev/null | grep '^-A' || true; }

# Atomic; the rest of the table is unchanged.
if [ "$(present KPAAS-HAIRPIN)" != "$(translation)" ] || [ "$(present KPAAS-HAIRPIN-MASQ)" != "$(masquerading)" ]; then
  { printf '%s\n' '*nat' ':KPAAS-HAIRPIN - [0:0]' ':KPAAS-HAIRPIN-MASQ - [0:0]' && translation && masquerading && echo COMMIT; } |
    iptables-restore -w --noflush
fi

# Appended: Calico and kube-proxy insert their rules at the start, and none of them matches these addresses.
jump() { iptables -w -t nat -C "$1" -j "$2" 2>/dev/null || iptables -w -t nat -A "$1" -j "$2"; }
jump PREROUTING KPAAS-HAIRPIN
jump OUTPUT KPAAS-HAIRPIN
jump POSTROUTING KPAAS-HAIRPIN-MASQ
