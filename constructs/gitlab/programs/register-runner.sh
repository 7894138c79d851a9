#!/bin/bash
# Waits for the runner's token and for the server, then registers. A second run finds the token registered and does nothing.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/runner.env

config=/etc/gitlab-runner/config.toml
poll=${POLL_SECONDS:-15}
wait_for() {
  local what=$1 deadline=$((SECONDS + 2700))
  shift
  until "$@"; do
    if ((SECONDS >= deadline)); then
      echo "$what did not come within 45 minutes; /var/log/groundwork on the server says why"
      exit 1
    fi
    sleep "$poll"
  done
}

# The way within the network, under the same name: the server knows this machine by its private address only.
if [ -n "$SERVER_ADDRESS" ]; then
  host=${SERVER_URL#*://}
  sed -i "/ $host\$/d" /etc/hosts
  printf '%s %s\n' "$SERVER_ADDRESS" "$host" >>/etc/hosts
fi

fetch_token() {
  CI_SERVER_TOKEN=$(aws ssm get-parameter --name "$TOKEN_PARAMETER" --with-decryption --query Parameter.Value --output text 2>/dev/null) &&
    [[ $CI_SERVER_TOKEN == glrt-* ]]
}
wait_for "the runner's token" fetch_token
wait_for "the server" curl --fail --silent --max-time 10 --output /dev/null "$SERVER_URL/users/sign_in"

# Each registration adds an entry: once is enough. The token goes through the environment, not through arguments.
if ! grep -qFf <(printf '%s\n' "$CI_SERVER_TOKEN") "$config"; then
  # Of a token that was replaced an entry stays behind, which the server no longer knows.
  ! grep -qF '[[runners]]' "$config" || gitlab-runner verify --delete || true
  export CI_SERVER_TOKEN
  read -ra options <<<"$REGISTER_OPTIONS"
  gitlab-runner register --non-interactive --url "$SERVER_URL" --clone-url "$SERVER_URL" --executor shell \
    --name "$RUNNER_NAME" "${options[@]}"
fi
gitlab-runner verify
