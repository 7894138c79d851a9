"""Polls a cluster until it has the expected state. Shared by the programs that verify."""

import json
import os
import ssl
import subprocess
import sys
import time

POLL = float(os.environ.get("POLL_SECONDS", "15"))
KUBECTL = ["kubectl", "--kubeconfig", "/etc/kpaas/kubeconfig"]


def kubectl(*arguments, input=None):
    command = [*KUBECTL, "--request-timeout=20s", *arguments]
    result = subprocess.run(command, input=input, capture_output=True, text=True, timeout=60)
    if result.returncode != 0:
        lines = result.stderr.strip().splitlines()
        raise OSError(lines[-1] if lines else f"kubectl exited with {result.returncode}")
    return result.stdout


def items(*arguments):
    return json.loads(kubectl("get", *arguments, "--output=json"))["items"]


def replicas(kind, namespace, field):
    """Number of replicas of each object of a kind, by name; the field of its status is ready or available replicas."""
    found = items(kind, f"--namespace={namespace}")
    return {item["metadata"]["name"]: item["status"].get(field, 0) for item in found}


def tls_context(url):
    """Verifies certificates with the CA in the program's first argument; None for plain HTTP."""
    return ssl.create_default_context(cafile=sys.argv[1]) if url.startswith("https") else None


def wait_until(*checks, timeout=float("inf")):
    """Runs each check until it returns None, in order. Returns the result of a check that fails after the timeout."""
    printed, end = None, time.monotonic() + timeout
    for check in checks:
        while True:
            try:
                missing = check()
            except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
                missing = f"{check.__name__}: {error}"
            if missing is None:
                break
            if time.monotonic() > end:
                return missing
            if missing != printed:
                print(f"kpaas: {missing}", flush=True)
                printed = missing
            time.sleep(POLL)
    return None
