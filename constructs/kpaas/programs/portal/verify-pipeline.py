#!/usr/bin/env python3
"""Verifies that the pipeline works and sets the generated password in SonarQube: verify-pipeline.py <CA file>.

Polls until all checks pass, for 40 minutes; a check that still fails then requires a decision.
"""

import base64
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

from polling import KUBECTL, replicas, tls_context, wait_until

TIMEOUT = float(os.environ.get("TIMEOUT_SECONDS", "2400"))
SECRETS = "/etc/kpaas/pipeline-secrets.json"
# SonarQube's initial password, which the variables of the pipeline do not change.
PUBLIC = "admin"
APPS = ["ui", "api", "common-api", "config-server", "inspection-api", "jenkins"]
DEPLOYMENTS = {app: f"cp-pipeline-{app}-deployment" for app in APPS} | {"sonarqube": "cp-pipeline-sonarqube-sonarqube"}


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def deployments():
    found = replicas("deployments", "cp-pipeline", "availableReplicas")
    missing = [app for app, name in DEPLOYMENTS.items() if found.get(name, 0) < 1]
    return f"deployments of the pipeline are not available: {', '.join(missing)}" if missing else None


def database():
    found = replicas("statefulsets", "cp-pipeline", "readyReplicas")
    return None if found.get("cp-pipeline-postgresql-postgresql", 0) > 0 else "SonarQube's PostgreSQL is not ready"


def sonarqube():
    with open(SECRETS, encoding="utf-8") as file:
        own = json.load(file)["INSPECTION_ADMIN_PASSWORD"]
    forward = [*KUBECTL, "--namespace=cp-pipeline", "port-forward", "--address=127.0.0.1"]
    command = [*forward, "service/cp-pipeline-sonarqube-sonarqube", ":9000"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        match = re.match(r"Forwarding from 127\.0\.0\.1:(\d+) ", child.stdout.readline())
        return "SonarQube cannot be reached" if match is None else set_password(f"http://127.0.0.1:{match[1]}/api", own)
    finally:
        child.terminate()
        child.wait()


def set_password(api, own):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def call(path, password, form=None):
        credentials = base64.b64encode(f"admin:{password}".encode()).decode()
        data = None if form is None else urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(f"{api}/{path}", data=data, headers={"Authorization": f"Basic {credentials}"})
        with opener.open(request, timeout=20) as response:
            return response.read()

    def valid(password):
        return json.loads(call("authentication/validate", password))["valid"]

    if valid(own):
        return None
    if not valid(PUBLIC):
        return f"the password of SonarQube's admin is neither the public one nor the one in {SECRETS}"
    call("users/change_password", PUBLIC, {"login": "admin", "previousPassword": PUBLIC, "password": own})
    return None if valid(own) and not valid(PUBLIC) else "SonarQube accepted the new password and does not use it"


def page():
    url = os.environ["PIPELINE_URL"]
    context = tls_context(url)
    handlers = [NoRedirects()] if context is None else [NoRedirects(), urllib.request.HTTPSHandler(context=context)]
    try:
        with urllib.request.build_opener(*handlers).open(url, timeout=20):
            return None
    except urllib.error.HTTPError as error:
        # The page redirects to Keycloak; the ingress returns 404 for an unknown host name.
        return None if 300 <= error.code < 400 else f"{url} returns {error.code}"


def main():
    missing = wait_until(deployments, database, sonarqube, page, timeout=TIMEOUT)
    if missing is not None:
        print(f"kpaas: {missing[:180]}. {os.environ['RESUME']}", flush=True)
        return 3
    print("kpaas: the pipeline is ready", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
