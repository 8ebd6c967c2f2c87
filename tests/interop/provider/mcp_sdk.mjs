// npm @modelcontextprotocol/sdk: its client logs in for its server, which is protected by tokens of the issuer:
// `node mcp_sdk.mjs ISSUER [RESOURCE DOCUMENT]`, with the name of the tool server that the issuer has declared, and the URL of
// the metadata document of a client.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import {
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
} from '@modelcontextprotocol/sdk/server/auth/router.js';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { Person, client as registered, works } from './person.mjs';

const [, , issuer, resource, clientDocument] = process.argv;
const metadata = await (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).json();

/** The tool server: each request needs a token that the issuer calls active. */
const app = createMcpExpressApp();
const listener = app.listen(0, '127.0.0.1');
await once(listener, 'listening');
const local = `http://127.0.0.1:${listener.address().port}`;
const url = new URL(resource ?? `${local}/mcp`);
/** Whatever its name is, it is found here. */
const find = (target, init) => {
  const { origin, pathname } = new URL(target);
  return fetch(origin === url.origin ? `${local}${pathname}` : target, init);
};
const verifier = {
  async verifyAccessToken(token) {
    const answer = await ask(metadata.introspection_endpoint, token);
    if (!answer.active) throw new InvalidTokenError('the token is not active');
    const { aud, client_id: clientId, scope, exp: expiresAt, sub } = answer;
    return { token, clientId, scopes: scope.split(' '), expiresAt, resource: new URL(aud), extra: { sub } };
  },
};
app.use(mcpAuthMetadataRouter({ oauthMetadata: metadata, resourceServerUrl: url, scopesSupported: ['calendar'] }));
app.post('/mcp', requireBearerAuth({
  verifier,
  requiredScopes: ['calendar'],
  // Where it is declared, tokens are for it and for nothing else (RFC 8707).
  expectedResource: resource && url,
  resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(url),
}), async (request, response) => {
  const server = new McpServer({ name: 'calendar', version: '1.0.0' });
  server.registerTool('whoami', {}, ({ authInfo }) => ({ content: [{ type: 'text', text: authInfo.extra.sub }] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});

/** Asks the issuer about a token, or to revoke it, as the client `web`. */
async function ask(endpoint, token) {
  const authorization = `Basic ${btoa(`web:${registered('web').client_secret}`)}`;
  const response = await fetch(endpoint, { method: 'POST', headers: { authorization }, body: new URLSearchParams({ token }) });
  assert.equal(response.status, 200);
  return response.json();
}

/** What an application keeps for the SDK, and how it opens a browser. */
class Application {
  saved = {};
  constructor(clientMetadata, information, clientMetadataUrl) {
    this.clientMetadataUrl = clientMetadataUrl;
    this.clientMetadata = { client_name: 'Agent', redirect_uris: [this.redirectUrl], ...clientMetadata };
    this.saved.information = information;
  }
  get redirectUrl() { return 'http://127.0.0.1:50123/callback'; }
  state() { return (this.saved.state = crypto.randomUUID()); }
  clientInformation() { return this.saved.information; }
  saveClientInformation(information) { this.saved.information = information; }
  tokens() { return this.saved.tokens; }
  saveTokens(tokens) { this.saved.tokens = tokens; }
  codeVerifier() { return this.saved.verifier; }
  saveCodeVerifier(verifier) { this.saved.verifier = verifier; }
  async redirectToAuthorization(authorization) {
    assert.equal(authorization.searchParams.get('resource'), url.href);
    assert.equal(authorization.searchParams.get('scope'), 'calendar');
    const { searchParams } = await new Person().visit(authorization, this.redirectUrl);
    assert.equal(searchParams.get('state'), this.saved.state);
    assert.equal(searchParams.get('iss'), issuer);
    this.saved.code = searchParams.get('code');
  }
}

/** Connects, with a login if there are no tokens. */
async function connect(application) {
  const transport = () => new StreamableHTTPClientTransport(url, { authProvider: application, fetch: find });
  const client = new Client({ name: 'agent', version: '1.0.0' });
  const first = transport();
  try {
    await client.connect(first);
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    await first.finishAuth(application.saved.code);
    await client.connect(transport());
  }
  return client;
}

const whoami = async (client) => (await client.callTool({ name: 'whoami', arguments: {} })).content[0].text;

for (const [name, hasSecret, clientMetadata, information, document] of [
  ['a client that registers without a secret', false, {
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  }],
  ['a client that registers with client_secret_post', true, {
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['authorization_code', 'refresh_token'],
  }],
  ['a client that registers with what is usual', true, { grant_types: ['authorization_code', 'refresh_token'] }],
  ['a client that is known', false, {}, { client_id: 'agent' }],
  ...(clientDocument ? [['a client that has a document', false, {}, undefined, clientDocument]] : []),
]) {
  const application = new Application(clientMetadata, information, document);
  const client = await connect(application);
  assert.equal(await whoami(client), 'alice-1');
  const { information: { client_id, client_secret }, tokens } = application.saved;
  assert.equal(client_secret !== undefined, hasSecret);
  assert.equal((await ask(metadata.introspection_endpoint, tokens.access_token)).client_id, client_id);
  assert.equal(document ?? client_id, client_id);
  // The access token has ended: the SDK refreshes, and nobody is asked.
  application.saved.tokens = { ...tokens, access_token: 'ended' };
  delete application.saved.code;
  assert.equal(await whoami(client), 'alice-1');
  assert.equal(application.saved.code, undefined);
  assert.notEqual(application.saved.tokens.refresh_token, tokens.refresh_token);
  await client.close();
  works(name);
}

// Tokens that are dead for good, and a client that was forgotten: the SDK begins again.
const application = new Application({
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
});
await (await connect(application)).close();
const before = application.saved.information.client_id;
application.saved.tokens = { ...application.saved.tokens, access_token: 'ended', refresh_token: 'never issued' };
application.invalidateCredentials = (scope) => {
  invalidated.push(scope);
  if (scope === 'all') delete application.saved.information;
  delete application.saved.tokens;
};
const invalidated = [];
await (await connect(application)).close();
assert.deepEqual(invalidated, ['tokens']);
assert.equal(application.saved.information.client_id, before);
application.saved.information = { ...application.saved.information, client_id: 'forgotten' };
application.saved.tokens = { ...application.saved.tokens, access_token: 'ended' };
await (await connect(application)).close();
assert.deepEqual(invalidated, ['tokens', 'all']);
assert.ok(![before, 'forgotten'].includes(application.saved.information.client_id));
works('a client that was forgotten');

listener.close();
