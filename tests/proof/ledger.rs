//! What callers were told, and what follows from it.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The lifetime of the provider's access tokens, less what clocks differ and questions take.
const LIFETIME: Duration = Duration::from_mins(13);

/// The promises that must hold whatever breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Promise {
    /// 1. A token that was answered is active until it expires or is revoked.
    TokensStay,
    /// 2. A revocation that was answered holds at every instance.
    RevocationsHold,
    /// 3. A code gives at most one response with tokens.
    CodesAreUsedOnce,
    /// 4. A refresh token has at most one successor, and the last one that was answered works.
    OneSuccessor,
    /// 5. The reuse of a refresh token ends its family everywhere.
    ReuseEndsTheFamily,
    /// 6. The identifier of an assertion passes once.
    AssertionsPassOnce,
    /// 7. An approved device is served once.
    DevicesAreServedOnce,
}

/// A promise that was broken, with what shows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Broken {
    pub(crate) promise: Promise,
    what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.promise, self.what)
    }
}

/// The number of an authorization, whose tokens live and die together.
pub(crate) type Family = usize;

/// The ledger of all that was answered with success. What nobody knows is in none of its books.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Mutex<Books>);

#[derive(Debug, Default)]
struct Books {
    /// The tokens that must be alive, by their family.
    alive: HashMap<String, Option<Family>>,
    /// The moments at which they were answered.
    issued: HashMap<String, Instant>,
    /// Those of them that may be lost.
    doubtful: HashSet<String>,
    /// Whether what is answered may be lost.
    is_doubtful: bool,
    /// The tokens that must be dead.
    dead: HashMap<String, Promise>,
    /// The last refresh token of each family.
    last: HashMap<Family, String>,
    successors: HashMap<String, HashSet<String>>,
    uses: HashMap<(Promise, String), u32>,
    families: Family,
    answers: usize,
}

impl Books {
    fn is_last(&mut self, family: Family, refresh_token: String) {
        if self.is_doubtful {
            self.last.remove(&family);
        } else {
            self.last.insert(family, refresh_token);
        }
    }
}

/// The counts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) alive: usize,
    pub(crate) dead: usize,
    pub(crate) rotations: usize,
    pub(crate) uses: usize,
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { alive, dead, rotations, uses } = self;
        write!(f, "{alive} tokens alive, {dead} revoked, {rotations} rotations, {uses} single uses")
    }
}

impl Ledger {
    /// Begins a family.
    pub(crate) fn family(&self) -> Family {
        let mut books = self.0.lock().unwrap();
        books.families += 1;
        books.families
    }

    /// From here on, or no longer, a token that is answered may be lost, which costs a login. No revocation may be, and nothing that was
    /// used up.
    pub(crate) fn tokens_may_be_lost(&self, may_be_lost: bool) {
        self.0.lock().unwrap().is_doubtful = may_be_lost;
    }

    /// A token was answered.
    pub(crate) fn issued(&self, token: String, family: Option<Family>) {
        let mut books = self.0.lock().unwrap();
        books.answers += 1;
        if books.is_doubtful {
            books.doubtful.insert(token.clone());
        }
        books.issued.insert(token.clone(), Instant::now());
        books.alive.insert(token, family);
    }

    /// Tells whether a token may have expired by now: a run on a busy machine takes longer than they live.
    pub(crate) fn may_have_expired(&self, token: &str) -> bool {
        self.0.lock().unwrap().issued.get(token).is_some_and(|issued| issued.elapsed() > LIFETIME)
    }

    /// The answers with a token until now.
    pub(crate) fn answers(&self) -> usize {
        self.0.lock().unwrap().answers
    }

    /// The end of a token was asked for: from here to the answer, nobody knows.
    pub(crate) fn is_ending(&self, token: &str) {
        self.0.lock().unwrap().alive.remove(token);
    }

    /// The end of a token was answered.
    pub(crate) fn revoked(&self, token: String) {
        self.0.lock().unwrap().dead.insert(token, Promise::RevocationsHold);
    }

    /// Something single-use was answered with success.
    pub(crate) fn used(&self, promise: Promise, what: &str) {
        *self.0.lock().unwrap().uses.entry((promise, what.to_owned())).or_default() += 1;
    }

    /// A refresh token was answered for this one, and is the last of its family.
    pub(crate) fn rotated(&self, presented: &str, successor: String, family: Family) {
        let mut books = self.0.lock().unwrap();
        books.successors.entry(presented.to_owned()).or_default().insert(successor.clone());
        books.is_last(family, successor);
    }

    /// The first refresh token of a family.
    pub(crate) fn began(&self, family: Family, refresh_token: String) {
        self.0.lock().unwrap().is_last(family, refresh_token);
    }

    /// Of this family nobody knows any more: something was sent that may end it.
    pub(crate) fn is_uncertain(&self, family: Family) {
        let mut books = self.0.lock().unwrap();
        books.last.remove(&family);
        books.alive.retain(|_, of| *of != Some(family));
    }

    /// The reuse in this family was answered with a refusal: all of it is dead.
    pub(crate) fn reused(&self, family: Family) {
        let mut books = self.0.lock().unwrap();
        books.last.remove(&family);
        let all: Vec<_> = books.alive.extract_if(|_, of| *of == Some(family)).collect();
        books.dead.extend(all.into_iter().map(|(token, _)| (token, Promise::ReuseEndsTheFamily)));
    }

    /// The tokens that must be alive.
    pub(crate) fn alive(&self) -> Vec<String> {
        let books = self.0.lock().unwrap();
        books.alive.keys().filter(|token| !books.doubtful.contains(*token)).cloned().collect()
    }

    /// The tokens that must be dead, with the promise.
    pub(crate) fn dead(&self) -> Vec<(String, Promise)> {
        self.0.lock().unwrap().dead.iter().map(|(token, promise)| (token.clone(), *promise)).collect()
    }

    /// The refresh tokens that must work.
    pub(crate) fn last(&self) -> Vec<(Family, String)> {
        self.0.lock().unwrap().last.iter().map(|(family, token)| (*family, token.clone())).collect()
    }

    /// The count of what is in the books.
    pub(crate) fn count(&self) -> Count {
        let books = self.0.lock().unwrap();
        Count {
            alive: books.alive.len(),
            dead: books.dead.len(),
            rotations: books.successors.len(),
            uses: books.uses.len(),
        }
    }

    /// The promises that the answers alone show broken.
    pub(crate) fn broken(&self) -> Vec<Broken> {
        let books = self.0.lock().unwrap();
        let twice = books.uses.iter().filter(|(_, times)| **times > 1);
        let twice = twice.map(|((promise, what), times)| broken(*promise, format!("{times} times {what}")));
        let split = books.successors.iter().filter(|(_, successors)| successors.len() > 1);
        let split = split.map(|(token, successors)| {
            broken(Promise::OneSuccessor, format!("{} successors of {token}", successors.len()))
        });
        twice.chain(split).collect()
    }
}

pub(crate) fn broken(promise: Promise, what: impl Into<String>) -> Broken {
    Broken { promise, what: what.into() }
}

#[cfg(test)]
mod forged {
    //! Each promise that the answers alone can show broken, broken.

    use super::*;

    fn promises(ledger: &Ledger) -> Vec<Promise> {
        ledger.broken().iter().map(|broken| broken.promise).collect()
    }

    #[test]
    fn what_is_used_twice_is_found() {
        for promise in [Promise::CodesAreUsedOnce, Promise::AssertionsPassOnce, Promise::DevicesAreServedOnce]
        {
            let ledger = Ledger::default();
            ledger.used(promise, "a");
            ledger.used(promise, "b");
            assert_eq!(promises(&ledger), []);
            ledger.used(promise, "a");
            assert_eq!(promises(&ledger), [promise]);
        }
    }

    #[test]
    fn two_successors_are_found_and_one_told_twice_is_none() {
        let ledger = Ledger::default();
        ledger.rotated("r1", "r2".to_owned(), 1);
        ledger.rotated("r1", "r2".to_owned(), 1);
        assert_eq!(promises(&ledger), []);
        ledger.rotated("r1", "r3".to_owned(), 1);
        assert_eq!(promises(&ledger), [Promise::OneSuccessor]);
    }

    #[test]
    fn a_token_that_may_be_lost_must_die_with_its_family() {
        let ledger = Ledger::default();
        ledger.began(1, "r1".to_owned());
        ledger.tokens_may_be_lost(true);
        ledger.issued("a".to_owned(), Some(1));
        ledger.rotated("r1", "r2".to_owned(), 1);
        ledger.tokens_may_be_lost(false);
        assert_eq!((ledger.alive(), ledger.last()), (vec![], vec![]));
        ledger.reused(1);
        assert_eq!(ledger.dead(), [("a".to_owned(), Promise::ReuseEndsTheFamily)]);
    }

    #[test]
    fn nothing_is_expected_of_what_nobody_knows() {
        let ledger = Ledger::default();
        ledger.issued("a".to_owned(), Some(1));
        ledger.issued("b".to_owned(), None);
        ledger.began(1, "r".to_owned());
        ledger.is_uncertain(1);
        assert_eq!((ledger.alive(), ledger.last(), ledger.dead()), (vec!["b".to_owned()], vec![], vec![]));
        ledger.is_ending("b");
        assert_eq!(ledger.count(), Count { alive: 0, dead: 0, rotations: 0, uses: 0 });
    }
}
