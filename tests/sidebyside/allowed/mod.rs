//! Every difference from oauthlib, with its reason. An entry that explains nothing fails the test.

mod answers;
mod authorization;
mod clients;
mod devices;
mod malformed;
mod tokens;

use crate::call::{Call, DEVICE_CODE, Endpoint};
use crate::outcome::{Difference, Kind, Outcome};
use crate::state::{Death, Side, State};

/// The reason that we differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Because {
    /// oauthlib breaks a rule that was there already.
    Defect,
    /// A later document asks for it.
    LaterRule,
    /// The standards leave it to the server.
    Choice,
}

/// Two answers to a request.
pub(crate) struct Case<'a> {
    pub(crate) call: &'a Call,
    pub(crate) state: &'a State,
    pub(crate) oauthlib: &'a Outcome,
    pub(crate) ours: &'a Outcome,
}

pub(crate) struct Allowed {
    pub(crate) because: Because,
    pub(crate) reason: &'static str,
    pub(crate) explains: fn(&Case<'_>, &Difference) -> bool,
}

/// All entries. The first that explains a difference counts.
pub(crate) fn allowed() -> impl Iterator<Item = &'static Allowed> {
    [
        answers::ALLOWED,
        malformed::ALLOWED,
        clients::ALLOWED,
        authorization::ALLOWED,
        tokens::ALLOWED,
        devices::ALLOWED,
    ]
    .into_iter()
    .flatten()
}

fn only_ours(name: &str) -> Difference {
    Difference::OnlyOurs(name.to_owned())
}

fn only_oauthlib(name: &str) -> Difference {
    Difference::OnlyOauthlib(name.to_owned())
}

/// Tells whether an answer says that a code or a token is of no use, or not yet.
fn is_dead(outcome: &Outcome) -> bool {
    outcome.kind == Kind::Inactive || matches!(outcome.error(), Some("invalid_grant" | "slow_down"))
}

impl Case<'_> {
    fn is_at(&self, endpoint: Endpoint) -> bool {
        self.call.endpoint == endpoint
    }

    fn is_grant(&self, grant_type: &str) -> bool {
        self.is_at(Endpoint::Token) && self.call.text("grant_type") == Some(grant_type)
    }

    fn is_method_right(&self) -> bool {
        self.call.method == "POST" || self.is_at(Endpoint::Authorize) && self.call.method == "GET"
    }

    /// Our answer is this error, or the page that stands for it where nothing can be redirected.
    fn refused_as(&self, code: &str) -> bool {
        self.ours.error() == Some(code) || self.is_at(Endpoint::Authorize) && self.ours.kind == Kind::Refused
    }

    fn is_dead_for_us(&self, death: Death) -> bool {
        is_dead(self.ours) && !is_dead(self.oauthlib) && self.state.died(self.call, Side::Ours, death)
    }

    /// Tells whether one of the parameters is missing that a request of its kind must have.
    fn lacks_a_parameter(&self) -> bool {
        let required: &[&str] = match (self.call.endpoint, self.call.text("grant_type")) {
            (Endpoint::Authorize, _) => &["response_type"],
            (Endpoint::DeviceAuthorization, _) => &["client_id"],
            (Endpoint::Device, _) => &["user_code"],
            (Endpoint::Revoke | Endpoint::Introspect, _) => &["token"],
            (Endpoint::Token, Some("authorization_code")) => &["code"],
            (Endpoint::Token, Some("refresh_token")) => &["refresh_token"],
            (Endpoint::Token, Some("password")) => &["username", "password"],
            (Endpoint::Token, Some(DEVICE_CODE)) => &["device_code"],
            // Its default grant gets what it does not know.
            (Endpoint::Token, _) if self.call.server == "legacy" => &["grant_type", "username", "password"],
            (Endpoint::Token, _) => &["grant_type"],
        };
        required.iter().any(|name| self.call.get(name).is_none())
    }

    /// RFC 7636 §4.2: the challenge of S256 is 43 characters of base64url.
    fn has_weak_pkce(&self) -> bool {
        let is_base64url = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        let (challenge, method) = (self.call.text("code_challenge"), self.call.text("code_challenge_method"));
        let is_whole = challenge.is_none_or(|text| text.len() == 43 && text.bytes().all(is_base64url));
        !is_whole || method != challenge.map(|_| "S256")
    }
}
