struct AccessTokens(KeyRing);
#[automatically_derived]
impl ::oauth_core::__private::TokenGenerator for AccessTokens {
    const NAMES_STATIC_CLAIMS: bool = true;
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Literal(
        "https://auth.example.com",
    );
    const MAKES_ACCESS_TOKENS: bool = true;
    const IS_SELF_CONTAINED: bool = true;
    const EXPIRES_IN: ::oauth_core::__private::Option<
        ::oauth_core::__private::Duration,
    > = ::oauth_core::__private::Some(
        ::oauth_core::__private::Duration::from_secs(300u64),
    );
    fn tokens(&self) -> ::oauth_core::__private::Tokens<'_> {
        const PROFILE: ::oauth_core::__private::JwtProfile = ::oauth_core::__private::JwtProfile::new()
            .expires_in(::oauth_core::__private::Duration::from_secs(300u64))
            .self_contained();
        let keys = ::oauth_core::__private::signing_keys(&self.0);
        ::oauth_core::__private::Tokens::jwt(PROFILE, keys)
    }
    async fn generate_token(
        &self,
        request: &::oauth_core::__private::Request,
    ) -> ::oauth_core::__private::Result<::oauth_core::__private::String> {
        let issuer = ::oauth_core::__private::TokenGenerator::issuer(self)
            .unwrap_or_default();
        ::oauth_core::__private::Tokens::generate(
                &::oauth_core::__private::TokenGenerator::tokens(self),
                issuer,
                request,
            )
            .await
    }
}
#[automatically_derived]
impl ::oauth_core::__private::IdTokenSigner for AccessTokens {
    fn signing_key(
        &self,
    ) -> ::oauth_core::__private::Option<::oauth_core::__private::SigningKey> {
        let keys = ::oauth_core::__private::signing_keys(&self.0);
        ::oauth_core::__private::Some(::oauth_core::__private::SigningKeys::active(keys))
    }
    fn jwks(&self) -> ::oauth_core::__private::Vec<::oauth_core::__private::Jwk> {
        ::oauth_core::__private::Tokens::jwks(
            &::oauth_core::__private::TokenGenerator::tokens(self),
        )
    }
}
