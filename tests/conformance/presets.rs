//! The suite over every preset.

use std::sync::LazyLock;

use oauth_core::prelude::*;

#[validator]
#[derive(Debug)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

/// A server of a preset, and its tests.
macro_rules! preset {
    ($module:ident: $preset:literal, [$($arguments:tt)*] $(, #[$role:ident] $field:ident: $ty:ty = $made:expr)* $(,)?) => {
        mod $module {
            use super::*;

            #[authorization_server(preset = $preset, issuer = "https://auth.example.com", $($arguments)*)]
            #[derive(Debug)]
            struct Server {
                #[validator]
                accounts: Accounts,
                $(#[$role] $field: $ty,)*
            }

            oauth_core::conformance!(Server, |fixture| {
                let store = MemoryStore::default();
                store.save_user(fixture.user()?).await?;
                Server { accounts: Accounts { store }, $($field: $made),* }
            });
        }
    };
}

preset!(
    web_application: "web_application",
    [scopes("profile", "calendar")],
    #[interaction] pages: LoginPages = LoginPages::new(),
);
preset!(
    mobile_application: "mobile_application",
    [scopes("profile", "calendar"), profile = "oauth2.0"],
    #[interaction] pages: LoginPages = LoginPages::new(),
);
preset!(legacy_application: "legacy_application", [scopes("profile", "calendar"), profile = "oauth2.0"]);
preset!(backend_application: "backend_application", [scopes("jobs")]);
preset!(
    device_application: "device_application",
    [scopes("profile", "calendar")],
    #[interaction] pages: LoginPages = LoginPages::new(),
);
preset!(
    all: "all",
    [scopes("profile", "calendar"), profile = "oauth2.0"],
    #[interaction] pages: LoginPages = LoginPages::new(),
);
preset!(
    openid: "openid",
    [scopes("openid", "profile", "offline_access"), profile = "oauth2.0"],
    #[id_token] key: SigningKey = KEY.clone(),
    #[interaction] pages: LoginPages = LoginPages::new(),
);

/// Making an RSA key takes long.
static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate(Algorithm::RS256).unwrap());
