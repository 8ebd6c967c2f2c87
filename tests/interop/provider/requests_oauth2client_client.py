"""requests_oauth2client, by its own documentation: python requests_oauth2client_client.py ISSUER GATEWAY CALENDAR"""

import sys

import requests
from person import ALICE, SIGNING_KEY, Person, client, works
from requests_oauth2client import (
    ApiClient,
    BearerToken,
    ClientSecretBasic,
    DPoPKey,
    DPoPToken,
    InvalidGrant,
    InvalidTarget,
    OAuth2Client,
    PrivateKeyJwt,
)

ISSUER, GATEWAY, CALENDAR = sys.argv[1:]
CALLBACK = "https://pusher.example/callback"
KEY = {name: value for name, value in SIGNING_KEY.items() if name != "use"}


def discover(**options):
    # `testing`: it wants https everywhere, on loopback, too.
    return OAuth2Client.from_discovery_endpoint(issuer=ISSUER, testing=True, **options)


def refused(error, call, *args, **options):
    try:
        call(*args, **options)
    except error:
        return
    raise AssertionError(f"{error.__name__} was expected")


pusher = discover(auth=PrivateKeyJwt("pusher", KEY), redirect_uri=CALLBACK, dpop_bound_access_tokens=True)
assert pusher.pushed_authorization_request_endpoint == f"{ISSUER}/par"
assert pusher.authorization_response_iss_parameter_supported
works("discovery")


def ask(**parameters):
    """Pushes a request, and lets Alice answer it: the request, and its validated response."""
    asked = pusher.authorization_request(scope="openid profile calendar", **parameters)
    pushed = pusher.pushed_authorization_request(asked)
    assert set(pushed.furl.args) == {"client_id", "request_uri"}, pushed.uri
    return asked, asked.validate_callback(Person().visit(pushed.uri, CALLBACK))


asked, response = ask()
# What it was told of a nonce it goes on with.
assert asked.dpop_key.as_nonce
works("a pushed request with private_key_jwt and a nonce in its proof")

refused(InvalidGrant, pusher.authorization_code, response.code, validate=False, dpop_key=DPoPKey.generate(),
        code_verifier=response.code_verifier, redirect_uri=CALLBACK)
# What it validates an ID token into has lost the key: it verifies the signature alone.
token = pusher.authorization_code(response, validate=False)
assert isinstance(token, DPoPToken) and token.token_type == "DPoP", token
assert token.id_token.verify_signature(pusher.authorization_server_jwks, alg="RS256")
assert token.id_token.subject == "alice-1" and token.id_token.nonce == asked.nonce
works("a code for the key of its pushed request alone")


def call(token):
    """The calendar, as it was called with a token: the client makes a proof, and another with the nonce that it is told."""
    return ApiClient(ISSUER, auth=token).get("calendar").json()


userinfo = pusher.userinfo(token)
assert userinfo == {"sub": "alice-1", "name": ALICE["claims"]["name"]}, userinfo
assert call(token)["cnf"] == {"jkt": token.dpop_key.dpop_jkt}
stolen = BearerToken(token.access_token)
assert requests.get(f"{ISSUER}/calendar", auth=stolen).status_code == 401
other = DPoPToken(token.access_token, _dpop_key=DPoPKey.generate())
assert requests.get(f"{ISSUER}/calendar", auth=other).status_code == 401
works("a bound access token at userinfo and at an API")

refreshed = pusher.refresh_token(token)
assert refreshed.dpop_key is token.dpop_key and refreshed.access_token != token.access_token
assert call(refreshed)["owner"] == "alice-1"
works("a refresh with the same key")

# RFC 9449 §5: the refresh token of a public client is bound, too.
native, loopback = discover(client_id="native"), "http://127.0.0.1:50123/callback"
asked = native.authorization_request(scope="calendar", redirect_uri=loopback, dpop=True)
public = native.authorization_code(asked.validate_callback(Person().visit(asked.uri, loopback)))
assert isinstance(public, DPoPToken)
thief = DPoPToken("stolen", refresh_token=public.refresh_token, _dpop_key=DPoPKey.generate())
refused(InvalidGrant, native.refresh_token, thief)
assert native.refresh_token(public).dpop_key is public.dpop_key
works("a refresh with another key is refused")

_, response = ask(resource=[GATEWAY, CALENDAR])
token = pusher.authorization_code(response, validate=False, resource=CALENDAR)
assert call(token)["aud"] == CALENDAR
refreshed = pusher.refresh_token(token, resource=GATEWAY)
assert call(refreshed)["aud"] == GATEWAY
refused(InvalidTarget, pusher.refresh_token, refreshed, resource="https://elsewhere.example")
works("a token for one resource, and a refresh for another")

machine = pusher.client_credentials("calendar", resource=CALENDAR)
assert isinstance(machine, DPoPToken)
told = call(machine)
assert (told["owner"], told["asked_by"], told["aud"]) == ("pusher", "pusher", CALENDAR), told
works("client_credentials for a resource")

# It holds the key that the token is bound to, and proves it.
exchanged = pusher.token_exchange(
    subject_token=refreshed, subject_token_type="access_token", resource=CALENDAR, dpop_key=refreshed.dpop_key
)
told = call(exchanged)
assert (told["owner"], told["aud"]) == ("alice-1", CALENDAR), told
assert told["act"] == {"sub": "pusher", "client_id": "pusher"}, told
works("a bound token exchanged by its holder")

gateway = discover(auth=ClientSecretBasic("gateway", client("trusted")["client_secret"]))
exchanged = gateway.token_exchange(subject_token=refreshed, subject_token_type="access_token", resource=CALENDAR)
assert exchanged.issued_token_type == "urn:ietf:params:oauth:token-type:access_token", exchanged
told = call(exchanged)
assert (told["owner"], told["asked_by"], told["aud"]) == ("alice-1", "gateway", CALENDAR), told
assert told["act"] == {"sub": "gateway", "client_id": "gateway"} and told["cnf"] is None, told
works("a gateway exchanges a token, and act names it")

exchanged = gateway.token_exchange(
    subject_token=refreshed, subject_token_type="access_token", resource=CALENDAR, dpop=True
)
assert isinstance(exchanged, DPoPToken)
assert call(exchanged)["cnf"] == {"jkt": exchanged.dpop_key.dpop_jkt}
works("a gateway exchanges a token for one that is bound to its own key")

for elsewhere in [{"resource": GATEWAY}, {"audience": "https://elsewhere.example"}]:
    refused(
        InvalidTarget, gateway.token_exchange, subject_token=refreshed, subject_token_type="access_token", **elsewhere
    )
works("an exchange for elsewhere is refused")
