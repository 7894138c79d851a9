#!/bin/bash
# Writes temporary credentials of the jobs' role for the user that runs jobs. A timer repeats it every five minutes.
#
# Jobs have no access to the role of the machine, which can read the runner's token. The AWS CLI and the SDKs of a job run the
# credential process of their configuration: it prints this file, again after the expiration of the credentials.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/job-credentials.env

file=/var/lib/groundwork/job-credentials.json
umask 027
text=$(aws sts assume-role --role-arn "$JOB_ROLE" --role-session-name gitlab-job --duration-seconds 3600 --output json \
  --query 'Credentials.{AccessKeyId:AccessKeyId,SecretAccessKey:SecretAccessKey,SessionToken:SessionToken,Expiration:Expiration}')
# Version is a number in the format of a credential process.
printf '{"Version": 1, %s\n' "${text#*\{}" >"$file.new"
chown root:gitlab-runner "$file.new"
chmod 0640 "$file.new"
mv "$file.new" "$file"
