#!/usr/bin/env python3
"""Patches a checkout of the installer: apply-patches.py <patches.json> <checkout>. Runs as the owner of the checkout.

A patch names a text that occurs exactly once in a file. Every file is written from its committed version, so the
program is idempotent. A missing text is an error: the file differs from the reviewed version.
"""

import json
import os
import subprocess
import sys


def main(patches, checkout):
    with open(patches, encoding="utf-8") as file:
        requested = json.load(file)
    texts = {}
    for patch in requested:
        name, path, find = patch["name"], patch["file"], patch["find"]
        if path not in texts:
            texts[path] = committed(checkout, path, name)
        count = texts[path].count(find)
        if count != 1:
            raise SystemExit(f"kpaas: patch {name}: its text occurs {count} times in {path}, not once")
        texts[path] = texts[path].replace(find, patch["replace"])
        print(f"patch {name}: {patch['reason']}")
    for path, text in texts.items():
        target = os.path.join(checkout, path)
        with open(f"{target}.new", "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(f"{target}.new", os.stat(target).st_mode)
        os.replace(f"{target}.new", target)


def committed(checkout, path, name):
    result = subprocess.run(["git", "-C", checkout, "show", f"HEAD:{path}"], capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"kpaas: patch {name}: {path} does not exist")
    return result.stdout


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2])
    except SystemExit as error:
        # On standard output, where the phase looks for its message.
        print(error)
        sys.exit(1)
