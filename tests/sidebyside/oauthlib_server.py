"""oauthlib's preconfigured servers over loopback HTTP, each below a path of its own, over a plain RequestValidator in memory.

It reads one line of JSON from standard input (clients, users, whose consent is given), writes its port to standard output, and
ends when standard input is closed.
"""

import base64
import hmac
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from oauthlib.common import Request
from oauthlib.oauth2 import (
    AccessDeniedError,
    BackendApplicationServer,
    DeviceApplicationServer,
    FatalClientError,
    LegacyApplicationServer,
    MobileApplicationServer,
    OAuth2Error,
    RequestValidator,
    RevocationEndpoint,
    Server,
    WebApplicationServer,
)


class Validator(RequestValidator):
    """What oauthlib's documentation asks of a validator, in dictionaries."""

    def __init__(self, config, pkce_for_everyone):
        self.clients = {c["client_id"]: SimpleNamespace(**c) for c in config["clients"]}
        self.users = {u["username"]: u for u in config["users"]}
        self.pkce_for_everyone = pkce_for_everyone
        self.codes = {}
        self.access_tokens = {}
        self.refresh_tokens = {}
        self.devices = {}

    # Clients

    def client_authentication_required(self, request):
        client = self.clients.get(request.client_id)
        return client is None or not client.public

    def authenticate_client(self, request):
        method, client_id, secret = "client_secret_post", request.client_id, request.client_secret
        scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
            except ValueError:
                return False
            method, client_id, secret = "client_secret_basic", unquote_plus(client_id), unquote_plus(secret)
        client = self.clients.get(client_id)
        if client is None or client.public or client.method != method or not secret:
            return False
        if not hmac.compare_digest(client.secret.encode(), secret.encode()):
            return False
        request.client = client
        return True

    def authenticate_client_id(self, client_id, request):
        request.client = self.clients.get(client_id)
        return request.client is not None and request.client.public

    def validate_client_id(self, client_id, request):
        request.client = self.clients.get(client_id)
        return request.client is not None

    def validate_grant_type(self, client_id, grant_type, client, request):
        return grant_type in client.grant_types

    def validate_response_type(self, client_id, response_type, client, request):
        return response_type in client.response_types

    # Redirect URIs and scopes

    def validate_redirect_uri(self, client_id, redirect_uri, request):
        return redirect_uri in request.client.redirect_uris

    def get_default_redirect_uri(self, client_id, request):
        uris = request.client.redirect_uris
        return uris[0] if len(uris) == 1 else None

    def validate_scopes(self, client_id, scopes, client, request):
        return set(scopes) <= set(client.scopes)

    def get_default_scopes(self, client_id, request):
        # At the token endpoint of some grants the client comes as an identifier only.
        return self.clients[client_id].default_scopes

    def get_original_scopes(self, refresh_token, request):
        return self.refresh_tokens[refresh_token].scopes

    # Codes

    def is_pkce_required(self, client_id, request):
        return self.pkce_for_everyone or self.clients[client_id].public

    def save_authorization_code(self, client_id, code, request):
        self.codes[code["code"]] = SimpleNamespace(
            client_id=client_id,
            redirect_uri=request.redirect_uri,
            scopes=request.scopes,
            user=request.user,
            challenge=request.code_challenge,
            challenge_method=request.code_challenge_method,
            expires_at=time.time() + 600,
        )

    def validate_code(self, client_id, code, client, request):
        saved = self.codes.get(code)
        if saved is None or saved.client_id != client_id or saved.expires_at < time.time():
            return False
        request.user, request.scopes = saved.user, saved.scopes
        return True

    def get_code_challenge(self, code, request):
        return self.codes[code].challenge

    def get_code_challenge_method(self, code, request):
        return self.codes[code].challenge_method

    def confirm_redirect_uri(self, client_id, code, redirect_uri, client, request):
        return self.codes[code].redirect_uri == redirect_uri

    def invalidate_authorization_code(self, client_id, code, request):
        del self.codes[code]

    # Tokens

    def save_bearer_token(self, token, request):
        is_refresh = request.grant_type == "refresh_token"
        presented = self.refresh_tokens.pop(request.refresh_token) if is_refresh else None
        saved = SimpleNamespace(
            client_id=request.client.client_id,
            scopes=list(request.scopes or []),
            user=request.user,
            issued_at=int(time.time()),
            expires_at=int(time.time()) + token["expires_in"],
            family=presented.family if presented else object(),
        )
        self.access_tokens[token["access_token"]] = saved
        if "refresh_token" in token:
            # RFC 6749, section 6: the scope of a refresh token is that of the one before it.
            scopes = presented.scopes if presented else saved.scopes
            self.refresh_tokens[token["refresh_token"]] = SimpleNamespace(**{**vars(saved), "scopes": scopes})

    def validate_refresh_token(self, refresh_token, client, request):
        saved = self.refresh_tokens.get(refresh_token)
        if saved is None or saved.client_id != client.client_id:
            return False
        request.user = saved.user
        return True

    def revoke_token(self, token, token_type_hint, request):
        saved = self.refresh_tokens.get(token)
        if saved is not None and saved.client_id == request.client.client_id:
            del self.refresh_tokens[token]
            kept = {t: s for t, s in self.access_tokens.items() if s.family is not saved.family}
            self.access_tokens = kept
        saved = self.access_tokens.get(token)
        if saved is not None and saved.client_id == request.client.client_id:
            del self.access_tokens[token]

    def introspect_token(self, token, token_type_hint, request):
        saved = self.access_tokens.get(token)
        token_type = {"token_type": "Bearer", "aud": "oauthlib"}
        if saved is None:
            saved, token_type = self.refresh_tokens.get(token), {"token_type": "N_A"}
        if saved is None or saved.expires_at < time.time():
            return None
        scope = {"scope": " ".join(saved.scopes)} if saved.scopes else {}
        return {
            "iss": "oauthlib",
            "client_id": saved.client_id,
            "sub": saved.user or saved.client_id,
            "iat": saved.issued_at,
            "exp": saved.expires_at,
            **scope,
            **token_type,
        }

    def validate_user(self, username, password, client, request):
        user = self.users.get(username)
        if user is None or not hmac.compare_digest(user["password"].encode(), password.encode()):
            return False
        request.user = user["sub"]
        return True

    # Devices

    def save_device_code(self, data, client_id, scopes):
        self.devices[data["device_code"]] = SimpleNamespace(
            client_id=client_id, user_code=data["user_code"], scopes=scopes, user=None, status=None, polled_at=None, interval=INTERVAL
        )

    def decide(self, user_code, user):
        undecided = [d for d in self.devices.values() if d.user_code == user_code and d.status is None]
        for device in undecided:
            device.status, device.user = "authorized" if user else "access_denied", user
        return bool(undecided)

    def validate_device_code(self, client_id, code, request):
        device = self.devices.get(code)
        if device is None or device.client_id != client_id:
            return None
        if device.status is None:
            too_soon = device.polled_at is not None and device.polled_at + device.interval > time.time()
            device.polled_at = time.time()
            device.interval += 5 if too_soon else 0
            return "slow_down" if too_soon else "authorization_pending"
        if device.status == "authorized":
            request.user, request.scopes = device.user, device.scopes
            del self.devices[code]
        return device.status


# Seconds between two polls.
INTERVAL = 60


def page(status, error):
    return {"Content-Type": "text/html"}, f"<h1>{error}</h1>", status


def authorize(server, subject, uri, method, body, headers):
    """What oauthlib's documentation shows: the request is validated before anyone is asked, and answered afterwards."""
    try:
        scopes, info = server.validate_authorization_request(uri, method, body, headers)
        if "x-test-decision" in headers:
            denied = AccessDeniedError(state=info["state"], request=info["request"])
            if info["response_type"] == "token":
                denied.response_mode = "fragment"
            return {"Location": denied.in_uri(info["redirect_uri"])}, None, 302
        credentials = {"user": subject}
        return server.create_authorization_response(uri, method, body, headers, scopes, credentials)
    except FatalClientError as error:
        return page(error.status_code, error.error)
    except OAuth2Error as error:
        return {"Location": error.in_uri(error.redirect_uri)}, None, 302


def authorize_device(server, uri, method, body, headers):
    """oauthlib makes the two codes; keeping them is the application's."""
    validator = server.request_validator
    try:
        headers, data, status = server.create_device_authorization_response(uri, method, body, headers)
    except OAuth2Error as error:
        return {"Content-Type": "application/json", **error.headers}, error.json, error.status_code
    request = Request(uri, method, body)
    scopes = request.scope.split() if request.scope else validator.get_default_scopes(request.client_id, request)
    validator.save_device_code(data, request.client_id, scopes)
    return {**headers, "Content-Type": "application/json"}, json.dumps(data), status


def decide_device(server, subject, uri, headers):
    """The person at the verification URI."""
    user_code = dict(parse_qsl(urlsplit(uri).query)).get("user_code")
    user = None if "x-test-decision" in headers else subject
    return ({}, "", 200) if server.request_validator.decide(user_code, user) else page(400, "unknown code")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            headers, text, status = self.route(body)
        except Exception as error:  # What an application would answer with 500.
            headers, text, status = {"Content-Type": "application/json"}, json.dumps({"crash": type(error).__name__}), 500
        payload = (text or "").encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(payload)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = answer

    def route(self, body):
        uri = f"http://127.0.0.1{self.path}"
        name, _, endpoint = urlsplit(uri).path.lstrip("/").partition("/")
        server, devices = self.server.endpoints[name]
        arguments = uri, self.command, body, {k.lower(): v for k, v in self.headers.items()}
        if endpoint == "authorize" and hasattr(server, "create_authorization_response"):
            return authorize(server, self.server.subject, *arguments)
        if endpoint == "token" and hasattr(server, "create_token_response"):
            return server.create_token_response(*arguments)
        if endpoint == "revoke":
            return server.create_revocation_response(*arguments)
        if endpoint == "introspect" and hasattr(server, "create_introspect_response"):
            return server.create_introspect_response(*arguments)
        if endpoint == "device_authorization" and devices:
            return authorize_device(devices, *arguments)
        if endpoint == "device" and devices:
            return decide_device(devices, self.server.subject, uri, arguments[3])
        return page(404, "not_found")

    def log_message(self, *arguments):
        pass


def endpoints(server, config, pkce_for_everyone=False, with_devices=False):
    """A preconfigured server, and beside it the one for devices, over one validator."""
    validator = Validator(config, pkce_for_everyone)
    uri = "http://127.0.0.1/device"
    complete = uri + "?user_code={user_code}"
    devices = with_devices and DeviceApplicationServer(validator, uri, INTERVAL, complete)
    return server(validator), devices


def main():
    config = json.loads(sys.stdin.readline())
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.subject = config["subject"]
    server.endpoints = {
        "all": endpoints(Server, config, with_devices=True),
        "web": endpoints(WebApplicationServer, config, pkce_for_everyone=True),
        "mobile": endpoints(MobileApplicationServer, config),
        "legacy": endpoints(LegacyApplicationServer, config),
        "backend": endpoints(BackendApplicationServer, config),
        "device": endpoints(RevocationEndpoint, config, with_devices=True),
    }
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


main()
