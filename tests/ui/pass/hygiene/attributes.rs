//! Attributes of fields and of methods by their path, beside attributes of others, and blocks of hooks for types of one name.
#![deny(warnings)]

use oauth_core::prelude::*;

/// Its derives are the language's, and its attributes the compiler's.
#[derive(Debug, Clone)]
#[must_use]
#[oauth_core::validator(custom)]
#[allow(clippy::large_enum_variant)]
struct Accounts {
    #[rustfmt::skip]
    #[oauth_core::store]
    #[allow(dead_code)]
    store: MemoryStore,
}

#[allow(clippy::all)]
#[oauth_core::validator]
#[allow(unused)]
impl Accounts {
    #[oauth_core::claim("tenant")]
    fn tenant(&self, _: &Request) -> &'static str {
        "acme"
    }

    #[oauth_core::claims]
    fn tenancy(&self, _: &Request) -> Tenancy {
        Tenancy { plan: "free".to_owned() }
    }

    #[oauth_core::token_generator(refresh)]
    fn make(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }
}

// Helper methods, in as many blocks as one likes.
impl Accounts {
    const fn limit() -> usize {
        3
    }
}

#[derive(Claims)]
struct Tenancy {
    plan: String,
}

mod first {
    use oauth_core::prelude::*;

    #[validator(custom)]
    pub(super) struct Accounts {
        #[store]
        pub(super) store: MemoryStore,
    }

    #[validator]
    impl Accounts {
        fn pre_token(&self, _: &mut Request) -> Result<()> {
            Ok(())
        }
    }
}

mod second {
    use oauth_core::prelude::*;

    #[validator(custom)]
    pub(super) struct Accounts {
        #[store]
        pub(super) store: MemoryStore,
    }

    #[cfg(all())]
    #[validator]
    impl Accounts {
        fn pre_token(&self, _: &mut Request) -> Result<()> {
            Ok(())
        }
    }

    #[cfg(any())]
    #[validator]
    impl Accounts {
        fn post_token(&self, _: &Request) -> Result<()> {
            Ok(())
        }
    }
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct Signed(#[oauth_core::signing_key] KeyRing);

/// A struct whose fields are called as the attributes of others, and a macro beside its own.
#[authorization_server(grants(client_credentials), shared_validator)]
#[must_use]
struct AuthServer {
    #[oauth_core::validator]
    store: Accounts,
    #[oauth_core::access_token]
    signing_key: Signed,
}

fn require_validator<V: RequestValidator>(_: &V) {}

fn main() {
    let store = MemoryStore::new();
    require_validator(&first::Accounts { store: store.clone() });
    require_validator(&second::Accounts { store: store.clone() });
    let accounts = Accounts { store };
    require_validator(&accounts);
    assert_eq!(Accounts::limit(), 3);
    let keys = KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap());
    let server = AuthServer { store: accounts, signing_key: Signed(keys) };
    assert!(server.start().is_ok());
}
