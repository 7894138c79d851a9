#!/usr/bin/env python3
"""Mends known breakages of a checkout: apply-patches.py <patches.json> <checkout>. Runs as the checkout's owner.

A patch names a text that stands in a file exactly once. Every file is made anew from what was committed, so a second run comes to
the same; a text that is not there fails, for then the file is not the one that was looked through.
"""

import json
import os
import subprocess
import sys


def main(patches, checkout):
    with open(patches, encoding="utf-8") as file:
        wanted = json.load(file)
    texts = {}
    for patch in wanted:
        name, path, find = patch["name"], patch["file"], patch["find"]
        if path not in texts:
            texts[path] = committed(checkout, path, name)
        count = texts[path].count(find)
        if count != 1:
            raise SystemExit(f"kpaas: patch {name}: its text stands {count} times in {path}, not once")
        texts[path] = texts[path].replace(find, patch["replace"])
        print(f"patch {name}: {patch['reason']}")
    for path, text in texts.items():
        whole = os.path.join(checkout, path)
        with open(f"{whole}.new", "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(f"{whole}.new", os.stat(whole).st_mode)
        os.replace(f"{whole}.new", whole)


def committed(checkout, path, name):
    result = subprocess.run(["git", "-C", checkout, "show", f"HEAD:{path}"], capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"kpaas: patch {name}: there is no {path}")
    return result.stdout


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2])
    except SystemExit as error:
        # What a phase says for people goes where it looks for it.
        print(error)
        sys.exit(1)
