//! OAuth 2.0 (RFC 6749) with every grant it defines, for clients that cannot change.

use super::ProfileRules;

/// The profile.
pub static PROFILE: ProfileRules =
    ProfileRules { name: "oauth2.0", variant: "OAuth20", title: "OAuth 2.0", denies: &[], rules: &[] };
