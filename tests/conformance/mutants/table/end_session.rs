//! Signing out, and on to anywhere.

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[mutant(
    "oidc_rp_initiated_logout_section_3_an_unregistered_uri_is_not_redirected_to",
    |h, _| h.seen.at("/end_session") && h.seen.has("post_logout_redirect_uri"),
    |h, s| s.redirect(h.seen.get("post_logout_redirect_uri")),
)];
