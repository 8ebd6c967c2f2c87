"""Authlib's OAuth2Session, by its own documentation: python authlib_client.py ISSUER"""

import os
import sys
import time

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import ClientSecretJWT, PrivateKeyJWT
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata, get_well_known_url
from authlib.oidc.core import CodeIDToken, HybridIDToken, ImplicitIDToken
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from person import ALICE, SIGNING_KEY, Person, client, works

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
# OpenID Connect Discovery has the same, at another place.
assert requests.get(f"{ISSUER}/.well-known/openid-configuration").json() == document
works("discovery")


def session(client_id, method, **options):
    private_key = ECKey.import_key(SIGNING_KEY) if method == "private_key_jwt" else None
    oauth = OAuth2Session(
        client_id,
        private_key or client(client_id).get("client_secret"),
        token_endpoint_auth_method=method,
        revocation_endpoint_auth_method=method,
        code_challenge_method="S256",
        token_endpoint=document["token_endpoint"],
        **options,
    )
    if method == "private_key_jwt":
        oauth.register_client_auth_method(PrivateKeyJWT(document["token_endpoint"], alg="ES256"))
    if method == "client_secret_jwt":
        oauth.register_client_auth_method(ClientSecretJWT(document["token_endpoint"]))
    return oauth


def log_in(oauth, redirect_uri, person=None, **parameters):
    verifier = generate_token(48)
    url, state = oauth.create_authorization_url(
        document["authorization_endpoint"], code_verifier=verifier, **parameters
    )
    answer = (person or Person()).visit(url, redirect_uri)
    return oauth.fetch_token(
        document["token_endpoint"], authorization_response=answer, state=state, code_verifier=verifier
    )


for client_id, method, redirect_uri in [
    ("web", "client_secret_basic", "https://web.example/callback"),
    ("poster", "client_secret_post", "https://poster.example/callback"),
    ("native", "none", "http://127.0.0.1:50123/callback"),
    ("signer", "private_key_jwt", "https://signer.example/callback"),
    ("macker", "client_secret_jwt", "https://macker.example/callback"),
]:
    oauth = session(client_id, method, redirect_uri=redirect_uri, scope="profile calendar")
    token = log_in(oauth, redirect_uri)
    assert token["token_type"] == "Bearer" and token["scope"] == "profile calendar", token
    assert not token.is_expired()
    refreshed = oauth.refresh_token(document["token_endpoint"], token["refresh_token"])
    assert refreshed["access_token"] != token["access_token"]
    assert oauth.get(f"{ISSUER}/calendar").json()["owner"] == "alice-1"
    works(f"authorization_code and refresh_token with {method}")

keys = KeySet.import_key_set(requests.get(document["jwks_uri"]).json())


def id_token(client_id, text, claims_class, **parameters):
    """Verifies an ID token as Authlib's own integrations do it."""
    algorithm = client(client_id).get("id_token_signed_response_alg", "RS256")
    token = jwt.decode(text, keys, algorithms=[algorithm])
    options = {"iss": {"values": [ISSUER]}, "aud": {"values": [client_id]}}
    claims = claims_class(token.claims, token.header, options, {"client_id": client_id, **parameters})
    claims.validate(leeway=60)
    assert claims["sub"] == "alice-1", claims
    return claims


for algorithm, client_id in [("RS256", "web"), ("ES256", "elliptic")]:
    redirect_uri = f"https://{client_id}.example/callback"
    oauth = session(client_id, "client_secret_basic", redirect_uri=redirect_uri, scope="openid profile")
    token = log_in(oauth, redirect_uri, nonce="the nonce", max_age=60)
    claims = id_token(
        client_id,
        token["id_token"],
        CodeIDToken,
        nonce="the nonce",
        max_age=60,
        access_token=token["access_token"],
    )
    assert claims["at_hash"] and claims.header["alg"] == algorithm, (claims, claims.header)
    answer = oauth.get(document["userinfo_endpoint"])
    signed = client(client_id).get("userinfo_signed_response_alg")
    userinfo = jwt.decode(answer.text, keys, algorithms=[signed]).claims if signed else answer.json()
    assert userinfo["sub"] == "alice-1" and userinfo["name"] == ALICE["claims"]["name"], userinfo
    works(f"ID tokens with {algorithm}, userinfo")

CALLBACK = "https://hybrid.example/callback"
for response_type in ["id_token", "id_token token", "code id_token", "code token", "code id_token token"]:
    oauth = session("hybrid", "client_secret_basic", redirect_uri=CALLBACK, scope="openid", response_type=response_type)
    verifier = generate_token(48)
    # Authlib makes the challenge for `code` alone.
    pkce = {"code_challenge": create_s256_code_challenge(verifier), "code_challenge_method": "S256"}
    url, state = oauth.create_authorization_url(
        document["authorization_endpoint"], nonce="the nonce", **(pkce if "code" in response_type else {})
    )
    answer = Person().visit(url, CALLBACK)
    values = dict(parse_qsl(urlsplit(answer).fragment))
    assert values["state"] == state and values["iss"] == ISSUER, values
    parts = {"code": "code", "token": "access_token", "id_token": "id_token"}
    asked = {parts[word] for word in response_type.split()}
    assert {part for part in parts.values() if part in values} == asked, values
    if "id_token" in values:
        claims_class = HybridIDToken if "code" in values else ImplicitIDToken
        hashed = {name: values[name] for name in ("code", "access_token") if name in values}
        id_token("hybrid", values["id_token"], claims_class, nonce="the nonce", response_type=response_type, **hashed)
    if "code" in values:
        token = oauth.fetch_token(document["token_endpoint"], code=values["code"], code_verifier=verifier)
        id_token("hybrid", token["id_token"], CodeIDToken, nonce="the nonce", access_token=token["access_token"])
    works(response_type)

SIGNED_OUT = "https://web.example/signed-out"
person = Person()
oauth = session("web", "client_secret_basic", redirect_uri="https://web.example/callback", scope="openid")
token = log_in(oauth, "https://web.example/callback", person=person)
logout = urlencode({"id_token_hint": token["id_token"], "post_logout_redirect_uri": SIGNED_OUT, "state": "the state"})
assert person.visit(f"{document['end_session_endpoint']}?{logout}", SIGNED_OUT) == f"{SIGNED_OUT}?state=the+state"
url, state = oauth.create_authorization_url(
    document["authorization_endpoint"], code_verifier=generate_token(48), prompt="none"
)
answer = parse_qs(urlsplit(person.visit(url, "https://web.example/callback")).query)
assert answer["error"] == ["login_required"] and answer["state"] == [state], answer
works("logout")

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
