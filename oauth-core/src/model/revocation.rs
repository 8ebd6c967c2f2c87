//! Markers: how a revocation reaches what it does not know of.

use std::time::Duration;

use aws_lc_rs::digest;

use super::{Authorization, FamilyId};
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The target of a revocation. Each is one marker in a store, looked up whenever something is read or used
/// that it may concern: nothing is searched for, and what is saved a moment later is met as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revocation {
    /// One token, by the hash of its record: see [`AccessToken::hash`](super::AccessToken::hash).
    Token(TokenHash),
    /// Everything of a family, or that dies with a session: past and future.
    Family(FamilyId),
    /// Everything that a person granted until then.
    Subject {
        /// The person.
        subject: String,
        /// The last moment that is meant.
        before: UnixTime,
    },
    /// Everything that was granted to a client until then.
    Client {
        /// The client.
        client_id: String,
        /// The last moment that is meant.
        before: UnixTime,
    },
    /// Everything that a person granted to a client until then.
    Grant {
        /// The person.
        subject: String,
        /// The client.
        client_id: String,
        /// The last moment that is meant.
        before: UnixTime,
    },
}

/// The key of a marker: 16 bytes, whatever it is about.
pub type MarkerKey = [u8; 16];

impl Revocation {
    /// Longer than any token lives, whatever an earlier configuration said: ten years of refresh tokens, a year of access tokens,
    /// and a month.
    pub const LONGEST: Duration = Duration::from_hours((3650 + 365 + 30) * 24);

    /// The key of its marker.
    pub fn key(&self) -> MarkerKey {
        match self {
            Self::Token(token) => of_token(token),
            Self::Family(family) => *family.as_bytes(),
            Self::Subject { subject, .. } => hashed("subject", [subject, ""]),
            Self::Client { client_id, .. } => hashed("client", [client_id, ""]),
            Self::Grant { subject, client_id, .. } => hashed("grant", [subject, client_id]),
        }
    }

    /// The last moment that is meant: what was [granted](Authorization::granted_at) then or earlier is dead. A token and a family
    /// are dead whenever they were granted.
    pub const fn before(&self) -> UnixTime {
        match self {
            Self::Token(_) | Self::Family(_) => UnixTime::from_secs(u64::MAX),
            Self::Subject { before, .. } | Self::Client { before, .. } | Self::Grant { before, .. } => {
                *before
            }
        }
    }
}

/// The keys of all markers that could end a token or a code.
///
/// A store keeps them beside its record, and compares what it finds under them with the record's
/// [`granted_at`](Authorization::granted_at).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks([MarkerKey; Marks::COUNT]);

impl Marks {
    /// The number of marks: of the token, the family, the session, the person, the client, and the two
    /// together.
    pub const COUNT: usize = 6;

    /// The marks of what has this hash and was issued from this authorization. In place of one that cannot be
    /// stands the first.
    pub fn of(hash: &TokenHash, authorization: &Authorization) -> Self {
        let own = of_token(hash);
        let family = |family: Option<FamilyId>| family.map_or(own, |family| *family.as_bytes());
        let subject = authorization.subject.as_deref();
        let client_id = authorization.client_id.as_str();
        Self([
            own,
            family(authorization.family),
            family(authorization.session),
            subject.map_or(own, Self::key_of_subject),
            hashed("client", [client_id, ""]),
            subject.map_or(own, |subject| hashed("grant", [subject, client_id])),
        ])
    }

    /// The key of a person: the fourth of the marks of all that they granted. The second is of the family.
    pub fn key_of_subject(subject: &str) -> MarkerKey {
        hashed("subject", [subject, ""])
    }

    /// The keys.
    pub const fn keys(&self) -> &[MarkerKey; Marks::COUNT] {
        &self.0
    }

    /// The keys, one after the other.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_flattened()
    }
}

fn of_token(hash: &TokenHash) -> MarkerKey {
    *FamilyId::of_code(hash).as_bytes()
}

/// The length of the first part is in front of it, so that no two pairs are one text.
fn hashed(kind: &str, [first, second]: [&str; 2]) -> MarkerKey {
    let parts = [kind.as_bytes(), &first.len().to_be_bytes(), first.as_bytes(), second.as_bytes()];
    // Of short texts, one call takes half of what several parts do.
    let hash = digest::digest(&digest::SHA256, &parts.concat());
    let (key, _) = hash.as_ref().split_first_chunk().unwrap_or((&[0; 16], &[]));
    *key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_revocations_share_a_marker() {
        let before = UnixTime::from_secs(1);
        let grant = |subject: &str, client: &str| {
            Revocation::Grant { subject: subject.to_owned(), client_id: client.to_owned(), before }.key()
        };
        let mut keys = vec![
            grant("ab", "c"),
            grant("a", "bc"),
            grant("", "abc"),
            Revocation::Subject { subject: "abc".to_owned(), before }.key(),
            Revocation::Client { client_id: "abc".to_owned(), before }.key(),
            Revocation::Token(TokenHash::of("abc")).key(),
            Revocation::Family(FamilyId::from_bytes([1; 16])).key(),
        ];
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }

    #[test]
    fn every_revocation_of_a_token_is_among_its_marks() {
        let before = UnixTime::from_secs(1);
        let (subject, client_id) = ("user-1".to_owned(), "calendar".to_owned());
        let authorization = Authorization {
            subject: Some(subject.clone()),
            family: Some(FamilyId::from_bytes([1; 16])),
            session: Some(FamilyId::of_session("sid")),
            ..Authorization::new("calendar", before)
        };
        let hash = TokenHash::of("token");
        let marks = Marks::of(&hash, &authorization);
        for revocation in [
            Revocation::Token(hash),
            Revocation::Family(FamilyId::from_bytes([1; 16])),
            Revocation::Family(FamilyId::of_session("sid")),
            Revocation::Subject { subject: subject.clone(), before },
            Revocation::Client { client_id: client_id.clone(), before },
            Revocation::Grant { subject, client_id, before },
        ] {
            assert!(marks.keys().contains(&revocation.key()), "{revocation:?}");
        }
        assert_eq!(marks.as_bytes().len(), 16 * Marks::COUNT);
    }
}
