#[allow(
    clippy::needless_pass_by_ref_mut,
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    clippy::unused_async,
    clippy::unused_self
)]
impl Accounts {
    /// Documented.
    async fn validate_client_id(
        &self,
        client_id: &str,
        request: &mut Request,
    ) -> Result<()> {
        request.claims.insert("aud", client_id)
    }
    fn tenant(&self, request: &Request) -> Option<String> {
        None
    }
    async fn plan(&self, request: &Request) -> Result<u8> {
        Ok(1)
    }
    fn refresh(&self, request: &Request) -> Result<String> {
        Ok(String::new())
    }
}
#[automatically_derived]
impl ::oauth_core::__private::RequestValidator for Accounts
where
    Accounts: ::oauth_core::__private::CustomValidator,
{
    const HOOKS: ::oauth_core::__private::Hooks = ::oauth_core::__private::Hooks::These(
        &[
            ::oauth_core::__private::Hook::VALIDATE_CLIENT_ID,
            ::oauth_core::__private::Hook::GENERATE_REFRESH_TOKEN,
        ],
    );
    const SETS_CLAIMS: bool = true;
    const CLAIMS: &'static [::oauth_core::__private::ClaimDeclaration] = &[
        ::oauth_core::__private::ClaimDeclaration {
            names: &["tenant"],
            scope: ::oauth_core::__private::Some("profile"),
            to: ::oauth_core::__private::ClaimDeclaration::DEFAULT_DESTINATIONS,
        },
        ::oauth_core::__private::ClaimDeclaration {
            names: &["plan"],
            scope: ::oauth_core::__private::None,
            to: &[
                ::oauth_core::__private::ClaimDestination::IdToken,
                ::oauth_core::__private::ClaimDestination::Userinfo,
            ],
        },
    ];
    async fn declared_claims(
        &self,
        destination: ::oauth_core::__private::ClaimDestination,
        request: &mut ::oauth_core::__private::Request,
    ) -> ::oauth_core::__private::Result<::oauth_core::__private::Claims> {
        let mut claims = ::oauth_core::__private::Claims::new();
        if ::oauth_core::__private::is_due(
            Self::CLAIMS,
            "tenant",
            destination,
            request,
        ) {
            let value = ::oauth_core::__private::claim_value(
                "tenant",
                &Self::tenant(self, request),
            )?;
            claims.insert("tenant", value)?;
        }
        if ::oauth_core::__private::is_due(Self::CLAIMS, "plan", destination, request) {
            let value = ::oauth_core::__private::claim_value(
                "plan",
                &Self::plan(self, request).await?,
            )?;
            claims.insert("plan", value)?;
        }
        ::oauth_core::__private::Ok(claims)
    }
    async fn validate_client_id(
        &self,
        client_id: &str,
        request: &mut ::oauth_core::__private::Request,
    ) -> ::oauth_core::__private::Result<()> {
        Self::validate_client_id(self, client_id, request).await
    }
    const GENERATES_REFRESH_TOKENS: bool = true;
    async fn generate_refresh_token(
        &self,
        request: &::oauth_core::__private::Request,
    ) -> ::oauth_core::__private::Result<
        ::oauth_core::__private::Option<::oauth_core::__private::String>,
    > {
        let token: ::oauth_core::__private::Result<::oauth_core::__private::String> = Self::refresh(
            self,
            request,
        );
        token.map(::oauth_core::__private::Some)
    }
}
