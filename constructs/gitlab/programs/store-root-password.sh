#!/bin/bash
# Moves the initial root password from the file of the package into a SecureString.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/gitlab.env

file=/etc/gitlab/initial_root_password
# A server with existing data has no such file.
[ -e "$file" ] || exit 0
# On standard input, because every process can read arguments. Only the password, without the newline and the rest of the file.
sed -n 's/^Password: //p' "$file" | tr -d '\n' |
  aws ssm put-parameter --name "$ROOT_PASSWORD_PARAMETER" --type SecureString --overwrite --value file:///dev/stdin >/dev/null
rm "$file"
