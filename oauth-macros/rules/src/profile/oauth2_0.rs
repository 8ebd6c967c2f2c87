//! OAuth 2.0 (RFC 6749) with every grant it defines, for clients that cannot change.

use super::Profile;

/// The profile.
pub static PROFILE: Profile =
    Profile { name: "oauth2.0", variant: "OAuth20", title: "OAuth 2.0", denies: &[], rules: &[] };
