#!/usr/bin/env python3
"""Saves the unseal keys of OpenBao: keep-unseal-keys.py <key file of the portal>.

The number of keys that unseals OpenBao goes to a file for the timer, readable by root only; the others go to a separate
file, for the operator to remove from the machine. The portal's own file, which every user can read, is shredded.
"""

import json
import os
import subprocess
import sys

KEYS = "/etc/kpaas/unseal-keys"
SEPARATE = "/root/kpaas-openbao-share"
THRESHOLD = 2


def write_lines(path, lines):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    descriptor = os.open(f"{path}.new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    os.replace(f"{path}.new", path)


def main(path):
    with open(path, encoding="utf-8") as file:
        text = file.read().strip()
    try:
        # The portal's script removes the braces; similar scripts keep them.
        keys = json.loads(text if text.startswith("{") else f"{{{text.rstrip(',')}}}")["keys"]
    except (ValueError, KeyError, TypeError):
        keys = []
    if len(set(keys)) <= THRESHOLD:
        print(
            f"kpaas: {path} does not contain the keys of OpenBao in the expected format; write {THRESHOLD} of them, "
            f"one per line, to {KEYS} (mode 0600), store the third elsewhere, and shred that file"
        )
        return 3
    write_lines(KEYS, keys[:THRESHOLD])
    write_lines(SEPARATE, keys[THRESHOLD:])
    subprocess.run(["shred", "--remove", path], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
