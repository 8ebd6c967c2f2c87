struct AccessTokens<K> {
    issuer: String,
    keys: KeyRing,
    resource: K,
}
#[automatically_derived]
#[allow(
    clippy::multiple_bound_locations,
    clippy::trait_duplication_in_bounds,
    clippy::type_repetition_in_bounds
)]
impl<K> ::oauth_core::__private::TokenGenerator for AccessTokens<K>
where
    K: ::oauth_core::__private::EncryptionKeys,
{
    const NAMES_STATIC_CLAIMS: bool = true;
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Field;
    const MAKES_ACCESS_TOKENS: bool = true;
    const EXPIRES_IN: ::oauth_core::__private::Option<
        ::oauth_core::__private::Duration,
    > = ::oauth_core::__private::Some(
        ::oauth_core::__private::Tokens::DEFAULT_EXPIRES_IN,
    );
    fn tokens(&self) -> ::oauth_core::__private::Tokens<'_> {
        const PROFILE: ::oauth_core::__private::JweProfile = ::oauth_core::__private::JweProfile::new(
                ::oauth_core::__private::JwtProfile::new(),
            )
            .alg(::oauth_core::__private::KeyManagement::A256KW)
            .enc(::oauth_core::__private::ContentEncryption::A128CbcHs256);
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        let recipient = ::oauth_core::__private::encryption_key(&self.resource);
        ::oauth_core::__private::Tokens::jwe(PROFILE, keys, recipient)
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
    fn issuer(&self) -> ::oauth_core::__private::Option<&str> {
        ::oauth_core::__private::Some(::oauth_core::__private::issuer_text(&self.issuer))
    }
}
#[automatically_derived]
#[allow(
    clippy::multiple_bound_locations,
    clippy::trait_duplication_in_bounds,
    clippy::type_repetition_in_bounds
)]
impl<K> ::oauth_core::__private::IdTokenSigner for AccessTokens<K>
where
    K: ::oauth_core::__private::EncryptionKeys,
{
    fn signing_key(
        &self,
    ) -> ::oauth_core::__private::Option<::oauth_core::__private::SigningKey> {
        let keys = ::oauth_core::__private::signing_keys(&self.keys);
        ::oauth_core::__private::Some(::oauth_core::__private::SigningKeys::active(keys))
    }
    fn jwks(&self) -> ::oauth_core::__private::Vec<::oauth_core::__private::Jwk> {
        ::oauth_core::__private::Tokens::jwks(
            &::oauth_core::__private::TokenGenerator::tokens(self),
        )
    }
}
