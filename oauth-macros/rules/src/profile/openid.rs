//! An OpenID provider: OAuth 2.1, and what OpenID Connect Core makes mandatory.

use super::{
    Profile, oidc_core_section_3_1_2_1_the_profile_openid_has_its_scope,
    oidc_core_section_3_an_openid_provider_authenticates_people,
    rfc9700_section_2_1_2_access_tokens_stay_out_of_urls, rfc9700_section_2_4_passwords_are_not_for_clients,
};

/// The profile.
pub static PROFILE: Profile = Profile {
    name: "openid",
    variant: "OpenId",
    title: "OpenID Connect over OAuth 2.1",
    denies: &[],
    rules: &[
        &rfc9700_section_2_1_2_access_tokens_stay_out_of_urls,
        &rfc9700_section_2_4_passwords_are_not_for_clients,
        &oidc_core_section_3_an_openid_provider_authenticates_people,
        &oidc_core_section_3_1_2_1_the_profile_openid_has_its_scope,
    ],
};
