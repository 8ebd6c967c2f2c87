"""Reads our nested JWTs with jwcrypto and makes its own: a list of exchanges in, a list of what was read and made out."""

import json
import sys

from jwcrypto import jwe, jwk, jws


def key(exported):
    return jwk.JWK.from_pem(exported["pem"].encode()) if "pem" in exported else jwk.JWK(**exported)


def read(token, recipient, signer):
    outer = jwe.JWE()
    outer.deserialize(token, key=recipient)
    inner = jws.JWS()
    inner.deserialize(outer.payload.decode())
    inner.verify(signer)
    headers = {"outer": json.loads(outer.objects["protected"]), "inner": inner.jose_header}
    return {"headers": headers, "claims": json.loads(inner.payload)}


def make(exchange, recipient, signer):
    inner = jws.JWS(json.dumps(exchange["claims"]).encode())
    inner.add_signature(signer, protected=json.dumps({"alg": "ES256", "typ": "at+jwt"}))
    header = {"alg": exchange["alg"], "enc": exchange["enc"], "cty": "JWT"}
    outer = jwe.JWE(inner.serialize(compact=True).encode(), protected=json.dumps(header))
    # Both parties named, which changes the key that ECDH-ES agrees on.
    if exchange["alg"].startswith("ECDH-ES"):
        header.update(apu="QWxpY2U", apv="Qm9i")
        outer = jwe.JWE(inner.serialize(compact=True).encode(), protected=json.dumps(header))
    outer.add_recipient(recipient)
    return outer.serialize(compact=True)


def answer(exchange):
    recipient, signer = key(exchange["recipient"]), key(exchange["signer"])
    return read(exchange["token"], recipient, signer) | {"token": make(exchange, recipient, signer)}


json.dump([answer(exchange) for exchange in json.load(sys.stdin)], sys.stdout)
