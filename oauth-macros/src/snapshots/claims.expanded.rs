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
    const REQUIRED: &'static [&'static str] = &["tenant"];
    fn to_claims(
        &self,
    ) -> ::oauth_core::__private::Result<::oauth_core::__private::Claims> {
        let mut claims = ::oauth_core::__private::Claims::new();
        <String as ::oauth_core::__private::ClaimType>::field("tenant")
            .write(&self.tenant, &mut claims)?;
        <Vec<
            R,
        > as ::oauth_core::__private::ClaimType>::field("https://example.com/roles")
            .write(&self.roles, &mut claims)?;
        <Option<u8> as ::oauth_core::__private::ClaimType>::field("type")
            .write(&self.r#type, &mut claims)?;
        ::oauth_core::__private::Ok(claims)
    }
    fn from_claims(
        claims: &::oauth_core::__private::Map<
            ::oauth_core::__private::String,
            ::oauth_core::__private::Value,
        >,
    ) -> ::oauth_core::__private::Result<Self> {
        ::oauth_core::__private::Ok(Self {
            tenant: <String as ::oauth_core::__private::ClaimType>::field("tenant")
                .read(claims)?,
            roles: <Vec<
                R,
            > as ::oauth_core::__private::ClaimType>::field("https://example.com/roles")
                .read(claims)?,
            r#type: <Option<u8> as ::oauth_core::__private::ClaimType>::field("type")
                .read(claims)?,
        })
    }
}
