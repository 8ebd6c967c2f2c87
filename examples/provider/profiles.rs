//! The profiles of `--profile`, each a server of its own: what a server offers is known when it is compiled, and so each is a type, by
//! hand and not by `#[authorization_server]`, for all of them have the same parts.

use oauth_core::binding::{Dpop, NonceKey};
use oauth_core::client::ResponseType;
use oauth_core::keys::StoredKeys;
use oauth_core::openid::{BackChannel, IdTokenSigner, PairwiseKey};
use oauth_core::prelude::*;
use oauth_core::server::{
    ConfigurationError, Environment, Profile, PushedAuthorizationRequests, RegistrationConfig, RunningServer,
    ServerConfig,
};
use oauth_core::store::AuditTable;

use crate::offer::Offer;
use crate::server::{Accounts, Parts, Store};
use crate::tokens::AccessTokens;

/// The use that is made of a server that runs, whatever its type is.
pub(crate) trait Run {
    type Output;

    async fn run<S: AuthorizationServer>(self, server: RunningServer<S>) -> Self::Output;
}

/// A server for each profile: the profile's name, the type, the grants, whether there are ID tokens, and the rules.
macro_rules! profiles {
    ($($name:literal $server:ident($($grant:ident),*) $openid:ident $profile:expr;)*) => {
        /// The argument `--profile`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum ProfileArgument {
            $($server,)*
        }

        impl ProfileArgument {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$server),*];

            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(Self::$server => $name,)*
                }
            }

            /// The constants of its server.
            pub(crate) const fn offer(self) -> Offer {
                match self {
                    $(Self::$server => Offer::of::<$server<MemoryStore, false>>($name),)*
                }
            }

            /// Starts its server, for what is to be done with it.
            pub(crate) async fn start<S: Store, R: Run>(
                self,
                parts: Parts<S>,
                registration: bool,
                offer: &Offer,
                then: R,
            ) -> std::result::Result<R::Output, ConfigurationError> {
                let (stored, audit) = (parts.stored_keys.clone(), parts.audit.clone());
                Ok(match (self, registration) {
                    $(
                        (Self::$server, false) => {
                            let environment = environment(offer, stored, audit);
                            let server = $server::<S, false>(parts).start_in(environment)?;
                            Box::pin(then.run(server)).await
                        }
                        (Self::$server, true) => {
                            let environment = environment(offer, stored, audit);
                            let server = $server::<S, true>(parts).start_in(environment)?;
                            Box::pin(then.run(server)).await
                        }
                    )*
                })
            }
        }

        $(
            #[doc = concat!("The server of the profile `", $name, "`; where `REGISTRATION`, with open registration (RFC 7591, RFC 7592).")]
            pub(crate) struct $server<S: Store, const REGISTRATION: bool>(pub(crate) Parts<S>);

            impl<S: Store, const REGISTRATION: bool> AuthorizationServer for $server<S, REGISTRATION> {
                type Validator = Accounts<S>;
                type AccessTokens = AccessTokens;
                type RefreshTokens = Opaque;
                type Interaction = LoginPages;
                type Grants = ($($grant,)*);
                const ISSUER: Issuer = Issuer::Field;
                const CONFIG: ServerConfig = constants($profile, <Self::IdTokens as IdTokenSigner>::IS_OPENID_PROVIDER, REGISTRATION);

                fn issuer(&self) -> Option<&str> {
                    Some(&self.0.issuer)
                }
                fn validator(&self) -> &Accounts<S> {
                    &self.0.accounts
                }
                fn access_tokens(&self) -> &AccessTokens {
                    &self.0.tokens
                }
                fn refresh_tokens(&self) -> &Opaque {
                    &Opaque::DEFAULT
                }
                fn dpop_nonce_key(&self) -> Option<&NonceKey> {
                    self.0.nonce_key.as_ref()
                }
                fn interaction(&self) -> &LoginPages {
                    &self.0.pages
                }
                id_tokens!($openid);
            }
        )*
    };
}

/// The environment with what is data, with the keys that are kept up with, and with the table that events are kept in.
fn environment<S: AuthorizationServer>(
    offer: &Offer,
    keys: Option<StoredKeys>,
    audit: Option<AuditTable>,
) -> Environment<S> {
    let mut environment = offer.environment();
    if let Some(keys) = keys {
        environment = environment.keys(keys);
    }
    match audit {
        Some(table) => environment.audit(table),
        None => environment,
    }
}

/// The ID tokens of a server, and what belongs to them.
macro_rules! id_tokens {
    (openid) => {
        type IdTokens = IdTokenKeys;

        fn id_tokens(&self) -> &IdTokenKeys {
            &self.0.id_tokens
        }
        fn pairwise_key(&self) -> Option<&PairwiseKey> {
            Some(&self.0.pairwise_key)
        }
        fn back_channel(&self) -> Option<&BackChannel> {
            Some(&self.0.back_channel)
        }
    };
    (plain) => {
        type IdTokens = NoIdTokens;

        fn id_tokens(&self) -> &NoIdTokens {
            &NoIdTokens
        }
    };
}

profiles! {
    // Of OAuth 2.0, for clients that cannot change: `implicit` and `password`.
    "oauth2.0" OAuth20(AuthorizationCode, RefreshToken, ClientCredentials, DeviceCode, JwtBearer, Implicit, Password) openid
        Profile::OAuth20;
    "oauth2.1" OAuth21(AuthorizationCode, RefreshToken, ClientCredentials, DeviceCode, JwtBearer) plain
        Profile::OAuth21;
    "openid" OpenId(AuthorizationCode, RefreshToken, ClientCredentials, DeviceCode, JwtBearer) openid
        Profile::OpenId;
    "mcp" Mcp(AuthorizationCode, RefreshToken, ClientCredentials, DeviceCode, JwtBearer) plain
        Profile::Mcp;
    // Clients with `private_key_jwt`, DPoP and pushed requests alone, and no key that signs by RS256.
    "fapi2" Fapi2(AuthorizationCode, RefreshToken, ClientCredentials) plain
        Profile::Fapi2;
}

/// The constants of a server: all that is no data.
const fn constants(profile: Profile, is_openid: bool, registration: bool) -> ServerConfig {
    const OPENID: &[Scope] = &[Scope::described("openid", "Know who you are")];
    let scopes = if is_openid { OPENID } else { &[] };
    let mut config = ServerConfig::new(scopes)
        .profile(profile)
        // For clients that send a proof, or registered `dpop_bound_access_tokens`.
        .dpop(Dpop::new())
        .pushed_authorization_requests(PushedAuthorizationRequests::new())
        // All profiles have one, and no profile asks all of its hooks.
        .shared_validator();
    if is_openid {
        // For clients whose registration has `require_pkce: false`: OpenID Connect alone knows a nonce, and no PKCE.
        config = config.danger_pkce_optional();
    }
    if matches!(profile, Profile::OAuth20) {
        config = config.response_types(&EVERY_RESPONSE_TYPE);
    }
    if registration { config.registration(RegistrationConfig::OPEN) } else { config }
}

const EVERY_RESPONSE_TYPE: [ResponseType; 8] = [
    ResponseType::CODE,
    ResponseType::TOKEN,
    ResponseType::ID_TOKEN,
    ResponseType::ID_TOKEN_TOKEN,
    ResponseType::CODE_ID_TOKEN,
    ResponseType::CODE_TOKEN,
    ResponseType::CODE_ID_TOKEN_TOKEN,
    ResponseType::NONE,
];
