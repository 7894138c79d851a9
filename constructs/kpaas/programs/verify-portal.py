#!/usr/bin/env python3
"""Looks whether the portal stands: verify-portal.py <file with its CA>. Asks until all is well; what is missing at the end of the
phase's time is its last word.
"""

import json
import os
import ssl
import sys
import urllib.request

from looking import items, until_well

DEPLOYMENTS = ["api", "catalog-api", "chaos-api", "chaos-collector", "common-api", "metric-api", "terraman", "ui"]
HOSTS = ["portal", "harbor", "keycloak", "openbao", "chartmuseum"]


def deployments():
    found = {one["metadata"]["name"]: one["status"].get("availableReplicas", 0) for one in items("deployments", "--namespace=cp-portal")}
    missing = [name for name in DEPLOYMENTS if found.get(f"cp-portal-{name}-deployment", 0) < 1]
    return f"of the portal is not available: {', '.join(missing)}" if missing else None


def ingresses():
    found = {rule.get("host") for one in items("ingresses", "--all-namespaces") for rule in one["spec"].get("rules", [])}
    missing = [f"{host}.{os.environ['HOST_DOMAIN']}" for host in HOSTS if f"{host}.{os.environ['HOST_DOMAIN']}" not in found]
    return f"there is no ingress for {', '.join(missing)}" if missing else None


def issuer():
    url = f"{os.environ['KEYCLOAK_URL']}/realms/cp-realm"
    context = ssl.create_default_context(cafile=sys.argv[1]) if url.startswith("https") else None
    with urllib.request.urlopen(f"{url}/.well-known/openid-configuration", timeout=20, context=context) as answer:
        found = json.load(answer)["issuer"]
    return None if found == url else f"Keycloak calls itself {found} instead of {url}"


def main():
    until_well(deployments, ingresses, issuer)
    print("kpaas: the portal stands", flush=True)


if __name__ == "__main__":
    sys.exit(main())
