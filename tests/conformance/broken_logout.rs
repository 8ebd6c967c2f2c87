//! Interactions that forget whom to tell are caught.

use oauth_core::endpoint::end_session::LogoutRequest;
use oauth_core::interaction::{Context, Decision};
use oauth_core::prelude::*;

use crate::op::Op;
use crate::outcomes::{assert_failed, assert_says, failures};

/// It has sessions, of which nobody hears.
#[derive(Debug)]
struct Secretive;

impl<V: Sync> Interaction<V> for Secretive {
    const HAS_SESSIONS: bool = true;

    async fn decide(&self, _: &Context<'_, V>, _: &AuthorizationRequest, _: &Request) -> Result<Decision> {
        Ok(Decision::approve("alice"))
    }

    async fn end_session(
        &self,
        _: &Context<'_, V>,
        _: &LogoutRequest,
        _: &Request,
    ) -> Result<oauth_core::http::Response> {
        Ok(oauth_core::http::Response::default())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interaction_that_tells_nobody_of_logins_and_logouts_is_caught() {
    let failures = failures(async |fixture| Ok(Op::new(fixture, MemoryStore::default(), Secretive))).await;
    let (state, frame, told) = (
        "oidc_session_management_section_2_session_state_is_in_the_response",
        "oidc_front_channel_logout_section_2_the_page_loads_the_clients",
        "oidc_back_channel_logout_section_2_5_who_signs_out_is_signed_out_everywhere",
    );
    assert_failed(
        &failures,
        &[
            state,
            "oidc_session_management_section_3_2_the_page_finds_the_state_unchanged",
            "oidc_session_management_section_3_2_the_state_changes_when_people_sign_out",
            frame,
            "oidc_front_channel_logout_section_2_iss_and_sid_are_those_of_the_login",
            "oidc_front_channel_logout_section_2_who_was_not_logged_in_to_is_not_loaded",
            told,
            "oidc_back_channel_logout_section_2_4_the_logout_token_is_complete",
            "oidc_back_channel_logout_section_2_4_there_is_no_nonce",
            "oidc_back_channel_logout_section_2_5_who_was_not_logged_in_to_is_not_told",
            "oidc_back_channel_logout_section_2_7_refresh_tokens_end_with_the_session",
        ],
    );
    assert_says(&failures[state], &["OpenID Connect Session Management §2", "`Approval::browser_state`"]);
    assert_says(&failures[frame], &["OpenID Connect Front-Channel Logout §2", "`Context::session_ended`"]);
    assert_says(
        &failures[told],
        &["OpenID Connect Back-Channel Logout §2.5", "without `Context::session_ended`"],
    );
}
