#!/usr/bin/env python3
"""Brings the portal's realm to what it should be, through Keycloak's own API. A second run changes nothing that is as it should be.

The session limit, by the id that is found in the flow's execution: two configurations have one alias. Keys of the realm's own, in place
of those that its public file brings to every installation. A password for the portal's first user, who has none.
"""

import base64
import json
import os
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

SECRETS = "/etc/kpaas/portal-secrets.json"
LIMITER = "user-session-limits"
KEY_PROVIDERS = ["rsa-generated", "rsa-enc-generated", "hmac-generated", "aes-generated"]
KEY_TYPE = "org.keycloak.keys.KeyProvider"
REALM = "/admin/realms/cp-realm"
POLL = float(os.environ.get("POLL_SECONDS", "10"))


class Refused(Exception):
    def __init__(self, status, method, path):
        super().__init__(f"{method} {path}: {status}")
        self.status = status


class Keycloak:
    """The API under its public name, with the portal's own CA: verification stays on."""

    def __init__(self, url, ca):
        self.url, self.token = url, None
        self.context = ssl.create_default_context(cafile=ca) if url.startswith("https") else None

    def send(self, method, path, data, headers):
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30, context=self.context) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise Refused(error.code, method, path) from None

    def log_in(self):
        # Fetched anew when it has run out, which is after a minute, and kept nowhere.
        form = {"grant_type": "password", "client_id": "admin-cli", **administrator()}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        path = "/realms/master/protocol/openid-connect/token"
        self.token = self.send("POST", path, urllib.parse.urlencode(form).encode(), headers)["access_token"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        for attempt in (1, 2):
            if self.token is None:
                self.log_in()
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
            try:
                return self.send(method, path, data, headers)
            except Refused as refused:
                if refused.status != 401 or attempt == 2:
                    raise
                self.token = None


def administrator():
    command = ["kubectl", "--kubeconfig", "/etc/kpaas/kubeconfig", "get", "secret", "cp-portal-secret"]
    result = subprocess.run([*command, "--namespace=cp-portal", "--output=json"], capture_output=True, text=True, timeout=60)
    if result.returncode != 0:
        raise OSError("the secret cp-portal/cp-portal-secret cannot be read")
    data = json.loads(result.stdout)["data"]
    return {
        "username": base64.b64decode(data["KEYCLOAK_ADMIN_USERNAME"]).decode(),
        "password": base64.b64decode(data["KEYCLOAK_ADMIN_PASSWORD"]).decode(),
    }


def limit_sessions(keycloak, wanted):
    realm = keycloak.call("GET", REALM)
    flow = urllib.parse.quote(realm["browserFlow"], safe="")
    executions = keycloak.call("GET", f"{REALM}/authentication/flows/{flow}/executions")
    limiters = [one for one in executions if one.get("providerId") == LIMITER]
    if not limiters:
        print(f"kpaas: the flow {realm['browserFlow']} counts no sessions; there is nothing to limit")
    for limiter in limiters:
        if limiter.get("authenticationConfig") is None:
            # A limiter that has to be passed, without a configuration, lets nobody in.
            alias = f"session limit {limiter['id']}"
            body = {"alias": alias, "config": {"userRealmLimit": "-1", "userClientLimit": wanted, "behavior": "Deny new session"}}
            keycloak.call("POST", f"{REALM}/authentication/executions/{limiter['id']}/config", body)
            print(f"session limit: made, {wanted}")
            continue
        path = f"{REALM}/authentication/config/{limiter['authenticationConfig']}"
        present = keycloak.call("GET", path)
        if present["config"].get("userClientLimit") == wanted:
            continue
        # The whole object: what is left out would be lost.
        keycloak.call("PUT", path, {**present, "config": {**present["config"], "userClientLimit": wanted}})
        found = keycloak.call("GET", path)["config"].get("userClientLimit")
        if found != wanted:
            raise OSError(f"the session limit was set to {wanted} and is {found}")
        print(f"session limit: {wanted}")


def own_keys(keycloak):
    realm = keycloak.call("GET", REALM)
    present = keycloak.call("GET", f"{REALM}/components?type={KEY_TYPE}&parent={realm['id']}")
    for provider in KEY_PROVIDERS:
        imported = [one for one in present if one["providerId"] == provider and not one["name"].startswith("groundwork-")]
        if not imported:
            continue
        if not any(one["name"] == f"groundwork-{provider}" for one in present):
            # With what it is used for, and without what it is: Keycloak makes a new one.
            kept = {key: value for key, value in imported[0]["config"].items() if key in ("algorithm", "keySize", "secretSize")}
            config = {**kept, "priority": ["200"], "enabled": ["true"], "active": ["true"]}
            body = {"name": f"groundwork-{provider}", "providerId": provider, "providerType": KEY_TYPE, "parentId": realm["id"]}
            keycloak.call("POST", f"{REALM}/components", {**body, "config": config})
        for one in imported:
            keycloak.call("DELETE", f"{REALM}/components/{one['id']}")
        print(f"keys of {provider}: made anew")


def first_password(keycloak):
    done = "/var/lib/kpaas/first-password"
    if os.path.exists(done):
        return
    users = keycloak.call("GET", f"{REALM}/users?username=admin&exact=true")
    if not users:
        print("kpaas: cp-realm has no user admin; nobody was given a password")
        return
    with open(SECRETS, encoding="utf-8") as file:
        value = json.load(file)["PORTAL_ADMIN_PASSWORD"]
    keycloak.call("PUT", f"{REALM}/users/{users[0]['id']}/reset-password", {"type": "password", "value": value, "temporary": False})
    open(done, "w", encoding="utf-8").close()
    print(f"the portal's first user is admin; the password is in {SECRETS}")


def main(ca):
    keycloak = Keycloak(os.environ["KEYCLOAK_URL"], ca)
    deadline = time.monotonic() + float(os.environ.get("DEADLINE_SECONDS", "600"))
    while True:
        try:
            limit_sessions(keycloak, os.environ["SESSION_LIMIT"])
            own_keys(keycloak)
            first_password(keycloak)
            return 0
        except Refused as refused:
            if refused.status in (400, 401, 403, 404) or time.monotonic() >= deadline:
                print(f"kpaas: Keycloak refused {refused}")
                return 1
            reason = refused
        except (OSError, subprocess.TimeoutExpired) as error:
            reason = error
            if time.monotonic() >= deadline:
                print(f"kpaas: Keycloak does not answer: {error}")
                return 1
        print(f"not yet: {reason}", flush=True)
        time.sleep(POLL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
