"""oauthlib behind uvicorn, for the benchmark `peers`: one client that gets tokens for itself, kept in a dictionary.

It writes its port to standard output, and ends when standard input is closed.
"""

import base64
import hashlib
import hmac
import os
import socket
import sys
import threading
import time
from types import SimpleNamespace

import uvicorn
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator

CLIENT = SimpleNamespace(client_id="worker", scopes={"jobs"})
SECRET = hashlib.sha256(b"a-secret-of-thirty-two-bytes-or-more").digest()
LIFETIME = 3600


class Validator(RequestValidator):
    """The least that the grant asks of a validator."""

    def __init__(self):
        self.tokens = {}

    def client_authentication_required(self, request, *args, **kwargs):
        return True

    def authenticate_client(self, request, *args, **kwargs):
        scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return False
        name, _, secret = base64.b64decode(encoded).decode().partition(":")
        if name != CLIENT.client_id:
            return False
        request.client = CLIENT
        return hmac.compare_digest(hashlib.sha256(secret.encode()).digest(), SECRET)

    def validate_grant_type(self, client_id, grant_type, client, request, *args, **kwargs):
        return grant_type == "client_credentials"

    def get_default_scopes(self, client_id, request, *args, **kwargs):
        return list(CLIENT.scopes)

    def validate_scopes(self, client_id, scopes, client, request, *args, **kwargs):
        return set(scopes) <= client.scopes

    def save_bearer_token(self, token, request, *args, **kwargs):
        kept = (request.client.client_id, tuple(request.scopes), int(time.time()) + LIFETIME)
        self.tokens[hashlib.sha256(token["access_token"].encode()).digest()] = kept


ENDPOINT = BackendApplicationServer(Validator(), token_expires_in=LIFETIME)


async def app(scope, receive, send):
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    answer = ENDPOINT.create_token_response(scope["path"], scope["method"], body.decode(), headers)
    headers, body, status = answer[0], answer[1].encode(), answer[2]
    headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def end_with_input():
    sys.stdin.read()
    os._exit(0)


def main():
    # Its endpoint is for HTTPS alone, unless told so.
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    # asyncio sets TCP_NODELAY where the protocol is named, and otherwise no answer would be read within forty milliseconds.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    threading.Thread(target=end_with_input, daemon=True).start()
    print(listener.getsockname()[1], flush=True)
    config = uvicorn.Config(app, lifespan="off", log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listener])


main()
