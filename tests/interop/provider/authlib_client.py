"""Authlib's OAuth2Session, by its own documentation: python authlib_client.py ISSUER"""

import os
import sys

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata, get_well_known_url
from person import Person, client, works

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

try:
    machine.refresh_token(document["token_endpoint"], "never issued")
    raise AssertionError("a token that was never issued")
except OAuthError as error:
    assert error.error == "invalid_grant", error
works("errors")
