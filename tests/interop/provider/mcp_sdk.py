"""The MCP SDK for Python: its client logs in for its server, which is protected by tokens of the provider:
python mcp_sdk.py ISSUER"""

import asyncio
import contextlib
import socket
import sys
from urllib.parse import parse_qs, urlsplit

import httpx2
import requests
import uvicorn
from mcp.client import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.provider import AccessToken
from mcp.server.auth.settings import AuthSettings
from mcp.server.mcpserver import MCPServer
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientInformationFull, OAuthClientMetadata
from person import Person, client, works

ISSUER = sys.argv[1]
CALLBACK = "http://127.0.0.1:50123/callback"
METADATA = requests.get(f"{ISSUER}/.well-known/oauth-authorization-server").json()


def introspect(token):
    """Asks the provider about a token, as the client `web`."""
    answer = requests.post(
        METADATA["introspection_endpoint"], {"token": token}, auth=("web", client("web")["client_secret"])
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


class Verifier:
    """Each request to the tool server needs a token that the provider calls active."""

    async def verify_token(self, token):
        answer = await asyncio.to_thread(introspect, token)
        if not answer["active"]:
            return None
        return AccessToken(
            token=token,
            client_id=answer["client_id"],
            scopes=answer["scope"].split(),
            expires_at=answer["exp"],
            subject=answer["sub"],
        )


@contextlib.asynccontextmanager
async def tool_server(*scopes):
    """The tool server, on a free port: it demands tokens with these scopes."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
    auth = AuthSettings(
        issuer_url=ISSUER, resource_server_url=url, required_scopes=scopes, validate_token_resource=False
    )
    server = MCPServer("calendar", auth=auth, token_verifier=Verifier())

    @server.tool()
    def whoami() -> str:
        return get_access_token().subject

    config = uvicorn.Config(server.streamable_http_app(stateless_http=True, json_response=True), log_level="error")
    running = uvicorn.Server(config)
    task = asyncio.create_task(running.serve(sockets=[listener]))
    yield url
    running.should_exit = True
    await task


class Storage:
    """What an application keeps for the SDK."""

    def __init__(self, information=None):
        self.tokens, self.information = None, information

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.information

    async def set_client_info(self, information):
        self.information = information


async def whoami(url, storage, method="none"):
    """Asks the tool server as an application that has this stored: what it said, and how often people
    were asked."""
    visited = []

    async def callback():
        back = parse_qs(urlsplit(await asyncio.to_thread(Person().visit, visited[-1], CALLBACK)).query)
        return AuthorizationCodeResult(**{name: back[name][0] for name in ("code", "state", "iss")})

    async def redirect(authorization):
        assert parse_qs(urlsplit(authorization).query)["resource"] == [url]
        visited.append(authorization)

    auth = OAuthClientProvider(
        url,
        OAuthClientMetadata(client_name="Agent", redirect_uris=[CALLBACK], token_endpoint_auth_method=method),
        storage,
        redirect,
        callback,
    )
    async with httpx2.AsyncClient(auth=auth) as http, Client(streamable_http_client(url, http_client=http)) as agent:
        answer = await agent.call_tool("whoami", {})
        before, asked = storage.tokens, len(visited)
        # From what is stored alone, the SDK does not know where to refresh.
        if asked:
            # The access token has ended: it refreshes, and nobody is asked.
            auth.context.token_expiry_time = 1
            assert (await agent.call_tool("whoami", {})).content == answer.content
            assert before.access_token != storage.tokens.access_token
            assert before.refresh_token != storage.tokens.refresh_token
            assert len(visited) == asked
    return answer.content[0].text, asked


async def main():
    async with tool_server("calendar") as url:
        known = OAuthClientInformationFull(
            client_id="agent", redirect_uris=[CALLBACK], token_endpoint_auth_method="none", issuer=ISSUER
        )
        for name, method, information in [
            ("a client that registers without a secret", "none", None),
            ("a client that registers with client_secret_post", "client_secret_post", None),
            ("a client that registers with client_secret_basic", "client_secret_basic", None),
            ("a client that is known", "none", known),
        ]:
            storage = Storage(information)
            assert await whoami(url, storage, method) == ("alice-1", 1)
            assert (storage.information.client_secret is None) == (method == "none")
            assert introspect(storage.tokens.access_token)["client_id"] == storage.information.client_id
            # What is stored is enough for the next run.
            assert await whoami(url, storage, method) == ("alice-1", 0)
            works(name)

    # RFC 6750 §3.1, insufficient_scope: the SDK asks for more, and keeps what it had.
    async with tool_server("calendar", "email") as url:
        assert await whoami(url, storage) == ("alice-1", 1)
        assert set(storage.tokens.scope.split()) == {"calendar", "email", "offline_access"}
        works("a step up")


asyncio.run(main())
