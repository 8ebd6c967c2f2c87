"""PyJWT verifies a logout token: python back_channel_client.py ISSUER RECEIVER"""

import os
import sys
import time
from urllib.parse import parse_qs, urlencode

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

import jwt
import requests
from person import Person, client, works
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session

ISSUER, RECEIVER = sys.argv[1:]
CALLBACK, SIGNED_OUT = "https://web.example/callback", "https://web.example/signed-out"
document = requests.get(f"{ISSUER}/.well-known/openid-configuration").json()
assert document["backchannel_logout_supported"] and document["backchannel_logout_session_supported"], document
keys = jwt.PyJWKClient(document["jwks_uri"])


def verify(text):
    key = keys.get_signing_key_from_jwt(text)
    return jwt.decode(text, key, algorithms=["RS256"], audience="web", issuer=ISSUER)


person = Person()
oauth = OAuth2Session("web", redirect_uri=CALLBACK, scope=["openid"], pkce="S256")
url, state = oauth.authorization_url(document["authorization_endpoint"], nonce="the nonce")
auth = HTTPBasicAuth("web", client("web")["client_secret"])
token = oauth.fetch_token(document["token_endpoint"], authorization_response=person.visit(url, CALLBACK), auth=auth)
id_token = verify(token["id_token"])
assert requests.get(f"{RECEIVER}/received").text == ""
works("login")

logout = urlencode({"id_token_hint": token["id_token"], "post_logout_redirect_uri": SIGNED_OUT})
assert person.visit(f"{document['end_session_endpoint']}?{logout}", SIGNED_OUT) == SIGNED_OUT
assert oauth.get(document["userinfo_endpoint"]).status_code == 401
works("logout")

deadline = time.monotonic() + 30
while not (received := requests.get(f"{RECEIVER}/received").text):
    assert time.monotonic() < deadline, "no logout token came"
    time.sleep(0.05)
[text] = parse_qs(received)["logout_token"]
# Back-Channel Logout 2.4, 2.6
claims = verify(text)
assert jwt.get_unverified_header(text)["typ"] == "logout+jwt"
assert claims["sub"] == id_token["sub"] and claims["sid"] == id_token["sid"], (claims, id_token)
assert claims["events"] == {"http://schemas.openid.net/event/backchannel-logout": {}}, claims
assert "nonce" not in claims and claims["jti"] and claims["exp"] > claims["iat"], claims
works("logout token")
