struct AccessTokens {
    keys: KeyRing,
}
#[automatically_derived]
impl ::oauth_core::__private::TokenGenerator for AccessTokens {
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Literal(
        "https://auth.example.com",
    );
    const MAKES_ACCESS_TOKENS: bool = true;
    async fn generate_token(
        &self,
        request: &::oauth_core::__private::Request,
    ) -> ::oauth_core::__private::Result<::oauth_core::__private::String> {
        const PROFILE: ::oauth_core::__private::JwtProfile = ::oauth_core::__private::JwtProfile::new()
            .expires_in(::oauth_core::__private::Duration::from_secs(900u64))
            .algorithm(::oauth_core::__private::Algorithm::ES256)
            .claims(&[("tier", ::oauth_core::__private::StaticClaim::Int(3i64))]);
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        let issuer = ::oauth_core::__private::TokenGenerator::issuer(self)
            .unwrap_or_default();
        PROFILE.generate(&keys, issuer, request)
    }
    fn check(
        &self,
    ) -> ::oauth_core::__private::CoreResult<(), ::oauth_core::__private::String> {
        const PROFILE: ::oauth_core::__private::JwtProfile = ::oauth_core::__private::JwtProfile::new()
            .expires_in(::oauth_core::__private::Duration::from_secs(900u64))
            .algorithm(::oauth_core::__private::Algorithm::ES256)
            .claims(&[("tier", ::oauth_core::__private::StaticClaim::Int(3i64))]);
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        PROFILE.check(&keys)
    }
    fn jwks(&self) -> ::oauth_core::__private::Vec<::oauth_core::__private::Jwk> {
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        ::oauth_core::__private::SigningKeys::jwks(&keys)
    }
    fn format(&self) -> ::oauth_core::__private::TokenFormat {
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        ::oauth_core::__private::TokenFormat::of_jwt(&keys, false)
    }
    fn static_claims(
        &self,
    ) -> &'static [(&'static str, ::oauth_core::__private::StaticClaim)] {
        &[("tier", ::oauth_core::__private::StaticClaim::Int(3i64))]
    }
    fn expires_in(
        &self,
    ) -> ::oauth_core::__private::Option<::oauth_core::__private::Duration> {
        ::oauth_core::__private::Some(
            ::oauth_core::__private::Duration::from_secs(900u64),
        )
    }
}
#[automatically_derived]
impl ::oauth_core::__private::IdTokenSigner for AccessTokens {
    const ALGORITHM: ::oauth_core::__private::Option<
        ::oauth_core::__private::Algorithm,
    > = ::oauth_core::__private::Some(::oauth_core::__private::Algorithm::ES256);
    fn signing_key(
        &self,
    ) -> ::oauth_core::__private::Option<&::oauth_core::__private::SigningKey> {
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        ::oauth_core::__private::Some(keys.into_active())
    }
    fn jwks(&self) -> ::oauth_core::__private::Vec<::oauth_core::__private::Jwk> {
        ::oauth_core::__private::TokenGenerator::jwks(self)
    }
}
