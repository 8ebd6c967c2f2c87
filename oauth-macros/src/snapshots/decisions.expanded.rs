struct AccessTokens {
    key: SigningKey,
}
#[automatically_derived]
impl ::oauth_core::__private::TokenGenerator for AccessTokens {
    const NAMES_STATIC_CLAIMS: bool = true;
    const EXCEPTIONS: &'static [::oauth_core::__private::Exception] = &[
        ::oauth_core::__private::Exception::new(
            "hmac_access_tokens",
            "the one API is ours",
        ),
    ];
    const WARNINGS: &'static [::oauth_core::__private::Warning] = &[
        ::oauth_core::__private::Warning::new(
            &["long_lived_access_tokens", "rfc6750", "warnings"],
            "of `AccessTokens`: these access tokens live longer than a day, and a stolen one works for as long; an hour or less is advised (RFC 6750 §5.3)\nwrite `expires_in = \"1h\"` or less, and let clients refresh; refresh tokens have `refresh_token_lifetime` of the server\nto keep it, name the decision in `#[token_generator(…)]` of `AccessTokens`: `allow(long_lived_access_tokens, reason = \"…\")`",
        ),
    ];
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Literal(
        "https://auth.example.com",
    );
    const MAKES_ACCESS_TOKENS: bool = true;
    const SIGNING_ALGORITHM: ::oauth_core::__private::Option<
        ::oauth_core::__private::Algorithm,
    > = ::oauth_core::__private::Some(::oauth_core::__private::Algorithm::HS256);
    const EXPIRES_IN: ::oauth_core::__private::Option<
        ::oauth_core::__private::Duration,
    > = ::oauth_core::__private::Some(
        ::oauth_core::__private::Duration::from_secs(2592000u64),
    );
    fn tokens(&self) -> ::oauth_core::__private::Tokens<'_> {
        const PROFILE: ::oauth_core::__private::JwtProfile = ::oauth_core::__private::JwtProfile::new()
            .expires_in(::oauth_core::__private::Duration::from_secs(2592000u64))
            .algorithm(::oauth_core::__private::Algorithm::HS256);
        let keys = ::oauth_core::__private::signing_keys(&self.key);
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
    const ALGORITHM: ::oauth_core::__private::Option<
        ::oauth_core::__private::Algorithm,
    > = ::oauth_core::__private::Some(::oauth_core::__private::Algorithm::HS256);
    fn signing_key(
        &self,
    ) -> ::oauth_core::__private::Option<::oauth_core::__private::SigningKey> {
        let keys = ::oauth_core::__private::signing_keys(&self.key);
        ::oauth_core::__private::Some(::oauth_core::__private::SigningKeys::active(keys))
    }
    fn jwks(&self) -> ::oauth_core::__private::Vec<::oauth_core::__private::Jwk> {
        ::oauth_core::__private::Tokens::jwks(
            &::oauth_core::__private::TokenGenerator::tokens(self),
        )
    }
}
const _: () = {
    #[deprecated(
        note = "these access tokens live longer than a day, and a stolen one works for as long; an hour or less is advised (RFC 6750 §5.3)\nwrite `expires_in = \"1h\"` or less, and let clients refresh; refresh tokens have `refresh_token_lifetime` of the server\nto keep it, name the decision: `allow(long_lived_access_tokens, reason = \"…\")`"
    )]
    macro_rules! long_lived_access_tokens {
        () => {};
    }
    long_lived_access_tokens! {}
};
