struct AuthServer<V, const N: usize>
where
    V: RequestValidator,
{
    accounts: V,
    issuer: String,
}
#[automatically_derived]
impl<V, const N: usize> ::oauth_core::__private::AuthorizationServer for AuthServer<V, N>
where
    V: RequestValidator,
{
    type Validator = V;
    fn validator(&self) -> &Self::Validator {
        &self.accounts
    }
    type AccessTokens = ::oauth_core::__private::Opaque;
    fn access_tokens(&self) -> &Self::AccessTokens {
        &::oauth_core::__private::Opaque::DEFAULT
    }
    type RefreshTokens = ::oauth_core::__private::Opaque;
    fn refresh_tokens(&self) -> &Self::RefreshTokens {
        &::oauth_core::__private::Opaque::DEFAULT
    }
    type IdTokens = ::oauth_core::__private::NoIdTokens;
    fn id_tokens(&self) -> &Self::IdTokens {
        &::oauth_core::__private::NoIdTokens
    }
    type Interaction = ::oauth_core::__private::NoInteraction;
    fn interaction(&self) -> &Self::Interaction {
        &::oauth_core::__private::NoInteraction
    }
    type Grants = (
        ::oauth_core::__private::ClientCredentials,
        ::oauth_core::__private::Extension<my::Grant>,
    );
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Field;
    const CONFIG: ::oauth_core::__private::ServerConfig = ::oauth_core::__private::ServerConfig::new(
            &[
                <Read as ::oauth_core::__private::ScopeType>::SCOPE,
                ::oauth_core::__private::Scope::new("mail"),
            ],
        )
        .default_scopes(&[<Read as ::oauth_core::__private::ScopeType>::SCOPE.name]);
    fn issuer(&self) -> ::oauth_core::__private::Option<&str> {
        ::oauth_core::__private::Some(::oauth_core::__private::issuer_text(&self.issuer))
    }
}
