//! The part of an access token that others have in common with it.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;

use parking_lot::Mutex;
use serde_json::{Map, Value};

use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::store::{AccessToken, Authorization, Marks};
use crate::time::UnixTime;

/// All that an access token says but its text and its times.
#[derive(Debug)]
pub(super) struct Granted {
    /// As it was granted the first time: when, each token says itself.
    authorization: Arc<Authorization>,
    scopes: ScopeSet,
    claims: Map<String, Value>,
    /// Of the first token.
    marks: Marks,
}

impl Granted {
    fn of(token: AccessToken) -> Self {
        let AccessToken { hash, authorization, scopes, claims, .. } = token;
        Self { marks: Marks::of(&hash, &authorization), authorization, scopes, claims }
    }

    pub(super) fn scopes(&self) -> &ScopeSet {
        &self.scopes
    }

    pub(super) fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    pub(super) fn marks(&self, hash: &TokenHash) -> Marks {
        self.marks.of_another(hash)
    }

    pub(super) fn authorization(&self, granted_at: UnixTime) -> Arc<Authorization> {
        if self.authorization.granted_at == granted_at {
            return Arc::clone(&self.authorization);
        }
        Arc::new(Authorization { granted_at, ..(*self.authorization).clone() })
    }

    fn is_of(&self, token: &AccessToken) -> bool {
        self.scopes.iter().eq(token.scopes.iter())
            && self.claims == token.claims
            && (Arc::ptr_eq(&self.authorization, &token.authorization)
                || self.authorization.is_same_but_when(&token.authorization))
    }
}

/// The number of clients whose next token is likely to find what it has in common with the last.
const PLACES: usize = 1024;

/// What clients were granted last, a place each: the tokens that one gets for itself are alike, and are kept once. Two that meet in a place
/// take turns there, and share less.
#[derive(Debug)]
pub(super) struct RecentlyGranted {
    places: Box<[Mutex<Option<Arc<Granted>>>]>,
    hasher: RandomState,
}

impl Default for RecentlyGranted {
    fn default() -> Self {
        Self { places: (0..PLACES).map(|_| Mutex::default()).collect(), hasher: RandomState::new() }
    }
}

impl RecentlyGranted {
    /// The part of this token that may be kept already. What people grant is of a family of its own, and nobody else's.
    pub(super) fn share(&self, token: AccessToken) -> Arc<Granted> {
        if token.authorization.family.is_some() {
            return Arc::new(Granted::of(token));
        }
        let hash = self.hasher.hash_one((token.client_id(), token.subject(), token.scopes.len()));
        let place = usize::try_from(hash % PLACES as u64).ok().and_then(|place| self.places.get(place));
        let Some(place) = place else { return Arc::new(Granted::of(token)) };
        let mut last = place.lock();
        if let Some(last) = last.as_ref().filter(|last| last.is_of(&token)) {
            return Arc::clone(last);
        }
        let granted = Arc::new(Granted::of(token));
        *last = Some(Arc::clone(&granted));
        granted
    }
}
