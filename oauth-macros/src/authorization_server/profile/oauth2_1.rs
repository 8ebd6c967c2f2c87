//! OAuth 2.1: OAuth 2.0 as RFC 9700, "Best Current Practice for OAuth 2.0 Security", wants it.

use super::{Profile, no_implicit_grant, no_password_grant};

pub(super) const PROFILE: Profile = Profile {
    name: "oauth2.1",
    variant: "OAuth21",
    denies: &[],
    rules: &[no_implicit_grant, no_password_grant],
};
