#!/bin/bash
# Installs a pinned version of the runner. The package creates the runner's user with an empty home directory.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/runner.env
export DEBIAN_FRONTEND=noninteractive

/usr/local/lib/groundwork/add-repository gitlab-runner https://packages.gitlab.com/runner/gitlab-runner/ubuntu/
apt-get update -qq
# Each with its version. The helper images must be pinned, too; otherwise the newest images require the newest runner.
read -ra packages <<<"$RUNNER_PACKAGES"
apt-get install -y -qq "${packages[@]}"
apt-mark hold "${packages[@]%%=*}"

# If the image already had this user, its .bash_logout clears the console, which fails every job.
rm -f /home/gitlab-runner/.bash_logout

config=/etc/gitlab-runner/config.toml
mkdir -p /etc/gitlab-runner
[ -e "$config" ] || install -m 0600 /dev/null "$config"
if grep -q '^concurrent' "$config"; then
  sed -i "s/^concurrent.*/concurrent = $CONCURRENT/" "$config"
else
  sed -i "1i concurrent = $CONCURRENT" "$config"
  [ -s "$config" ] || printf 'concurrent = %s\n' "$CONCURRENT" >"$config"
fi
systemctl enable --now gitlab-runner
