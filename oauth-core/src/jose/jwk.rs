//! Public JSON Web Keys, RFC 7517, and their thumbprints, RFC 7638.

use std::collections::BTreeMap;
use std::fmt;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::InvalidKey;

/// Public JSON Web Key (RFC 7517 §4), with all the members that it came with.
///
/// A private or a symmetric key is none: what would tell a secret cannot become a `Jwk`, and so is never published.
///
/// ```
/// use oauth_core::jose::Jwk;
///
/// let jwk: Jwk = serde_json::from_str(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#)?;
/// assert_eq!((jwk.kty(), jwk.text("crv"), jwk.kid()), ("OKP", Some("Ed25519"), None));
/// assert!(serde_json::from_str::<Jwk>(r#"{"kty":"oct","k":"c2VjcmV0"}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Jwk {
    kty: String,
    /// All of them, `kty` too.
    members: Map<String, Value>,
}

/// Members that only the owner of a key has: RFC 7518 §6.2.2, §6.3.2, §6.4.1, RFC 8037 §2; and `priv`, those of keys yet to
/// come.
const SECRET: [&str; 9] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

/// Members that are texts wherever they are.
const TEXTS: [&str; 9] = ["use", "alg", "kid", "crv", "x", "y", "n", "e", "pub"];

impl Jwk {
    pub(super) fn of(kty: &str, members: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let members = [("kty", kty.to_owned())].into_iter().chain(members);
        let members = members.map(|(name, value)| (name.to_owned(), Value::String(value))).collect();
        Self { kty: kty.to_owned(), members }
    }

    /// `kty`: which kind of key it is.
    pub fn kty(&self) -> &str {
        &self.kty
    }

    /// `kid`: its identifier.
    pub fn kid(&self) -> Option<&str> {
        self.text("kid")
    }

    /// `alg`: what it is used with.
    pub fn alg(&self) -> Option<&str> {
        self.text("alg")
    }

    /// `use`: `sig` or `enc`, mostly.
    pub fn usage(&self) -> Option<&str> {
        self.text("use")
    }

    /// A member.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// A member that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// The same key, described so.
    pub(super) fn described(self, usage: &str, alg: &str, kid: Option<&str>) -> Self {
        let described = self.with("use", usage).with_alg(alg);
        match kid {
            Some(kid) => described.with("kid", kid),
            None => described,
        }
    }

    pub(super) fn with_alg(self, alg: &str) -> Self {
        self.with("alg", alg)
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }
}

/// RFC 7517 §9.2: "Private and symmetric keys MUST be protected from disclosure to unintended parties."
impl TryFrom<Map<String, Value>> for Jwk {
    type Error = InvalidKey;

    fn try_from(members: Map<String, Value>) -> Result<Self, InvalidKey> {
        let Some(Value::String(kty)) = members.get("kty") else {
            return Err(InvalidKey::new("the JWK has no `kty` (RFC 7517 §4.1)"));
        };
        if kty == "oct" || SECRET.iter().any(|name| members.contains_key(*name)) {
            return Err(InvalidKey::new(
                "the JWK is a private or a symmetric key, which is its owner's alone (RFC 7517 §9.2): leave the private \
                 members out",
            ));
        }
        if let Some(name) =
            TEXTS.iter().find(|name| members.get(**name).is_some_and(|value| !value.is_string()))
        {
            return Err(InvalidKey::new(format!("the JWK's member `{name}` is not a text (RFC 7517 §4)")));
        }
        Ok(Self { kty: kty.clone(), members })
    }
}

impl Serialize for Jwk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.members.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Jwk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Map::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl fmt::Debug for Jwk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Jwk").field(&self.members).finish()
    }
}

/// JWK Set (RFC 7517 §5): public keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JwkSet {
    /// The keys.
    pub keys: Vec<Jwk>,
}

impl FromIterator<Jwk> for JwkSet {
    fn from_iter<I: IntoIterator<Item = Jwk>>(keys: I) -> Self {
        Self { keys: keys.into_iter().collect() }
    }
}

/// The identifier of a key by RFC 7638: SHA-256 over its required members, as base64url.
///
/// `None` for key types that are unknown here, and where a member is missing. A symmetric key is no [`Jwk`]: its thumbprint
/// would let anyone test guesses at the secret (RFC 7638 §7).
pub fn thumbprint(jwk: &Jwk) -> Option<String> {
    let required: &[&str] = match jwk.kty() {
        "RSA" => &["e", "kty", "n"],
        "EC" => &["crv", "kty", "x", "y"],
        "OKP" => &["crv", "kty", "x"],
        _ => return None,
    };
    // RFC 7638 §3.3: the required members only, without white space, in the order of their names.
    let members: Option<BTreeMap<_, _>> =
        required.iter().map(|name| Some((*name, jwk.text(name)?))).collect();
    let canonical = serde_json::to_vec(&members?).ok()?;
    Some(URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &canonical)))
}
