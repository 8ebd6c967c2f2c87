//! Access tokens, spread over locks of their own: every request of every client passes here.

use std::array;

use parking_lot::{RwLock, RwLockWriteGuard};

use super::granted::RecentlyGranted;
use super::markers::Markers;
use super::shard::{Kept, Shard};
use crate::secret::TokenHash;
use crate::store::{AccessToken, Result, StoreError};
use crate::time::UnixTime;

/// As many as make the longest work under one lock short: with ten million tokens, a shard that grows or is swept moves or looks at forty
/// thousand.
const SHARDS: usize = 256;
#[derive(Debug)]
pub(super) struct AccessTokens {
    shards: Box<[RwLock<Shard>; SHARDS]>,
    granted: RecentlyGranted,
}

impl Default for AccessTokens {
    fn default() -> Self {
        Self { shards: Box::new(array::from_fn(|_| RwLock::default())), granted: RecentlyGranted::default() }
    }
}

impl AccessTokens {
    /// The hashes are uniformly distributed, so one of their bytes spreads them evenly.
    fn shard(&self, token: &TokenHash) -> &RwLock<Shard> {
        let ([byte, ..], [first, ..]) = (token.as_bytes(), &*self.shards);
        self.shards.get(usize::from(*byte)).unwrap_or(first)
    }

    /// The number of tokens, with those that have expired and not gone yet.
    pub(super) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.read().tokens.len()).sum()
    }

    /// A token that has not expired.
    pub(super) fn get(&self, token: &TokenHash, now: UnixTime) -> Option<Found> {
        let kept = self.shard(token).read().tokens.get(token).filter(|kept| kept.expires_at > now).cloned();
        kept.map(|kept| Found { hash: *token, kept })
    }

    /// Makes of a token the record that is kept.
    pub(super) fn prepare(&self, token: AccessToken) -> Prepared {
        let AccessToken { hash, issued_at, expires_at, .. } = token;
        let granted_at = token.authorization.granted_at;
        Prepared {
            hash,
            kept: Kept { granted: self.granted.share(token), granted_at, issued_at, expires_at },
        }
    }

    /// The place of a token.
    pub(super) fn place(&self, token: Prepared) -> Place<'_> {
        Place { shard: self.shard(&token.hash).write(), token }
    }

    /// Removes tokens that have expired, this many at most, and returns their number.
    pub(super) async fn sweep(&self, before: UnixTime, limit: usize) -> usize {
        let mut removed = 0;
        for shard in &*self.shards {
            if removed == limit {
                break;
            }
            let gone = shard.write().sweep(before, limit - removed);
            removed += gone.len();
            drop(gone);
            // Others have their turn between any two.
            tokio::task::yield_now().await;
        }
        removed
    }
}

/// A token that is ready to be kept.
pub(super) struct Prepared {
    hash: TokenHash,
    kept: Kept,
}

/// Holds the lock until the token is put there, or not.
pub(super) struct Place<'a> {
    shard: RwLockWriteGuard<'a, Shard>,
    token: Prepared,
}

impl Place<'_> {
    /// Refuses a token that is kept already.
    pub(super) fn check_vacant(&self, doing: &'static str) -> Result<()> {
        if self.shard.tokens.contains_key(&self.token.hash) {
            return Err(StoreError::already_kept(doing));
        }
        Ok(())
    }

    /// Tells whether a marker ends the token.
    pub(super) fn is_ended(&self, markers: &Markers) -> bool {
        let Prepared { hash, kept } = &self.token;
        kept.is_ended(hash, markers)
    }

    /// Puts the token there. Expired ones are freed when nobody waits for the lock any more.
    pub(super) fn fill(self, now: UnixTime) {
        let Self { mut shard, token: Prepared { hash, kept } } = self;
        let gone = shard.make_room(now);
        shard.insert(hash, kept);
        drop(shard);
        drop(gone);
    }
}

/// A token that was found: whether something ends it, its finder asks.
pub(super) struct Found {
    hash: TokenHash,
    kept: Kept,
}

impl Found {
    /// Tells whether a marker ends it.
    pub(super) fn is_ended(&self, markers: &Markers) -> bool {
        self.kept.is_ended(&self.hash, markers)
    }

    /// The token.
    pub(super) fn told(self) -> AccessToken {
        let Kept { granted, granted_at, issued_at, expires_at } = self.kept;
        AccessToken {
            hash: self.hash,
            authorization: granted.authorization(granted_at),
            scopes: granted.scopes().clone(),
            claims: granted.claims().clone(),
            issued_at,
            expires_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::slice;
    use std::sync::Arc;

    use serde_json::json;

    use super::super::shard::OVERDUE;
    use super::*;
    use crate::claims::TokenClaims;
    use crate::scope::ScopeSet;
    use crate::store::{Authorization, FamilyId, Revocation};

    const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
    const LATER: UnixTime = UnixTime::from_secs(1_700_003_600);

    fn token(text: &str, client: &str, expires_at: UnixTime) -> AccessToken {
        AccessToken {
            hash: TokenHash::of(text),
            authorization: Arc::new(Authorization::new(client, NOW)),
            scopes: ScopeSet::parse("jobs mail").unwrap(),
            claims: TokenClaims::default(),
            issued_at: NOW,
            expires_at,
        }
    }

    fn insert(tokens: &AccessTokens, token: AccessToken, now: UnixTime) {
        tokens.place(tokens.prepare(token)).fill(now);
    }

    fn room(tokens: &AccessTokens) -> usize {
        tokens.shards.iter().map(|shard| shard.read().tokens.capacity()).sum()
    }

    #[test]
    fn what_is_dead_at_once_does_not_pile_up() {
        let tokens = AccessTokens::default();
        for number in 0..20_000 {
            insert(&tokens, token(&format!("{number}"), "calendar", NOW), NOW);
            assert!(tokens.len() <= 2 * SHARDS, "{}", tokens.len());
        }
    }

    #[test]
    fn a_burst_that_has_passed_is_given_back_by_what_comes_after() {
        let tokens = AccessTokens::default();
        for number in 0..100_000 {
            insert(&tokens, token(&format!("past {number}"), "calendar", LATER), NOW);
        }
        assert_eq!(tokens.len(), 100_000, "nothing went early");
        let afterwards = LATER + OVERDUE;
        for number in 0..2_000 {
            insert(&tokens, token(&format!("live {number}"), "calendar", afterwards + OVERDUE), afterwards);
        }
        assert_eq!(tokens.len(), 2_000, "a few tokens a place take all that has expired along");
        assert!(room(&tokens) < 16_000, "and its room: {}", room(&tokens));
    }

    #[tokio::test]
    async fn a_sweep_removes_no_more_than_it_is_told() {
        let tokens = AccessTokens::default();
        for number in 0..5_000 {
            insert(&tokens, token(&format!("{number}"), "calendar", LATER), NOW);
        }
        assert_eq!(tokens.sweep(NOW, 1_000).await, 0);
        assert_eq!(tokens.sweep(LATER, 1_000).await, 1_000);
        assert_eq!(tokens.len(), 4_000);
        assert_eq!(tokens.sweep(LATER, 10_000).await, 4_000);
        assert_eq!(tokens.len(), 0);
    }

    /// Puts the token there, and tells what another one then shares with it.
    fn is_shared(tokens: &AccessTokens, one: &AccessToken, other: &AccessToken) -> bool {
        let [one, other] = [one, other].map(|token| tokens.prepare(token.clone()));
        let is_shared = Arc::ptr_eq(&one.kept.granted, &other.kept.granted);
        for prepared in [one, other] {
            tokens.place(prepared).fill(NOW);
        }
        is_shared
    }

    #[track_caller]
    fn assert_told(tokens: &AccessTokens, told: &AccessToken) {
        let found = tokens.get(&told.hash, NOW).unwrap();
        assert_eq!(serde_json::to_string(&found.told()).unwrap(), serde_json::to_string(told).unwrap());
    }

    /// A change of an authorization or of a token.
    type Change = fn(&mut AccessToken, &mut Authorization);

    #[test]
    fn tokens_share_what_they_have_in_common_and_no_token_is_told_what_is_another_s() {
        let changes: [(&str, Change); 17] = [
            ("client_id", |_, granted| granted.client_id = "notes".to_owned()),
            ("subject", |_, granted| granted.subject = Some("user-1".to_owned())),
            ("auth_time", |_, granted| granted.auth_time = Some(NOW)),
            ("acr", |_, granted| granted.acr = Some("pwd".to_owned())),
            ("amr", |_, granted| granted.amr = vec!["pwd".to_owned()]),
            ("scopes", |_, granted| granted.scopes = ScopeSet::parse("jobs").unwrap()),
            ("order of scopes", |_, granted| granted.scopes = ScopeSet::parse("mail jobs").unwrap()),
            ("resources", |_, granted| granted.resources = vec!["https://api.example".to_owned()]),
            ("details", |_, granted| granted.details = Some(json!([{ "type": "payment" }]))),
            ("confirmation", |_, granted| granted.confirmation = Some(json!({ "jkt": "key" }))),
            ("claims", |_, granted| drop(granted.claims.insert("tier".to_owned(), json!(3)))),
            ("family", |_, granted| granted.family = Some(FamilyId::from_bytes([1; 16]))),
            ("session", |_, granted| granted.session = Some(FamilyId::from_bytes([1; 16]))),
            ("scopes of the token", |token, _| token.scopes = ScopeSet::parse("jobs").unwrap()),
            ("their order", |token, _| token.scopes = ScopeSet::parse("mail jobs").unwrap()),
            ("claims of the token", |token, _| drop(token.claims.insert("aud".to_owned(), json!("api")))),
            ("cnf", |token, _| drop(token.claims.insert("cnf".to_owned(), json!({ "jkt": "key" })))),
        ];
        let common = Authorization {
            scopes: ScopeSet::parse("jobs mail").unwrap(),
            ..Authorization::new("calendar", NOW)
        };
        let plain = |text: &str| AccessToken {
            authorization: Arc::new(common.clone()),
            ..token(text, "calendar", LATER)
        };
        for (name, change) in changes {
            let tokens = AccessTokens::default();
            let (one, mut other) = (plain("one"), plain("other"));
            let mut granted = common.clone();
            change(&mut other, &mut granted);
            other.authorization = Arc::new(granted);
            assert!(!is_shared(&tokens, &one, &other), "{name}");
            for token in [&one, &other] {
                assert_told(&tokens, token);
            }
        }
    }

    #[test]
    fn tokens_of_one_client_are_kept_once_whenever_they_were_granted() {
        let tokens = AccessTokens::default();
        let one = token("one", "calendar", LATER);
        let mut other = token("other", "calendar", LATER);
        other.authorization = Arc::new(Authorization::new("calendar", NOW + OVERDUE));
        other.issued_at = NOW + OVERDUE;
        assert!(is_shared(&tokens, &one, &other));
        for token in [&one, &other] {
            assert_told(&tokens, token);
        }
        let mut markers = Markers::default();
        let client_id = "calendar".to_owned();
        markers.mark(&Revocation::Client { client_id, before: NOW }, NOW + OVERDUE);
        let ended = [&one, &other].map(|token| tokens.get(&token.hash, NOW).unwrap().is_ended(&markers));
        assert_eq!(ended, [true, false], "each as of when it was granted");
    }

    #[test]
    fn a_client_that_asks_for_two_things_in_turn_has_both_once() {
        let tokens = AccessTokens::default();
        let asked = |text: String, scope: &str| AccessToken {
            scopes: ScopeSet::parse(scope).unwrap(),
            ..token(&text, "calendar", LATER)
        };
        let kept: Vec<_> = (0..10)
            .map(|turn| tokens.prepare(asked(turn.to_string(), if turn % 2 == 0 { "jobs" } else { "mail" })))
            .collect();
        let (first, second) = (&kept[0].kept.granted, &kept[1].kept.granted);
        let is_either = |prepared: &Prepared| {
            slice::from_ref(first).iter().chain([second]).any(|one| Arc::ptr_eq(one, &prepared.kept.granted))
        };
        assert!(!Arc::ptr_eq(first, second) && kept.iter().all(is_either));
    }

    #[test]
    fn what_a_token_says_goes_with_the_last_that_says_it() {
        let tokens = AccessTokens::default();
        let prepared = tokens.prepare(token("one", "calendar", NOW));
        let granted = Arc::downgrade(&prepared.kept.granted);
        tokens.place(prepared).fill(NOW);
        assert!(granted.upgrade().is_some());
        let mut shard = tokens.shard(&TokenHash::of("one")).write();
        drop(shard.sweep(NOW, 1));
        assert!(granted.upgrade().is_none());
    }
}
