// npm openid-client against a server of the FAPI 2.0 Security Profile, by its own documentation: `node fapi2.mjs ISSUER`

import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { Person, signingKey, works } from './provider/person.mjs';

const issuer = new URL(process.argv[2]);
const redirect_uri = 'https://signer.example/callback';
const config = await oauth.discovery(issuer, 'signer', {}, oauth.PrivateKeyJwt(await signingKey()),
  { execute: [oauth.allowInsecureRequests] });
assert.equal(config.serverMetadata().require_pushed_authorization_requests, true);
works('discovery');

const DPoP = oauth.getDPoPHandle(config, await oauth.randomDPoPKeyPair());
const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
const [expectedState, expectedNonce] = [oauth.randomState(), oauth.randomNonce()];
const parameters = {
  redirect_uri,
  scope: 'openid accounts',
  code_challenge: await oauth.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
  state: expectedState,
  nonce: expectedNonce,
};
const url = await oauth.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
const person = new Person();
// A preview of the link loads the page as well.
assert.equal((await fetch(url, { redirect: 'manual' })).status, 303);
const answer = await person.visit(url, redirect_uri);
const token = await oauth.authorizationCodeGrant(config, answer,
  { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true }, undefined, { DPoP });
assert.equal(token.token_type, 'dpop');
assert.equal((await oauth.fetchUserInfo(config, token.access_token, 'alice-1', { DPoP })).sub, 'alice-1');
works('pushed request, login and userinfo');

let { refresh_token } = token;
for (let count = 0; count < 3; count++) {
  const refreshed = await oauth.refreshTokenGrant(config, refresh_token, {}, { DPoP });
  refresh_token = refreshed.refresh_token ?? refresh_token;
  assert.equal((await oauth.fetchUserInfo(config, refreshed.access_token, 'alice-1', { DPoP })).sub, 'alice-1');
}
assert.equal(refresh_token, token.refresh_token);
works('a refresh token that stays');

const machine = await oauth.clientCredentialsGrant(config, { scope: 'accounts' }, { DPoP });
assert.equal(machine.token_type, 'dpop');
await assert.rejects(oauth.clientCredentialsGrant(config, { scope: 'accounts' }), { error: 'invalid_request' });
await assert.rejects(oauth.buildAuthorizationUrlWithPAR(config, { ...parameters, response_type: 'code id_token' }),
  { error: 'unsupported_response_type' });
const plain = oauth.buildAuthorizationUrl(config, parameters);
const refused = await fetch(plain, { redirect: 'manual' });
assert.equal(new URL(refused.headers.get('location')).searchParams.get('error'), 'invalid_request');
works('refusals');
