//! The codes and tokens that both sides have issued so far, and what is known of them.

use crate::call::{Call, DEVICE_CODE, Endpoint};
use crate::outcome::{Kind, Outcome};

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Oauthlib,
    Ours,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Artefact {
    Code,
    AccessToken,
    RefreshToken,
    DeviceCode,
    UserCode,
}

/// A code or a token of which each side has its own.
#[derive(Debug, Clone)]
pub(crate) struct Issued {
    pub(crate) artefact: Artefact,
    oauthlib: String,
    ours: String,
    pub(crate) server: &'static str,
    pub(crate) client_id: String,
    /// The number of the authorization that it was issued from.
    pub(crate) family: usize,
    /// `redirect_uri` of the authorization request.
    pub(crate) redirect_uri: Option<String>,
    /// The verifier that fits the challenge of the authorization request.
    pub(crate) verifier: Option<String>,
    /// `scope` of the authorization request.
    pub(crate) scope: Option<String>,
    /// Our side used it up.
    pub(crate) is_spent: bool,
}

impl Issued {
    pub(crate) fn value(&self, side: Side) -> &str {
        match side {
            Side::Oauthlib => &self.oauthlib,
            Side::Ours => &self.ours,
        }
    }
}

/// The reason that something is dead on one side and alive on the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Death {
    /// Our side revokes all that came from a code which is presented again.
    CodeTwice,
    /// Our side revokes all that came from the same grant as a refresh token which is presented again.
    RefreshTokenTwice,
    /// Our side revokes all that came from the same grant as a refresh token, when that is revoked after it was used.
    UsedRefreshTokenRevoked,
    /// Our side takes a code out of its store before it looks whether the rest of the request fits.
    FailedAttempt,
    /// One side carried a request out that the other refused.
    EarlierDifference,
}

/// Everything so far.
#[derive(Debug, Default)]
pub(crate) struct State {
    issued: Vec<Issued>,
    families: usize,
    dead: Vec<(Part, Side, Death)>,
}

/// The part that died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    One(usize),
    Family(usize),
}

impl State {
    pub(crate) fn issued(&self, index: usize) -> &Issued {
        &self.issued[index]
    }

    /// The things that were issued by a server and are `wanted`, the latest last.
    pub(crate) fn of(&self, server: &str, wanted: impl Fn(&Issued) -> bool) -> Vec<usize> {
        let all = self.issued.iter().enumerate();
        all.filter(|(_, issued)| issued.server == server && wanted(issued)).map(|(index, _)| index).collect()
    }

    /// Tells whether what a request is about died on one side alone, and of this.
    pub(crate) fn died(&self, call: &Call, side: Side, death: Death) -> bool {
        let Some(index) = call.about() else { return false };
        let parts = [Part::One(index), Part::Family(self.issued[index].family)];
        parts.into_iter().any(|part| self.dead.contains(&(part, side, death)))
    }

    /// Learns from the answers to a request. `verifier` fits the challenge that it carried.
    pub(crate) fn learn(&mut self, call: &Call, verifier: Option<&str>, oauthlib: &Outcome, ours: &Outcome) {
        let has_succeeded = |outcome: &Outcome| outcome.kind == Kind::Success;
        match (has_succeeded(oauthlib), has_succeeded(ours)) {
            (true, true) => self.learn_what_was_issued(call, verifier, oauthlib, ours),
            _ if has_polled(call, oauthlib) != has_polled(call, ours) => {
                let side = if has_polled(call, ours) { Side::Ours } else { Side::Oauthlib };
                self.learn_earlier_difference(call, side);
            }
            (true, false) => self.learn_earlier_difference(call, Side::Oauthlib),
            (false, true) => self.learn_earlier_difference(call, Side::Ours),
            (false, false) => {}
        }
        self.learn_what_we_ended(call, ours);
    }

    fn learn_what_was_issued(
        &mut self,
        call: &Call,
        verifier: Option<&str>,
        oauthlib: &Outcome,
        ours: &Outcome,
    ) {
        let family = if let Some(index) = call.about() {
            self.issued[index].family
        } else {
            self.families += 1;
            self.families
        };
        for (name, artefact) in [
            ("code", Artefact::Code),
            ("access_token", Artefact::AccessToken),
            ("refresh_token", Artefact::RefreshToken),
            ("device_code", Artefact::DeviceCode),
            ("user_code", Artefact::UserCode),
        ] {
            if let (Some(theirs), Some(own)) = (oauthlib.members.get(name), ours.members.get(name)) {
                self.issued.push(Issued {
                    artefact,
                    oauthlib: theirs.clone(),
                    ours: own.clone(),
                    server: call.server,
                    client_id: call.client_id().expect("a client got something"),
                    family,
                    redirect_uri: call.text("redirect_uri").map(str::to_owned),
                    verifier: verifier.map(str::to_owned),
                    scope: call.text("scope").map(str::to_owned),
                    is_spent: false,
                });
            }
        }
    }

    /// One side alone has used up or revoked what the request was about.
    fn learn_earlier_difference(&mut self, call: &Call, side: Side) {
        if let Some(index) = call.about().filter(|_| call.endpoint != Endpoint::Introspect) {
            let issued = &self.issued[index];
            let is_family = call.endpoint == Endpoint::Revoke && issued.artefact == Artefact::RefreshToken;
            let part = if is_family { Part::Family(issued.family) } else { Part::One(index) };
            self.dead.push((part, side, Death::EarlierDifference));
        }
    }

    fn learn_what_we_ended(&mut self, call: &Call, ours: &Outcome) {
        let is_success = ours.kind == Kind::Success;
        let Some(index) = call.about().filter(|_| is_success || ours.error() == Some("invalid_grant")) else {
            return;
        };
        let is_dead_for_oauthlib = self.died(call, Side::Oauthlib, Death::EarlierDifference);
        let presented = &mut self.issued[index];
        let is_owner = call.client_id().as_deref() == Some(presented.client_id.as_str());
        let family = Part::Family(presented.family);
        let (part, death) = match (call.endpoint, call.text("grant_type"), presented.artefact) {
            (Endpoint::Token, Some("authorization_code"), Artefact::Code) => {
                if std::mem::replace(&mut presented.is_spent, true) {
                    (family, Death::CodeTwice)
                } else if is_success {
                    return;
                } else {
                    (Part::One(index), Death::FailedAttempt)
                }
            }
            (Endpoint::Token, Some("refresh_token"), Artefact::RefreshToken) if is_owner => {
                if presented.is_spent {
                    (family, Death::RefreshTokenTwice)
                } else {
                    return presented.is_spent = is_success;
                }
            }
            (_, _, Artefact::DeviceCode | Artefact::UserCode) => return presented.is_spent |= is_success,
            (Endpoint::Revoke, _, Artefact::RefreshToken) if is_owner && presented.is_spent => {
                (family, Death::UsedRefreshTokenRevoked)
            }
            // There was nothing left for oauthlib to revoke.
            (Endpoint::Revoke, _, Artefact::RefreshToken) if is_owner && is_dead_for_oauthlib => {
                (family, Death::EarlierDifference)
            }
            _ => return,
        };
        self.dead.push((part, Side::Ours, death));
    }
}

/// Tells whether a device's poll was counted.
fn has_polled(call: &Call, outcome: &Outcome) -> bool {
    call.text("grant_type") == Some(DEVICE_CODE)
        && (outcome.kind == Kind::Success
            || matches!(outcome.error(), Some("authorization_pending" | "slow_down")))
}
