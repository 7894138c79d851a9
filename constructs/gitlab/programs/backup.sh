#!/bin/bash
# Backs up data and secrets to separate buckets: tokens in the data can only be decrypted with the secrets.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/backup.env

gitlab-backup create CRON=1 STRATEGY=copy
newest() { find "$1" -maxdepth 1 -name "$2" -printf '%T@ %p\n' | sort -n | tail -1 | cut -d' ' -f2-; }
data=$(newest /var/opt/gitlab/backups '*_gitlab_backup.tar')
test -s "$data"
aws s3 cp --only-show-errors "$data" "s3://$DATA_BUCKET/"

secrets=/var/opt/gitlab/backups-etc
install -d -m 0700 "$secrets"
gitlab-ctl backup-etc --backup-path "$secrets" --delete-old-backups
etc=$(newest "$secrets" 'gitlab_config_*.tar')
test -s "$etc"
aws s3 cp --only-show-errors "$etc" "s3://$SECRETS_BUCKET/"
