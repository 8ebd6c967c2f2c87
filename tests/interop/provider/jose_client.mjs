// npm jose reads an encrypted access token: `node jose_client.mjs ISSUER PRIVATE_KEY ALG`

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { compactDecrypt, createRemoteJWKSet, importPKCS8, jwtVerify } from 'jose';
import { alice, client, works } from './person.mjs';

const [issuer, pem, alg] = process.argv.slice(2);
const metadata = await (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).json();
const { client_id, client_secret } = client('trusted');
const { username, password } = alice;
const response = await fetch(metadata.token_endpoint, {
  method: 'POST',
  headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
  body: new URLSearchParams({ grant_type: 'password', username, password, scope: 'calendar' }),
});
const { access_token } = await response.json();

const { plaintext, protectedHeader } = await compactDecrypt(access_token, await importPKCS8(readFileSync(pem, 'utf8'), alg));
assert.equal(protectedHeader.alg, alg);
assert.equal(protectedHeader.cty, 'JWT');
works('decrypted');

const jwks = createRemoteJWKSet(new URL(metadata.jwks_uri));
const { payload } = await jwtVerify(new TextDecoder().decode(plaintext), jwks, { issuer, typ: 'at+jwt' });
assert.equal(payload.sub, 'alice-1');
assert.equal(payload.scope, 'calendar');
works('verified');

const calendar = await fetch(`${issuer}/calendar`, { headers: { authorization: `Bearer ${access_token}` } });
assert.equal((await calendar.json()).owner, 'alice-1');
works('protected resource');
