struct AuthServer {
    accounts: Accounts,
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
    type AccessTokens = ::oauth_core::__private::Opaque;
    fn access_tokens(&self) -> &Self::AccessTokens {
        &::oauth_core::__private::Opaque::DEFAULT
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
        ::oauth_core::__private::Implicit,
        ::oauth_core::__private::Password,
        ::oauth_core::__private::ClientCredentials,
        ::oauth_core::__private::RefreshToken,
        ::oauth_core::__private::DeviceCode,
    );
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Literal(
        "https://auth.example.com",
    );
    const CONFIG: ::oauth_core::__private::ServerConfig = ::oauth_core::__private::ServerConfig::new(
            &[],
        )
        .response_types(
            &[
                ::oauth_core::__private::ResponseType::CODE,
                ::oauth_core::__private::ResponseType::TOKEN,
                ::oauth_core::__private::ResponseType::NONE,
            ],
        )
        .profile(::oauth_core::__private::Profile::OAuth20)
        .preset();
}
const _: () = ::oauth_core::__private::check_refresh_tokens_outlive_access_tokens::<
    AuthServer,
>();
const _: () = ::oauth_core::__private::check_hooks_are_asked::<AuthServer>();
const _: () = ::oauth_core::__private::check_claim_scopes::<AuthServer>();
const _: () = ::oauth_core::__private::check_claim_destinations::<AuthServer>();
