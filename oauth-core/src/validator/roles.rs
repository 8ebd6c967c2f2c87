//! Which store plays which role.

use crate::store::{ClientStore, TokenStore, UserLookup};

/// The stores of a validator, by role. `#[validator]` on a struct implements it from the `#[store]` field and the
/// fields named after roles.
///
/// A role that nothing plays is [`NoStore`](crate::store::NoStore): a grant that needs it does not compile.
pub trait StoreRoles: Sized + Send + Sync + 'static {
    /// Keeps clients: every server needs it.
    type Clients: ClientStore;
    /// Keeps tokens: every server needs it.
    type Tokens: TokenStore;
    /// Keeps authorization codes.
    type Codes: Send + Sync;
    /// Keeps users.
    type Users: UserLookup;
    /// Keeps login sessions.
    type Sessions: Send + Sync;
    /// Keeps consents.
    type Consents: Send + Sync;
    /// Keeps device authorizations.
    type Devices: Send + Sync;

    /// The store of clients.
    fn clients(&self) -> &Self::Clients;
    /// The store of tokens.
    fn tokens(&self) -> &Self::Tokens;
    /// The store of codes.
    fn codes(&self) -> &Self::Codes;
    /// The store of users.
    fn users(&self) -> &Self::Users;
    /// The store of sessions.
    fn sessions(&self) -> &Self::Sessions;
    /// The store of consents.
    fn consents(&self) -> &Self::Consents;
    /// The store of device authorizations.
    fn devices(&self) -> &Self::Devices;
}

/// A validator that overrides nothing. A `#[validator] impl` block conflicts with it: write
/// `#[validator(custom)]` on the struct to have both.
pub trait PlainValidator: StoreRoles {}
