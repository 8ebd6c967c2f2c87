"""Authlib's OAuth2Session, by its own documentation: python authlib_client.py ISSUER"""

import os
import sys
import time

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata, get_well_known_url
from person import ALICE, Person, client, works

ISSUER = sys.argv[1]
document = requests.get(get_well_known_url(ISSUER, external=True)).json()
server = AuthorizationServerMetadata(document)
# Its validation wants https everywhere: on loopback the rest of it must hold.
for name in server.REGISTRY_KEYS:
    try:
        getattr(server, f"validate_{name}", lambda: None)()
    except ValueError as error:
        assert '"https" scheme' in str(error), error
assert document["issuer"] == ISSUER
works("discovery")


def session(client_id, method, **options):
    return OAuth2Session(
        client_id,
        client(client_id).get("client_secret"),
        token_endpoint_auth_method=method,
        revocation_endpoint_auth_method=method,
        code_challenge_method="S256",
        token_endpoint=document["token_endpoint"],
        **options,
    )


def log_in(oauth, redirect_uri):
    verifier = generate_token(48)
    url, state = oauth.create_authorization_url(document["authorization_endpoint"], code_verifier=verifier)
    answer = Person().visit(url, redirect_uri)
    return oauth.fetch_token(
        document["token_endpoint"], authorization_response=answer, state=state, code_verifier=verifier
    )


for client_id, method, redirect_uri in [
    ("web", "client_secret_basic", "https://web.example/callback"),
    ("poster", "client_secret_post", "https://poster.example/callback"),
    ("native", "none", "http://127.0.0.1:50123/callback"),
]:
    oauth = session(client_id, method, redirect_uri=redirect_uri, scope="profile calendar")
    token = log_in(oauth, redirect_uri)
    assert token["token_type"] == "Bearer" and token["scope"] == "profile calendar", token
    assert not token.is_expired()
    refreshed = oauth.refresh_token(document["token_endpoint"], token["refresh_token"])
    assert refreshed["access_token"] != token["access_token"]
    works(f"authorization_code and refresh_token with {method}")

machine = session("web", "client_secret_basic", scope="calendar")
token = machine.fetch_token(document["token_endpoint"], grant_type="client_credentials")
assert "refresh_token" not in token, token
works("client_credentials")

introspection = machine.introspect_token(document["introspection_endpoint"], token["access_token"]).json()
assert introspection["active"] and introspection["client_id"] == "web", introspection
revoked = machine.revoke_token(document["revocation_endpoint"], token["access_token"])
assert revoked.status_code == 200, revoked
introspection = machine.introspect_token(document["introspection_endpoint"], token["access_token"]).json()
assert introspection == {"active": False}, introspection
works("introspection and revocation")

page = session("page", "none", redirect_uri="https://page.example/callback", scope="calendar", response_type="token")
url, state = page.create_authorization_url(document["authorization_endpoint"])
answer = Person().visit(url, "https://page.example/callback")
token = page.fetch_token(authorization_response=answer, state=state)
assert token["token_type"] == "Bearer" and "refresh_token" not in token, token
introspection = machine.introspect_token(document["introspection_endpoint"], token["access_token"]).json()
assert introspection["active"] and introspection["client_id"] == "page", introspection
works("implicit")

trusted = session("trusted", "client_secret_basic", scope="calendar")
token = trusted.fetch_token(username=ALICE["username"], password=ALICE["password"])
assert token["scope"] == "calendar", token
trusted.refresh_token(document["token_endpoint"], token["refresh_token"])
works("password")

DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
device = requests.post(document["device_authorization_endpoint"], data={"client_id": "tv", "scope": "calendar"}).json()
tv = session("tv", "none")
try:
    tv.fetch_token(grant_type=DEVICE_CODE, device_code=device["device_code"])
    raise AssertionError("nobody has let the device in")
except OAuthError as error:
    assert error.error == "authorization_pending", error
Person().connect(device["verification_uri"], device["user_code"])
time.sleep(device["interval"])
token = tv.fetch_token(grant_type=DEVICE_CODE, device_code=device["device_code"])
assert token["scope"] == "calendar", token
works("device")

try:
    machine.refresh_token(document["token_endpoint"], "never issued")
    raise AssertionError("a token that was never issued")
except OAuthError as error:
    assert error.error == "invalid_grant", error
works("errors")
