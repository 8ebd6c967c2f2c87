//! Arguments that other frameworks have, and that mean something else here.

use crate::args::Args;
use crate::diagnostics::Diagnostics;
use crate::rules;

/// The arguments that make PKCE optional elsewhere.
const PKCE: [&str; 12] = [
    "pkce",
    "use_pkce",
    "no_pkce",
    "pkce_required",
    "pkce_optional",
    "optional_pkce",
    "disable_pkce",
    "require_pkce",
    "requires_pkce",
    "enforce_pkce",
    "require_proof_key",
    "danger_no_pkce",
];

/// The arguments that choose challenge methods elsewhere.
const CHALLENGE_METHODS: [&str; 11] = [
    "plain",
    "allow_plain",
    "pkce_plain",
    "pkce_methods",
    "plain_pkce",
    "allow_plain_pkce",
    "allow_plain_text_pkce",
    "danger_pkce_plain",
    "code_challenge_method",
    "code_challenge_methods",
    "code_challenge_methods_supported",
];

/// Reports them in words of their own.
pub(super) fn reject(args: &mut Args, diagnostics: &Diagnostics) {
    reject_optional_pkce(args, diagnostics);
    reject_challenge_methods(args, diagnostics);
}

/// RFC 9700 §2.1.1: "Public clients MUST use PKCE […]. For confidential clients, the use of PKCE is RECOMMENDED"; OAuth 2.1
/// demands it of all.
fn reject_optional_pkce(args: &mut Args, diagnostics: &Diagnostics) {
    for name in PKCE {
        if let Some(arg) = args.take(name, diagnostics) {
            diagnostics
                .error(arg.span, rules::parts::rfc9700_section_2_1_1_every_client_uses_pkce.says(&[&name]));
        }
    }
}

/// RFC 9700 §2.1.1: "clients SHOULD use PKCE code challenge methods that do not expose the PKCE verifier in the authorization
/// request. […] Currently, "S256" is the only such method."
fn reject_challenge_methods(args: &mut Args, diagnostics: &Diagnostics) {
    for name in CHALLENGE_METHODS {
        if let Some(arg) = args.take(name, diagnostics) {
            diagnostics
                .error(arg.span, rules::parts::rfc7636_section_4_2_challenges_are_hashed.says(&[&name]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [`reject`] comes first: another hint would never be read.
    #[test]
    fn no_name_stands_in_the_other_list() {
        for name in PKCE.iter().chain(&CHALLENGE_METHODS) {
            assert!(crate::foreign::argument("#[authorization_server]", name).is_none(), "{name}");
        }
    }
}
