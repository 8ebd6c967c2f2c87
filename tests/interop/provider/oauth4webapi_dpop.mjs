// npm oauth4webapi with DPoP, pushed requests and registration, by its own documentation: `node oauth4webapi_dpop.mjs ISSUER`

import assert from 'node:assert/strict';
import * as oauth from 'oauth4webapi';
import { Person, alice, client as registered, signingKey, works } from './person.mjs';

const issuer = new URL(process.argv[2]);
const insecure = { [oauth.allowInsecureRequests]: true };

const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
assert.ok(server.dpop_signing_alg_values_supported.includes('ES256'));
assert.ok(server.pushed_authorization_request_endpoint);
works('discovery');

/** Asks again, once, if the server wants a nonce: the handle keeps the one that came with the refusal. */
async function withNonce(handle, request, process) {
  const once = async () => process(await request({ ...insecure, DPoP: handle }));
  try {
    return await once();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    healed += 1;
    return once();
  }
}
let healed = 0;

async function logIn(client, authentication, redirect_uri, handle) {
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const pushed = await withNonce(handle,
    async (options) => oauth.pushedAuthorizationRequest(server, client, authentication, {
      client_id: client.client_id,
      redirect_uri,
      response_type: 'code',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      scope: 'openid profile calendar',
      state,
      nonce,
    }, options),
    (response) => oauth.processPushedAuthorizationResponse(server, client, response));
  const url = new URL(server.authorization_endpoint);
  url.search = new URLSearchParams({ client_id: client.client_id, request_uri: pushed.request_uri });
  const answer = oauth.validateAuthResponse(server, client, await new Person().visit(url, redirect_uri), state);
  const exchange = (key) => withNonce(key,
    (options) => oauth.authorizationCodeGrantRequest(server, client, authentication, answer, redirect_uri, verifier, options),
    (response) => oauth.processAuthorizationCodeResponse(server, client, response,
      { expectedNonce: nonce, requireIdToken: true }));
  // RFC 9449 §10.1: a code that was asked for with a proof is worth nothing to another key, and it is not used up by the try.
  await assert.rejects(exchange(await handleOf(client)), { error: 'invalid_grant' });
  return exchange(handle);
}

const handleOf = async (client) => oauth.DPoP(client, await oauth.generateKeyPair('ES256'));

const refresh = (client, authentication, token, handle) => withNonce(handle,
  (options) => oauth.refreshTokenGrantRequest(server, client, authentication, token, options),
  (response) => oauth.processRefreshTokenResponse(server, client, response));

const userinfo = (client, token, handle) => withNonce(handle,
  (options) => oauth.userInfoRequest(server, client, token, options),
  (response) => oauth.processUserInfoResponse(server, client, 'alice-1', response));

/** A login, a refresh, and both kinds of resources, with one key. */
async function use(client, authentication, redirect_uri, handle) {
  const token = await logIn(client, authentication, redirect_uri, handle);
  assert.equal(token.token_type, 'dpop');
  assert.equal((await userinfo(client, token.access_token, handle)).name, alice.claims.name);
  const refreshed = await refresh(client, authentication, token.refresh_token, handle);
  assert.equal(refreshed.token_type, 'dpop');
  assert.notEqual(refreshed.access_token, token.access_token);
  assert.equal((await userinfo(client, refreshed.access_token, handle)).name, alice.claims.name);
  const calendar = await oauth.protectedResourceRequest(refreshed.access_token, 'GET', new URL('/calendar', issuer),
    undefined, undefined, { ...insecure, DPoP: handle });
  assert.equal((await calendar.json()).owner, 'alice-1');
  return refreshed;
}

const native = [{ client_id: 'native' }, oauth.None(), 'http://127.0.0.1:50123/callback'];
for (const [name, client, authentication, redirect_uri] of [
  ['none', ...native],
  ['client_secret_basic', { client_id: 'web' }, oauth.ClientSecretBasic(registered('web').client_secret),
    'https://web.example/callback'],
  ['private_key_jwt', { client_id: 'signer' }, oauth.PrivateKeyJwt(await signingKey()), 'https://signer.example/callback'],
]) {
  const handle = await handleOf(client);
  const token = await use(client, authentication, redirect_uri, handle);
  await stolen(client, token.access_token);
  works(`pushed request, login, refresh and userinfo with DPoP and ${name}`);
}

/** A token without its key is worth nothing: as a bearer token, and with a proof of another key. */
async function stolen(client, token) {
  const challenged = (error) => error.cause?.some(({ scheme }) => scheme === 'dpop');
  for (const options of [insecure, { ...insecure, DPoP: await handleOf(client) }]) {
    const response = async () => oauth.processUserInfoResponse(server, client, 'alice-1',
      await oauth.userInfoRequest(server, client, token, options));
    await assert.rejects(response, challenged);
  }
}

// RFC 9449 §5: the refresh token of a public client is bound, too.
const [client, authentication, redirect_uri] = native;
const handle = await handleOf(client);
const token = await logIn(client, authentication, redirect_uri, handle);
await assert.rejects(refresh(client, authentication, token.refresh_token, await handleOf(client)), { error: 'invalid_grant' });
await refresh(client, authentication, token.refresh_token, handle);
works('a stolen refresh token');

// The server takes the time of a nonce in place of that of a clock that is wrong (RFC 9449 §8).
const late = { ...client, [oauth.clockSkew]: -3600 };
assert.equal(healed, 0);
await use(client, authentication, redirect_uri, await handleOf(late));
assert.ok(healed > 0);
works('nonces for a clock that is an hour late');

// Keys of other kinds.
for (const algorithm of ['PS256', 'ES384', 'Ed25519']) {
  await use(client, authentication, redirect_uri, oauth.DPoP(client, await oauth.generateKeyPair(algorithm)));
  works(`proofs with ${algorithm}`);
}

const register = async (metadata) => oauth.processDynamicClientRegistrationResponse(
  await oauth.dynamicClientRegistrationRequest(server, metadata, insecure));
const callback = 'https://stranger.example/callback';
const stranger = await register({
  client_name: 'Stranger',
  redirect_uris: [callback],
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid profile calendar',
  dpop_bound_access_tokens: true,
});
assert.equal(stranger.token_endpoint_auth_method, 'client_secret_basic');
assert.equal(stranger.client_secret_expires_at, 0);
await use(stranger, oauth.ClientSecretBasic(stranger.client_secret), callback, await handleOf(stranger));
// RFC 7592.
const managed = (method) => fetch(stranger.registration_client_uri,
  { method, headers: { authorization: `Bearer ${stranger.registration_access_token}` } });
assert.equal((await (await managed('GET')).json()).client_name, 'Stranger');
assert.equal((await managed('DELETE')).status, 204);
assert.equal((await managed('GET')).status, 401);
await assert.rejects(register({ redirect_uris: ['javascript:alert(1)'] }), { error: 'invalid_redirect_uri' });
works('registration');
