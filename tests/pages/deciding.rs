//! A validator that checks logins by a rule of its own, as one over a directory does.

use std::task::Poll;

use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_core::store::AnyLimitStore;
use oauth_core::validator::StoreRoles;
use oauth_tests::{ISSUER, Site};

use crate::visitor::{Visitor, store};

/// The verdict of a rule on a user name and a password. `Pending`: it never answers.
pub(crate) type Verdict = Poll<Result<Option<User>>>;

/// The rule, and the stores.
struct Deciding<F>(F, MemoryStore);

impl Visitor {
    /// A visitor of a new server whose logins are decided by `rule`, and its store.
    pub(crate) async fn ruled_by<F>(rule: F) -> (Self, MemoryStore)
    where
        F: Fn(&str, &str) -> Verdict + Send + Sync + 'static,
    {
        let store = store().await;
        let validator = Deciding(rule, store.clone());
        let site = Site { issuer: ISSUER.to_owned(), validator, pages: LoginPages::new() };
        (Self::timed(site).0, store)
    }
}

impl<F> RequestValidator for Deciding<F>
where
    F: Fn(&str, &str) -> Verdict + Send + Sync + 'static,
{
    async fn validate_user(&self, username: &str, password: &str, _: &mut Request) -> Result<Option<User>> {
        match (self.0)(username, password) {
            Poll::Ready(verdict) => verdict,
            Poll::Pending => std::future::pending().await,
        }
    }
}

impl<F: Send + Sync + 'static> StoreRoles for Deciding<F> {
    type Clients = MemoryStore;
    type Tokens = MemoryStore;
    type Codes = MemoryStore;
    type Users = MemoryStore;
    type Sessions = MemoryStore;
    type Consents = MemoryStore;
    type Devices = MemoryStore;
    type ReplayIds = MemoryStore;

    const KEEPS_REPLAY_IDS: bool = false;

    fn limits(&self) -> Option<&dyn AnyLimitStore> {
        Some(&self.1)
    }

    fn clients(&self) -> &MemoryStore {
        &self.1
    }
    fn tokens(&self) -> &MemoryStore {
        &self.1
    }
    fn codes(&self) -> &MemoryStore {
        &self.1
    }
    fn users(&self) -> &MemoryStore {
        &self.1
    }
    fn sessions(&self) -> &MemoryStore {
        &self.1
    }
    fn consents(&self) -> &MemoryStore {
        &self.1
    }
    fn devices(&self) -> &MemoryStore {
        &self.1
    }
    fn replay_ids(&self) -> &MemoryStore {
        &self.1
    }
}
