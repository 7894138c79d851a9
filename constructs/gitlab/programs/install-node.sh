#!/bin/bash
# Installs nvm and Node for the runner's user, both verified before they are executed. Jobs run in login shells, which read only .profile.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/runner.env

home=/home/gitlab-runner
as_jobs_run() { su --shell /bin/bash --login gitlab-runner; }

if [ ! -e "$home/.nvm/nvm.sh" ]; then
  # A tag can be moved; the commit identifies the content.
  # shellcheck disable=SC2016
  commit=$(printf 'rm -rf "$HOME/.nvm.new" && git clone --quiet --depth 1 --branch %q https://github.com/nvm-sh/nvm.git "$HOME/.nvm.new" &&
    git -C "$HOME/.nvm.new" rev-parse HEAD\n' "$NVM_VERSION" | as_jobs_run)
  if [ "$commit" != "$NVM_COMMIT" ]; then
    echo "nvm $NVM_VERSION is at commit $commit instead of $NVM_COMMIT"
    exit 1
  fi
  mv "$home/.nvm.new" "$home/.nvm"
fi

case $(uname -m) in
  aarch64) platform=arm64 sum=$NODE_SHA256_ARM64 ;;
  *) platform=x64 sum=$NODE_SHA256_X64 ;;
esac
directory=$(mktemp --directory)
trap 'rm -rf "$directory"' EXIT
/usr/local/lib/groundwork/verified-download "https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION-linux-$platform.tar.xz" \
  "$directory/node.tar.xz" sha256 "$sum"
chmod 0755 "$directory"
# The directory of nvm's own installations, so that nvm knows the version.
# shellcheck disable=SC2016
printf 'to=$HOME/.nvm/versions/node/v%s && rm -rf "$to" && mkdir -p "$to" && tar -xJf %q -C "$to" --strip-components=1\n' \
  "$NODE_VERSION" "$directory/node.tar.xz" | as_jobs_run

# Two lines without output: a profile that prints or fails would fail every job.
# shellcheck disable=SC2016
printf '%s\n' 'export NVM_DIR="$HOME/.nvm"' '. "$NVM_DIR/nvm.sh" >/dev/null 2>&1' >"$home/.profile"
chown gitlab-runner: "$home/.profile"

printf 'nvm alias default %q >/dev/null\n' "$NODE_VERSION" | as_jobs_run

found=$(as_jobs_run <<<'node --version')
if [ "$found" != "v$NODE_VERSION" ]; then
  echo "jobs would run node $found instead of v$NODE_VERSION"
  exit 1
fi
