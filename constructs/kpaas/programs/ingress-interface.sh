#!/bin/bash
# Gives the ingress' own interface its address, and lets what is answered from it leave by it. A file of netplan's sees to it at each
# later start, before the cluster's own parts come: had kube-proxy not found the address on an interface, it would hold it itself, and
# refuse SSH and the API there. May be run again: where everything is in place, nothing is touched.
#
# - By its hardware's address, and under a name that sorts before what cloud-init writes for the same interface: of two descriptions
#   systemd-networkd follows the first. So DHCP's address and its second default route go, and stay away when cloud-init writes anew.
# - The address stands alone (/32). With its subnet the main table would have a way by this interface that is better than DHCP's by the
#   first: what the node itself sends there would leave here, with an address that the cloud takes for forged.
# - Pods and services are behind the node, not behind the gateway, whatever address answers them.
# - DHCP also told the size of packets: the first interface knows it.
# - Two interfaces in one subnet would both answer when somebody asks who has the address; each is to speak for its own alone.
#   Services of type LoadBalancer need the same, so kube-proxy will set it, too.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/ingress-interface.env

# Beyond those that Calico takes for itself (1 to 250); the rules come before the main table's (32766).
table=1011
file=/etc/netplan/90-kpaas-ingress.yaml
deadline=$((SECONDS + ${DEADLINE_SECONDS:-120}))

# Interfaces with hardware behind them, but for the first.
others() {
  local device name
  for device in /sys/class/net/*/device; do
    name=$(basename "$(dirname "$device")")
    [ "$name" = "$first" ] || [ "$name" = "*" ] || echo "$name"
  done
}

while true; do
  first=$(ip -4 -o address show to "$NODE_ADDRESS/32" | awk 'NR == 1 { print $2 }')
  mapfile -t found < <(others)
  [ -z "$first" ] || [ "${#found[@]}" -ne 1 ] || break
  if ((SECONDS >= deadline)); then
    if [ -z "$first" ]; then
      echo "no interface has $NODE_ADDRESS, so which one is the ingress' cannot be told"
    else
      echo "beside $first there are ${#found[@]} interfaces with hardware (${found[*]:-none}); it has to be one, with $INGRESS_ADDRESS"
    fi
    exit 1
  fi
  sleep "${POLL_SECONDS:-2}"
done
interface=${found[0]}

right() {
  local rules ways
  rules=$(ip -4 rule show)
  ways=$(ip -4 route show table "$table" 2>/dev/null) || return
  [ "$(ip -4 -o address show dev "$interface" | awk '{ print $4 }')" = "$INGRESS_ADDRESS/32" ] &&
    grep -qE "^1010:\s+from $INGRESS_ADDRESS to $CLUSTER lookup main" <<<"$rules" &&
    grep -qE "^1011:\s+from $INGRESS_ADDRESS lookup $table" <<<"$rules" &&
    grep -q "^default via $GATEWAY dev $interface " <<<"$ways" &&
    grep -q "^$SUBNET dev $interface " <<<"$ways" &&
    [ -z "$(ip -4 route show table main dev "$interface")" ]
}

umask 077
echo "network:
  version: 2
  ethernets:
    0-kpaas-ingress:
      match:
        macaddress: '$(cat "/sys/class/net/$interface/address")'
      set-name: '$interface'
      mtu: $(cat "/sys/class/net/$first/mtu")
      dhcp4: false
      dhcp6: false
      addresses:
        - $INGRESS_ADDRESS/32
      routes:
        - to: $SUBNET
          scope: link
          table: $table
        - to: default
          via: $GATEWAY
          on-link: true
          table: $table
      routing-policy:
        - from: $INGRESS_ADDRESS
          to: $CLUSTER
          table: 254
          priority: 1010
        - from: $INGRESS_ADDRESS
          table: $table
          priority: 1011" >"$file.new"
if cmp -s "$file.new" "$file"; then
  rm "$file.new"
else
  mv "$file.new" "$file"
  # What netplan cannot read would leave the machine without any network at its next start.
  netplan generate || {
    mv "$file" "$file.refused"
    echo "netplan refuses $file.refused"
    exit 1
  }
  networkctl reload
fi
umask 022
printf 'net.ipv4.conf.all.%s\n' "arp_ignore = 1" "arp_announce = 2" >/etc/sysctl.d/90-kpaas-ingress.conf
sysctl --quiet --load=/etc/sysctl.d/90-kpaas-ingress.conf

tries=0
until right; do
  if ((SECONDS >= deadline)); then
    echo "$interface is not what $file says:"
    ip -4 address show dev "$interface"
    ip -4 rule show
    ip -4 route show table all dev "$interface"
    exit 1
  fi
  # Somebody else has changed it. This interface alone: the first one carries whoever is watching.
  [ "$((tries += 1))" -ne 5 ] || networkctl reconfigure "$interface"
  sleep "${POLL_SECONDS:-2}"
done
echo "$INGRESS_ADDRESS is on $interface and answers by it"
