//! The test whether the type of a `#[store]` plays the role `users`, which not every store does.

use std::future::{Ready, ready};
use std::marker::PhantomData;

use crate::store::{Result, User, UserStore};

/// Names find items of the type itself, where its bound holds, before those of a trait: [`NoUserLookup`] has the other.
#[derive(Debug)]
pub struct UserLookup<T>(PhantomData<T>);

impl<T: UserStore> UserLookup<T> {
    /// The user with this subject identifier.
    pub fn find<'a>(
        store: &'a T,
        subject: &'a str,
    ) -> impl Future<Output = Result<Option<User>>> + Send + 'a {
        store.user(subject)
    }
}

/// The answers for every type without the role.
pub trait NoUserLookup<T> {
    /// Finds nobody.
    fn find(_: &T, _: &str) -> Ready<Result<Option<User>>> {
        ready(Ok(None))
    }
}

impl<T> NoUserLookup<T> for UserLookup<T> {}
