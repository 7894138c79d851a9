#!/usr/bin/env python3
"""Serves the installer's public key to the other nodes, under one path, and nothing else.

Runs from the start of the first boot until every node has been reached. Returns 404 until the key exists; the nodes
retry.
"""

import http.server
import os

KEY = "/var/lib/kpaas/installer.pub"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text = b""
        if self.path == "/installer.pub":
            try:
                with open(KEY, "rb") as file:
                    text = file.read()
            except OSError:
                pass
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(
        (os.environ["INSTALL_ADDRESS"], int(os.environ["KEY_PORT"])), Handler
    ).serve_forever()
