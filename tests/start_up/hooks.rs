//! Hooks that nothing asks, and those that a server cannot do without, where no macro sees the server.

use oauth_core::client_auth::ClientAuth;
use oauth_core::endpoint::introspection::Introspection;
use oauth_core::grant::Grant;
use oauth_core::openid::IdTokenClaims;
use oauth_core::prelude::*;
use oauth_core::server::{Environment, RegistrationConfig, ServerConfig};
use oauth_core::validator::{Hook, Hooks};
use oauth_tests::Alice;

use super::client_authentication::{Forgetful, forgetful};
use super::{assert_accepted, assert_refused, by_hand, mistakes};

/// A validator with these hooks, which are never called here.
macro_rules! validator {
    ($name:ident { $($hooks:tt)* }) => {
        #[validator(custom)]
        struct $name {
            #[store]
            store: MemoryStore,
        }

        #[validator]
        impl $name {
            $($hooks)*
        }

        impl $name {
            fn new() -> Self {
                Self { store: MemoryStore::default() }
            }
        }
    };
}

validator!(Exempting {
    fn is_pkce_required(&self, _: &Client, _: &mut Request) -> Result<bool> {
        Ok(false)
    }
});

validator!(Describing {
    fn introspect_token(&self, _: &str, _: Option<&str>, _: &mut Request) -> Result<Option<Introspection>> {
        Ok(None)
    }
    fn finalize_id_token(&self, _: &mut IdTokenClaims, _: &Request) -> Result<()> {
        Ok(())
    }
});

validator!(Trusting {
    fn validate_jwt_bearer_token(&self, _: &UnverifiedAssertion<'_>, _: &mut Request) -> Result<AcceptedAssertion> {
        Err(Error::invalid_grant("nobody is trusted"))
    }
});

validator!(Secrets {
    fn get_client_secret(&self, _: &Client, _: &mut Request) -> Result<Option<SecretString>> {
        Ok(None)
    }
});

const JOBS: ServerConfig = ServerConfig::new(&[Scope::new("jobs")]);

#[test]
fn a_hook_is_asked_by_its_server() {
    by_hand!(Strict, grants: (AuthorizationCode,), validator: Exempting = Exempting::new(), interaction: Alice = Alice);
    assert_refused(
        Strict::make(),
        "nothing at this server asks the hook `is_pkce_required`: PKCE is required already (OAuth 2.1 §4.1.1)",
    );
    by_hand!(
        Optional, config: JOBS.danger_pkce_optional(), grants: (AuthorizationCode,),
        validator: Exempting = Exempting::new(), interaction: Alice = Alice
    );
    assert_accepted(Optional::make());
    by_hand!(
        Basic, config: JOBS.token_endpoint_auth_methods(&[ClientAuthMethod::ClientSecretBasic]),
        validator: Secrets = Secrets::new()
    );
    assert_refused(Basic::make(), "the hook `get_client_secret`: only the client authentication method");
}

/// Each mistake is told.
#[test]
fn every_hook_that_nothing_asks_is_told() {
    const SILENT: ServerConfig = JOBS.endpoints(oauth_core::server::Endpoints::DEFAULT.introspection(None));
    by_hand!(Silent, config: SILENT, validator: Describing = Describing::new());
    let mistakes = mistakes(Silent::make());
    assert_eq!(mistakes.len(), 2, "{mistakes:#?}");
    for words in [
        "`introspect_token`: its introspection endpoint is off",
        "`finalize_id_token`: only an OpenID provider",
    ] {
        assert!(mistakes.iter().any(|mistake| mistake.contains(words)), "{words}: {mistakes:#?}");
    }
}

#[test]
fn a_shared_validator_may_have_hooks_of_another_server() {
    by_hand!(Shared, config: JOBS.shared_validator(), validator: Exempting = Exempting::new());
    assert_accepted(Shared::make());
}

/// One preset takes the place of another, and the validator stays: also where it is a type parameter.
#[test]
fn a_preset_has_hooks_for_the_grants_of_others() {
    validator!(Refreshing {
        #[token_generator(refresh)]
        fn handle(&self, _: &Request) -> Result<String> {
            Ok(SecretString::random().expose().to_owned())
        }
        fn validate_redirect_uri(&self, _: &Client, _: &str, _: &mut Request) -> Result<()> {
            Ok(())
        }
    });
    #[authorization_server(preset = "backend_application", issuer = "https://auth.example.com")]
    struct Backend<V: RequestValidator + 'static> {
        #[validator]
        validator: V,
    }
    #[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
    struct Listed<V: RequestValidator + 'static> {
        #[validator]
        validator: V,
    }
    assert_accepted(Backend { validator: Refreshing::new() });
    // A preset with codes may ask it, and none of them makes ID tokens.
    assert_accepted(Backend { validator: Exempting::new() });
    assert_refused(Backend { validator: Describing::new() }, "the hook `finalize_id_token`");
    assert_eq!(mistakes(Listed { validator: Refreshing::new() }).len(), 2);
}

/// It has the name of a standard grant, and is another: it may ask any hook, and needs none.
#[test]
fn a_grant_of_the_application_with_a_standard_name_may_ask() {
    struct Assertions;
    impl<S: AuthorizationServer> Grant<S> for Assertions {
        const GRANT_TYPE: Option<&'static str> = Some("urn:ietf:params:oauth:grant-type:jwt-bearer");
    }
    by_hand!(Plain, grants: (Assertions,), validator: Members = Members { store: MemoryStore::default() });
    assert_accepted(Plain::make());
    by_hand!(Asking, grants: (Assertions,), validator: Exempting = Exempting::new());
    assert_accepted(Asking::make());
}

#[test]
fn a_way_of_the_application_to_authenticate_clients_may_ask_for_secrets() {
    struct Mine;
    impl ClientAuth for Mine {
        const METHOD: ClientAuthMethod = ClientAuthMethod::from_static("urn:example:mine");

        async fn verify(&self, _: Option<&Client>, _: &mut Request) -> Result<bool> {
            Ok(false)
        }
    }
    const BASIC: ServerConfig = JOBS.token_endpoint_auth_methods(&[ClientAuthMethod::ClientSecretBasic]);
    by_hand!(Basic, config: BASIC, validator: Secrets = Secrets::new());
    assert!(Basic::make().start().is_err());
    assert!(Basic::make().start_in(Environment::new().client_authentication(Mine)).is_ok());
}

/// It may ask any hook.
#[tokio::test]
async fn an_endpoint_of_the_application_may_ask() {
    struct Describe;
    impl<S: AuthorizationServer> oauth_core::endpoint::Endpoint<S> for Describe {
        const ROUTE: oauth_core::server::Route = oauth_core::server::Route::endpoint("describe_endpoint");
        const PATH: Option<&'static str> = Some("/describe");

        async fn respond(
            _: &oauth_core::server::RunningServer<S>,
            _: &mut Request,
        ) -> Result<oauth_core::http::Response> {
            Err(Error::access_denied("not yet"))
        }
    }
    by_hand!(Owned, validator: Exempting = Exempting::new());
    assert!(Owned::make().start().is_err());
    assert!(Owned::make().start_in(Environment::new().endpoint::<Describe>()).is_ok());
}

#[test]
fn rfc7523_section_3_assertions_are_verified_by_a_hook() {
    let words = "the grant `jwt_bearer` has the hook `validate_jwt_bearer_token` verify assertions";
    by_hand!(Plain, grants: (JwtBearer,));
    assert_refused(Plain::make(), words);
    // One mistake is one error, also where the store keeps no identifiers.
    by_hand!(Storeless, grants: (JwtBearer,), validator: Forgetful = forgetful());
    assert_refused(Storeless::make(), words);
    by_hand!(Others, config: JOBS.danger_pkce_optional().shared_validator(), grants: (JwtBearer, AuthorizationCode), validator: Exempting = Exempting::new(), interaction: Alice = Alice);
    assert_refused(Others::make(), words);
    by_hand!(Right, grants: (JwtBearer,), validator: Trusting = Trusting::new());
    assert_accepted(Right::make());
    by_hand!(Needless, validator: Trusting = Trusting::new());
    assert_refused(Needless::make(), "`validate_jwt_bearer_token`: only the grant `jwt_bearer` does");
}

#[test]
fn rfc7591_section_3_initial_access_tokens_are_known_to_a_hook() {
    const VOUCHED_FOR: ServerConfig = JOBS.registration(RegistrationConfig::OPEN.initial_access_token());
    by_hand!(Plain, config: VOUCHED_FOR, validator: Members = Members { store: MemoryStore::default() });
    assert_refused(Plain::make(), "write `#[validator(custom)]` on the struct of the validator");
    by_hand!(Others, config: VOUCHED_FOR, validator: Naming = Naming::new());
    assert_refused(Others::make(), "add to the `#[validator] impl` of the validator (by hand: to its");
}

#[validator]
struct Members {
    #[store]
    store: MemoryStore,
}

validator!(Naming {
    fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }
});

/// What it says is what counts.
#[test]
fn a_validator_by_hand_is_judged_by_what_it_says() {
    macro_rules! by_hand_validator {
        ($name:ident $(, $hooks:expr)?) => {
            #[validator(custom)]
            struct $name {
                #[store]
                store: MemoryStore,
            }
            impl RequestValidator for $name {
                $(const HOOKS: Hooks = $hooks;)?

                async fn is_pkce_required(&self, _: &Client, _: &mut Request) -> Result<bool> {
                    Ok(true)
                }
            }
        };
    }
    by_hand_validator!(Silent);
    by_hand!(Unsaid, validator: Silent = Silent { store: MemoryStore::default() });
    assert_accepted(Unsaid::make());
    by_hand_validator!(Saying, Hooks::These(&[Hook::IS_PKCE_REQUIRED]));
    by_hand!(Said, validator: Saying = Saying { store: MemoryStore::default() });
    assert_refused(Said::make(), "`is_pkce_required`");
}

/// What it says twice, it says alike.
#[test]
fn constants_and_hooks_of_a_validator_agree() {
    macro_rules! by_hand_validator {
        ($name:ident { $($constants:item)* }) => {
            #[validator(custom)]
            struct $name {
                #[store]
                store: MemoryStore,
            }
            impl RequestValidator for $name {
                $($constants)*
            }
        };
    }
    by_hand_validator!(Naming {
        const HOOKS: Hooks = Hooks::These(&[Hook::VALIDATE_CLIENT_ID]);
        const KNOWS_CLIENT_SECRETS: bool = true;
    });
    by_hand!(Twice, validator: Naming = Naming { store: MemoryStore::default() });
    assert_refused(
        Twice::make(),
        "`KNOWS_CLIENT_SECRETS` of the validator is true, and its `HOOKS` are without",
    );
    by_hand_validator!(Making {
        const HOOKS: Hooks = Hooks::These(&[]);
        const GENERATES_ACCESS_TOKENS: bool = true;
    });
    by_hand!(Idle, validator: Making = Making { store: MemoryStore::default() });
    assert!(mistakes(Idle::make()).iter().any(|mistake| mistake.starts_with("`GENERATES_ACCESS_TOKENS`")));
    by_hand_validator!(Knowing {
        const HOOKS: Hooks = Hooks::These(&[Hook::GET_CLIENT_SECRET]);
        const KNOWS_CLIENT_SECRETS: bool = true;
    });
    by_hand!(Right, validator: Knowing = Knowing { store: MemoryStore::default() });
    assert_accepted(Right::make());
    by_hand_validator!(Silent {
        const KNOWS_CLIENT_SECRETS: bool = true;
    });
    by_hand!(Unsaid, validator: Silent = Silent { store: MemoryStore::default() });
    assert_accepted(Unsaid::make());
}
