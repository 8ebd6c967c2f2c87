struct AccessTokens;
#[automatically_derived]
impl ::oauth_core::__private::TokenGenerator for AccessTokens {
    async fn generate_token(
        &self,
        request: &::oauth_core::__private::Request,
    ) -> ::oauth_core::__private::Result<::oauth_core::__private::String> {
        ::oauth_core::__private::TokenGenerator::generate_token(
                &::oauth_core::__private::Opaque::DEFAULT.prefix("acme_at_"),
                request,
            )
            .await
    }
    fn format(&self) -> ::oauth_core::__private::TokenFormat {
        ::oauth_core::__private::TokenFormat::Opaque
    }
}
