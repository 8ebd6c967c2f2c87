struct Accounts {
    codes: C,
}
const _: () = {
    #[allow(unused_imports)]
    use ::oauth_core::__private::{
        Cannot as _, NoLimits as _, NoLogouts as _, NoPushedRequests as _,
        NoRegistrations as _, NoReplayIds as _, NoRevocations as _, NoUpkeep as _,
        NoUserLookup as _,
    };
    #[automatically_derived]
    impl ::oauth_core::__private::StoreRoles for Accounts {
        type Clients = ::oauth_core::__private::Missing;
        fn clients(&self) -> &Self::Clients {
            ::oauth_core::__private::Missing::never()
        }
        type Tokens = ::oauth_core::__private::Missing;
        fn tokens(&self) -> &Self::Tokens {
            ::oauth_core::__private::Missing::never()
        }
        type Codes = ::oauth_core::__private::Player<
            { ::oauth_core::__private::Can::<C>::CODES },
            C,
        >;
        fn codes(&self) -> &Self::Codes {
            ::oauth_core::__private::player::<
                { ::oauth_core::__private::Can::<C>::CODES },
                C,
            >(&self.codes)
        }
        type Users = ::oauth_core::__private::Missing;
        fn users(&self) -> &Self::Users {
            ::oauth_core::__private::Missing::never()
        }
        type Sessions = ::oauth_core::__private::Missing;
        fn sessions(&self) -> &Self::Sessions {
            ::oauth_core::__private::Missing::never()
        }
        type Consents = ::oauth_core::__private::Missing;
        fn consents(&self) -> &Self::Consents {
            ::oauth_core::__private::Missing::never()
        }
        type Devices = ::oauth_core::__private::Missing;
        fn devices(&self) -> &Self::Devices {
            ::oauth_core::__private::Missing::never()
        }
        type ReplayIds = ::oauth_core::__private::Missing;
        fn replay_ids(&self) -> &Self::ReplayIds {
            ::oauth_core::__private::Missing::never()
        }
        const KEEPS_REPLAY_IDS: bool = false;
        fn upkeep(
            &self,
        ) -> ::oauth_core::__private::Vec<&dyn ::oauth_core::__private::AnyUpkeep> {
            ::oauth_core::__private::upkeep([
                ::oauth_core::__private::Upkeep::<C>::lend(&self.codes),
            ])
        }
    }
    const _: () = ::oauth_core::__private::require_codes::<C>();
};
#[automatically_derived]
impl ::oauth_core::__private::ValidatorKind for Accounts {
    type Kind = ::oauth_core::__private::Custom;
}
#[automatically_derived]
impl ::oauth_core::__private::Customizable for Accounts {
    const IS_COMPLETE: bool = true;
}
#[automatically_derived]
impl ::oauth_core::__private::CustomValidator for Accounts {}
::core::compile_error! {
    "`Accounts` has no store: every server needs one for its clients and tokens\nmark a field with `#[store]`, such as `#[store] store: SqliteStore`"
}
#[allow(
    clippy::needless_pass_by_ref_mut,
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    clippy::unused_async,
    clippy::unused_self
)]
impl Accounts {
    fn pre_tokn(&self, request: &Request) -> Result<()> {
        Ok(())
    }
}
#[automatically_derived]
impl ::oauth_core::__private::RequestValidator for Accounts
where
    Accounts: ::oauth_core::__private::CustomValidator,
{
    const KNOWS_CLIENT_SECRETS: bool = true;
}
::core::compile_error! {
    "there is no hook `pre_tokn`: did you mean `pre_token`?\nthe hooks are `client_authentication_required`, `authenticate_client`, `get_client_secret`, `allow_fetch`, `allow_client`, `validate_initial_access_token`, `claim_initial_access_token`, `validate_software_statement`, `validate_client_id`, `validate_grant_type`, `validate_response_type`, `is_origin_allowed`, `pre_authorization`, `post_authorization`, `code_modifier`, `pre_token`, `post_token`, `token_modifier`, `validate_redirect_uri`, `get_default_redirect_uri`, `validate_scopes`, `get_default_scopes`, `is_within_original_scope`, `get_token_resources`, `is_pkce_required`, `save_authorization_code`, `peek_authorization_code`, `redeem_authorization_code`, `save_bearer_token`, `validate_bearer_token`, `validate_refresh_token`, `validate_jwt_bearer_token`, `rotate_refresh_token`, `revoke_token`, `finalize_id_token`, `refresh_id_token`, `validate_silent_login`, `validate_silent_authorization`, `validate_user_match`, `introspect_token`, `get_userinfo_claims`, `validate_user`, `get_login_key`, `is_otp_required` and `validate_otp`"
}
struct AuthServer<V> {
    accounts: V,
}
#[automatically_derived]
impl<V> ::oauth_core::__private::AuthorizationServer for AuthServer<V>
where
    AuthServer<
        V,
    >: ::oauth_core::__private::Send + ::oauth_core::__private::Sync + 'static,
{
    type Validator = ::oauth_core::__private::Missing;
    type AccessTokens = ::oauth_core::__private::Missing;
    type RefreshTokens = ::oauth_core::__private::Missing;
    type IdTokens = ::oauth_core::__private::Missing;
    type Interaction = ::oauth_core::__private::Missing;
    type Grants = (::oauth_core::__private::Missing,);
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Field;
    const CONFIG: ::oauth_core::__private::ServerConfig = ::oauth_core::__private::ServerConfig::new(
        &[],
    );
    fn validator(&self) -> &::oauth_core::__private::Missing {
        ::oauth_core::__private::Missing::never()
    }
    fn access_tokens(&self) -> &::oauth_core::__private::Missing {
        ::oauth_core::__private::Missing::never()
    }
    fn refresh_tokens(&self) -> &::oauth_core::__private::Missing {
        ::oauth_core::__private::Missing::never()
    }
    fn id_tokens(&self) -> &::oauth_core::__private::Missing {
        ::oauth_core::__private::Missing::never()
    }
    fn interaction(&self) -> &::oauth_core::__private::Missing {
        ::oauth_core::__private::Missing::never()
    }
}
::core::compile_error! {
    "`V` could be any type: write `V: RequestValidator + 'static` in the `<…>` of the struct"
}
::core::compile_error! {
    "the server has no issuer, which its metadata must name (RFC 8414 §2)\nadd `issuer = \"https://auth.example.com\"`, `issuer = env!(\"…\")` or `issuer = self.field` to `#[authorization_server(…)]`, or write `#[access_token]` above a field whose `#[token_generator(jwt, …)]` states one"
}
struct Api;
#[automatically_derived]
impl ::oauth_core::__private::ResourceServer for Api {
    type HttpClient = ::oauth_core::__private::Missing;
    const ISSUER: ::oauth_core::__private::Issuer = ::oauth_core::__private::Issuer::Field;
    const CONFIG: ::oauth_core::__private::ResourceConfig = ::oauth_core::__private::ResourceConfig::new();
    fn http_client(
        &self,
    ) -> ::oauth_core::__private::CoreResult<
        ::oauth_core::__private::Missing,
        ::oauth_core::__private::HttpError,
    > {
        ::oauth_core::__private::Missing::never()
    }
}
::core::compile_error! {
    "the resource server trusts no issuer (RFC 9068 §4): add `issuer = \"https://auth.example.com\"`, `issuer = env!(\"…\")` or `issuer = self.field`"
}
::core::compile_error! {
    "the resource server has no audience, so that a token for any other API would do here (RFC 9068 §4)\nadd `audience = \"https://api.example.com\"` or `audience = self.field`: what the issuer writes into `aud`"
}
#[allow(dead_code)]
struct Calendar;
#[automatically_derived]
impl ::oauth_core::__private::ScopeType for Calendar {
    const SCOPE: ::oauth_core::__private::Scope = ::oauth_core::__private::Scope::new(
        "",
    );
}
::core::compile_error! {
    "a scope is a string: write `#[scope(\"calendar\")]`"
}
#[allow(dead_code)]
struct ApiKey;
#[automatically_derived]
impl ::oauth_core::__private::ExtensionGrantType for ApiKey {
    const GRANT_TYPE: &'static str = "urn:x-oauth:missing";
}
::core::compile_error! {
    "the grant type `api-key` is not an absolute URI, as RFC 6749 §4.5 wants it: write `urn:example:api-key`, with a namespace of your own"
}
#[automatically_derived]
impl ::oauth_core::__private::PrivateClaims for Tenancy {
    const NAMES: &'static [&'static str] = &[];
    fn to_claims(
        &self,
    ) -> ::oauth_core::__private::Result<::oauth_core::__private::Claims> {
        ::oauth_core::__private::Missing::never()
    }
    fn from_claims(
        _: &::oauth_core::__private::Map<
            ::oauth_core::__private::String,
            ::oauth_core::__private::Value,
        >,
    ) -> ::oauth_core::__private::Result<Self> {
        ::oauth_core::__private::Missing::never()
    }
}
::core::compile_error! {
    "the claim `iss` is set by the framework (RFC 7519 §4.1): choose another name\na handler reads it without a field: `token.issuer()`"
}
