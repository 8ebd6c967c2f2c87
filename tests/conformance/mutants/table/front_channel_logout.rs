//! A last page that loads others than it should, or nobody.

use http::header::CONTENT_SECURITY_POLICY;

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "oidc_front_channel_logout_section_2_the_page_loads_the_clients",
        |_, s| s.body.contains("<iframe"),
        |_, s| {
            let policy = s
                .header("content-security-policy")
                .replace("https://client.example", "https://other.example");
            s.set_header(CONTENT_SECURITY_POLICY, &policy);
        },
    ),
    mutant(
        "oidc_front_channel_logout_section_2_iss_and_sid_are_those_of_the_login",
        |_, s| s.body.contains("<iframe"),
        |_, s| s.body = s.body.replace("sid=", "session="),
    ),
    mutant(
        "oidc_front_channel_logout_section_2_who_was_not_logged_in_to_is_not_loaded",
        |_, s| s.body.contains("<iframe"),
        |_, s| s.body.push_str("<iframe src=\"https://client.example/stranger\"></iframe>"),
    ),
];
