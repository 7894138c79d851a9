#!/bin/bash
# Installs a pinned version of GitLab. gitlab.rb is written before the installation, so that the package configures itself once.
set -euo pipefail
# shellcheck source=/dev/null
. /etc/groundwork/gitlab.env
export DEBIAN_FRONTEND=noninteractive EXTERNAL_URL

mkdir -p /etc/gitlab
install -m 0600 /usr/local/lib/groundwork/gitlab.rb /etc/gitlab/gitlab.rb

/usr/local/lib/groundwork/add-repository gitlab "https://packages.gitlab.com/gitlab/$GITLAB_PACKAGE/ubuntu/"
apt-get update -qq
apt-get install -y -qq "$GITLAB_PACKAGE=$GITLAB_VERSION-${GITLAB_PACKAGE#gitlab-}.0"
apt-mark hold "$GITLAB_PACKAGE"

# No change after a complete installation; after an interrupted one it completes the configuration.
gitlab-ctl reconfigure
