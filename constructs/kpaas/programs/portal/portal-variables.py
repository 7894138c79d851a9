#!/usr/bin/env python3
"""Writes the variables of the portal or its pipeline: portal-variables.py portal|pipeline <file>.

Known values are read from /etc/kpaas/portal.env. Secrets replace the public defaults: they are generated once and
stored in /etc/kpaas/<deployment>-secrets.json; the pipeline also uses secrets of the portal.
"""

import json
import os
import re
import secrets
import string
import sys

SETTINGS = "/etc/kpaas/portal.env"
SECRETS = {"portal": "/etc/kpaas/portal-secrets.json", "pipeline": "/etc/kpaas/pipeline-secrets.json"}
# Values that a shell, sed and YAML leave unchanged.
VALUE = re.compile(r"[\w.:/@-]*", re.ASCII)
# Variables with the value of the same name in the settings.
FROM_SETTINGS = {
    "portal": [
        "K8S_MASTER_NODE_IP",
        "K8S_CLUSTER_API_SERVER",
        "K8S_STORAGECLASS",
        "HOST_CLUSTER_IAAS_TYPE",
        "HOST_DOMAIN",
    ],
    "pipeline": ["HOST_DOMAIN", "K8S_STORAGECLASS"],
}
CONSTANTS = {"portal": {}, "pipeline": {"IS_MULTI_CLUSTER": "N"}}
GENERATED = {
    "portal": [
        "REPOSITORY_PASSWORD",
        "DATABASE_USER_PASSWORD",
        "DATABASE_TERRAMAN_PASSWORD",
        "KEYCLOAK_ADMIN_PASSWORD",
        "KEYCLOAK_CP_CLIENT_SECRET",
    ],
    "pipeline": ["INSPECTION_ADMIN_PASSWORD", "INSPECTION_DATABASE_ADMIN_PASSWORD"],
}
FROM_PORTAL = {
    "portal": [],
    "pipeline": [
        "REPOSITORY_PASSWORD",
        "DATABASE_USER_PASSWORD",
        "KEYCLOAK_ADMIN_PASSWORD",
        "KEYCLOAK_CP_CLIENT_SECRET",
    ],
}
# Generated secrets without a variable: the password of the portal's first user, set by keycloak.py.
WITHOUT_VARIABLE = {"portal": ["PORTAL_ADMIN_PASSWORD"], "pipeline": []}


def write_private(path, text):
    """Replaces a file; neither the old nor the new one is ever readable by other users."""
    if os.path.exists(f"{path}.new"):
        os.remove(f"{path}.new")
    descriptor = os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(f"{path}.new", path)


def generate():
    # Letters and digits only: the values are inserted with sed and into JSON. Harbor requires one of each kind.
    while True:
        text = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(32))
        if re.search("[a-z]", text) and re.search("[A-Z]", text) and re.search("[0-9]", text):
            return text


def own_secrets(deployment):
    try:
        with open(SECRETS[deployment], encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        values = {name: generate() for name in GENERATED[deployment] + WITHOUT_VARIABLE[deployment]}
        write_private(SECRETS[deployment], json.dumps(values))
        return values


def portal_secrets(deployment):
    if not FROM_PORTAL[deployment]:
        return {}
    with open(SECRETS["portal"], encoding="utf-8") as file:
        portal = json.load(file)
    return {name: portal[name] for name in FROM_PORTAL[deployment]}


def main(deployment, path):
    with open(SETTINGS, encoding="utf-8") as file:
        settings = dict(re.findall(r"^([A-Z0-9_]+)='(.*)'$", file.read(), re.M))
    values = {name: settings[name] for name in FROM_SETTINGS[deployment]} | CONSTANTS[deployment]
    try:
        values |= portal_secrets(deployment)
    except FileNotFoundError:
        print(f"kpaas: the portal's secrets are not in {SECRETS['portal']}; the pipeline cannot log in without them")
        return 1
    invalid = [name for name, value in values.items() if not VALUE.fullmatch(value)]
    if invalid:
        print(f"kpaas: {', '.join(invalid)} in {SETTINGS} has characters that the shell would interpret")
        return 1
    own = own_secrets(deployment)
    values |= {name: own[name] for name in GENERATED[deployment]}
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for name, value in values.items():
        text, count = re.subn(rf"^{name}=.*$", f'{name}="{value}"', text, flags=re.M)
        if count != 1:
            print(f"kpaas: {name} occurs {count} times in the variables of the {deployment}, not once")
            return 1
    # The variables of the pipeline's archive are not known for certain. A value derived from others is not a secret.
    for name, value in re.findall(r"^(\w*(?:PASSWORD|SECRET|TOKEN)\w*)=(.*)$", text, re.M):
        if deployment == "pipeline" and name not in values and "$" not in value:
            print(
                f"kpaas: {name} in the variables of the {deployment} looks like a public secret without a replacement"
            )
            return 1
    write_private(path, text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
