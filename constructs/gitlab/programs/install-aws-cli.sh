#!/bin/bash
# Installs a pinned version of AWS CLI v2, signed by AWS. The package of the distribution is version 1 or missing.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/aws-cli.env

mkdir -p /root/.aws
printf '[default]\nregion = %s\n' "$AWS_CLI_REGION" >/root/.aws/config

if [[ "$(aws --version 2>&1 || true)" == "aws-cli/$AWS_CLI_VERSION "* ]]; then exit 0; fi
directory=$(mktemp --directory)
trap 'rm -rf "$directory"' EXIT
base64 --decode /usr/local/lib/groundwork/aws-cli-key >"$directory/keyring"
/usr/local/lib/groundwork/verified-download \
  "https://awscli.amazonaws.com/awscli-exe-linux-$(uname -m)-$AWS_CLI_VERSION.zip" "$directory/cli.zip" \
  signature "$directory/keyring" "$AWS_CLI_FINGERPRINT"
unzip -q "$directory/cli.zip" -d "$directory"
"$directory/aws/install" --update
