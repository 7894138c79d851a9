#!/usr/bin/env python3
"""Unseals OpenBao, which is sealed after every start of its pod. Run by a timer; does nothing if OpenBao is not sealed.

Connects to the pod itself: a sealed pod is not ready, so no service routes to it. The keys are sent in request bodies
over the loopback interface and appear in no argument, log or response.
"""

import fcntl
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request

KEYS = "/etc/kpaas/unseal-keys"
LOCK = "/run/kpaas-unseal.lock"
KUBECTL = ["kubectl", "--kubeconfig", "/etc/kpaas/kubeconfig", "--namespace=openbao"]
FORWARD = [*KUBECTL, "port-forward", "--address=127.0.0.1", "pod/openbao-0", ":8200"]


class UnsealError(Exception):
    pass


class OpenBao:
    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}/v1/sys"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/{path}", data=data, method="GET" if body is None else "POST")
        with self.opener.open(request, timeout=20) as response:
            return json.load(response)


def unseal(bao, keys):
    """Returns whether OpenBao was sealed."""
    status = bao.call("seal-status")
    if not status["initialized"]:
        raise UnsealError("OpenBao is not initialized; the portal's script does that")
    if not status["sealed"]:
        return False
    if status["t"] > len(keys):
        raise UnsealError(f"OpenBao requires {status['t']} keys, {KEYS} has {len(keys)}")
    if status["progress"] > 0:
        # Discards an incomplete attempt: its keys would count towards the threshold.
        bao.call("unseal", {"reset": True})
    try:
        for key in keys[: status["t"]]:
            status = bao.call("unseal", {"key": key})
    except urllib.error.HTTPError as error:
        if error.code != 400:
            raise
        bao.call("unseal", {"reset": True})
        reason = "it was initialized again, or the keys belong to another one"
        raise UnsealError(f"the keys in {KEYS} do not unseal OpenBao; {reason}") from None
    if status["sealed"]:
        raise UnsealError("OpenBao accepted the keys and is still sealed")
    return True


def with_pod(function):
    child = subprocess.Popen(FORWARD, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        match = re.match(r"Forwarding from 127\.0\.0\.1:(\d+) ", child.stdout.readline())
        if match is None:
            raise UnsealError("the pod openbao-0 cannot be reached")
        return function(OpenBao(match[1]))
    finally:
        child.terminate()
        child.wait()


def main():
    if not os.path.exists(KEYS):
        return 0
    with open(LOCK, "w", encoding="utf-8") as lock, open(KEYS, encoding="utf-8") as file:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            if with_pod(lambda bao: unseal(bao, file.read().split())):
                print("kpaas: OpenBao was sealed and has been unsealed")
        except UnsealError as reason:
            print(f"kpaas: {reason}")
            return 1
        except (OSError, ValueError) as error:
            print(f"kpaas: OpenBao does not respond: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
