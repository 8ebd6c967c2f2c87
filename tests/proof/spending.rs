//! What is presented on purpose: at once, to one instance, in the middle of a fault, and again after it.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::callers::{Assertion, Caller, Tokens};
use crate::ledger::Family;
use crate::world::World;

/// Something that was used up.
#[derive(Debug, Clone)]
pub(crate) enum Spent {
    Code(String),
    Refresh(Family, String),
    Assertion(Assertion),
}

/// Presents once more all that was used up. Whatever comes of it is in the ledger.
pub(crate) async fn again(world: &Arc<World>) {
    let caller = Caller(Arc::clone(world));
    let all = std::mem::take(&mut *world.spent.lock().unwrap());
    for spent in all {
        match spent {
            Spent::Code(code) => drop(caller.redeem(caller.next(), &code).await),
            Spent::Refresh(family, token) => caller.reuse_of(family, &token).await,
            Spent::Assertion(assertion) => drop(caller.present(caller.next(), &assertion).await),
        }
    }
}

/// What is there to be used up and revoked.
pub(crate) struct Unspent {
    codes: Vec<String>,
    tokens: Vec<String>,
    families: Vec<(Family, Tokens)>,
    assertions: Vec<Assertion>,
}

impl Unspent {
    /// So many of each kind.
    pub(crate) async fn of(world: &Arc<World>, count: usize) -> Self {
        let caller = Caller(Arc::clone(world));
        let mut all = Self::of_tokens(world, count).await;
        for _ in 0..count {
            all.codes.extend(caller.code().await);
            all.families.extend(caller.begin().await);
            all.assertions.push(caller.assertion().await);
        }
        all
    }

    /// So many tokens.
    pub(crate) async fn of_tokens(world: &Arc<World>, count: usize) -> Self {
        let (caller, mut tokens) = (Caller(Arc::clone(world)), vec![]);
        for _ in 0..count {
            tokens.extend(caller.machine().await);
        }
        Self { codes: vec![], tokens, families: vec![], assertions: vec![] }
    }

    /// Uses up all of it at once, and revokes the tokens.
    pub(crate) async fn spend(self, world: &Arc<World>) {
        let mut running = JoinSet::new();
        let caller = || Caller(Arc::clone(world));
        for token in self.tokens {
            let caller = caller();
            running.spawn(async move { caller.revoke(token).await });
        }
        for code in self.codes {
            let caller = caller();
            running.spawn(async move {
                if caller.redeem(caller.next(), &code).await.is_some() {
                    caller.spent(Spent::Code(code));
                }
            });
        }
        for (family, Tokens { refresh, .. }) in self.families {
            let caller = caller();
            running.spawn(async move {
                if caller.refresh(family, &refresh).await.is_some() {
                    caller.spent(Spent::Refresh(family, refresh));
                }
            });
        }
        for assertion in self.assertions {
            let caller = caller();
            running.spawn(async move {
                if caller.present(caller.next(), &assertion).await.is_some() {
                    caller.spent(Spent::Assertion(assertion));
                }
            });
        }
        running.join_all().await;
    }
}

/// The answers with tokens, of what was presented at once at every instance.
pub(crate) struct Won {
    pub(crate) codes: usize,
    pub(crate) rotations: usize,
    pub(crate) assertions: usize,
}

/// Presents one code, one refresh token and one assertion, each so many times at once.
pub(crate) async fn two_hundred(world: &Arc<World>, times: usize) -> Won {
    let caller = Arc::new(Caller(Arc::clone(world)));
    let (code, (family, tokens)) = (caller.code().await.unwrap(), caller.begin().await.unwrap());
    let assertion = Arc::new(caller.assertion().await);
    let mut all = (JoinSet::new(), JoinSet::new(), JoinSet::new());
    for _ in 0..times {
        let (one, code) = (Arc::clone(&caller), code.clone());
        all.0.spawn(async move { one.redeem(one.next(), &code).await.is_some() });
        let (one, presented) = (Arc::clone(&caller), tokens.refresh.clone());
        all.1.spawn(async move {
            let form = [("grant_type", "refresh_token"), ("refresh_token", &*presented)];
            one.note(family, &presented, one.token(one.next(), &form).await).is_some()
        });
        let (one, assertion) = (Arc::clone(&caller), Arc::clone(&assertion));
        all.2.spawn(async move { one.present(one.next(), &assertion).await.is_some() });
    }
    let won = async |answers: JoinSet<bool>| answers.join_all().await.into_iter().filter(|won| *won).count();
    Won { codes: won(all.0).await, rotations: won(all.1).await, assertions: won(all.2).await }
}

/// Issues a token at one instance, which must be good at another one.
pub(crate) async fn is_known_elsewhere(world: &Arc<World>, here: usize, there: usize) {
    let (here, there) = (&world.instances.origins[here], &world.instances.origins[there]);
    let caller = Caller(Arc::clone(world));
    let reply = caller.token(here, &[("grant_type", "client_credentials")]).await.done();
    let token = reply
        .unwrap_or_else(|| panic!("{here} does not serve:\n{}", world.instances.logs()))
        .member("access_token");
    assert!(world.introspect(there, &token).await, "{there} does not know a token of {here}");
}

/// A code that is not redeemed yet, and the tokens of another one.
pub(crate) struct Granted {
    code: String,
    tokens: Tokens,
}

/// What one instance grants.
pub(crate) async fn grants(world: &Arc<World>, number: usize) -> Granted {
    let (origin, caller) = (&world.instances.origins[number], Caller(Arc::clone(world)));
    let first = caller.code_at(origin).await.unwrap();
    let reply = caller.redeem(origin, &first).await.unwrap();
    Granted { code: caller.code_at(origin).await.unwrap(), tokens: Tokens::of(&reply) }
}

impl Granted {
    /// Presents all of it to an instance that cannot tell what it means (decision 6): 503 with `Retry-After`.
    pub(crate) async fn are_for_others_to_answer(&self, world: &Arc<World>, number: usize) {
        let (origin, caller) = (&world.instances.origins[number], Caller(Arc::clone(world)));
        let before = world.wire.overloads();
        for path in ["introspect", "revoke"] {
            let (url, form) = (format!("{origin}/{path}"), [("token", &*self.tokens.access)]);
            assert!(world.wire.post(&url, Some(&world.credentials), &form).await.done().is_none(), "{path}");
        }
        assert!(caller.redeem(origin, &self.code).await.is_none());
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", &*self.tokens.refresh)];
        assert!(caller.token(origin, &refresh).await.done().is_none());
        assert_eq!((world.wire.overloads() - before, world.wire.faults()), (4, vec![]));
    }

    /// Uses all of it.
    pub(crate) async fn are_good(self, world: &Arc<World>, number: usize) {
        let (origin, caller) = (&world.instances.origins[number], Caller(Arc::clone(world)));
        assert!(world.introspect(origin, &self.tokens.access).await);
        assert!(caller.redeem(origin, &self.code).await.is_some());
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", &*self.tokens.refresh)];
        assert!(caller.token(origin, &refresh).await.done().is_some());
    }
}
