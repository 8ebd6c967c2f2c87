struct AccessTokens {
    #[cfg(a)]
    key: SigningKey,
    #[cfg(not(a))]
    keys: KeyRing,
}
#[automatically_derived]
impl ::oauth_core::__private::TokenGenerator for AccessTokens {
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::checked_issuer(
        ISSUER,
    );
    const MAKES_ACCESS_TOKENS: bool = true;
    async fn generate_token(
        &self,
        request: &::oauth_core::__private::Request,
    ) -> ::oauth_core::__private::Result<::oauth_core::__private::String> {
        const PROFILE: ::oauth_core::__private::JwtProfile = ::oauth_core::__private::JwtProfile::new();
        #[cfg(all(a))]
        let keys = ::oauth_core::__private::signing_keys(&self.key);
        #[cfg(all(not(a), not(any(all(a)))))]
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        let issuer = ::oauth_core::__private::TokenGenerator::issuer(self)
            .unwrap_or_default();
        PROFILE.generate(&keys, issuer, request)
    }
    fn check(
        &self,
    ) -> ::oauth_core::__private::CoreResult<(), ::oauth_core::__private::String> {
        const PROFILE: ::oauth_core::__private::JwtProfile = ::oauth_core::__private::JwtProfile::new();
        #[cfg(all(a))]
        let keys = ::oauth_core::__private::signing_keys(&self.key);
        #[cfg(all(not(a), not(any(all(a)))))]
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        PROFILE.check(&keys)
    }
    fn jwks(&self) -> ::oauth_core::__private::Vec<::oauth_core::__private::Jwk> {
        #[cfg(all(a))]
        let keys = ::oauth_core::__private::signing_keys(&self.key);
        #[cfg(all(not(a), not(any(all(a)))))]
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        ::oauth_core::__private::SigningKeys::jwks(&keys)
    }
    fn format(&self) -> ::oauth_core::__private::TokenFormat {
        #[cfg(all(a))]
        let keys = ::oauth_core::__private::signing_keys(&self.key);
        #[cfg(all(not(a), not(any(all(a)))))]
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        ::oauth_core::__private::TokenFormat::of_jwt(&keys, false)
    }
}
#[automatically_derived]
impl ::oauth_core::__private::IdTokenSigner for AccessTokens {
    fn signing_key(
        &self,
    ) -> ::oauth_core::__private::Option<&::oauth_core::__private::SigningKey> {
        #[cfg(all(a))]
        let keys = ::oauth_core::__private::signing_keys(&self.key);
        #[cfg(all(not(a), not(any(all(a)))))]
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        ::oauth_core::__private::Some(keys.into_active())
    }
    fn jwks(&self) -> ::oauth_core::__private::Vec<::oauth_core::__private::Jwk> {
        ::oauth_core::__private::TokenGenerator::jwks(self)
    }
}
const _: ::oauth_core::__private::Issuer = <AccessTokens as ::oauth_core::__private::TokenGenerator>::ISSUER;
struct Api {
    audience: String,
    client: C,
    key: DecryptionKey,
}
#[automatically_derived]
impl ::oauth_core::__private::ResourceServer for Api {
    type HttpClient = C;
    fn http_client(
        &self,
    ) -> ::oauth_core::__private::CoreResult<
        Self::HttpClient,
        ::oauth_core::__private::HttpError,
    > {
        ::oauth_core::__private::Ok(::oauth_core::__private::Clone::clone(&self.client))
    }
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::checked_foreign_issuer(
        env!("ISSUER"),
    );
    const CONFIG: ::oauth_core::__private::ResourceConfig = ::oauth_core::__private::ResourceConfig::new()
        .validation(
            ::oauth_core::__private::Validation::Jwks(
                ::oauth_core::__private::Some("https://auth.example.com/keys"),
            ),
        );
    fn audience(&self) -> ::oauth_core::__private::Option<&str> {
        ::oauth_core::__private::Some(
            ::oauth_core::__private::audience_text(&self.audience),
        )
    }
    fn decryption_key(
        &self,
    ) -> ::oauth_core::__private::Option<::oauth_core::__private::DecryptionKey> {
        ::oauth_core::__private::Some(::oauth_core::__private::decryption_key(&self.key))
    }
}
const _: ::oauth_core::__private::Issuer = <Api as ::oauth_core::__private::ResourceServer>::ISSUER;
