/// Documented.
#[allow(dead_code)]
pub struct Mfa;
#[automatically_derived]
impl ::oauth_core::__private::RequiredAuthentication for Mfa {
    const REQUIREMENTS: ::oauth_core::__private::AuthenticationRequirements = ::oauth_core::__private::AuthenticationRequirements::NONE
        .acr_values(&["phr", "phrh"])
        .max_age(::oauth_core::__private::Duration::from_secs(300u64));
}
