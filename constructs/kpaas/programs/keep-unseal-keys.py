#!/usr/bin/env python3
"""Puts the keys of OpenBao away: keep-unseal-keys.py <the portal's key file>. As many as open it go where only root reads them, for the
timer; the others apart, for a person to take away; the portal's own file, which everybody could read, is shredded.
"""

import json
import os
import subprocess
import sys

KEYS = "/etc/kpaas/unseal-keys"
APART = "/root/kpaas-openbao-share"
THRESHOLD = 2


def kept(path, lines):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with os.fdopen(os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    os.replace(f"{path}.new", path)


def main(path):
    with open(path, encoding="utf-8") as file:
        text = file.read().strip()
    try:
        # The portal's script cuts the braces off; relatives of it leave them.
        keys = json.loads(text if text.startswith("{") else f"{{{text.rstrip(',')}}}")["keys"]
    except (ValueError, KeyError, TypeError):
        keys = []
    if len(set(keys)) <= THRESHOLD:
        print(f"kpaas: {path} does not hold the keys of OpenBao as its script writes them; put {THRESHOLD} of them, one a line, into {KEYS} (mode 0600), keep the third elsewhere, and shred that file")
        return 3
    kept(KEYS, keys[:THRESHOLD])
    kept(APART, keys[THRESHOLD:])
    subprocess.run(["shred", "--remove", path], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
