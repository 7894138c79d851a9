#!/bin/bash
# Leads what this machine and its pods send to the cluster's public addresses to where they lead to: whether a cloud lets a machine
# reach itself by its own floating IP is nowhere said. May be run again: what is in place is not touched, and of what is anybody
# else's nothing is.
#
# What the machine itself answers, SSH, the API and node ports, has to go to the first control plane's own address: on every node
# kube-proxy holds the ingress' address, too, and refuses there what is no service's. All the rest is the ingress'.
#
# kube-proxy marks what it sends to the ingress, so that answers come back by this node. It does not see that these connections are
# such: they were translated before it looks. So they are masqueraded here.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/inside-address.env

# The first boot and the timer may meet.
exec 9>/run/kpaas-inside-address
flock 9
command -v iptables-restore >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq iptables >/dev/null

mapfile -t public < <(printf '%s\n' "$API_PUBLIC_ADDRESS" "$INGRESS_PUBLIC_ADDRESS" | grep . | sort -u)

# Written as iptables -S writes them.
translated() {
  local address
  for address in "${public[@]}"; do
    echo "-A KPAAS-INSIDE -d $address/32 -p tcp -m multiport --dports 22,6443,30000:32767 -j DNAT --to-destination $NODE_ADDRESS"
    echo "-A KPAAS-INSIDE -d $address/32 -p udp -m udp --dport 30000:32767 -j DNAT --to-destination $NODE_ADDRESS"
  done
  # Where both are one address, the ingress comes first.
  [ -z "$INGRESS_PUBLIC_ADDRESS" ] || echo "-A KPAAS-INSIDE -d $INGRESS_PUBLIC_ADDRESS/32 -j DNAT --to-destination $INGRESS_ADDRESS"
  [ -z "$API_PUBLIC_ADDRESS" ] || echo "-A KPAAS-INSIDE -d $API_PUBLIC_ADDRESS/32 -j DNAT --to-destination $NODE_ADDRESS"
}
masqueraded() { printf -- '-A KPAAS-INSIDE-BACK ! -o lo -m conntrack --ctstate DNAT --ctorigdst %s -j MASQUERADE\n' "${public[@]}"; }
there() { iptables -w -t nat -S "$1" 2>/dev/null | grep '^-A' || true; }

# At once, without a moment in which half of it is there; nothing else of the table is touched.
if [ "$(there KPAAS-INSIDE)" != "$(translated)" ] || [ "$(there KPAAS-INSIDE-BACK)" != "$(masqueraded)" ]; then
  { printf '%s\n' '*nat' ':KPAAS-INSIDE - [0:0]' ':KPAAS-INSIDE-BACK - [0:0]' && translated && masqueraded && echo COMMIT; } |
    iptables-restore -w --noflush
fi

# At the end: Calico and kube-proxy want their own at the beginning, and none of it is about these addresses.
jump() { iptables -w -t nat -C "$1" -j "$2" 2>/dev/null || iptables -w -t nat -A "$1" -j "$2"; }
jump PREROUTING KPAAS-INSIDE
jump OUTPUT KPAAS-INSIDE
jump POSTROUTING KPAAS-INSIDE-BACK
