#!/usr/bin/env python3
"""Verifies that the portal works: verify-portal.py <CA file>.

Polls until all checks pass. A check that still fails at the deadline of the phase is the phase's last message.
"""

import json
import os
import sys
import urllib.request

from polling import items, replicas, tls_context, wait_until

DEPLOYMENTS = ["api", "catalog-api", "chaos-api", "chaos-collector", "common-api", "metric-api", "terraman", "ui"]
HOSTS = ["portal", "harbor", "keycloak", "openbao", "chartmuseum"]


def deployments():
    found = replicas("deployments", "cp-portal", "availableReplicas")
    missing = [name for name in DEPLOYMENTS if found.get(f"cp-portal-{name}-deployment", 0) < 1]
    return f"deployments of the portal are not available: {', '.join(missing)}" if missing else None


def ingresses():
    ingresses = items("ingresses", "--all-namespaces")
    found = {rule.get("host") for ingress in ingresses for rule in ingress["spec"].get("rules", [])}
    names = [f"{host}.{os.environ['HOST_DOMAIN']}" for host in HOSTS]
    missing = [name for name in names if name not in found]
    return f"no ingress exists for {', '.join(missing)}" if missing else None


def issuer():
    url = f"{os.environ['KEYCLOAK_URL']}/realms/cp-realm"
    configuration = f"{url}/.well-known/openid-configuration"
    with urllib.request.urlopen(configuration, timeout=20, context=tls_context(url)) as response:
        found = json.load(response)["issuer"]
    return None if found == url else f"the issuer of Keycloak is {found} instead of {url}"


def main():
    wait_until(deployments, ingresses, issuer)
    print("kpaas: the portal is ready", flush=True)


if __name__ == "__main__":
    sys.exit(main())
