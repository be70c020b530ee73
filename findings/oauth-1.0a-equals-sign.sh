#!/bin/sh
# oauth-1.0a 2.2.6 (npm) signs only the part of a query value before its first "=". "=" is allowed in a query value
# (RFC 3986, section 3.4), and RFC 5849 (section 3.4.1.3.1) takes the name up to the first "=" and the rest as value.
# A server that follows the RFC computes another signature and refuses the request; with "%3D" both agree.
# Beside it: oauthlib 3.3.1 (PyPI), a second implementation, signing the same request.
# Seen: plain value: same signature; %3D: same signature; "=" in the value: different signatures, and oauth-1.0a gives
# for ?q=a=b the signature of ?q=a
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund oauth-1.0a@2.2.6 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check oauthlib==3.3.1
cat >sign.cjs <<'JS'
const { createHmac } = require('node:crypto');
const OAuth = require('oauth-1.0a');
const oauth = new OAuth({
  consumer: { key: 'consumer', secret: 'consumer-secret' },
  signature_method: 'HMAC-SHA1',
  hash_function: (text, key) => createHmac('sha1', key).update(text).digest('base64'),
});
oauth.getNonce = () => 'nonce';
oauth.getTimeStamp = () => 1700000000;
const { oauth_signature } = oauth.authorize(
  { url: process.argv[2], method: 'GET' },
  { key: 'token', secret: 'token-secret' },
);
console.log(oauth_signature);
JS
cat >sign.py <<'PY'
import sys
from urllib.parse import unquote
from oauthlib.oauth1 import Client
client = Client('consumer', 'consumer-secret', 'token', 'token-secret', nonce='nonce', timestamp='1700000000')
_, headers, _ = client.sign(sys.argv[1])
print(unquote(headers['Authorization'].split('oauth_signature="')[1].split('"')[0]))
PY
base=https://api.discogs.com/database/search
status=0
both() { # name, query, expected
  one=$(node sign.cjs "$base?$2")
  other=$(venv/bin/python sign.py "$base?$2")
  if [ "$one" = "$other" ]; then seen=same; else seen=different; fi
  echo "$1 (?$2): $seen"
  [ "$seen" = "$3" ] || status=1
}
both 'plain value' 'q=ab' same
both 'encoded sign' 'q=a%3Db' same
both 'sign in the value' 'q=a=b' different
if [ "$(node sign.cjs "$base?q=a=b")" = "$(node sign.cjs "$base?q=a")" ]; then
  echo 'oauth-1.0a signs ?q=a=b as ?q=a'
else
  status=1
fi
exit $status
