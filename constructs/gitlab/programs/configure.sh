#!/bin/bash
# Applies the configuration of the server with configure.py.
set -euo pipefail
set -a
# shellcheck source=/dev/null
. /etc/groundwork/gitlab.env
set +a
exec python3 /usr/local/lib/groundwork/configure.py
