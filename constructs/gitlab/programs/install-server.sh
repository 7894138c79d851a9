#!/bin/bash
# Installs one version of GitLab with our settings. The settings are there before the package, so one configuration run does all.
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

# Nothing to do after a first installation; after a run that broke off it is what finishes it.
gitlab-ctl reconfigure
