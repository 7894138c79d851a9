#!/bin/bash
# Brings the server to its configuration. The work is done by configure.py, beside this step.
set -euo pipefail
set -a
# shellcheck source=/dev/null
. /etc/groundwork/gitlab.env
set +a
exec python3 /usr/local/lib/groundwork/configure.py
