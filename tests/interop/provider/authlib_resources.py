"""Authlib's OAuth2Session where tokens are for a resource, and are exchanged: python authlib_resources.py ISSUER GATEWAY CALENDAR"""

import os
import sys

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7591 import ClientMetadataClaims
from person import Person, client, works

ISSUER, GATEWAY, CALENDAR = sys.argv[1:]
CALLBACK = "https://stranger.example/callback"
document = requests.get(f"{ISSUER}/.well-known/oauth-authorization-server").json()

asked = {
    "client_name": "Stranger",
    "redirect_uris": [CALLBACK],
    "grant_types": ["authorization_code", "refresh_token"],
    "response_types": ["code"],
    "scope": "openid calendar",
    "token_endpoint_auth_method": "client_secret_post",
}
session = OAuth2Session()
answer = session.post(document["registration_endpoint"], json=asked, withhold_token=True)
assert answer.status_code == 201, answer.text
registered = answer.json()
# By the rules that Authlib has for clients at a server of its own.
ClientMetadataClaims(registered, {}, ClientMetadataClaims.get_claims_options(document)).validate()
assert {name: registered[name] for name in asked} == asked, registered
# RFC 7592.
managed = {"Authorization": f"Bearer {registered['registration_access_token']}"}
known = session.get(registered["registration_client_uri"], headers=managed, withhold_token=True)
assert known.json()["client_id"] == registered["client_id"], known.text
refused = session.post(
    document["registration_endpoint"], json={"redirect_uris": ["javascript:alert(1)"]}, withhold_token=True
)
assert refused.status_code == 400 and refused.json()["error"] == "invalid_redirect_uri", refused.text
works("registration")


def call(token):
    """The calendar, as it was called with a token."""
    return OAuth2Session(token=token).get(f"{ISSUER}/calendar").json()


def refused(error, call, *args, **options):
    try:
        call(*args, **options)
    except OAuthError as refusal:
        assert refusal.error == error, refusal
        return
    raise AssertionError(f"{error} was expected")


stranger = OAuth2Session(
    registered["client_id"],
    registered["client_secret"],
    token_endpoint_auth_method=registered["token_endpoint_auth_method"],
    scope="openid calendar",
    redirect_uri=CALLBACK,
    code_challenge_method="S256",
    token_endpoint=document["token_endpoint"],
)
verifier = generate_token(48)
url, state = stranger.create_authorization_url(
    document["authorization_endpoint"], code_verifier=verifier, resource=[GATEWAY, CALENDAR]
)
answer = Person().visit(url, CALLBACK)
token = stranger.fetch_token(
    document["token_endpoint"], authorization_response=answer, state=state, code_verifier=verifier, resource=CALENDAR
)
told = call(token)
assert (told["owner"], told["aud"]) == ("alice-1", CALENDAR), told
assert told["asked_by"] == registered["client_id"], told
works("code with PKCE for a resource of a client that registered")

token = stranger.refresh_token(document["token_endpoint"], token["refresh_token"], resource=GATEWAY)
assert call(token)["aud"] == GATEWAY
works("a refresh for another resource")

refused(
    "invalid_target",
    stranger.refresh_token,
    document["token_endpoint"],
    token["refresh_token"],
    resource="https://elsewhere.example",
)
works("an unknown resource is refused")

gateway = OAuth2Session(
    "gateway", client("trusted")["client_secret"], token_endpoint=document["token_endpoint"]
)
EXCHANGE = {
    "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
    "subject_token": token["access_token"],
    "subject_token_type": "urn:ietf:params:oauth:token-type:access_token",
}
exchanged = gateway.fetch_token(**EXCHANGE, resource=CALENDAR)
assert exchanged["issued_token_type"] == EXCHANGE["subject_token_type"], exchanged
told = call(exchanged)
assert (told["owner"], told["asked_by"], told["aud"]) == ("alice-1", "gateway", CALENDAR), told
assert told["act"] == {"sub": "gateway", "client_id": "gateway"}, told
works("a gateway exchanges a token, and act names it")

refused("invalid_target", gateway.fetch_token, **EXCHANGE, resource=GATEWAY)
works("an exchange for elsewhere is refused")
