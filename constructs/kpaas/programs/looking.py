"""Looks at a cluster until what is wanted of it is there: what the phases that verify have in common."""

import json
import os
import subprocess
import time

POLL = float(os.environ.get("POLL_SECONDS", "15"))
KUBECTL = ["kubectl", "--kubeconfig", "/etc/kpaas/kubeconfig"]


def items(*words):
    command = [*KUBECTL, "--request-timeout=20s", "get", *words, "--output=json"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if result.returncode != 0:
        raise OSError(result.stderr.strip() or f"kubectl ended with {result.returncode}")
    return json.loads(result.stdout)["items"]


def until_well(*looks, patience=float("inf")):
    """Asks each look, one after the other, until it misses nothing. Answers what is still missing when the patience is over."""
    said, end = None, time.monotonic() + patience
    for look in looks:
        while True:
            try:
                missing = look()
            except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
                missing = f"{look.__name__}: {error}"
            if missing is None:
                break
            if time.monotonic() > end:
                return missing
            if missing != said:
                print(f"kpaas: {missing}", flush=True)
                said = missing
            time.sleep(POLL)
    return None
