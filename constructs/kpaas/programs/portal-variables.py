#!/usr/bin/env python3
"""Writes the variables of the portal, or of its pipeline: portal-variables.py portal|pipeline <file>. Known ones from
/etc/kpaas/portal.env, secrets of this machine's own making in place of the public defaults. The secrets are made once, and lie in
/etc/kpaas/<which>-secrets.json; the pipeline also has copies of the portal's.
"""

import json
import os
import re
import secrets
import string
import sys

SETTINGS = "/etc/kpaas/portal.env"
SECRETS = {"portal": "/etc/kpaas/portal-secrets.json", "pipeline": "/etc/kpaas/pipeline-secrets.json"}
KNOWN = {
    "portal": ["K8S_MASTER_NODE_IP", "K8S_CLUSTER_API_SERVER", "K8S_STORAGECLASS", "HOST_CLUSTER_IAAS_TYPE", "HOST_DOMAIN"],
    "pipeline": ["HOST_DOMAIN", "K8S_STORAGECLASS"],
}
SAID = {"portal": {}, "pipeline": {"IS_MULTI_CLUSTER": "N"}}
MADE = {
    "portal": [
        "REPOSITORY_PASSWORD",
        "DATABASE_USER_PASSWORD",
        "DATABASE_TERRAMAN_PASSWORD",
        "KEYCLOAK_ADMIN_PASSWORD",
        "KEYCLOAK_CP_CLIENT_SECRET",
    ],
    "pipeline": ["INSPECTION_ADMIN_PASSWORD", "INSPECTION_DATABASE_ADMIN_PASSWORD"],
}
COPIED = {
    "portal": [],
    "pipeline": ["REPOSITORY_PASSWORD", "DATABASE_USER_PASSWORD", "KEYCLOAK_ADMIN_PASSWORD", "KEYCLOAK_CP_CLIENT_SECRET"],
}
# Of no variable, but of somebody: the portal's first user.
BESIDE = {"portal": ["PORTAL_ADMIN_PASSWORD"], "pipeline": []}


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


def own_secrets(which):
    try:
        with open(SECRETS[which], encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        values = {name: made() for name in MADE[which] + BESIDE[which]}
        written(SECRETS[which], json.dumps(values))
        return values


def copied_secrets(which):
    if not COPIED[which]:
        return {}
    with open(SECRETS["portal"], encoding="utf-8") as file:
        portal = json.load(file)
    return {name: portal[name] for name in COPIED[which]}


def main(which, path):
    with open(SETTINGS, encoding="utf-8") as file:
        settings = dict(re.findall(r"^([A-Z0-9_]+)='(.*)'$", file.read(), re.M))
    values = {name: settings[name] for name in KNOWN[which]} | SAID[which]
    try:
        values |= copied_secrets(which)
    except FileNotFoundError:
        print(f"kpaas: the portal's secrets are not in {SECRETS['portal']}; without them its pipeline gets in nowhere")
        return 1
    own = own_secrets(which)
    values |= {name: own[name] for name in MADE[which]}
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for name, value in values.items():
        text, count = re.subn(rf"^{name}=.*$", f'{name}="{value}"', text, flags=re.M)
        if count != 1:
            print(f"kpaas: {name} stands {count} times in the {which}'s variables, not once")
            return 1
    # Of the pipeline nobody has seen the very archive. What is made of other variables is no secret of its own.
    for name, value in re.findall(r"^(\w*(?:PASSWORD|SECRET|TOKEN)\w*)=(.*)$", text, re.M):
        if which == "pipeline" and name not in values and "$" not in value:
            print(f"kpaas: {name} in the {which}'s variables looks like a secret that everybody knows; nothing here replaces it")
            return 1
    written(path, text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
