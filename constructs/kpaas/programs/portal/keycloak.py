#!/usr/bin/env python3
"""Configures the portal's realm through the Keycloak API. Idempotent: a second run changes only what differs.

Sets the session limit, in the configuration that the login flow references by id: two configurations have the same
alias. Replaces the keys of the realm's public import file with generated ones. Sets a password for the portal's first
user, who has none.
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


class RequestError(Exception):
    def __init__(self, status, method, path):
        super().__init__(f"{method} {path}: {status}")
        self.status = status


class Keycloak:
    """The API under its public name. Certificates are verified with the portal's own CA."""

    def __init__(self, url, ca):
        self.url, self.token = url, None
        self.context = ssl.create_default_context(cafile=ca) if url.startswith("https") else None

    def send(self, method, path, data, headers):
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30, context=self.context) as response:
                text = response.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise RequestError(error.code, method, path) from None

    def log_in(self):
        # The credentials are read again for each token, which expires after a minute, and are not stored.
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
            except RequestError as error:
                if error.status != 401 or attempt == 2:
                    raise
                self.token = None


def administrator():
    command = ["kubectl", "--kubeconfig", "/etc/kpaas/kubeconfig", "get", "secret", "cp-portal-secret"]
    command += ["--namespace=cp-portal", "--output=json"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if result.returncode != 0:
        raise OSError("the secret cp-portal/cp-portal-secret cannot be read")
    data = json.loads(result.stdout)["data"]
    return {
        "username": base64.b64decode(data["KEYCLOAK_ADMIN_USERNAME"]).decode(),
        "password": base64.b64decode(data["KEYCLOAK_ADMIN_PASSWORD"]).decode(),
    }


def limit_sessions(keycloak, limit):
    realm = keycloak.call("GET", REALM)
    flow = urllib.parse.quote(realm["browserFlow"], safe="")
    executions = keycloak.call("GET", f"{REALM}/authentication/flows/{flow}/executions")
    limiters = [execution for execution in executions if execution.get("providerId") == LIMITER]
    if not limiters:
        print(f"kpaas: the flow {realm['browserFlow']} does not count sessions; the session limit is not set")
    for limiter in limiters:
        if limiter.get("authenticationConfig") is None:
            create_limit(keycloak, limiter["id"], limit)
        else:
            update_limit(keycloak, limiter["authenticationConfig"], limit)


def create_limit(keycloak, execution, limit):
    # A required limiter without a configuration denies every login.
    config = {"userRealmLimit": "-1", "userClientLimit": limit, "behavior": "Deny new session"}
    path = f"{REALM}/authentication/executions/{execution}/config"
    keycloak.call("POST", path, {"alias": f"session limit {execution}", "config": config})
    print(f"session limit: created, {limit}")


def update_limit(keycloak, config, limit):
    path = f"{REALM}/authentication/config/{config}"
    present = keycloak.call("GET", path)
    if present["config"].get("userClientLimit") == limit:
        return
    # Keycloak replaces the whole object: omitted fields would be lost.
    keycloak.call("PUT", path, {**present, "config": {**present["config"], "userClientLimit": limit}})
    found = keycloak.call("GET", path)["config"].get("userClientLimit")
    if found != limit:
        raise OSError(f"the session limit was set to {limit} and is {found}")
    print(f"session limit: {limit}")


def replace_keys(keycloak):
    realm = keycloak.call("GET", REALM)
    present = keycloak.call("GET", f"{REALM}/components?type={KEY_TYPE}&parent={realm['id']}")
    for provider in KEY_PROVIDERS:
        keys = [key for key in present if key["providerId"] == provider]
        imported = [key for key in keys if not key["name"].startswith("groundwork-")]
        if not imported:
            continue
        name = f"groundwork-{provider}"
        if not any(key["name"] == name for key in keys):
            # With the parameters but without the key material, so that Keycloak generates it.
            parameters = ("algorithm", "keySize", "secretSize")
            config = {key: value for key, value in imported[0]["config"].items() if key in parameters}
            config |= {"priority": ["200"], "enabled": ["true"], "active": ["true"]}
            body = {"name": name, "providerId": provider, "providerType": KEY_TYPE, "parentId": realm["id"]}
            keycloak.call("POST", f"{REALM}/components", {**body, "config": config})
        for key in imported:
            keycloak.call("DELETE", f"{REALM}/components/{key['id']}")
        print(f"keys of {provider}: replaced")


def set_first_password(keycloak):
    done = "/var/lib/kpaas/first-password"
    if os.path.exists(done):
        return
    users = keycloak.call("GET", f"{REALM}/users?username=admin&exact=true")
    if not users:
        print("kpaas: cp-realm has no user admin; no password was set")
        return
    with open(SECRETS, encoding="utf-8") as file:
        value = json.load(file)["PORTAL_ADMIN_PASSWORD"]
    path = f"{REALM}/users/{users[0]['id']}/reset-password"
    keycloak.call("PUT", path, {"type": "password", "value": value, "temporary": False})
    open(done, "w", encoding="utf-8").close()
    print(f"the portal's first user is admin; the password is in {SECRETS}")


def main(ca):
    keycloak = Keycloak(os.environ["KEYCLOAK_URL"], ca)
    deadline = time.monotonic() + float(os.environ.get("DEADLINE_SECONDS", "600"))
    while True:
        try:
            limit_sessions(keycloak, os.environ["SESSION_LIMIT"])
            replace_keys(keycloak)
            set_first_password(keycloak)
            return 0
        except RequestError as error:
            if error.status in (400, 401, 403, 404) or time.monotonic() >= deadline:
                print(f"kpaas: Keycloak rejected {error}")
                return 1
            reason = error
        except (OSError, subprocess.TimeoutExpired) as error:
            reason = error
            if time.monotonic() >= deadline:
                print(f"kpaas: Keycloak does not respond: {error}")
                return 1
        print(f"not yet: {reason}", flush=True)
        time.sleep(POLL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
