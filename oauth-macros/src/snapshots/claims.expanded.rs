#[automatically_derived]
#[allow(
    clippy::multiple_bound_locations,
    clippy::trait_duplication_in_bounds,
    clippy::type_repetition_in_bounds
)]
impl<R> ::oauth_core::__private::PrivateClaims for Tenancy<R>
where
    Vec<R>: ::oauth_core::__private::ClaimType + ::oauth_core::__private::Send,
{
    const NAMES: &'static [&'static str] = &[
        "tenant",
        "https://example.com/roles",
        "type",
    ];
    fn to_claims(
        &self,
    ) -> ::oauth_core::__private::Result<::oauth_core::__private::Claims> {
        let mut claims = ::oauth_core::__private::Claims::new();
        ::oauth_core::__private::claim_field("tenant").write(&self.tenant, &mut claims)?;
        ::oauth_core::__private::claim_field("https://example.com/roles")
            .write(&self.roles, &mut claims)?;
        ::oauth_core::__private::claim_field("type").write(&self.r#type, &mut claims)?;
        ::oauth_core::__private::Ok(claims)
    }
    fn from_claims(
        claims: &::oauth_core::__private::Map<
            ::oauth_core::__private::String,
            ::oauth_core::__private::Value,
        >,
    ) -> ::oauth_core::__private::Result<Self> {
        ::oauth_core::__private::Ok(Self {
            tenant: ::oauth_core::__private::claim_field("tenant").read(claims)?,
            roles: ::oauth_core::__private::claim_field("https://example.com/roles")
                .read(claims)?,
            r#type: ::oauth_core::__private::claim_field("type").read(claims)?,
        })
    }
}
