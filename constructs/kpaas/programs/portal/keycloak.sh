#!/bin/bash
# Configures the portal's realm with keycloak.py.
set -euo pipefail
set -a
# shellcheck source=/dev/null
. /etc/kpaas/portal.env
exec python3 /usr/local/lib/kpaas/keycloak.py /home/ubuntu/workspace/container-platform/cp-portal-deployment/certs/ca.crt
