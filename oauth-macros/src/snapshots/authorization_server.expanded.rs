struct AuthServer {
    accounts: Accounts,
    tokens: AccessTokens,
    pages: LoginPages,
}
#[automatically_derived]
impl ::oauth_core::__private::AuthorizationServer for AuthServer {
    type Validator = <Accounts as ::oauth_core::__private::Checked<
        {
            #[allow(unused_imports)]
            use ::oauth_core::__private::NotCustom as _;
            ::oauth_core::__private::require_validator(
                &::oauth_core::__private::Known::<Accounts>::VALIDATOR,
            )
        },
    >>::Type;
    fn validator(&self) -> &Self::Validator {
        &self.accounts
    }
    type AccessTokens = <AccessTokens as ::oauth_core::__private::Checked<
        { ::oauth_core::__private::require_token_generator::<AccessTokens>() },
    >>::Type;
    fn access_tokens(&self) -> &Self::AccessTokens {
        &self.tokens
    }
    type RefreshTokens = ::oauth_core::__private::Opaque;
    fn refresh_tokens(&self) -> &Self::RefreshTokens {
        &::oauth_core::__private::Opaque::DEFAULT
    }
    type IdTokens = ::oauth_core::__private::NoIdTokens;
    fn id_tokens(&self) -> &Self::IdTokens {
        &::oauth_core::__private::NoIdTokens
    }
    type Interaction = <LoginPages as ::oauth_core::__private::Checked<
        { ::oauth_core::__private::require_interaction::<LoginPages, Self::Validator>() },
    >>::Type;
    fn interaction(&self) -> &Self::Interaction {
        &self.pages
    }
    type Grants = (
        ::oauth_core::__private::AuthorizationCode,
        ::oauth_core::__private::RefreshToken,
    );
    const ISSUER: ::oauth_core::__private::Issuer = <Self::AccessTokens as ::oauth_core::__private::TokenGenerator>::ISSUER;
    const CONFIG: ::oauth_core::__private::ServerConfig = ::oauth_core::__private::ServerConfig::new(
            &[
                ::oauth_core::__private::Scope::new("profile"),
                ::oauth_core::__private::Scope::described(
                    "calendar",
                    "See your calendar",
                ),
            ],
        )
        .code_lifetime(::oauth_core::__private::Duration::from_secs(30u64))
        .endpoints(
            ::oauth_core::__private::endpoints(
                "/authorize",
                "/token",
                ::oauth_core::__private::None,
                ::oauth_core::__private::Some("/introspect"),
                "/jwks.json",
                "/device_authorization",
                ::oauth_core::__private::Some("/userinfo"),
                ::oauth_core::__private::Some("/end_session"),
                ::oauth_core::__private::Some("/check_session"),
                "/par",
            ),
        )
        .exceptions(
            &[
                ::oauth_core::__private::Exception::new(
                    "irrevocable_refresh_tokens",
                    "televisions have no log-out",
                ),
            ],
        )
        .deny(&["rfc6750"]);
}
const _: () = ::oauth_core::__private::check_issuer_is_stated::<AuthServer>();
const _: () = ::oauth_core::__private::check_access_token_generators::<AuthServer>();
const _: () = ::oauth_core::__private::check_static_claims_differ::<AuthServer>();
const _: () = ::oauth_core::__private::check_refresh_tokens_outlive_access_tokens::<
    AuthServer,
>();
const _: () = ::oauth_core::__private::check_hooks_are_asked::<AuthServer>();
const _: () = ::oauth_core::__private::check_claim_scopes::<AuthServer>();
const _: () = ::oauth_core::__private::check_claim_destinations::<AuthServer>();
const _: () = ::oauth_core::__private::require_revocations::<
    AuthServer,
    {
        <<AuthServer as ::oauth_core::__private::AuthorizationServer>::AccessTokens as ::oauth_core::__private::TokenGenerator>::IS_SELF_CONTAINED
    },
>();
const _: () = ::oauth_core::__private::check_denied::<AuthServer>(0usize);
