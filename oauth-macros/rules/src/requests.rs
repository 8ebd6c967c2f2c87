//! The rules of requests.

use crate::{Feature, Rule, RuleKind};

macro_rules! requests {
    ($($subject:ident { $($name:ident [$($needs:ident)*])* })*) => {
        /// The rules of requests.
        pub static REQUESTS: &[Rule] = &[$($(
            Rule::new(RuleKind::Request, stringify!($subject), stringify!($name))
                .needs(&[$(Feature::$needs),*]),
        )*)*];
    };
}

/// The rules of requests, by subject, each with the features that it is about. `conformance!` makes a test of each, and
/// `conformance/<subject>.rs` has the function of the same name.
#[doc(hidden)]
#[macro_export]
macro_rules! __request_rules {
    ($then:path) => {
        $then! {
            metadata {
                rfc8414_section_3_1_the_document_is_at_the_well_known_path []
                rfc8414_section_3_3_the_issuer_is_the_servers_own []
                oidc_discovery_section_4_both_documents_are_one [OpenId]
                rfc8414_section_3_2_members_without_elements_are_left_out []
                rfc8414_section_2_every_advertised_endpoint_is_there []
                rfc8414_section_2_every_route_is_advertised_or_private []
                rfc8414_section_2_the_advertised_grants_are_those_that_work [TokenEndpoint]
                rfc8414_section_2_the_advertised_response_types_are_those_that_work [AuthorizationEndpoint]
                rfc9207_section_3_the_iss_parameter_is_advertised [AuthorizationEndpoint]
                rfc7636_section_6_2_only_s256_is_advertised [AuthorizationCode]
                rfc7517_section_5_the_key_set_is_public [Jwks]
            }
            authorization {
                rfc6749_section_4_1_2_1_an_unknown_client_is_not_redirected [AuthorizationEndpoint]
                rfc6749_section_4_1_2_1_an_unregistered_redirect_uri_is_not_redirected_to [AuthorizationEndpoint]
                rfc9700_section_2_1_redirect_uris_are_compared_exactly [AuthorizationEndpoint]
                rfc8252_section_7_3_the_port_of_a_loopback_redirect_uri_is_free [AuthorizationCode PublicClients]
                rfc6749_section_3_1_a_repeated_parameter_is_refused [AuthorizationEndpoint]
                rfc6749_section_3_1_an_unknown_parameter_is_ignored [AuthorizationCode]
                rfc6749_section_3_1_1_response_type_is_required [AuthorizationEndpoint]
                rfc6749_section_3_1_1_an_unknown_response_type_is_refused [AuthorizationEndpoint]
                rfc6749_section_4_1_2_1_an_unknown_scope_is_refused [AuthorizationCode]
                rfc6749_section_4_1_2_state_comes_back_as_it_was [AuthorizationCode]
                rfc9207_section_2_iss_is_in_every_answer [AuthorizationCode]
                rfc6749_section_4_1_2_1_who_refuses_is_obeyed [AuthorizationCode]
                rfc7636_section_4_4_1_a_public_client_sends_a_challenge [AuthorizationCode PublicClients]
                rfc9700_section_2_1_1_plain_challenges_are_refused [AuthorizationCode]
                rfc7636_section_4_2_a_malformed_challenge_is_refused [AuthorizationCode]
            }
            pages {
                rfc6749_section_10_13_pages_are_not_framed [AuthorizationEndpoint]
                rfc9700_section_4_16_pages_say_so_to_old_and_new_browsers [AuthorizationEndpoint]
                rfc9700_section_4_2_4_pages_send_no_referrer [AuthorizationEndpoint]
                no_cache_keeps_a_page [AuthorizationEndpoint]
            }
            authorization_code {
                rfc6749_section_4_1_4_a_code_yields_a_token [AuthorizationCode]
                rfc6749_section_4_1_3_a_public_client_redeems_a_code [AuthorizationCode PublicClients]
                rfc6749_section_3_3_the_scope_is_what_was_granted [AuthorizationCode]
                rfc6749_section_4_1_2_a_code_works_once [AuthorizationCode]
                rfc6749_section_4_1_2_a_replayed_code_revokes_its_access_token [AuthorizationCode Introspection]
                rfc6749_section_4_1_2_a_replayed_code_revokes_its_refresh_token [AuthorizationCode RefreshToken]
                rfc6749_section_4_1_2_a_code_is_redeemed_once_however_many_try_at_once [AuthorizationCode]
                rfc6749_section_4_1_3_a_code_is_its_clients [AuthorizationCode]
                rfc6749_section_4_1_3_the_redirect_uri_is_the_same [AuthorizationCode]
                rfc7636_section_4_6_the_verifier_must_match [AuthorizationCode]
                rfc7636_section_4_6_the_verifier_is_required [AuthorizationCode]
                rfc9700_section_4_8_2_a_verifier_without_a_challenge_is_refused [AuthorizationCode OptionalPkce]
                rfc6749_section_5_2_an_unknown_code_is_refused [AuthorizationCode]
                rfc6749_section_4_1_3_the_code_is_required [AuthorizationCode]
                rfc6749_section_10_10_each_token_of_a_code_is_another [AuthorizationCode]
            }
            implicit {
                rfc6749_section_4_2_2_the_token_is_in_the_fragment [Implicit]
                rfc6749_section_4_2_2_there_is_no_refresh_token [Implicit]
                rfc6749_section_4_2_2_1_errors_are_in_the_fragment [Implicit]
            }
            refresh_token {
                rfc6749_section_6_a_refresh_token_yields_a_token [AuthorizationCode RefreshToken]
                rfc6749_section_1_5_a_refresh_token_is_no_access_token [AuthorizationCode RefreshToken]
                rfc9700_section_4_14_2_refresh_tokens_of_public_clients_rotate [AuthorizationCode RefreshToken PublicClients]
                rfc9700_section_4_14_2_a_reused_refresh_token_revokes_its_family [AuthorizationCode RefreshToken]
                rfc9700_section_4_14_2_a_reused_refresh_token_is_noticed_whatever_it_asks_for [AuthorizationCode RefreshToken]
                rfc9700_section_4_14_2_a_token_is_rotated_once_however_many_try_at_once [AuthorizationCode RefreshToken]
                rfc9700_section_4_14_2_a_lost_response_is_repeated [AuthorizationCode RefreshGrace]
                rfc6749_section_6_a_refresh_token_is_its_clients [AuthorizationCode RefreshToken]
                rfc6749_section_6_scopes_may_shrink [AuthorizationCode RefreshToken]
                rfc6749_section_6_scopes_do_not_grow [AuthorizationCode RefreshToken]
                rfc6749_section_5_2_an_unknown_refresh_token_is_refused [RefreshToken]
                rfc6749_section_6_the_refresh_token_is_required [RefreshToken]
                rfc6749_section_10_10_each_refresh_token_is_another [AuthorizationCode RefreshToken]
            }
            resources {
                rfc8707_section_2_1_an_unknown_resource_is_an_invalid_target [Resources AuthorizationCode]
                rfc8707_section_2_2_an_invalid_target_uses_no_code_up [Resources AuthorizationCode]
                rfc8707_section_2_2_a_client_for_itself_names_a_known_resource [Resources ClientCredentials]
                rfc8707_section_2_2_a_token_is_for_its_resource [Resources AuthorizationCode Introspection]
            }
            client_credentials {
                rfc6749_section_4_4_3_a_client_gets_a_token_for_itself [ClientCredentials]
                rfc6749_section_4_4_3_there_is_no_refresh_token [ClientCredentials]
                rfc6749_section_4_4_a_public_client_gets_none [ClientCredentials PublicClients]
                rfc6749_section_5_2_the_grant_must_be_the_clients [ClientCredentials]
                rfc6749_section_3_3_an_unknown_scope_is_refused [ClientCredentials]
                rfc6749_section_10_10_each_token_is_another [ClientCredentials]
            }
            pushed_authorization {
                rfc9126_section_2_2_a_request_uri_comes_with_201 [PushedAuthorizationRequests AuthorizationCode]
                rfc9126_section_4_client_id_and_request_uri_are_enough [PushedAuthorizationRequests AuthorizationCode]
                rfc9126_section_4_other_parameters_are_ignored [PushedAuthorizationRequests AuthorizationCode]
                rfc9126_section_4_a_page_may_be_loaded_again [PushedAuthorizationRequests AuthorizationCode]
                rfc9126_section_4_a_request_uri_is_answered_once [PushedAuthorizationRequests AuthorizationCode]
                rfc9126_section_4_one_answer_however_many_ask_at_once [PushedAuthorizationRequests AuthorizationCode]
                rfc9126_section_4_an_unknown_request_uri_is_refused [PushedAuthorizationRequests AuthorizationCode]
                rfc9126_section_2_2_a_request_uri_is_its_clients [PushedAuthorizationRequests AuthorizationCode]
                rfc9126_section_2_1_request_uri_is_not_pushed [PushedAuthorizationRequests AuthorizationCode]
                rfc9126_section_2_1_what_the_authorization_endpoint_refuses_is_refused [PushedAuthorizationRequests AuthorizationCode]
                rfc9126_section_2_a_confidential_client_authenticates [PushedAuthorizationRequests AuthorizationCode ConfidentialClients]
                rfc9126_section_4_what_must_be_pushed_is_refused_otherwise [PushedAuthorizationRequests AuthorizationCode]
            }
            fapi2 {
                fapi2_section_5_3_2_1_an_assertion_names_the_issuer_alone [Fapi2 ClientAssertions]
                fapi2_section_5_3_2_1_an_assertion_from_ten_seconds_ahead_is_taken [Fapi2 ClientAssertions]
                fapi2_section_5_3_2_1_an_assertion_from_beyond_a_minute_ahead_is_refused [Fapi2 ClientAssertions]
                fapi2_section_5_3_2_1_an_assertion_that_expired_minutes_ago_is_refused [Fapi2 ClientAssertions]
                fapi2_section_5_3_2_1_an_assertion_has_a_subject [Fapi2 ClientAssertions]
                fapi2_section_5_4_1_an_assertion_is_signed_with_ps256_and_not_with_rs256 [Fapi2 ClientAssertions]
                fapi2_section_5_3_2_1_public_clients_are_refused [Fapi2 TokenEndpoint]
                fapi2_section_5_3_2_2_clients_with_redirects_over_http_are_refused [Fapi2 ClientAssertions AuthorizationCode]
                fapi2_section_5_3_2_2_the_metadata_demands_pushed_requests [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_2_a_request_that_was_not_pushed_is_refused [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_2_nobody_pushes_without_authentication [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_2_nothing_but_a_code_is_asked_for [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_2_a_challenge_is_pushed [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_2_a_redirect_uri_is_pushed [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_2_a_pushed_request_expires_in_less_than_ten_minutes [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_1_a_proof_that_is_pushed_binds_the_code [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_1_a_proof_that_is_pushed_is_of_the_key_that_is_named [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_2_the_browser_goes_back_by_303 [Fapi2 AuthorizationCode]
                fapi2_section_5_2_3_connections_of_browsers_are_not_downgraded [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_2_a_state_of_a_thousand_characters_comes_back [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_2_where_no_state_was_none_comes_back [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_2_a_nonce_of_64_characters_is_taken [Fapi2 OpenId AuthorizationCode]
                fapi2_section_5_3_2_2_scopes_are_asked_for_in_any_order [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_1_a_code_of_a_minute_ago_is_refused [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_1_a_token_request_has_a_proof [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_1_a_proof_is_ten_seconds_ahead_and_no_more_than_sixty [Fapi2 AuthorizationCode]
                fapi2_section_5_4_1_a_proof_is_not_signed_with_es384 [Fapi2 AuthorizationCode]
                fapi2_section_5_3_2_1_refresh_tokens_stay_as_they_are [Fapi2 AuthorizationCode RefreshToken]
                fapi2_section_5_3_2_1_who_refreshes_authenticates [Fapi2 AuthorizationCode RefreshToken]
                fapi2_section_5_4_1_published_keys_are_for_ps256_es256_or_ed25519 [Fapi2 Jwks]
                fapi2_section_5_3_4_the_scheme_of_a_token_is_in_any_case [Fapi2 Userinfo AuthorizationCode]
            }
            step_up {
                rfc9470_section_5_an_acr_that_is_not_supported_is_unmet [AcrValues AuthorizationCode]
                rfc9470_section_5_a_token_is_of_a_login_that_was_asked_for [AcrValues AuthorizationCode Introspection]
                rfc9470_section_7_the_metadata_names_the_acr_values [AcrValues]
            }
            device_code {
                rfc8628_section_3_2_a_device_gets_its_codes [DeviceCode]
                rfc8628_section_3_5_while_nobody_has_approved_it_waits [DeviceCode]
                rfc8628_section_3_5_who_polls_too_often_slows_down [DeviceCode]
                rfc8628_section_3_5_an_approved_device_gets_its_token_once [DeviceCode]
                rfc8628_section_3_5_one_token_however_many_poll_at_once [DeviceCode]
                rfc8628_section_3_5_who_refuses_is_obeyed [DeviceCode]
                rfc8628_section_3_4_a_device_code_is_its_clients [DeviceCode]
                rfc8628_section_3_4_an_unknown_device_code_is_refused [DeviceCode]
                rfc8628_section_3_4_the_device_code_is_required [DeviceCode]
                rfc8628_section_3_1_a_confidential_client_authenticates [DeviceCode]
            }
            password {
                rfc6749_section_4_3_3_the_right_password_yields_a_token [Password]
                rfc6749_section_5_2_a_wrong_password_is_refused [Password]
                rfc6749_section_5_2_an_unknown_user_looks_like_a_wrong_password [Password]
                rfc6749_section_4_3_2_name_and_password_are_required [Password]
            }
            id_token {
                oidc_core_section_3_1_3_3_a_code_yields_an_id_token [OpenId AuthorizationCode]
                oidc_core_section_3_1_2_1_without_openid_there_is_none [OpenId AuthorizationCode]
                oidc_core_section_3_1_3_7_the_published_keys_verify_the_signature [OpenId AuthorizationCode]
                oidc_core_section_2_every_required_claim_is_there [OpenId AuthorizationCode]
                oidc_core_section_3_1_2_1_the_nonce_comes_back [OpenId AuthorizationCode]
                oidc_core_section_3_1_3_6_at_hash_is_the_access_tokens [OpenId AuthorizationCode]
                oidc_core_section_3_1_2_1_prompt_none_shows_no_page [OpenId AuthorizationCode]
            }
            userinfo {
                oidc_core_section_5_3_2_sub_is_that_of_the_id_token [Userinfo AuthorizationCode]
                oidc_core_section_5_3_1_the_token_has_the_scope_openid [Userinfo AuthorizationCode]
                rfc6750_section_3_without_a_token_there_is_a_challenge [Userinfo]
                rfc6750_section_3_1_an_unknown_token_is_refused [Userinfo]
                rfc6750_section_3_1_a_revoked_token_is_refused [Userinfo AuthorizationCode Revocation]
                rfc9700_section_4_3_2_a_token_in_the_query_is_refused [Userinfo AuthorizationCode]
            }
            end_session {
                oidc_rp_initiated_logout_section_3_an_unregistered_uri_is_not_redirected_to [EndSession]
            }
            form_post {
                oauth_form_post_section_2_the_response_is_a_form_for_the_redirect_uri [AuthorizationCode]
                oauth_form_post_section_2_what_was_sent_is_text_and_no_markup [AuthorizationCode]
                oauth_form_post_section_2_errors_are_posted_too [AuthorizationCode]
                oauth_form_post_section_2_nothing_is_posted_to_a_stranger [AuthorizationCode]
                oauth_form_post_section_2_the_page_is_not_kept [AuthorizationCode]
            }
            hybrid {
                oidc_core_section_3_3_2_5_what_was_asked_for_is_in_the_fragment [Hybrid AuthorizationCode]
                oidc_core_section_3_3_2_11_the_id_token_binds_code_and_access_token [Hybrid AuthorizationCode]
                oidc_core_section_3_3_3_6_both_id_tokens_are_about_one_person [Hybrid AuthorizationCode]
                oidc_core_section_3_3_3_2_a_code_beside_tokens_works_once [Hybrid AuthorizationCode]
                oidc_core_section_3_3_2_11_a_nonce_is_required [Hybrid AuthorizationCode]
                oidc_core_section_3_3_2_5_tokens_do_not_go_into_the_query [Hybrid AuthorizationCode]
                oidc_core_section_3_3_2_6_errors_are_in_the_fragment [Hybrid AuthorizationCode]
                oidc_core_section_3_3_2_2_the_response_type_must_be_the_clients [Hybrid AuthorizationCode]
                rfc6749_section_3_1_1_the_order_of_response_types_does_not_matter [Hybrid AuthorizationCode]
            }
            response_type_none {
                oauth_multiple_response_types_section_4_nothing_is_issued [ResponseTypeNone]
                oauth_multiple_response_types_section_4_it_stands_alone [ResponseTypeNone]
                oauth_multiple_response_types_section_4_it_must_be_the_clients [ResponseTypeNone]
            }
            jwt_bearer {
                rfc7523_section_2_1_an_assertion_yields_a_token [JwtBearer]
                rfc7521_section_4_1_there_is_no_refresh_token [JwtBearer]
                rfc7523_section_3_an_assertion_is_for_this_server_and_not_expired [JwtBearer]
                rfc7523_section_3_the_signature_is_the_issuers [JwtBearer]
                rfc7523_section_3_a_stranger_is_not_believed [JwtBearer]
                rfc7523_section_3_an_assertion_is_worth_one_token [JwtBearer]
                rfc7523_section_3_an_assertion_is_worth_one_token_however_many_try_at_once [JwtBearer]
                rfc7523_section_2_1_the_assertion_is_required [JwtBearer]
                rfc7523_section_3_1_what_is_no_jwt_is_refused [JwtBearer]
            }
            token_exchange {
                rfc8693_section_2_2_1_a_token_is_exchanged_for_another [TokenExchange AuthorizationCode]
                rfc8693_section_2_2_1_an_exchange_yields_no_refresh_token [TokenExchange AuthorizationCode]
                rfc8693_section_2_1_the_subject_token_and_its_type_are_required [TokenExchange AuthorizationCode]
                rfc8693_section_2_1_an_actor_token_and_its_type_come_together [TokenExchange AuthorizationCode]
                rfc8693_section_2_1_an_exchange_does_not_widen_the_scope [TokenExchange AuthorizationCode]
                rfc8693_section_2_2_2_a_token_that_nobody_issued_is_refused [TokenExchange AuthorizationCode]
                rfc8693_section_1_1_a_client_that_has_nothing_to_do_with_it_is_refused [TokenExchange AuthorizationCode]
                rfc8693_section_5_who_exchanges_authenticates [TokenExchange AuthorizationCode PublicClients]
                an_exchanged_token_dies_with_what_it_was_made_from [TokenExchange AuthorizationCode RefreshToken Introspection Revocation]
            }
            registration {
                rfc7591_section_3_2_1_the_answer_has_all_that_was_registered [Registration AuthorizationCode]
                rfc7591_section_3_2_1_a_client_that_registered_gets_tokens [Registration AuthorizationCode]
                rfc7591_section_2_strangers_get_no_grant_without_a_person [Registration AuthorizationCode]
                rfc7591_section_2_strangers_get_no_other_scopes_than_were_named [Registration AuthorizationCode]
                rfc7591_section_2_keys_of_clients_are_public [Registration AuthorizationCode]
                rfc7591_section_2_3_a_statement_of_nobody_vouches_for_nothing [Registration AuthorizationCode]
                rfc7591_section_3_who_has_no_initial_access_token_is_refused [Registration InitialAccessTokens AuthorizationCode]
                rfc7591_section_5_dangerous_redirect_uris_are_refused [Registration AuthorizationCode]
            }
            registration_management {
                rfc7592_section_2_1_a_client_reads_its_registration [Registration AuthorizationCode]
                rfc7592_section_2_1_a_registration_is_its_clients_alone [Registration AuthorizationCode]
                rfc7592_section_2_2_a_replacement_replaces_all [Registration AuthorizationCode]
                rfc7592_section_2_2_one_of_several_replacements_counts [Registration AuthorizationCode]
                rfc7592_section_2_3_a_client_that_was_deleted_is_gone [Registration AuthorizationCode]
                rfc7592_section_2_3_the_tokens_of_a_deleted_client_die [Registration AuthorizationCode Introspection]
            }
            client_documents {
                client_id_metadata_documents_are_advertised_with_the_method_none [ClientDocuments]
                a_client_with_a_document_gets_tokens [ClientDocuments AuthorizationCode]
                a_document_speaks_for_its_own_url_alone [ClientDocuments AuthorizationCode]
                a_document_has_no_secret [ClientDocuments AuthorizationCode]
                a_document_has_five_kilobytes_at_most [ClientDocuments AuthorizationCode]
                a_document_that_is_not_there_is_no_client [ClientDocuments AuthorizationCode]
                a_redirect_uri_that_is_in_no_document_is_not_redirected_to [ClientDocuments AuthorizationCode]
                strangers_with_a_document_get_no_other_scopes_than_were_named [ClientDocuments AuthorizationCode]
                what_leads_inside_is_not_fetched [ClientDocuments AuthorizationCode]
            }
            extension_grant {
                rfc6749_section_4_5_a_good_request_yields_a_token [ExtensionGrant]
                rfc6749_section_4_5_what_proves_the_right_is_required [ExtensionGrant]
                rfc6749_section_4_5_what_proves_the_right_is_not_guessed [ExtensionGrant]
                rfc6749_section_5_2_an_extension_grant_must_be_the_clients [ExtensionGrant]
                rfc6749_section_3_2_1_who_uses_an_extension_grant_authenticates [ExtensionGrant]
                rfc6749_section_3_3_an_extension_grant_has_no_scopes_of_its_own [ExtensionGrant]
            }
            pairwise {
                oidc_core_section_8_1_sectors_know_a_person_by_different_names [Pairwise AuthorizationCode]
                oidc_core_section_8_1_a_sector_knows_a_person_by_one_name [Pairwise AuthorizationCode]
                oidc_core_section_8_1_every_endpoint_knows_the_same_name [Pairwise AuthorizationCode]
            }
            dpop {
                rfc9449_section_5_a_proof_binds_the_access_token [Dpop AuthorizationCode]
                rfc9449_section_6_2_introspection_tells_the_key [Dpop AuthorizationCode Introspection]
                rfc9449_section_5_the_refresh_token_of_a_public_client_is_bound [Dpop AuthorizationCode RefreshToken PublicClients]
                rfc9449_section_5_2_a_client_that_always_binds_sends_a_proof [Dpop AuthorizationCode PublicClients]
                rfc9449_section_4_3_a_proof_is_for_this_request [Dpop AuthorizationCode]
                rfc9449_section_4_3_a_proof_is_signed_by_the_key_that_it_shows [Dpop AuthorizationCode]
                rfc9449_section_10_a_code_is_bound_to_its_key [Dpop AuthorizationCode]
                rfc9449_section_11_1_a_proof_works_once [Dpop AuthorizationCode]
                rfc9449_section_11_1_a_proof_works_once_however_many_try_at_once [Dpop ClientCredentials]
                rfc9449_section_7_2_a_bound_token_is_no_bearer_token [Dpop Userinfo AuthorizationCode]
            }
            check_session {
                oidc_session_management_section_3_2_the_page_can_be_framed [CheckSession AuthorizationCode]
                oidc_session_management_section_2_session_state_is_in_the_response [CheckSession AuthorizationCode]
                oidc_session_management_section_2_without_openid_there_is_none [CheckSession AuthorizationCode]
                oidc_session_management_section_3_2_the_page_finds_the_state_unchanged [CheckSession AuthorizationCode]
                oidc_session_management_section_3_2_the_state_changes_when_people_sign_out [CheckSession AuthorizationCode EndSession]
            }
            front_channel_logout {
                oidc_front_channel_logout_section_2_the_page_loads_the_clients [EndSession AuthorizationCode]
                oidc_front_channel_logout_section_2_iss_and_sid_are_those_of_the_login [EndSession AuthorizationCode]
                oidc_front_channel_logout_section_2_who_was_not_logged_in_to_is_not_loaded [EndSession AuthorizationCode]
            }
            back_channel_logout {
                oidc_back_channel_logout_section_2_5_who_signs_out_is_signed_out_everywhere [BackChannelLogout AuthorizationCode]
                oidc_back_channel_logout_section_2_4_the_logout_token_is_complete [BackChannelLogout AuthorizationCode]
                oidc_back_channel_logout_section_2_4_there_is_no_nonce [BackChannelLogout AuthorizationCode]
                oidc_back_channel_logout_section_2_5_who_was_not_logged_in_to_is_not_told [BackChannelLogout AuthorizationCode]
                oidc_back_channel_logout_section_2_7_refresh_tokens_end_with_the_session [BackChannelLogout AuthorizationCode RefreshToken]
            }
            client_authentication {
                rfc6749_section_2_3_1_basic_authenticates [TokenEndpoint ClientSecretBasic]
                rfc6749_section_2_3_1_basic_is_form_encoded [TokenEndpoint ClientSecretBasic]
                rfc6749_section_2_3_1_the_body_authenticates [TokenEndpoint ClientSecretPost]
                rfc6749_section_5_2_a_wrong_secret_is_refused [TokenEndpoint ClientSecretBasic]
                rfc6749_section_5_2_an_unknown_client_looks_like_a_wrong_secret [TokenEndpoint ClientSecretBasic]
                rfc6749_section_3_2_1_a_confidential_client_must_authenticate [TokenEndpoint ConfidentialClients]
                rfc6749_section_2_3_one_method_a_request [TokenEndpoint ClientSecretBasic]
                rfc6749_section_2_3_1_credentials_stay_out_of_the_query [TokenEndpoint ClientSecretPost]
                rfc7591_section_2_the_method_is_the_registered_one [TokenEndpoint ClientSecretBasic ClientSecretPost]
                rfc8414_section_2_a_method_that_is_not_offered_is_refused [TokenEndpoint]
            }
            client_assertion {
                rfc7523_section_2_2_an_assertion_authenticates [ClientAssertions]
                rfc7523_section_3_an_assertion_is_for_this_server_and_not_expired [ClientAssertions]
                rfc7523_section_3_the_signature_is_the_clients [ClientAssertions]
                rfc7523_section_3_an_assertion_works_once [ClientAssertions Revocation]
                rfc7523_section_3_an_assertion_works_once_however_many_try_at_once [ClientAssertions Revocation]
            }
            revocation {
                rfc7009_section_2_2_a_revoked_access_token_is_dead [Revocation Introspection]
                rfc7009_section_2_1_a_revoked_refresh_token_is_refused [Revocation AuthorizationCode RefreshToken]
                rfc7009_section_2_1_a_refresh_token_takes_its_access_tokens_along [Revocation Introspection AuthorizationCode RefreshToken]
                rfc7009_section_2_1_a_wrong_hint_is_no_obstacle [Revocation Introspection]
                rfc7009_section_2_2_an_unknown_token_is_no_error [Revocation]
                rfc7009_section_2_1_another_clients_token_stays [Revocation Introspection]
                rfc7009_section_2_1_clients_authenticate [Revocation]
                rfc7009_section_2_1_the_token_is_required [Revocation]
            }
            introspection {
                rfc7662_section_2_2_an_active_token_is_described [Introspection]
                rfc7662_section_5_a_client_is_told_of_its_own_tokens_only [Introspection]
                rfc7662_section_2_2_of_an_unknown_token_nothing_is_told [Introspection]
                rfc7662_section_2_1_callers_authenticate [Introspection]
                rfc7662_section_2_1_a_public_client_learns_nothing [Introspection PublicClients]
                rfc7662_section_2_1_the_token_is_required [Introspection]
                rfc7662_section_4_a_refresh_token_is_its_clients_business [Introspection AuthorizationCode RefreshToken]
            }
            signed_access_tokens {
                rfc9068_section_4_the_published_keys_verify_the_signature [SignedAccessTokens]
                rfc9068_section_2_1_the_type_is_at_jwt [SignedAccessTokens]
                rfc9068_section_2_2_every_required_claim_is_there [SignedAccessTokens]
                rfc9068_section_2_2_exp_is_in_the_future [SignedAccessTokens]
                rfc9068_section_2_2_iat_is_not_in_the_future [SignedAccessTokens]
                rfc9068_section_2_2_iss_is_the_issuer [SignedAccessTokens]
                rfc9068_section_2_2_client_id_is_the_clients [SignedAccessTokens]
                rfc9068_section_2_2_3_scope_is_what_was_granted [SignedAccessTokens]
                rfc7519_section_4_1_7_each_jti_is_another [SignedAccessTokens]
                rfc6749_section_5_1_expires_in_is_what_exp_says [SignedAccessTokens]
            }
            issued_tokens {
                rfc8725_section_3_2_a_jwt_of_a_hook_is_signed [TokenEndpoint]
                rfc7519_section_4_1_1_a_jwt_of_a_hook_names_the_issuer [TokenEndpoint]
                rfc7519_section_4_1_4_a_jwt_of_a_hook_ends_when_the_response_says [TokenEndpoint]
                rfc7519_section_4_1_6_a_jwt_of_a_hook_was_issued_when_it_was [TokenEndpoint]
                rfc9068_section_2_2_what_says_at_jwt_has_every_claim [TokenEndpoint]
            }
            cors {
                rfc9700_section_2_6_documents_are_for_every_origin []
                rfc9700_section_2_6_a_registered_origin_may_call [TokenEndpoint]
                rfc9700_section_2_6_another_origin_may_not [TokenEndpoint]
                rfc9700_section_2_6_the_authorization_endpoint_has_no_cors [AuthorizationEndpoint]
            }
            endpoints {
                rfc6749_section_3_2_other_methods_than_post_are_refused []
                rfc6749_section_3_2_the_body_is_a_form []
                rfc6749_section_3_2_a_repeated_parameter_is_refused []
                rfc6749_section_3_2_malformed_encoding_is_refused []
                rfc6749_section_5_2_an_unknown_grant_type_is_refused [TokenEndpoint]
                rfc6749_section_5_2_the_grant_type_is_required [TokenEndpoint]
                rfc6749_section_5_1_answers_are_not_cached []
                rfc9110_section_15_5_14_a_body_has_a_limit []
                rfc9110_section_15_5_5_other_paths_are_not_found []
            }
        }
    };
}

crate::__request_rules!(requests);
