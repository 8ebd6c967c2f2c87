//! The part of an access token that others have in common with it.

use std::hash::{Hash as _, Hasher as _};
use std::mem;
use std::sync::{Arc, Weak};

use parking_lot::Mutex;

use super::folded::Folded;
use super::markers::Markers;
use crate::claims::TokenClaims;
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::store::{AccessToken, Authorization};
use crate::time::UnixTime;

/// All that an access token says but its text and its times.
#[derive(Debug)]
pub(super) struct Granted {
    /// As it was granted the first time: when, each token says itself.
    authorization: Arc<Authorization>,
    scopes: ScopeSet,
    claims: TokenClaims,
}

impl Granted {
    fn of(token: AccessToken) -> Self {
        let AccessToken { authorization, scopes, claims, .. } = token;
        Self { authorization, scopes, claims }
    }

    pub(super) fn scopes(&self) -> &ScopeSet {
        &self.scopes
    }

    pub(super) fn claims(&self) -> &TokenClaims {
        &self.claims
    }

    /// Tells whether a marker ends the token that has this hash.
    pub(super) fn is_ended(&self, hash: &TokenHash, granted_at: UnixTime, markers: &Markers) -> bool {
        markers.end_granted(hash, &self.authorization, granted_at)
    }

    pub(super) fn authorization(&self, granted_at: UnixTime) -> Arc<Authorization> {
        if self.authorization.granted_at == granted_at {
            return Arc::clone(&self.authorization);
        }
        Arc::new(Authorization { granted_at, ..(*self.authorization).clone() })
    }

    fn is_of(&self, token: &AccessToken) -> bool {
        self.scopes.is_written_as(&token.scopes)
            && self.claims == token.claims
            && (Arc::ptr_eq(&self.authorization, &token.authorization)
                || self.authorization.is_same_but_when(&token.authorization))
    }
}

/// The number of kinds of tokens of which the next is likely to find what it has in common with the last.
const PLACES: usize = 1024;

/// The last grants of clients, a place for each kind of token: those that a client gets for itself are alike, and are kept once. Two that
/// meet in a place take turns there, and share less. Nothing is kept here: it goes with the last token.
#[derive(Debug)]
pub(super) struct RecentlyGranted {
    places: Box<[Mutex<Weak<Granted>>]>,
}

impl Default for RecentlyGranted {
    fn default() -> Self {
        Self { places: (0..PLACES).map(|_| Mutex::default()).collect() }
    }
}

impl RecentlyGranted {
    /// The part of this token that may be kept already. What people grant is of a family of its own, and nobody else's.
    pub(super) fn share(&self, token: AccessToken) -> Arc<Granted> {
        let place = if token.authorization.family.is_some() { None } else { self.place(&token) };
        let Some(place) = place else { return Arc::new(Granted::of(token)) };
        // Compared and freed when nobody waits for the lock.
        let last = place.lock().upgrade();
        if let Some(last) = last.filter(|last| last.is_of(&token)) {
            return last;
        }
        let granted = Arc::new(Granted::of(token));
        let earlier = mem::replace(&mut *place.lock(), Arc::downgrade(&granted));
        drop(earlier);
        granted
    }

    /// By what tokens of one client are likely to differ in.
    fn place(&self, token: &AccessToken) -> Option<&Mutex<Weak<Granted>>> {
        let mut hasher = Folded::default();
        (token.client_id(), token.subject(), &token.authorization.resources, token.confirmation())
            .hash(&mut hasher);
        token.scopes.iter().for_each(|scope| scope.hash(&mut hasher));
        let place = usize::try_from(hasher.finish() % PLACES as u64).ok()?;
        self.places.get(place)
    }
}
