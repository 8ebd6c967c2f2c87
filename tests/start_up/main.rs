//! Servers written by hand, which no macro checks: what it would refuse is refused at start, each mistake once.

mod claims;
mod client_authentication;
mod endpoints;
mod fapi2;
mod grants;
mod hooks;
mod lifetimes;
mod openid;
mod origins;
mod response_types;
mod scopes;
mod strangers;
mod tokens;

use oauth_core::prelude::*;

/// A server by hand. What is not given is as plain as can be.
macro_rules! by_hand {
    (
        $name:ident
        $(, config: $config:expr)?
        $(, grants: $grants:ty)?
        $(, validator: $validator:ty = $v:expr)?
        $(, access: $access:ty = $a:expr)?
        $(, refresh: $refresh:ty = $r:expr)?
        $(, ids: $ids:ty = $i:expr)?
        $(, interaction: $interaction:ty = $p:expr)?
        $(, also: { $($also:item)* })?
    ) => {
        struct $name {
            validator: by_hand!(@type [$($validator)?] oauth_tests::Accounts<MemoryStore>),
            access: by_hand!(@type [$($access)?] Opaque),
            refresh: by_hand!(@type [$($refresh)?] Opaque),
            ids: by_hand!(@type [$($ids)?] NoIdTokens),
            interaction: by_hand!(@type [$($interaction)?] NoInteraction),
        }

        impl $name {
            fn make() -> Self {
                Self {
                    validator: by_hand!(@value [$($v)?] oauth_tests::Accounts(MemoryStore::default())),
                    access: by_hand!(@value [$($a)?] Opaque::DEFAULT),
                    refresh: by_hand!(@value [$($r)?] Opaque::DEFAULT),
                    ids: by_hand!(@value [$($i)?] NoIdTokens),
                    interaction: by_hand!(@value [$($p)?] NoInteraction),
                }
            }
        }

        impl AuthorizationServer for $name {
            type Validator = by_hand!(@type [$($validator)?] oauth_tests::Accounts<MemoryStore>);
            type AccessTokens = by_hand!(@type [$($access)?] Opaque);
            type RefreshTokens = by_hand!(@type [$($refresh)?] Opaque);
            type IdTokens = by_hand!(@type [$($ids)?] NoIdTokens);
            type Interaction = by_hand!(@type [$($interaction)?] NoInteraction);
            type Grants = by_hand!(@type [$($grants)?] (ClientCredentials,));
            const ISSUER: Issuer = Issuer::Literal("https://auth.example.com");
            const CONFIG: oauth_core::server::ServerConfig =
                by_hand!(@value [$($config)?] oauth_core::server::ServerConfig::new(&[Scope::new("jobs")]));
            fn validator(&self) -> &Self::Validator {
                &self.validator
            }
            fn access_tokens(&self) -> &Self::AccessTokens {
                &self.access
            }
            fn refresh_tokens(&self) -> &Self::RefreshTokens {
                &self.refresh
            }
            fn id_tokens(&self) -> &Self::IdTokens {
                &self.ids
            }
            fn interaction(&self) -> &Self::Interaction {
                &self.interaction
            }
            $($($also)*)?
        }
    };
    (@type [] $default:ty) => { $default };
    (@type [$given:ty] $default:ty) => { $given };
    (@value [] $default:expr) => { $default };
    (@value [$given:expr] $default:expr) => { $given };
}
use by_hand;

fn mistakes(server: impl AuthorizationServer) -> Vec<String> {
    match server.into_service() {
        Ok(_) => Vec::new(),
        Err(error) => error.mistakes().map(str::to_owned).collect(),
    }
}

/// One mistake is one error, in a line.
#[track_caller]
fn assert_refused(server: impl AuthorizationServer, words: &str) {
    let mistakes = mistakes(server);
    assert_eq!(mistakes.len(), 1, "{words}: {mistakes:#?}");
    assert!(mistakes[0].contains(words) && !mistakes[0].contains('\n'), "{words}: {mistakes:#?}");
}

#[track_caller]
fn assert_accepted(server: impl AuthorizationServer) {
    assert_eq!(mistakes(server), Vec::<String>::new());
}

#[test]
fn a_plain_server_starts() {
    by_hand!(Plain);
    assert_accepted(Plain::make());
}
