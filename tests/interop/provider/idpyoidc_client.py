"""idpyoidc's RPHandler, by its own documentation: python idpyoidc_client.py ISSUER

It registers itself, with PKCE, and its add-on for DPoP where that follows RFC 9449."""

import sys
from urllib.parse import parse_qsl, urlsplit

import requests
from cryptojwt.key_jar import KeyJar, build_keyjar
from idpyoidc.client.defaults import DEFAULT_KEY_DEFS
from idpyoidc.client.rp_handler import RPHandler
from person import ALICE, SIGNING_KEY, Person, client, works

ISSUER = sys.argv[1]
BASE = "https://stranger.example"
CALLBACK = f"{BASE}/callback"

PKCE = {
    "function": "idpyoidc.client.oauth2.add_on.pkce.add_support",
    "kwargs": {"code_challenge_length": 64, "code_challenge_method": "S256"},
}
DPOP = {
    "function": "idpyoidc.client.oauth2.add_on.dpop.add_support",
    "kwargs": {"dpop_signing_alg_values_supported": ["ES256"], "with_dpop_header": ["accesstoken", "refresh_token"]},
}

def client_of(redirect_uri, scope, method="client_secret_basic", keys=None, add_ons=None, **more):
    """An application that knows the issuer."""
    configuration = {
        "issuer": ISSUER,
        "client_type": "oidc",
        "redirect_uris": [redirect_uri],
        "preference": {
            "application_type": "web",
            "response_types_supported": ["code"],
            "token_endpoint_auth_methods_supported": [method],
            "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
            "scopes_supported": scope,
        },
        "usage": {"scope": scope},
        "client_authn_methods": [method],
        "add_ons": {"pkce": PKCE, **(add_ons or {})},
        **more,
    }
    handler = RPHandler(BASE, client_configs={ISSUER: configuration}, keyjar=keys or build_keyjar(DEFAULT_KEY_DEFS))
    client = handler.init_client(ISSUER)
    client.do_provider_info()
    # Of what a server registered for it, idpyoidc understands one scope, and no list of them.
    client.do_client_registration(request_args={"scope": "openid"})
    return client


def agree(client):
    """Alice agrees at a browser: the response."""
    (redirect_uri,) = client.get_context().claims.get_usage("redirect_uris")
    return dict(parse_qsl(urlsplit(Person().visit(client.init_authorization(), redirect_uri)).query))


def log_in(client):
    """The session of Alice, whose ID token and claims the client has verified."""
    done = client.finalize(agree(client))
    assert "error" not in done, done
    return done


stranger = client_of(CALLBACK, ["openid"], client_name="Stranger")
registered = stranger.get_context().registration_response
assert registered["client_id_issued_at"] and registered["client_name"] == "Stranger", registered
assert registered["token_endpoint_auth_method"] == "client_secret_basic", registered
works("registration")

done = log_in(stranger)
assert done["userinfo"]["sub"] == "alice-1", done
works("code with PKCE, ID token and userinfo of a client that registered")

keys = KeyJar()
keys.import_jwks({"keys": [SIGNING_KEY]}, "")
signer = client_of(
    "https://signer.example/callback", ["openid", "profile"], "private_key_jwt", keys, client_id="signer"
)
done = log_in(signer)
assert done["userinfo"]["name"] == ALICE["claims"]["name"], done
refreshed = signer.refresh_access_token(done["state"])
assert refreshed["access_token"] != done["token"], refreshed
works("code with PKCE and refresh_token with private_key_jwt")

bound = client_of(
    "https://web.example/callback",
    ["openid"],
    client_id="web",
    client_secret=client("web")["client_secret"],
    add_ons={"dpop": DPOP},
)
response = agree(bound)
bound.finalize_auth(response)
token = bound.get_tokens(response["state"])
assert token["token_type"] == "DPoP", token
stolen = requests.get(f"{ISSUER}/userinfo", headers={"Authorization": f"Bearer {token['access_token']}"})
assert stolen.status_code == 401, stolen.text
refreshed = bound.refresh_access_token(response["state"])
assert refreshed["token_type"] == "DPoP", refreshed
works("code and refresh_token for bound access tokens")
