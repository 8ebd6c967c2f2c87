//! What the suite and the maker of a server tell each other.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;

type Edit = Arc<dyn Fn(&mut Request<Bytes>) + Send + Sync>;

/// How people answer the interaction of the server under test.
#[derive(Default)]
pub struct Fixture {
    #[cfg(feature = "pages")]
    pub(super) user: Option<super::browser::TestUser>,
    approve: Option<Edit>,
    refuse: Option<Edit>,
    kept: Vec<Box<dyn Any + Send + Sync>>,
}

impl Fixture {
    /// A user for your store of users: the suite logs them in at the pages, by submitting their forms.
    ///
    /// # Errors
    ///
    /// If the password cannot be hashed.
    #[cfg(feature = "pages")]
    pub fn user(&mut self) -> crate::Result<crate::store::User> {
        let user = super::browser::TestUser::new()?;
        Ok(self.user.insert(user).record.clone())
    }

    /// How a request to the authorization endpoint comes from someone who is logged in and agrees, with an interaction of
    /// your own: by a header or a cookie, for instance.
    pub fn approve(&mut self, edit: impl Fn(&mut Request<Bytes>) + Send + Sync + 'static) {
        self.approve = Some(Arc::new(edit));
    }

    /// How such a request comes from someone who is logged in and does not agree. Without it, and without the built-in
    /// pages, refusing is not tested.
    pub fn refuse(&mut self, edit: impl Fn(&mut Request<Bytes>) + Send + Sync + 'static) {
        self.refuse = Some(Arc::new(edit));
    }

    /// Keeps something for as long as the test runs: a temporary directory with a database in it, for instance.
    pub fn keep(&mut self, value: impl Any + Send + Sync) {
        self.kept.push(Box::new(value));
    }

    /// Makes a request one of the person's.
    pub(super) fn decide(&self, decision: Decision, request: &mut Request<Bytes>) {
        let edit = match decision {
            Decision::Allow => &self.approve,
            Decision::Deny => &self.refuse,
        };
        if let Some(edit) = edit {
            edit(request);
        }
    }

    /// Whether it says how someone refuses.
    pub(super) fn can_refuse(&self) -> bool {
        self.refuse.is_some()
    }
}

/// What the person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Allow,
    Deny,
}

impl fmt::Debug for Fixture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fixture").finish_non_exhaustive()
    }
}
