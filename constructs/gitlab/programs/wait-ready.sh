#!/bin/bash
# Waits until GitLab and all that it leans on answer. `gitlab-ctl status` would only say that processes exist.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/gitlab.env

deadline=$((SECONDS + 900))
until curl --fail --silent --insecure --max-time 10 --header "Host: $GITLAB_HOST" --output /dev/null \
  "$LOCAL_URL/-/readiness?all=1"; do
  if ((SECONDS >= deadline)); then
    echo "GitLab is not ready after 15 minutes: gitlab-ctl status, gitlab-ctl tail"
    exit 1
  fi
  sleep "${POLL_SECONDS:-10}"
done
