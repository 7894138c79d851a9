#!/bin/bash
# Fetches the certificate and its key with the machine's role into the directory that the package reads.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/gitlab.env

mkdir -p /etc/gitlab/ssl
chmod 0700 /etc/gitlab/ssl
umask 077
fetch() {
  aws ssm get-parameter --name "$1" --with-decryption --query Parameter.Value --output text >"/etc/gitlab/ssl/$GITLAB_HOST.$2"
}
fetch "$CERTIFICATE_PARAMETER" crt
fetch "$KEY_PARAMETER" key
