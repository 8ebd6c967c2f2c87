struct AccessTokens {
    #[cfg(a)]
    key: SigningKey,
    keys: KeyRing,
}
#[automatically_derived]
impl ::oauth_core::__private::TokenGenerator for AccessTokens {
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Field;
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
    ) -> ::oauth_core::__private::Option<&::oauth_core::__private::SigningKey> {
        ::oauth_core::__private::Missing::never()
    }
    fn jwks(&self) -> ::oauth_core::__private::Vec<::oauth_core::__private::Jwk> {
        ::oauth_core::__private::Missing::never()
    }
}
::core::compile_error! {
    "there is a `#[signing_key]` field already: one key signs; for several, one active, use one field of type `KeyRing`"
}
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
