#!/usr/bin/env python3
"""Reports the status of the first boot in an SSM parameter: step, result, last lines of the log.

Runs until it has reported that the boot is done; after a failure it continues, so that a repaired boot is reported,
too. Everyone with read access to parameters can read the report, so tokens and passwords are masked, although no step
writes them to the log.
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

# The limit of a parameter is 4 KiB.
LINES, WIDTH, BYTES = 20, 200, 3500
# Each alternative hides what it matches. The group "kept" is the part of a match that stays.
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\bgl[a-z]{2,5}-[\w.-]{8,}|\bGR1348941[\w-]{8,}|\bgh[a-z]_\w{16,}"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\beyJ[\w-]{5,}(?:\.[\w-]+)*"
    r"|(?<![\w/+=])(?=[\w/+]*[A-Z])(?=[\w/+]*[a-z])(?=[\w/+]*\d)[A-Za-z0-9/+]{40}(?![\w/+=])"
    r"|(?P<kept>://[^/\s:@'\"]*:|(?<![\w/:])[\w.%+-]+:)[^/\s'\"]{3,}(?=@)"
    r"|(?P<name>(?i:(?:password|passwd|secret\w*|token|api[_-]?key|private[_-]?key|authorization|credentials?)[\"']?\s*[:=]\s*"
    r"(?:bearer |basic |token )?[\"']?))[^\s\"',;&]+"
    r"|(?P<option>--(?:password|token|secret)[= ])\S+",
    re.DOTALL,
)


def report():
    """The current report, or None before the first step."""
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
        text = hidden(file.read()[-16384:])
    # Systems Manager interprets two opening braces as a reference to another parameter.
    lines = [re.sub(r"[\x00-\x1f\x7f]|\{(?=\{)", "", line.rsplit("\r", 1)[-1])[:WIDTH] for line in text.splitlines()]
    return [line for line in lines if line.strip()][-LINES:]


def hidden(text):
    """The text without the secrets that a program may have printed."""

    def masked(match):
        return (match["kept"] or match["name"] or match["option"] or "") + "[hidden]"

    return SECRET.sub(masked, text)


def publish(text):
    command = ["aws", "ssm", "put-parameter", "--name", os.environ["STATUS_PARAMETER"], "--type", "String"]
    command += ["--overwrite", "--value", "file:///dev/stdin"]
    try:
        result = subprocess.run(command, input=text, text=True, stdout=subprocess.DEVNULL, timeout=60)
        return result.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        # The AWS CLI is installed by a step of the first boot.
        return False


def main():
    published = None
    while published is None or json.loads(published)["state"] != "done":
        current = report()
        if current not in (None, published) and publish(current):
            published = current
        time.sleep(POLL)


if __name__ == "__main__":
    main()
