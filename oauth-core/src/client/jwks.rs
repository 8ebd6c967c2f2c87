//! The keys of a client, `jwks` of RFC 7591 §2.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::InvalidClientMetadata;
use crate::jose::{Algorithm, KeySet};

/// A JWK Set with a client's public keys. They are parsed when they are first used, and then kept.
#[derive(Debug, Serialize, Deserialize)]
#[serde(try_from = "Value", into = "Value")]
pub struct ClientJwks {
    document: Value,
    keys: OnceLock<KeySet>,
}

impl ClientJwks {
    /// Reads a JWK Set (RFC 7517 §5).
    ///
    /// # Errors
    ///
    /// If it is none, or has a private or symmetric key: those are the client's alone.
    pub fn from_json(json: &str) -> Result<Self, InvalidClientMetadata> {
        let document: Value = serde_json::from_str(json)
            .map_err(|cause| InvalidClientMetadata::new(format!("jwks is not JSON: {cause}")).of("jwks"))?;
        document.try_into()
    }

    /// The keys that can verify signatures. An RSA key that does not say its `alg` has the client's.
    pub(crate) fn keys(&self, algorithm: Option<Algorithm>) -> &KeySet {
        self.keys.get_or_init(|| {
            let mut document = self.document.clone();
            for key in document.get_mut("keys").and_then(Value::as_array_mut).into_iter().flatten() {
                if let (Some(algorithm), Some(key)) = (algorithm, key.as_object_mut())
                    && key.get("kty").is_some_and(|kty| kty == "RSA")
                {
                    key.entry("alg").or_insert_with(|| json!(algorithm));
                }
            }
            KeySet::from_json(document.to_string().as_bytes()).unwrap_or_default()
        })
    }
}

/// A copy may be given another algorithm: it parses its keys anew.
impl Clone for ClientJwks {
    fn clone(&self) -> Self {
        Self { document: self.document.clone(), keys: OnceLock::new() }
    }
}

impl TryFrom<Value> for ClientJwks {
    type Error = InvalidClientMetadata;

    fn try_from(document: Value) -> Result<Self, Self::Error> {
        let Some(keys) = document.get("keys").and_then(Value::as_array) else {
            return Err(InvalidClientMetadata::new(
                "jwks is not a JWK Set, a JSON object with a list `keys` (RFC 7517 §5)",
            )
            .of("jwks"));
        };
        // RFC 7591 §2: "the client's JSON Web Key Set document value, which contains the client's public keys".
        if keys.iter().any(|key| key.get("d").is_some() || key.get("k").is_some()) {
            return Err(InvalidClientMetadata::new(
                "jwks holds a private or symmetric key, which is the client's alone: register the public keys (RFC 7591 §2)",
            )
            .of("jwks"));
        }
        Ok(Self { document, keys: OnceLock::new() })
    }
}

impl From<ClientJwks> for Value {
    fn from(jwks: ClientJwks) -> Self {
        jwks.document
    }
}
