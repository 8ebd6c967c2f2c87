struct AccessTokens {
    #[cfg(a)]
    key: SigningKey,
    #[cfg(not(a))]
    keys: KeyRing,
}
#[automatically_derived]
impl ::oauth_core::__private::TokenGenerator for AccessTokens {
    const NAMES_STATIC_CLAIMS: bool = true;
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::checked_issuer(
        ISSUER,
    );
    const MAKES_ACCESS_TOKENS: bool = true;
    const EXPIRES_IN: ::oauth_core::__private::Option<
        ::oauth_core::__private::Duration,
    > = ::oauth_core::__private::Some(
        ::oauth_core::__private::Tokens::DEFAULT_EXPIRES_IN,
    );
    fn tokens(&self) -> ::oauth_core::__private::Tokens<'_> {
        const PROFILE: ::oauth_core::__private::JwtProfile = ::oauth_core::__private::JwtProfile::new();
        #[cfg(all(a))]
        let keys = ::oauth_core::__private::signing_keys(&self.key);
        #[cfg(all(not(a), not(any(all(a)))))]
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
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
        #[cfg(all(a))]
        let keys = ::oauth_core::__private::signing_keys(&self.key);
        #[cfg(all(not(a), not(any(all(a)))))]
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        ::oauth_core::__private::Some(::oauth_core::__private::SigningKeys::active(keys))
    }
    fn jwks(&self) -> ::oauth_core::__private::Vec<::oauth_core::__private::Jwk> {
        ::oauth_core::__private::Tokens::jwks(
            &::oauth_core::__private::TokenGenerator::tokens(self),
        )
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
