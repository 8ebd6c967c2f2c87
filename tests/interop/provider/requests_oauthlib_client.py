"""requests-oauthlib, by its own documentation: python requests_oauthlib_client.py ISSUER"""

import os
import sys
import time

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

import jwt
import requests
from oauthlib.oauth2 import (
    BackendApplicationClient,
    DeviceClient,
    InvalidGrantError,
    LegacyApplicationClient,
    MobileApplicationClient,
    OAuth2Error,
    WebApplicationClient,
)
from person import ALICE, Person, client, works
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session

ISSUER = sys.argv[1]
document = requests.get(f"{ISSUER}/.well-known/oauth-authorization-server").json()
assert document["issuer"] == ISSUER
works("metadata")

secret = client("poster")["client_secret"]
basic = {"auth": HTTPBasicAuth("web", client("web")["client_secret"])}
for client_id, redirect_uri, fetching, refreshing in [
    ("web", "https://web.example/callback", basic, basic),
    (
        "poster",
        "https://poster.example/callback",
        {"include_client_id": True, "client_secret": secret},
        {"client_id": "poster", "client_secret": secret},
    ),
    ("native", "http://127.0.0.1:50123/callback", {"include_client_id": True}, {"client_id": "native"}),
]:
    oauth = OAuth2Session(client_id, redirect_uri=redirect_uri, scope=["profile", "calendar"], pkce="S256")
    url, state = oauth.authorization_url(document["authorization_endpoint"])
    answer = Person().visit(url, redirect_uri)
    token = oauth.fetch_token(document["token_endpoint"], authorization_response=answer, **fetching)
    assert token["scope"] == ["profile", "calendar"], token
    assert 890 < token["expires_in"] <= 900, token
    refreshed = oauth.refresh_token(document["token_endpoint"], **refreshing)
    assert refreshed["access_token"] != token["access_token"]
    assert oauth.get(f"{ISSUER}/calendar").json()["owner"] == "alice-1"
    works(f"authorization_code and refresh_token of {client_id}")

for algorithm, client_id in [("RS256", "web"), ("ES256", "elliptic")]:
    redirect_uri = f"https://{client_id}.example/callback"
    oauth = OAuth2Session(client_id, redirect_uri=redirect_uri, scope=["openid", "profile"], pkce="S256")
    url, state = oauth.authorization_url(document["authorization_endpoint"], nonce="the nonce")
    auth = HTTPBasicAuth(client_id, client(client_id)["client_secret"])
    token = oauth.fetch_token(
        document["token_endpoint"], authorization_response=Person().visit(url, redirect_uri), auth=auth
    )
    # requests-oauthlib leaves the ID token to others: PyJWT.
    key = jwt.PyJWKClient(document["jwks_uri"]).get_signing_key_from_jwt(token["id_token"])
    claims = jwt.decode(token["id_token"], key, algorithms=[algorithm], audience=client_id, issuer=ISSUER)
    assert claims["sub"] == "alice-1" and claims["nonce"] == "the nonce", claims
    if client_id == "web":
        assert oauth.get(document["userinfo_endpoint"]).json()["name"] == ALICE["claims"]["name"]
    works(f"ID tokens with {algorithm}, userinfo")

oauth = OAuth2Session(client=BackendApplicationClient(client_id="web", scope="calendar"))
token = oauth.fetch_token(document["token_endpoint"], **basic)
assert "refresh_token" not in token, token
works("client_credentials")

revocation, headers, body = WebApplicationClient("web").prepare_token_revocation_request(
    document["revocation_endpoint"].replace("http://", "https://"), token["access_token"]
)
# oauthlib refuses to revoke over http, on loopback too: the request it prepares is sent to where the server is.
revocation = revocation.replace("https://", "http://")
answer = requests.post(revocation, headers=headers, data=body, **basic)
assert answer.status_code == 200, answer
introspection = requests.post(document["introspection_endpoint"], data={"token": token["access_token"]}, **basic)
assert introspection.json() == {"active": False}, introspection.text
works("revocation and introspection")

oauth = OAuth2Session(
    client=MobileApplicationClient("page"), redirect_uri="https://page.example/callback", scope=["calendar"]
)
url, state = oauth.authorization_url(document["authorization_endpoint"])
token = oauth.token_from_fragment(Person().visit(url, "https://page.example/callback"))
assert token["scope"] == ["calendar"] and "refresh_token" not in token, token
works("implicit")

oauth = OAuth2Session(client=LegacyApplicationClient("trusted", scope="calendar"))
auth = HTTPBasicAuth("trusted", client("trusted")["client_secret"])
token = oauth.fetch_token(
    document["token_endpoint"], username=ALICE["username"], password=ALICE["password"], auth=auth
)
assert token["scope"] == ["calendar"], token
oauth.refresh_token(document["token_endpoint"], auth=auth)
works("password")

device = requests.post(document["device_authorization_endpoint"], data={"client_id": "tv", "scope": "calendar"}).json()
oauth = OAuth2Session(client=DeviceClient("tv"))


def poll():
    return oauth.fetch_token(document["token_endpoint"], device_code=device["device_code"], include_client_id=True)


try:
    poll()
    raise AssertionError("nobody has let the device in")
except OAuth2Error as error:
    assert error.error == "authorization_pending", error
Person().connect(device["verification_uri_complete"], device["user_code"])
time.sleep(device["interval"])
assert poll()["scope"] == ["calendar"]
works("device")

try:
    OAuth2Session("web").refresh_token(document["token_endpoint"], refresh_token="never issued", **basic)
    raise AssertionError("a token that was never issued")
except InvalidGrantError:
    pass
works("errors")
