#!/usr/bin/env python3
"""Opens OpenBao when it is sealed, which it is after every start of its pod. Run by a timer; one that is open is left alone.

Goes to the pod itself: a sealed pod is not ready, and no way over a service leads to it. The keys go in the bodies of requests over
the loopback interface: no argument, no log and no answer ever holds one.
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
FORWARD = ["kubectl", "--kubeconfig", "/etc/kpaas/kubeconfig", "--namespace=openbao", "port-forward", "--address=127.0.0.1"]


class Stopped(Exception):
    pass


class OpenBao:
    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}/v1/sys"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/{path}", data=data, method="GET" if body is None else "POST")
        with self.opener.open(request, timeout=20) as answer:
            return json.load(answer)


def unseal(bao, keys):
    status = bao.call("seal-status")
    if not status["initialized"]:
        raise Stopped("OpenBao was never set up; that is the portal's part")
    if not status["sealed"]:
        return False
    if status["t"] > len(keys):
        raise Stopped(f"OpenBao wants {status['t']} keys, {KEYS} has {len(keys)}")
    if status["progress"] > 0:
        # Somebody's half an attempt: with it, ours would be counted from the wrong end.
        bao.call("unseal", {"reset": True})
    try:
        for key in keys[: status["t"]]:
            status = bao.call("unseal", {"key": key})
    except urllib.error.HTTPError as error:
        if error.code != 400:
            raise
        bao.call("unseal", {"reset": True})
        raise Stopped(f"the keys in {KEYS} do not open OpenBao; it was set up anew, or they are another one's") from None
    if status["sealed"]:
        raise Stopped("OpenBao took the keys and is sealed still")
    return True


def forwarded(use):
    child = subprocess.Popen([*FORWARD, "pod/openbao-0", ":8200"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        match = re.match(r"Forwarding from 127\.0\.0\.1:(\d+) ", child.stdout.readline())
        if match is None:
            raise Stopped("the pod openbao-0 cannot be reached")
        return use(OpenBao(match[1]))
    finally:
        child.terminate()
        child.wait()


def main():
    if not os.path.exists(KEYS):
        return 0
    with open(LOCK, "w", encoding="utf-8") as lock, open(KEYS, encoding="utf-8") as file:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            if forwarded(lambda bao: unseal(bao, file.read().split())):
                print("kpaas: OpenBao was sealed and is open")
        except Stopped as reason:
            print(f"kpaas: {reason}")
            return 1
        except (OSError, ValueError) as error:
            print(f"kpaas: OpenBao does not answer: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
