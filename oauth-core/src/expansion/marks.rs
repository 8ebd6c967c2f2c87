//! The mark of a field that is forgotten: whose type plays a role, and which nothing would use.

use oauth_rules::validator;

use crate::error::Message;

/// Refuses a field without a mark whose type [can](super::roles::Can) play a role. Each role is there with the words for
/// what plays it, and with what to do.
#[track_caller]
pub const fn check_is_marked(field: &str, mut roles: &[(bool, &str, &str)]) {
    while let [(can, noun, remedy), rest @ ..] = roles {
        if *can {
            Message::of(&validator::a_field_that_plays_a_role_is_marked, &[noun, field, remedy]).fail();
        }
        roles = rest;
    }
}
