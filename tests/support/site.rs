//! A server with the built-in login pages, over any validator and for any issuer.

use oauth_core::interaction::{LoginPages, PageTemplates, Theme};
use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_core::store::{CodeStore, ConsentStore, SessionStore};

/// A server with login pages.
#[derive(Debug)]
pub struct Site<V, T = Theme> {
    /// The issuer identifier.
    pub issuer: String,
    /// The validator.
    pub validator: V,
    /// The pages.
    pub pages: LoginPages<T>,
}

impl<V, T: PageTemplates> AuthorizationServer for Site<V, T>
where
    V: RequestValidator<Codes: CodeStore, Users: UserStore, Sessions: SessionStore, Consents: ConsentStore>,
{
    type Validator = V;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = LoginPages<T>;
    type Grants = (AuthorizationCode, RefreshToken);
    const ISSUER: Issuer = Issuer::Field;
    const CONFIG: ServerConfig =
        ServerConfig::new(&[Scope::described("profile", "See your name"), Scope::new("calendar")]);

    fn validator(&self) -> &V {
        &self.validator
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &LoginPages<T> {
        &self.pages
    }
    fn issuer(&self) -> Option<&str> {
        Some(&self.issuer)
    }
}
