#!/usr/bin/env python3
"""Tells in a parameter how the first boot goes, so that nobody has to log in to see it: step, outcome, the end of the log.

Runs until it has said that the boot is done, also after a failure: a boot that was mended is told of, too. What it says is readable
to whoever may read parameters, so tokens and passwords are blotted out, although no step ever writes one into the log.
"""

import json
import os
import re
import subprocess
import time

STATUS = "/var/lib/groundwork/status.json"
LOG = "/var/log/groundwork/first-boot.log"
INSTANCE = "/var/lib/cloud/data/instance-id"
POLL = float(os.environ.get("POLL_SECONDS", "15"))

# A parameter takes 4 KiB.
LINES, WIDTH, BYTES = 20, 200, 3500
SECRET = re.compile(r"\bgl[a-z]{2,5}-[\w.-]{8,}|(?<=Password: )\S+")


def message():
    """What there is to say, or None before the first step."""
    try:
        with open(STATUS, encoding="utf-8") as file:
            status = json.load(file)
        with open(INSTANCE, encoding="utf-8") as file:
            status["instance"] = file.read().strip()
    except (OSError, ValueError):
        return None
    status.pop("log", None)
    lines = tail()
    while len(rendered(status, lines).encode()) > BYTES:
        lines.pop(0)
    return rendered(status, lines)


def rendered(status, lines):
    return json.dumps({**status, "lines": lines}, ensure_ascii=False)


def tail():
    with open(LOG, encoding="utf-8", errors="replace") as file:
        text = SECRET.sub("[hidden]", file.read()[-16384:])
    # Systems Manager would take two braces for a reference to another parameter.
    lines = [re.sub(r"[\x00-\x1f\x7f]|\{(?=\{)", "", line.rsplit("\r", 1)[-1])[:WIDTH] for line in text.splitlines()]
    return [line for line in lines if line.strip()][-LINES:]


def publish(words):
    command = ["aws", "ssm", "put-parameter", "--name", os.environ["STATUS_PARAMETER"], "--type", "String", "--overwrite"]
    command += ["--value", "file:///dev/stdin"]
    try:
        result = subprocess.run(command, input=words, text=True, stdout=subprocess.DEVNULL, timeout=60)
        return result.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        # AWS's client is installed by the first boot itself.
        return False


def main():
    said = None
    while said is None or json.loads(said)["state"] != "done":
        words = message()
        if words not in (None, said) and publish(words):
            said = words
        time.sleep(POLL)


if __name__ == "__main__":
    main()
