#!/usr/bin/env python3
"""Looks whether the portal's pipeline stands, and gives SonarQube the password that the pipeline was told: verify-pipeline.py <file
with its CA>. Asks until all is well, for 40 minutes; what is missing then is for a person.
"""

import base64
import json
import os
import re
import ssl
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

from looking import KUBECTL, items, until_well

PATIENCE = float(os.environ.get("PATIENCE_SECONDS", "2400"))
SECRETS = "/etc/kpaas/pipeline-secrets.json"
# Everybody knows it: SonarQube starts with it, whatever the pipeline is told.
PUBLIC = "admin"
APPS = ["ui", "api", "common-api", "config-server", "inspection-api", "jenkins"]
DEPLOYMENTS = {app: f"cp-pipeline-{app}-deployment" for app in APPS} | {"sonarqube": "cp-pipeline-sonarqube-sonarqube"}


class Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def deployments():
    found = {one["metadata"]["name"]: one["status"].get("availableReplicas", 0) for one in items("deployments", "--namespace=cp-pipeline")}
    missing = [app for app, name in DEPLOYMENTS.items() if found.get(name, 0) < 1]
    return f"of the pipeline is not available: {', '.join(missing)}" if missing else None


def database():
    found = {one["metadata"]["name"]: one["status"].get("readyReplicas", 0) for one in items("statefulsets", "--namespace=cp-pipeline")}
    return None if found.get("cp-pipeline-postgresql-postgresql", 0) > 0 else "SonarQube's PostgreSQL is not ready"


def sonarqube():
    with open(SECRETS, encoding="utf-8") as file:
        own = json.load(file)["INSPECTION_ADMIN_PASSWORD"]
    forward = [*KUBECTL, "--namespace=cp-pipeline", "port-forward", "--address=127.0.0.1"]
    command = [*forward, "service/cp-pipeline-sonarqube-sonarqube", ":9000"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        match = re.match(r"Forwarding from 127\.0\.0\.1:(\d+) ", child.stdout.readline())
        return "SonarQube cannot be reached" if match is None else take_over(f"http://127.0.0.1:{match[1]}/api", own)
    finally:
        child.terminate()
        child.wait()


def take_over(api, own):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def call(path, password, form=None):
        credentials = base64.b64encode(f"admin:{password}".encode()).decode()
        data = None if form is None else urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(f"{api}/{path}", data=data, headers={"Authorization": f"Basic {credentials}"})
        with opener.open(request, timeout=20) as answer:
            return answer.read()

    def valid(password):
        return json.loads(call("authentication/validate", password))["valid"]

    if valid(own):
        return None
    if not valid(PUBLIC):
        return f"SonarQube's admin has neither the public password nor the one in {SECRETS}"
    call("users/change_password", PUBLIC, {"login": "admin", "previousPassword": PUBLIC, "password": own})
    return None if valid(own) and not valid(PUBLIC) else "SonarQube has taken its password and does not know it"


def page():
    url = os.environ["PIPELINE_URL"]
    context = ssl.create_default_context(cafile=sys.argv[1]) if url.startswith("https") else None
    handlers = [Unfollowed()] if context is None else [Unfollowed(), urllib.request.HTTPSHandler(context=context)]
    try:
        with urllib.request.build_opener(*handlers).open(url, timeout=20):
            return None
    except urllib.error.HTTPError as error:
        # It sends everybody on to Keycloak; of a name that nobody has, the ingress says that it is not found.
        return None if 300 <= error.code < 400 else f"{url} answers {error.code}"


def main():
    missing = until_well(deployments, database, sonarqube, page, patience=PATIENCE)
    if missing is not None:
        print(f"kpaas: {missing[:180]}. {os.environ['RESUME']}", flush=True)
        return 3
    print("kpaas: the pipeline stands", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
