//! Hooks of an OpenID provider, at servers that are none.
use oauth_core::openid::IdTokenClaims;
use oauth_core::prelude::*;

#[validator(custom)]
struct People {
    #[store]
    store: MemoryStore,
}

#[validator]
impl People {
    fn finalize_id_token(&self, claims: &mut IdTokenClaims, _: &Request) -> Result<()> {
        claims.insert("tenant", "acme")
    }
}

#[validator(custom)]
struct Profiles {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Profiles {
    async fn get_userinfo_claims(&self, _: &mut Request) -> Result<Claims> {
        Ok(Claims::new())
    }

    async fn validate_user_match(&self, sub: &str, request: &mut Request) -> Result<bool> {
        Ok(request.subject.as_deref() == Some(sub))
    }
}

#[validator(custom)]
struct Refreshing {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Refreshing {
    fn refresh_id_token(&self, _: &mut Request) -> Result<bool> {
        Ok(false)
    }
}

#[authorization_server(grants(authorization_code), scopes("profile"), issuer = "https://auth.example.com")]
struct WithoutIdTokens {
    #[validator]
    people: People,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(grants(client_credentials), scopes("profile"), issuer = "https://auth.example.com")]
struct WithoutPeople {
    #[validator]
    profiles: Profiles,
}

/// An OpenID provider, whose ID tokens are made once.
#[authorization_server(
    grants(authorization_code),
    scopes("openid"),
    issuer = "https://auth.example.com"
)]
struct WithoutRefreshing {
    #[validator]
    refreshing: Refreshing,
    #[id_token]
    keys: IdTokenKeys,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
