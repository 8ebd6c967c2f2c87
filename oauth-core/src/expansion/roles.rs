//! The test whether the type of a field can play a role, and what stands in where it cannot: a type that is
//! wrong is an error at its field, and not wherever its role is needed, too.

use std::marker::PhantomData;

use super::missing::Missing;
use crate::http::HttpClient;
use crate::interaction::Interaction;
use crate::jose::{DecryptionKey, EncryptionKeys, KeyRing};
use crate::openid::{IdTokenKeys, PairwiseKey};
use crate::store::{
    ClientStore, CodeStore, ConsentStore, DeviceStore, PushedRequestStore, ReplayStore, SessionStore,
    TokenStore, UserStore,
};
use crate::token::TokenGenerator;
use crate::validator::RequestValidator;

/// Names find items of the type itself, where its bound holds, before those of a trait: [`Cannot`] has the others.
#[derive(Debug)]
pub struct Can<T: ?Sized>(PhantomData<T>);

macro_rules! roles {
    ($($role:ident $part:path)* { $($(#[$cfg:meta])? $of_one_type:ident $ty:path)* }) => {
        $(
            impl<T: $part> Can<T> {
                /// True, as the type can play the role.
                pub const $role: bool = true;
            }
        )*

        $(
            $(#[$cfg])?
            impl Can<$ty> {
                /// True, as it is the type that plays the role.
                pub const $of_one_type: bool = true;
            }
        )*

        /// The answers for every type that cannot play a role.
        pub trait Cannot {
            $(
                /// False, as the type cannot play the role.
                const $role: bool = false;
            )*
            $(
                /// False, as another type plays the role.
                const $of_one_type: bool = false;
            )*
        }
    };
}

roles! {
    CLIENTS ClientStore
    TOKENS TokenStore
    CODES CodeStore
    USERS UserStore
    SESSIONS SessionStore
    CONSENTS ConsentStore
    DEVICES DeviceStore
    PUSHED_REQUESTS PushedRequestStore
    REPLAY_IDS ReplayStore
    VALIDATOR RequestValidator
    ACCESS_TOKEN TokenGenerator
    // For a validator that can do everything.
    INTERACTION Interaction<Missing>
    ENCRYPTION_KEY EncryptionKeys
    HTTP_CLIENT HttpClient
    {
        ID_TOKEN IdTokenKeys
        PAIRWISE_KEY PairwiseKey
        DPOP_NONCE_KEY crate::binding::NonceKey
        #[cfg(feature = "http-client")]
        BACK_CHANNEL crate::openid::BackChannel
        #[cfg(feature = "http-client")]
        FETCHER crate::http::Fetcher
        #[cfg(feature = "resource")]
        CREDENTIALS crate::resource::Credentials
        DECRYPTION_KEY DecryptionKey
        SIGNING_KEY KeyRing
    }
}

impl<T: ?Sized> Cannot for Can<T> {}

/// The type that plays a role: a `T` that can, or what stands in for it.
pub type Player<const CAN: bool, T> = <Casting<CAN> as Cast<T>>::Store;

/// The choice of the player, by whether the field's type can play.
#[derive(Debug)]
pub struct Casting<const CAN: bool>;

/// The player of a role.
pub trait Cast<T> {
    /// The type of the player.
    type Store;

    /// The player.
    fn store(field: &T) -> &Self::Store;
}

impl<T> Cast<T> for Casting<true> {
    type Store = T;

    fn store(field: &T) -> &T {
        field
    }
}

impl<T> Cast<T> for Casting<false> {
    type Store = Missing;

    fn store(_: &T) -> &Missing {
        Missing::never()
    }
}

/// Borrows the field, if it can play.
pub fn player<const CAN: bool, T>(field: &T) -> &Player<CAN, T>
where
    Casting<CAN>: Cast<T>,
{
    Casting::<CAN>::store(field)
}

// The errors. Written out, for the compiler shows them.

/// Plays the role `clients`.
pub const fn require_clients<T: ClientStore>() {}

/// Plays the role `tokens`.
pub const fn require_tokens<T: TokenStore>() {}

/// Plays the role `codes`.
pub const fn require_codes<T: CodeStore>() {}

/// Plays the role `users`.
pub const fn require_users<T: UserStore>() {}

/// Plays the role `sessions`.
pub const fn require_sessions<T: SessionStore>() {}

/// Plays the role `consents`.
pub const fn require_consents<T: ConsentStore>() {}

/// Plays the role `devices`.
pub const fn require_devices<T: DeviceStore>() {}

/// Plays the role `replay_ids`.
pub const fn require_replay_ids<T: ReplayStore>() {}

/// Plays the role `pushed_requests`.
pub const fn require_pushed_requests<T: PushedRequestStore>() {}
