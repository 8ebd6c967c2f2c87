//! Administration: clients, users, sessions, consents and grants, by functions that each tell their [`Event`].
//!
//! [`Admin::of_server`] works over a running server: who is signed out has their clients told.
//! [`Admin::of_store`] works over a store alone, as a program beside the server does; [`cli`] is such a program, which keeps each act in
//! the audit table before it does it. Whoever calls these functions and wants that does it by
//! [`AuditTable::record`](crate::store::AuditTable::record).
//!
//! ```
//! use oauth_core::admin::Admin;
//! use oauth_core::prelude::*;
//!
//! # async fn example() -> std::result::Result<(), Box<dyn std::error::Error>> {
//! let admin = Admin::of_store(MemoryStore::new());
//! admin.create_client(Client::public("notes").redirect_uri("https://notes.example/callback").build()?).await?;
//! assert_eq!(admin.clients(None, 100).await?.items.len(), 1);
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "admin")]
mod cli;
mod clients;
mod consents;
mod doctor;
mod error;
mod lines;
mod on;
mod revoke;
mod sessions;
mod tokens;
mod upkeep;
mod users;

use std::sync::Arc;

#[cfg(feature = "admin")]
pub use self::cli::{AdminStore, Invocation, cli};
pub use self::doctor::{Finding, Severity};
pub use self::error::AdminError;
pub use self::lines::{Imported, line_of, read_line};
pub use self::on::{Administered, OneStore};
pub use self::tokens::{TokenFacts, TokenKind};
use crate::clock::Clock;
use crate::event::{Event, EventKind, Observer};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::store::{ClientStore, Ready, StoreRoles, Sweep, TokenStore};
use crate::time::UnixTime;

/// The result of an administrative act.
pub type Result<T> = std::result::Result<T, AdminError>;

type Clients<A> = <<A as Administered>::Roles as StoreRoles>::Clients;
type Tokens<A> = <<A as Administered>::Roles as StoreRoles>::Tokens;
type Users<A> = <<A as Administered>::Roles as StoreRoles>::Users;
type Sessions<A> = <<A as Administered>::Roles as StoreRoles>::Sessions;
type Consents<A> = <<A as Administered>::Roles as StoreRoles>::Consents;

/// The acts of an operator, over a running server or over a store alone. What an act needs of a store is a trait of
/// [`store`](crate::store): without it, the act does not compile.
#[derive(Debug, Clone)]
pub struct Admin<A> {
    on: A,
}

impl<S: AuthorizationServer> Admin<RunningServer<S>> {
    /// Administers a running server: by its clock, with its observer, and with its stores.
    pub const fn of_server(server: RunningServer<S>) -> Self {
        Self { on: server }
    }
}

impl<S: ClientStore + TokenStore + Sweep + Ready + 'static> Admin<OneStore<S>> {
    /// Administers a store that plays every role, from beside the servers that use it: by the system's clock, and with a line in the
    /// log for each event. The clients of a session that it ends hear of it from those servers, where the store is a
    /// [`LogoutStore`](crate::store::LogoutStore), and else not at all.
    pub fn of_store(store: S) -> Self {
        Self { on: OneStore::new(store) }
    }

    /// Goes by another clock, for tests.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.on.clock = clock;
        self
    }

    /// Tells another observer of each event. Default: [`Log`](crate::event::Log).
    #[must_use]
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.on.observer = Arc::new(observer);
        self
    }
}

impl<A: Administered> Admin<A> {
    fn roles(&self) -> &A::Roles {
        self.on.roles()
    }

    fn now(&self) -> UnixTime {
        self.on.now()
    }

    fn event<'a>(&self, kind: EventKind) -> Event<'a> {
        Event::new(kind, self.now())
    }

    fn tell(&self, event: &Event<'_>) {
        self.on.observe(event);
    }
}
