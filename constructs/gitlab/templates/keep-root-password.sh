#!/bin/bash
# Moves the first password of root from the file that the package wrote into a SecureString.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/gitlab.env

file=/etc/gitlab/initial_root_password
# A server with old data has made its password long ago.
[ -e "$file" ] || exit 0
# On standard input, because arguments are readable to every process.
sed -n 's/^Password: //p' "$file" |
  python3 -c 'import json, sys; print(json.dumps({"Name": sys.argv[1], "Type": "SecureString", "Overwrite": True, "Value": sys.stdin.read().strip()}))' \
    "$ROOT_PASSWORD_PARAMETER" |
  aws ssm put-parameter --cli-input-json file:///dev/stdin >/dev/null
rm "$file"
