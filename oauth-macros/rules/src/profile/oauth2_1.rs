//! OAuth 2.1: OAuth 2.0 as RFC 9700, "Best Current Practice for OAuth 2.0 Security", wants it.

use super::{
    Profile, rfc9700_section_2_1_2_access_tokens_stay_out_of_urls,
    rfc9700_section_2_4_passwords_are_not_for_clients,
};

/// The profile.
pub static PROFILE: Profile = Profile {
    name: "oauth2.1",
    variant: "OAuth21",
    title: "OAuth 2.1",
    denies: &[],
    rules: &[
        &rfc9700_section_2_1_2_access_tokens_stay_out_of_urls,
        &rfc9700_section_2_4_passwords_are_not_for_clients,
    ],
};
