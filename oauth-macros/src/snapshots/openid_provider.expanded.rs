struct Provider {
    accounts: Accounts,
    id_tokens: IdTokenKeys,
    pairwise_key: PairwiseKey,
    back_channel: BackChannel,
    pages: LoginPages,
}
#[automatically_derived]
impl ::oauth_core::__private::AuthorizationServer for Provider {
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
    type IdTokens = IdTokenKeys;
    fn id_tokens(&self) -> &Self::IdTokens {
        &self.id_tokens
    }
    fn pairwise_key(
        &self,
    ) -> ::oauth_core::__private::Option<&::oauth_core::__private::PairwiseKey> {
        ::oauth_core::__private::Some(
            ::oauth_core::__private::pairwise_key(&self.pairwise_key),
        )
    }
    fn back_channel(
        &self,
    ) -> ::oauth_core::__private::Option<&::oauth_core::__private::BackChannel> {
        ::oauth_core::__private::Some(
            ::oauth_core::__private::back_channel(&self.back_channel),
        )
    }
    type Interaction = <LoginPages as ::oauth_core::__private::Checked<
        { ::oauth_core::__private::require_interaction::<LoginPages, Self::Validator>() },
    >>::Type;
    fn interaction(&self) -> &Self::Interaction {
        &self.pages
    }
    type Grants = (::oauth_core::__private::AuthorizationCode,);
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Literal(
        "https://auth.example.com",
    );
    const CONFIG: ::oauth_core::__private::ServerConfig = ::oauth_core::__private::ServerConfig::new(
            &[::oauth_core::__private::Scope::new("openid")],
        )
        .id_token_lifetime(::oauth_core::__private::Duration::from_secs(300u64))
        .response_types(
            &[
                ::oauth_core::__private::ResponseType::CODE,
                ::oauth_core::__private::ResponseType::CODE_ID_TOKEN,
                ::oauth_core::__private::ResponseType::NONE,
            ],
        );
}
const _: () = ::oauth_core::__private::check_id_token_algorithm::<Provider>();
const _: () = ::oauth_core::__private::check_hooks_are_asked::<Provider>();
const _: () = ::oauth_core::__private::check_claim_scopes::<Provider>();
const _: () = ::oauth_core::__private::check_claim_destinations::<Provider>();
