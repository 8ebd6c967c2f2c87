//! Logins that resources require and servers offer, RFC 9470.

use alloc::format;
use alloc::string::String;

use crate::Rule;
use crate::lifetime::YEAR;

rules! { "step_up" {
    /// An `acr` is a name: nobody can ask for none.
    ///
    /// - refused: `#[step_up(acr = "")]`
    /// - accepted: `#[step_up(acr = "urn:example:mfa", max_age = 300)]`
    both oidc_core_section_2_an_acr_has_a_name = "is empty: name a class of logins that the authorization server knows, such as `urn:example:mfa` (OpenID Connect Core §2)";
    /// RFC 9470 §3: `acr_values` is "a space-separated string".
    ///
    /// - refused: `#[step_up(acr = "urn:example:mfa urn:example:hardware")]`
    /// - accepted: `#[step_up(acr_values("phr", "phrh"))]`
    both rfc9470_section_3_an_acr_is_one_word = "has a space, which separates the values of `acr_values` (RFC 9470 §3): write each as a string of its own, as in `acr_values(\"phr\", \"phrh\")`";
    /// RFC 9470 §3: the challenge has it in a quoted string.
    ///
    /// - refused: `acr_values("größe")`
    /// - accepted: `#[step_up(acr_values("phr", "phrh"))]`
    both rfc9470_section_3_an_acr_can_stand_in_a_challenge = "has a character that no challenge can quote (RFC 9470 §3, RFC 9110 §5.6.4): write printable ASCII without `\"` and `\\`";
    /// - refused: `acr_values("phr", "phr")`
    /// - accepted: `#[step_up(acr_values("phr", "phrh"))]`
    both an_acr_is_given_once = "the acr `{}` is given twice: keep one";
    /// - refused: `#[step_up(acr_values())]`
    /// - accepted: `#[step_up(acr_values("phr", "phrh"))]`
    error a_list_of_acr_values_is_not_empty = "`acr_values()` is empty: name the classes of logins, such as {}, or remove it";
    /// RFC 9470 §3 has two requirements: a class, and an age.
    ///
    /// - refused: `#[step_up] struct Nothing;`
    /// - accepted: `#[step_up(max_age = 60)]`
    error rfc9470_section_3_a_step_up_asks_for_something = "`#[step_up]` asks for no login (RFC 9470 §3): write `{}`";
    /// - refused: `#[step_up(acr = "phr", acr_values("phrh"))]`
    /// - accepted: `#[step_up(acr_values("phr", "phrh"))]`
    error the_acr_values_of_a_step_up_stand_together = "`acr` is `acr_values` with one value: write all of them as `acr_values(\"…\", \"…\")`";
    /// By the time its token arrives, a login is some seconds old, and the client would be sent back again and again.
    ///
    /// - refused: `max_age = 0`
    /// - accepted: `#[step_up(max_age = 60)]`
    error rfc9470_section_3_a_login_is_older_than_the_way_back_from_it = "`max_age = {}` is too short: a login is older once its token arrives, and the client would be told again to log in (RFC 9470 §3); write 10 (seconds) at least";
    /// A login that is required to be of this year is hardly required to be recent.
    ///
    /// - refused: `max_age = 31536001`
    /// - accepted: `#[step_up(max_age = 60)]`
    error rfc9470_section_3_a_recent_login_is_of_this_year = "`max_age = {}` is in seconds (RFC 9470 §3), and more than a year of them; write a year (31536000) at most, or leave it out";
    /// - refused: `#[step_up(max_age = 60)] enum Choice {`
    /// - accepted: `struct Mfa;`
    error a_step_up_is_a_struct_that_holds_nothing = "`#[step_up(…)]` is for a struct that stands for a login, without fields and parameters: write `struct {};`";
    /// RFC 9470 §3: a challenge has one list, of which one value is enough.
    ///
    /// - refused: `Bearer<StepUp<Mfa, StepUp<Hardware>>>`
    /// - accepted: `Bearer<StepUp<Mfa, StepUp<Recent, CalendarWrite>>>`
    error rfc9470_section_3_a_challenge_names_one_list_of_acr_values = "a handler asks for a login of the class `{}` and for one of the class `{}`, and a challenge can name only classes of which one is enough (RFC 9470 §3): ask for one `#[step_up]` type that has the classes that are enough for both";
    /// What passes over a part of the question would be taken for an answer to all of it.
    ///
    /// - refused: `allows::<StepUp<Mfa>>()`
    /// - accepted: `require_authentication::<Mfa>`
    error what_asks_for_a_login_has_a_clock = "`allows` looks at scopes, and `StepUp` asks how the person logged in: write `resource.require_authentication::<…>(&token)?`";
} }

/// The rule that an `acr` breaks.
pub const fn broken_by(acr: &str) -> Option<&'static Rule> {
    let mut bytes = acr.as_bytes();
    if bytes.is_empty() {
        return Some(&oidc_core_section_2_an_acr_has_a_name);
    }
    while let [byte, rest @ ..] = bytes {
        match byte {
            b' ' => return Some(&rfc9470_section_3_an_acr_is_one_word),
            b'"' | b'\\' | 0..=0x1F | 0x7F.. => {
                return Some(&rfc9470_section_3_an_acr_can_stand_in_a_challenge);
            }
            _ => bytes = rest,
        }
    }
    None
}

/// Judges an `acr`.
///
/// # Errors
///
/// The rule that it breaks, and words about it.
pub fn check(acr: &str) -> Result<(), (&'static Rule, String)> {
    match broken_by(acr) {
        Some(rule) => Err((rule, format!("the acr `{}` {}", acr.escape_debug(), rule.words))),
        None => Ok(()),
    }
}

/// Judges `max_age`, in seconds.
///
/// # Errors
///
/// Words about it.
pub fn check_max_age(seconds: u64) -> Result<(), String> {
    let rule = match seconds {
        0..10 => &rfc9470_section_3_a_login_is_older_than_the_way_back_from_it,
        10..=YEAR => return Ok(()),
        _ => &rfc9470_section_3_a_recent_login_is_of_this_year,
    };
    Err(rule.says(&[&seconds]))
}

#[cfg(test)]
mod tests {
    use super::{check, check_max_age};

    #[test]
    fn vectors() {
        for acr in ["1", "phr", "urn:mace:incommon:iap:silver", "http://example.com/loa#2", "~!"] {
            assert!(check(acr).is_ok(), "{acr}");
        }
        for acr in ["", " ", "phr phrh", "a\tb", "a\"b", "a\\b", "größe", "\x7f"] {
            assert!(check(acr).is_err(), "{acr:?}");
        }
        for (seconds, is_sensible) in [(0, false), (9, false), (10, true), (300, true), (31_536_000, true)] {
            assert_eq!(check_max_age(seconds).is_ok(), is_sensible, "{seconds}");
        }
        assert!(check_max_age(31_536_001).is_err() && check_max_age(u64::MAX).is_err());
    }
}
