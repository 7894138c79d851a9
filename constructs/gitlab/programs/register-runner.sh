#!/bin/bash
# Waits for the runner's token and for the server, then registers the runner. Idempotent.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/runner.env

config=/etc/gitlab-runner/config.toml
poll=${POLL_SECONDS:-15}
wait_for() {
  local subject=$1 deadline=$((SECONDS + 2700))
  shift
  until "$@"; do
    if ((SECONDS >= deadline)); then
      echo "$subject is not available after 45 minutes; check /var/log/groundwork on the server"
      exit 1
    fi
    sleep "$poll"
  done
}

# Connects to the server's private address under its host name: the server's security group allows only traffic within the network.
if [ -n "$SERVER_ADDRESS" ]; then
  host=${SERVER_URL#*://}
  host=${host%%[:/]*}
  entries=$(HOST=$host awk '$2 != ENVIRON["HOST"]' /etc/hosts)
  printf '%s\n' "$entries" "$SERVER_ADDRESS $host" >/etc/hosts.new
  cat /etc/hosts.new >/etc/hosts
  rm /etc/hosts.new
fi

fetch_token() {
  CI_SERVER_TOKEN=$(aws ssm get-parameter --name "$TOKEN_PARAMETER" --with-decryption --query Parameter.Value --output text 2>/dev/null) &&
    [[ $CI_SERVER_TOKEN == glrt-* ]]
}
wait_for "the runner's token" fetch_token
wait_for "the server" curl --fail --silent --max-time 10 --output /dev/null "$SERVER_URL/users/sign_in"

# Each registration adds an entry, so it is done once. The token is passed in the environment, not in arguments.
if ! grep -qFf <(printf '%s\n' "$CI_SERVER_TOKEN") "$config"; then
  # Removes the entry of a replaced token, which the server no longer accepts.
  ! grep -qF '[[runners]]' "$config" || gitlab-runner verify --delete || true
  export CI_SERVER_TOKEN
  read -ra options <<<"$REGISTER_OPTIONS"
  gitlab-runner register --non-interactive --url "$SERVER_URL" --clone-url "$SERVER_URL" --executor shell \
    --name "$RUNNER_NAME" "${options[@]}"
fi
gitlab-runner verify
