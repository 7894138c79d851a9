#!/bin/bash
# Installs a pinned version of AWS CLI v2. The package of the distribution is version 1 or missing.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/aws-cli.env

mkdir -p /root/.aws
printf '[default]\nregion = %s\n' "$AWS_CLI_REGION" >/root/.aws/config

if [[ "$(aws --version 2>&1 || true)" == "aws-cli/$AWS_CLI_VERSION "* ]]; then exit 0; fi
directory=$(mktemp --directory)
trap 'rm -rf "$directory"' EXIT
curl --fail --silent --show-error --location --retry 5 --output "$directory/cli.zip" \
  "https://awscli.amazonaws.com/awscli-exe-linux-$(uname -m)-$AWS_CLI_VERSION.zip"
unzip -q "$directory/cli.zip" -d "$directory"
"$directory/aws/install" --update
