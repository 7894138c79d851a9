#!/bin/bash
# Gives jobs the credentials of their own role: waits until the role trusts this machine, and configures the AWS CLI of the jobs' user.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/job-credentials.env

home=/home/gitlab-runner
mkdir -p "$home/.aws"
printf '[default]\nregion = %s\ncredential_process = /bin/cat /var/lib/groundwork/job-credentials.json\n' "$JOB_REGION" >"$home/.aws/config"
chown -R gitlab-runner: "$home/.aws"

# IAM applies a trust policy after some seconds.
deadline=$((SECONDS + ${DEADLINE_SECONDS:-600}))
until /usr/local/lib/groundwork/job-credentials; do
  if ((SECONDS >= deadline)); then
    echo "the role of this machine cannot assume $JOB_ROLE; allow it in the trust policy of that role"
    exit 1
  fi
  sleep "${POLL_SECONDS:-10}"
done
