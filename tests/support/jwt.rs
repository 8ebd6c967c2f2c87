//! JWTs as tests forge and read them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use oauth_core::jose::{InvalidJws, JwtType, KeyRing, SigningKey};
use serde::Serialize;
use serde_json::{Map, Value};

/// A JWS with any header, signed by the key as it is.
pub fn forge(key: &SigningKey, header: &Value, payload: &str) -> String {
    let encode = |part: &str| URL_SAFE_NO_PAD.encode(part);
    let message = format!("{}.{}", encode(&header.to_string()), encode(payload));
    let signature = key.sign_now(message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// A JWT whose signature is right.
#[derive(Debug)]
pub struct Jwt {
    /// `typ`.
    pub typ: Option<String>,
    /// `kid`.
    pub kid: Option<String>,
    /// The claims.
    pub claims: Map<String, Value>,
}

/// Reads a JWT by its signature alone: what else it must be is for each test to say.
pub trait ReadJwt {
    /// # Errors
    ///
    /// Whatever is wrong with the signature, or that it holds no claims.
    fn verify(&self, token: &str) -> Result<Jwt, InvalidJws>;
}

impl ReadJwt for KeyRing {
    fn verify(&self, token: &str) -> Result<Jwt, InvalidJws> {
        let jws = self.verifying_keys().verify_jws(token)?;
        let claims = serde_json::from_slice(&jws.payload).map_err(|_| InvalidJws::NotClaims)?;
        Ok(Jwt { typ: jws.typ, kid: jws.kid, claims })
    }
}

/// Signs with a key that is here, at once.
pub trait SignNow {
    /// The signature.
    fn sign_now(&self, message: &[u8]) -> Vec<u8>;
    /// A JWT.
    fn jwt(&self, typ: JwtType, claims: &impl Serialize) -> String;
}

impl SignNow for SigningKey {
    fn sign_now(&self, message: &[u8]) -> Vec<u8> {
        ready(self.sign(message)).unwrap()
    }

    fn jwt(&self, typ: JwtType, claims: &impl Serialize) -> String {
        ready(self.sign_jwt(typ, claims)).unwrap()
    }
}

/// The output of a future that waits for nothing.
pub fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}
