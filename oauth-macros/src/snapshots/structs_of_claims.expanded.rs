#[allow(
    clippy::needless_pass_by_ref_mut,
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    clippy::unused_async,
    clippy::unused_self
)]
impl Accounts {
    async fn tenancy(&self, request: &Request) -> Result<Tenancy> {
        Ok(Tenancy { tenant: String::new() })
    }
}
#[automatically_derived]
impl ::oauth_core::__private::RequestValidator for Accounts
where
    Accounts: ::oauth_core::__private::CustomValidator,
{
    const HOOKS: ::oauth_core::__private::Hooks = ::oauth_core::__private::Hooks::These(
        &[],
    );
    const SETS_CLAIMS: bool = false;
    const CLAIMS: &'static [::oauth_core::__private::ClaimDeclaration] = &[
        ::oauth_core::__private::ClaimDeclaration {
            names: ::oauth_core::__private::claims_method::<Result<Tenancy>>().names,
            scope: ::oauth_core::__private::Some("profile"),
            to: &[
                ::oauth_core::__private::ClaimDestination::AccessToken,
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
        {
            let method = ::oauth_core::__private::claims_method::<Result<Tenancy>>();
            let due = method.due(Self::CLAIMS, destination, request);
            if !due.is_empty() {
                method.add(Self::tenancy(self, request).await, &due, &mut claims)?;
            }
        }
        ::oauth_core::__private::Ok(claims)
    }
}
const _: () = ::oauth_core::__private::check_claims_are_not_reserved::<Accounts>();
const _: () = ::oauth_core::__private::check_claims_differ::<Accounts>();
const _: () = ::oauth_core::__private::check_claims_are_not_of_id_tokens::<Accounts>();
