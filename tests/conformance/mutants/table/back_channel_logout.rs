//! Refresh tokens that outlive their session. What the server sends to clients, no layer sees.

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[mutant(
    "oidc_back_channel_logout_section_2_7_refresh_tokens_end_with_the_session",
    |h, s| {
        h.seen.grant("refresh_token")
            && s.is_error()
            && h.before(|seen, _| seen.path.starts_with("/end_session"))
    },
    |_, s| s.give(),
)];
