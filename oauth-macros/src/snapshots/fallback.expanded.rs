struct AccessTokens {
    keys: KeyRing,
}
#[automatically_derived]
impl ::oauth_core::__private::TokenGenerator for AccessTokens {
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Field;
    fn tokens(&self) -> ::oauth_core::__private::Tokens<'_> {
        ::oauth_core::__private::Missing::never()
    }
    async fn generate_token(
        &self,
        _: &::oauth_core::__private::Request,
    ) -> ::oauth_core::__private::Result<::oauth_core::__private::String> {
        ::oauth_core::__private::Missing::never()
    }
}
#[automatically_derived]
impl ::oauth_core::__private::IdTokenSigner for AccessTokens {
    fn signing_key(
        &self,
    ) -> ::oauth_core::__private::Option<::oauth_core::__private::SigningKey> {
        ::oauth_core::__private::Missing::never()
    }
    fn jwks(&self) -> ::oauth_core::__private::Vec<::oauth_core::__private::Jwk> {
        ::oauth_core::__private::Missing::never()
    }
}
::core::compile_error! {
    "a `jwt` names its issuer (RFC 9068 §2.2): add `issuer = \"https://auth.example.com\"`, `issuer = env!(\"…\")` or `issuer = self.field`"
}
