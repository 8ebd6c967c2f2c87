//! The tokens that a client learns of by introspection.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::claims::names_audience;

/// The tokens that the introspection endpoint describes to a client (RFC 7662 §2.1), beyond what it is told of its own: in
/// JSON `"none"`, a list of audiences, or `"all"`.
///
/// ```
/// use oauth_core::client::{Client, ClientSecret, Introspects};
///
/// let secret = ClientSecret::generate();
/// let api = Client::resource_server("calendar-api", &secret, "https://calendar.example").build()?;
/// assert_eq!(serde_json::to_value(&api.introspects)?, serde_json::json!(["https://calendar.example"]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Json", into = "Json")]
#[non_exhaustive]
pub enum Introspects {
    /// None: it is no resource server.
    #[default]
    Nothing,
    /// The tokens whose `aud` names one of these (RFC 9700 §2.3).
    Audiences(Vec<String>),
    /// Every access token of the server, whoever it is for.
    All,
}

impl Introspects {
    /// The value of a registration that was kept before there was a choice: it goes on working.
    pub(super) const fn of_earlier_registrations() -> Self {
        Self::All
    }

    /// Tells whether a token with these claims is among them.
    pub(crate) fn covers(&self, claims: &Map<String, Value>) -> bool {
        match self {
            Self::Nothing => false,
            Self::Audiences(audiences) => audiences.iter().any(|audience| names_audience(claims, audience)),
            Self::All => true,
        }
    }

    pub(super) fn insert(&mut self, audience: String) {
        match self {
            Self::Nothing => *self = Self::Audiences(vec![audience]),
            Self::Audiences(audiences) => audiences.push(audience),
            Self::All => {}
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Json {
    Word(Word),
    Audiences(Vec<String>),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    None,
    All,
}

impl From<Json> for Introspects {
    fn from(json: Json) -> Self {
        match json {
            Json::Word(Word::None) => Self::Nothing,
            Json::Word(Word::All) => Self::All,
            Json::Audiences(audiences) if audiences.is_empty() => Self::Nothing,
            Json::Audiences(audiences) => Self::Audiences(audiences),
        }
    }
}

impl From<Introspects> for Json {
    fn from(introspects: Introspects) -> Self {
        match introspects {
            Introspects::Nothing => Self::Word(Word::None),
            Introspects::Audiences(audiences) => Self::Audiences(audiences),
            Introspects::All => Self::Word(Word::All),
        }
    }
}
