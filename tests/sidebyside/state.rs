//! What both sides have issued so far, and what is known of it.

use std::collections::BTreeMap;

use crate::call::{Call, Endpoint};
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
}

/// A code or a token of which each side has its own.
#[derive(Debug, Clone)]
pub(crate) struct Issued {
    pub(crate) artefact: Artefact,
    oauthlib: String,
    ours: String,
    pub(crate) server: &'static str,
    pub(crate) client_id: String,
    /// What was issued from one authorization has one number.
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

/// Everything so far.
#[derive(Debug, Default)]
pub(crate) struct State {
    issued: Vec<Issued>,
    families: usize,
    /// Families that our side alone revoked, and why.
    revoked: BTreeMap<usize, &'static str>,
}

impl State {
    pub(crate) fn issued(&self, index: usize) -> &Issued {
        &self.issued[index]
    }

    /// What was issued by a server and is `wanted`, the latest last.
    pub(crate) fn of(&self, server: &str, wanted: impl Fn(&Issued) -> bool) -> Vec<usize> {
        let all = self.issued.iter().enumerate();
        all.filter(|(_, issued)| issued.server == server && wanted(issued)).map(|(index, _)| index).collect()
    }

    /// Why our side, and not the other, revoked what a parameter carries.
    pub(crate) fn revoked(&self, call: &Call, param: &str) -> Option<&'static str> {
        let index = call.issued(param)?;
        self.revoked.get(&self.issued[index].family).copied()
    }

    /// Learns from the answers to a request. `verifier` fits the challenge that it carried.
    pub(crate) fn learn(&mut self, call: &Call, verifier: Option<&str>, oauthlib: &Outcome, ours: &Outcome) {
        self.learn_what_ended(call, ours);
        if oauthlib.kind != Kind::Success || ours.kind != Kind::Success {
            return;
        }
        let presented = ["code", "refresh_token"].into_iter().find_map(|name| call.issued(name));
        let presented = presented.filter(|_| call.endpoint == Endpoint::Token).map(|index| self.issued[index].clone());
        let family = presented.map_or_else(
            || {
                self.families += 1;
                self.families
            },
            |presented| presented.family,
        );
        for (name, artefact) in [
            ("code", Artefact::Code),
            ("access_token", Artefact::AccessToken),
            ("refresh_token", Artefact::RefreshToken),
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

    /// Our side uses a code up with the first attempt, and revokes the family of what comes twice.
    fn learn_what_ended(&mut self, call: &Call, ours: &Outcome) {
        let reached = ours.kind == Kind::Success || ours.error() == Some("invalid_grant");
        let param = match (call.endpoint, call.text("grant_type")) {
            (Endpoint::Token, Some("authorization_code")) => "code",
            (Endpoint::Token, Some("refresh_token")) => "refresh_token",
            (Endpoint::Revoke, _) => "token",
            _ => return,
        };
        let Some(index) = call.issued(param).filter(|_| reached) else { return };
        let presented = &mut self.issued[index];
        let is_owner = call.client_id().as_deref() == Some(presented.client_id.as_str());
        let is_success = ours.kind == Kind::Success;
        let reason = match (param, presented.artefact) {
            ("code", Artefact::Code) if presented.is_spent => "a code came twice",
            ("code", Artefact::Code) => return presented.is_spent = true,
            ("refresh_token", Artefact::RefreshToken) if is_owner && presented.is_spent => "a refresh token came twice",
            ("refresh_token", Artefact::RefreshToken) if is_owner && is_success => return presented.is_spent = true,
            ("token", Artefact::RefreshToken) if is_owner && presented.is_spent => "a used refresh token was revoked",
            _ => return,
        };
        let family = presented.family;
        self.revoked.entry(family).or_insert(reason);
    }
}
