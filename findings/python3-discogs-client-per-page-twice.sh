#!/bin/sh
# python3-discogs-client 2.10 (PyPI): a search with a number of rows of one's own sends per_page twice, the caller's first
# and the client's default of 50 after it. Which one counts is up to the server: Discogs takes the first; a server that
# takes the last gives pages of 50, and a strict one refuses the request.
# Seen: search('x', per_page=5).page(1) requests per_page=5 and per_page=50 in one query
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python3-discogs-client==2.10
cat >try.py <<'PY'
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit
import discogs_client

asked = []

class Discogs(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(parse_qs(urlsplit(self.path).query))
        body = b'{"pagination": {"page": 1, "pages": 1, "per_page": 5, "items": 0, "urls": {}}, "results": []}'
        self.send_response(200)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass

server = HTTPServer(('127.0.0.1', 0), Discogs)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = discogs_client.Client('Finding/1.0', user_token='token')
client._base_url = f'http://127.0.0.1:{server.server_port}'
client.search('x', per_page=5).page(1)
print('per_page in one query:', asked[-1]['per_page'])
sys.exit(0 if asked[-1]['per_page'] == ['5', '50'] else 1)
PY
venv/bin/python try.py
