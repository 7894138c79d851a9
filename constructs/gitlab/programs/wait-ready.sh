#!/bin/bash
# Waits until GitLab and its dependencies are ready. `gitlab-ctl status` would only check that processes exist.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/gitlab.env

deadline=$((SECONDS + 900))
until curl --fail --silent --insecure --max-time 10 --header "Host: $GITLAB_HOST" --output /dev/null \
  "$LOCAL_URL/-/readiness?all=1"; do
  if ((SECONDS >= deadline)); then
    echo "GitLab is not ready after 15 minutes; check gitlab-ctl status and gitlab-ctl tail"
    exit 1
  fi
  sleep "${POLL_SECONDS:-10}"
done
