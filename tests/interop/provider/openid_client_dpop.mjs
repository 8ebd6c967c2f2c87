// npm openid-client with DPoP, pushed requests and registration, by its own documentation: `node openid_client_dpop.mjs ISSUER`

import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { Person, alice, client, signingKey, works } from './person.mjs';

const issuer = new URL(process.argv[2]);
const execute = [oauth.allowInsecureRequests];

/** A login by a pushed request, a refresh, and both kinds of resources, with one key. */
async function use(config, redirect_uri) {
  const DPoP = oauth.getDPoPHandle(config, await oauth.randomDPoPKeyPair());
  const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [oauth.randomState(), oauth.randomNonce()];
  const url = await oauth.buildAuthorizationUrlWithPAR(config, {
    redirect_uri,
    scope: 'openid profile calendar',
    code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  }, { DPoP });
  assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri']);
  const answer = await new Person().visit(url, redirect_uri);
  const token = await oauth.authorizationCodeGrant(config, answer,
    { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true }, undefined, { DPoP });
  assert.equal(token.token_type, 'dpop');
  assert.equal((await oauth.fetchUserInfo(config, token.access_token, 'alice-1', { DPoP })).name, alice.claims.name);
  await stolen(config, token);
  const refreshed = await oauth.refreshTokenGrant(config, token.refresh_token, {}, { DPoP });
  assert.equal(refreshed.token_type, 'dpop');
  assert.equal((await oauth.fetchUserInfo(config, refreshed.access_token, 'alice-1', { DPoP })).name, alice.claims.name);
  const calendar = await oauth.fetchProtectedResource(config, refreshed.access_token, new URL('/calendar', issuer), 'GET',
    undefined, undefined, { DPoP });
  assert.equal((await calendar.json()).owner, 'alice-1');
}

/** A token without its key is worth nothing: as a bearer token, and with a proof of another key. */
async function stolen(config, token) {
  const challenged = (error) => error.cause?.some(({ scheme }) => scheme === 'dpop');
  const other = oauth.getDPoPHandle(config, await oauth.randomDPoPKeyPair());
  for (const options of [{}, { DPoP: other }]) {
    await assert.rejects(oauth.fetchUserInfo(config, token.access_token, 'alice-1', options), challenged);
  }
}

const discover = (id, authentication, metadata = {}) =>
  oauth.discovery(issuer, id, metadata, authentication, { execute });

for (const [name, id, authentication, redirect_uri] of [
  ['none', 'native', oauth.None(), 'http://127.0.0.1:50123/callback'],
  ['client_secret_post', 'poster', oauth.ClientSecretPost(client('poster').client_secret), 'https://poster.example/callback'],
  ['private_key_jwt', 'signer', oauth.PrivateKeyJwt(await signingKey()), 'https://signer.example/callback'],
]) {
  await use(await discover(id, authentication), redirect_uri);
  works(`pushed request, login, refresh and userinfo with DPoP and ${name}`);
}

const tv = await discover('tv', oauth.None());
const DPoP = oauth.getDPoPHandle(tv, await oauth.randomDPoPKeyPair());
const device = await oauth.initiateDeviceAuthorization(tv, { scope: 'calendar' });
await new Person().connect(device.verification_uri_complete, device.user_code);
const connected = await oauth.pollDeviceAuthorizationGrant(tv, device, undefined, { DPoP });
assert.equal(connected.token_type, 'dpop');
await oauth.refreshTokenGrant(tv, connected.refresh_token, {}, { DPoP });
works('device with DPoP');

// It asks again by itself when a nonce is wanted in place of the time of its clock (RFC 9449 §8).
await use(await discover('native', oauth.None(), { [oauth.clockSkew]: -3600 }), 'http://127.0.0.1:50123/callback');
works('nonces for a clock that is an hour late');

const redirect_uri = 'http://127.0.0.1:50124/stranger';
const registered = await oauth.dynamicClientRegistration(issuer, {
  client_name: 'Stranger',
  redirect_uris: [redirect_uri],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'none',
  application_type: 'native',
  scope: 'openid profile calendar',
}, oauth.None(), { execute });
assert.equal(registered.clientMetadata().client_secret, undefined);
await use(registered, redirect_uri);
works('registration');
