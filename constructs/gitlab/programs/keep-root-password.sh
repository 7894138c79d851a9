#!/bin/bash
# Moves the first password of root from the file that the package wrote into a SecureString.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/gitlab.env

file=/etc/gitlab/initial_root_password
# A server with old data has made its password long ago.
[ -e "$file" ] || exit 0
# On standard input, because arguments are readable to every process. Nothing but the password: no line's end, no file's rest.
sed -n 's/^Password: //p' "$file" | tr -d '\n' |
  aws ssm put-parameter --name "$ROOT_PASSWORD_PARAMETER" --type SecureString --overwrite --value file:///dev/stdin >/dev/null
rm "$file"
