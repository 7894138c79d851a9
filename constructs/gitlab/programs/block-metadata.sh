#!/bin/bash
# Blocks the instance metadata service, and with it the credentials of the machine's role, for every user except root. systemd runs it
# before each start of the service whose processes are not trusted. Idempotent.
set -euo pipefail

block() {
  local program=$1 address=$2 reject_with=$3
  local rule=(OUTPUT -d "$address" -m owner '!' --uid-owner 0 -j REJECT --reject-with "$reject_with")
  "$program" -w -C "${rule[@]}" 2>/dev/null || "$program" -w -I "${rule[@]}"
}
block iptables 169.254.169.254/32 icmp-admin-prohibited
block ip6tables fd00:ec2::254/128 icmp6-adm-prohibited
