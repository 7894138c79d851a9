#!/bin/bash
# Configures the ingress interface: assigns its address, and routes responses from the address through it. A netplan file repeats this at
# each start, before the cluster's components start: without the address on an interface kube-proxy would claim it and reject SSH and the
# API there. Idempotent.
#
# - The file matches the interface by its hardware address, with a name that sorts before the one of cloud-init: systemd-networkd uses the
#   first match. So the address and the second default route of DHCP disappear, even if cloud-init writes its file again.
# - The address has no subnet (/32). Otherwise the main table would prefer this interface over the first one for the subnet: connections
#   of the node itself would leave through it, with an address that the cloud drops as spoofed.
# - Pods and services are reached through the node, not through the gateway, from any address.
# - The MTU, which DHCP would set, is that of the first interface.
# - Two interfaces in one subnet would both respond to ARP requests for either address; arp_ignore and arp_announce restrict each to its
#   own. Services of type LoadBalancer require the same settings of kube-proxy.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/kpaas/ingress-interface.env

# Calico uses the tables 1 to 250. The rules precede that of the main table (32766).
table=1011
file=/etc/netplan/90-kpaas-ingress.yaml
deadline=$((SECONDS + ${DEADLINE_SECONDS:-120}))

# Interfaces with hardware, except the first.
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
      echo "no interface has $NODE_ADDRESS, so the ingress interface cannot be determined"
    else
      echo "there are ${#found[@]} interfaces with hardware other than $first (${found[*]:-none}); exactly one is required, with $INGRESS_ADDRESS"
    fi
    exit 1
  fi
  sleep "${POLL_SECONDS:-2}"
done
interface=${found[0]}

configured() {
  local rules routes
  rules=$(ip -4 rule show)
  routes=$(ip -4 route show table "$table" 2>/dev/null) || return
  [ "$(ip -4 -o address show dev "$interface" | awk '{ print $4 }')" = "$INGRESS_ADDRESS/32" ] &&
    grep -qE "^1010:\s+from $INGRESS_ADDRESS to $CLUSTER lookup main" <<<"$rules" &&
    grep -qE "^1011:\s+from $INGRESS_ADDRESS lookup $table" <<<"$rules" &&
    grep -q "^default via $GATEWAY dev $interface " <<<"$routes" &&
    grep -q "^$SUBNET dev $interface " <<<"$routes" &&
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
  # An invalid file would leave the machine without a network at its next start.
  netplan generate || {
    mv "$file" "$file.rejected"
    echo "netplan rejects $file.rejected"
    exit 1
  }
  networkctl reload
fi
umask 022
printf 'net.ipv4.conf.all.%s\n' "arp_ignore = 1" "arp_announce = 2" >/etc/sysctl.d/90-kpaas-ingress.conf
sysctl --quiet --load=/etc/sysctl.d/90-kpaas-ingress.conf

tries=0
until configured; do
  if ((SECONDS >= deadline)); then
    echo "the state of $interface differs from $file:"
    ip -4 address show dev "$interface"
    ip -4 rule show
    ip -4 route show table all dev "$interface"
    exit 1
  fi
  # Another program may have changed it. Only this interface: the first one carries the operator's SSH session.
  [ "$((tries += 1))" -ne 5 ] || networkctl reconfigure "$interface"
  sleep "${POLL_SECONDS:-2}"
done
echo "$INGRESS_ADDRESS is configured on $interface"
