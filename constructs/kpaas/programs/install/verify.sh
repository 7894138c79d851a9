#!/bin/bash
# Verifies the cluster with verify.py.
set -euo pipefail
set -a
# shellcheck source=/dev/null
. /etc/kpaas/kpaas.env
exec python3 /usr/local/lib/kpaas/verify.py
