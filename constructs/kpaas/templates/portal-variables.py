#!/usr/bin/env python3
"""Writes the portal's variables: portal-variables.py <cp-portal-vars.sh>. Known ones from /etc/kpaas/portal.env, secrets of this
machine's own making in place of the public defaults. The secrets are made once, and lie in /etc/kpaas/portal-secrets.json.
"""

import json
import os
import re
import secrets
import string
import sys

SECRETS = "/etc/kpaas/portal-secrets.json"
SETTINGS = "/etc/kpaas/portal.env"
NAMES = [
    "REPOSITORY_PASSWORD",
    "DATABASE_USER_PASSWORD",
    "DATABASE_TERRAMAN_PASSWORD",
    "KEYCLOAK_ADMIN_PASSWORD",
    "KEYCLOAK_CP_CLIENT_SECRET",
]
KNOWN = ["K8S_MASTER_NODE_IP", "K8S_CLUSTER_API_SERVER", "K8S_STORAGECLASS", "HOST_CLUSTER_IAAS_TYPE", "HOST_DOMAIN"]


def written(path, text):
    """Never readable to others, not even while it is written."""
    if os.path.exists(f"{path}.new"):
        os.remove(f"{path}.new")
    with os.fdopen(os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(f"{path}.new", path)


def made():
    # Letters and digits only: the values go through sed and into JSON. Harbor wants one of each kind.
    while True:
        text = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(32))
        if re.search("[a-z]", text) and re.search("[A-Z]", text) and re.search("[0-9]", text):
            return text


def own_secrets():
    try:
        with open(SECRETS, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        values = {name: made() for name in [*NAMES, "PORTAL_ADMIN_PASSWORD"]}
        written(SECRETS, json.dumps(values))
        return values


def main(path):
    with open(SETTINGS, encoding="utf-8") as file:
        settings = dict(re.findall(r"^([A-Z0-9_]+)='(.*)'$", file.read(), re.M))
    values = {name: settings[name] for name in KNOWN} | {name: own_secrets()[name] for name in NAMES}
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for name, value in values.items():
        text, count = re.subn(rf"^{name}=.*$", f'{name}="{value}"', text, flags=re.M)
        if count != 1:
            print(f"kpaas: {name} stands {count} times in the portal's variables, not once")
            return 1
    written(path, text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
