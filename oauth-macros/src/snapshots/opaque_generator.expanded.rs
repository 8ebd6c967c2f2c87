struct AccessTokens;
#[automatically_derived]
impl ::oauth_core::__private::TokenGenerator for AccessTokens {
    const NAMES_STATIC_CLAIMS: bool = true;
    const EXPIRES_IN: ::oauth_core::__private::Option<
        ::oauth_core::__private::Duration,
    > = ::oauth_core::__private::Some(
        ::oauth_core::__private::Tokens::DEFAULT_EXPIRES_IN,
    );
    fn tokens(&self) -> ::oauth_core::__private::Tokens<'_> {
        ::oauth_core::__private::Tokens::opaque(
            ::oauth_core::__private::Opaque::DEFAULT.prefix("acme_at_"),
        )
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
