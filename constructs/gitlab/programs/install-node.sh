#!/bin/bash
# Installs Node for the runner's user. Jobs run in login shells, which read only .profile.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/runner.env

home=/home/gitlab-runner
as_jobs_run() { su --shell /bin/bash --login gitlab-runner; }

if [ ! -e "$home/.nvm/nvm.sh" ]; then
  # shellcheck disable=SC2016
  printf 'git clone --quiet --depth 1 --branch %q https://github.com/nvm-sh/nvm.git "$HOME/.nvm"\n' "$NVM_VERSION" | as_jobs_run
fi
# Two lines without output: a profile that prints or fails would fail every job.
# shellcheck disable=SC2016
printf '%s\n' 'export NVM_DIR="$HOME/.nvm"' '. "$NVM_DIR/nvm.sh" >/dev/null 2>&1' >"$home/.profile"
chown gitlab-runner: "$home/.profile"

as_jobs_run <<SCRIPT
nvm install $NODE_VERSION >/dev/null
nvm alias default $NODE_VERSION >/dev/null
SCRIPT

found=$(as_jobs_run <<<'node --version')
if [ "$found" != "v$NODE_VERSION" ]; then
  echo "jobs would run node $found instead of v$NODE_VERSION"
  exit 1
fi
