//! The rules that no layer breaks by itself, and where they are broken.

/// A rule, why no answer of a server can break it alone, and the file that breaks it.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    (
        "metadata::rfc8414_section_3_1_the_document_is_at_the_well_known_path",
        "the path is the server's own: who serves no document there breaks every rule of the document",
        include_str!("../broken_applications.rs"),
    ),
    (
        "back_channel_logout::oidc_back_channel_logout_section_2_5_who_signs_out_is_signed_out_everywhere",
        "logout tokens go from the server to the suite, past every layer",
        include_str!("../broken_logout.rs"),
    ),
    (
        "back_channel_logout::oidc_back_channel_logout_section_2_5_who_was_not_logged_in_to_is_not_told",
        "logout tokens go from the server to the suite, past every layer",
        include_str!("../broken_logout.rs"),
    ),
    (
        "back_channel_logout::oidc_back_channel_logout_section_2_4_the_logout_token_is_complete",
        "logout tokens go from the server to the suite, past every layer, and no hook makes them",
        include_str!("../broken_logout.rs"),
    ),
    (
        "back_channel_logout::oidc_back_channel_logout_section_2_4_there_is_no_nonce",
        "logout tokens go from the server to the suite, past every layer, and no hook makes them",
        include_str!("../broken_logout.rs"),
    ),
];

/// The names of these rules.
pub(super) fn names() -> impl Iterator<Item = String> {
    ELSEWHERE.iter().map(|(name, ..)| (*name).to_owned())
}

/// A rule that is said to be broken somewhere is.
#[test]
fn what_no_layer_breaks_is_broken_elsewhere() {
    for (name, reason, text) in ELSEWHERE {
        let (_, rule) = name.split_once("::").unwrap();
        assert!(text.contains(&format!("\"{rule}\"")), "{rule} is broken nowhere, although {reason}");
    }
}
