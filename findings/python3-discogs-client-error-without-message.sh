#!/bin/sh
# python3-discogs-client 2.10 (PyPI) raises KeyError instead of its own HTTPError where the JSON of a refused call has no
# member "message". What stands before the API (its edge, a proxy, a load balancer) may answer so. The status is lost with
# it: who catches HTTPError to wait after a 503 or 429 does not get here. An HTML page with the same status keeps it.
# Seen: with message: HTTPError 422; JSON without: KeyError; HTML: MalformedResponseError 503
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
import discogs_client

BODIES = {
    '/releases/1': (422, b'{"message": "Invalid sort key"}'),
    '/releases/2': (503, b'{"error": "unavailable"}'),
    '/releases/3': (503, b'<html><body>Service unavailable</body></html>'),
}

class Discogs(BaseHTTPRequestHandler):
    def do_GET(self):
        status, body = BODIES[self.path.split('?')[0]]
        self.send_response(status)
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
client.backoff_enabled = False
seen = []
for number in (1, 2, 3):
    try:
        client.release(number).title
        seen.append('no error')
    except Exception as error:
        seen.append(f'{type(error).__name__} {getattr(error, "status_code", "without a status")}')
    print(BODIES[f'/releases/{number}'][1].decode(), '->', seen[-1])
expected = ['HTTPError 422', 'KeyError without a status', 'MalformedResponseError 503']
sys.exit(0 if seen == expected else 1)
PY
venv/bin/python try.py
