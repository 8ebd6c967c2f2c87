//! The table of roles: for each, its trait and its duties.

/// Writes a test of each duty of a store. See [the module](mod@crate::conformance::store).
///
/// `store_conformance!(roles(codes, tokens), || async { … })`: the roles that the store plays, and a closure that makes an empty one.
/// Without `roles(…)`, those that every server needs, as `roles(all)` says; the others follow it: `roles(all, limits, keys)`.
#[macro_export]
macro_rules! store_conformance {
    (roles($($role:ident),+ $(,)?), || $store:expr $(,)?) => {
        $crate::__store_roles! { [$($role)+] [] [] |_| $store }
    };
    (roles($($role:ident),+ $(,)?), $make:expr $(,)?) => {
        $crate::__store_roles! { [$($role)+] [] [] $make }
    };
    (roles $($wrong:tt)*) => {
        ::core::compile_error!("`store_conformance!` has roles and a closure: `store_conformance!(roles(codes, tokens), || async { … })`");
    };
    ($($make:tt)+) => {
        $crate::store_conformance! { roles(all), $($make)+ }
    };
    () => {
        ::core::compile_error!("`store_conformance!` needs a closure that makes a store: `store_conformance!(|| async { … })`");
    };
}

/// Makes the macro that looks up one role after the other, and then writes the tests. `$d` is the dollar of what that matches.
macro_rules! table {
    (
        $d:tt
        all { $($every:ident => $every_trait:ident { $($every_duty:ident)* })* }
        others { $($other:ident => $other_trait:ident { $($other_duty:ident)* })* }
    ) => {
        #[doc(hidden)]
        #[macro_export]
        macro_rules! __store_roles {
            ([] [$d($d bound:ident)*] [$d($d role:ident { $d($d duty:ident)* })*] $d make:expr) => {
                #[allow(
                    dead_code,
                    clippy::implied_bounds_in_impls,
                    reason = "the tests that call it are there under `cargo test` only; a role may imply another"
                )]
                fn __store_conformance(
                    keep: $crate::conformance::store::Keep,
                ) -> impl ::core::future::Future<
                    Output = impl $d($crate::conformance::store::traits::$d bound +)* ::core::clone::Clone + 'static,
                > {
                    $crate::conformance::store::make($d make)(keep)
                }

                $d(
                    mod $d role { $d(
                        #[::core::prelude::v1::test]
                        fn $d duty() {
                            $crate::conformance::store::test(async |keep| {
                                let store = super::__store_conformance(keep).await;
                                $crate::conformance::store::$d role::$d duty(store).await;
                            });
                        }
                    )* }
                )*
            };
            ([all $d($d rest:ident)*] $d($d found:tt)*) => {
                $crate::__store_roles! { [$($every)* $d($d rest)*] $d($d found)* }
            };
            $(
                ([$every $d($d rest:ident)*] [$d($d bound:ident)*] [$d($d found:tt)*] $d make:expr) => {
                    $crate::__store_roles! {
                        [$d($d rest)*] [$d($d bound)* $every_trait] [$d($d found)* $every { $($every_duty)* }] $d make
                    }
                };
            )*
            $(
                ([$other $d($d rest:ident)*] [$d($d bound:ident)*] [$d($d found:tt)*] $d make:expr) => {
                    $crate::__store_roles! {
                        [$d($d rest)*] [$d($d bound)* $other_trait] [$d($d found)* $other { $($other_duty)* }] $d make
                    }
                };
            )*
            ([$d wrong:ident $d($d rest:ident)*] $d($d found:tt)*) => {
                ::core::compile_error!(::core::concat!(
                    "`", ::core::stringify!($d wrong), "` is no role of a store: there are `all`, which stands for",
                    $(" `", ::core::stringify!($every), "`",)* "; and", $(" `", ::core::stringify!($other), "`",)*
                ));
            };
        }
    };
}

table! {
    $
    all {
        clients => ClientStore {
            a_client_comes_back_whole
            an_unknown_client_is_none
            saving_replaces
            an_origin_is_registered_while_a_client_has_it
            a_name_that_no_database_takes_is_nobodys
        }
        users => UserStore {
            a_user_comes_back_by_both_names
            saving_replaces_the_subject
            a_login_name_belongs_to_one_subject
            a_former_login_name_is_free
            a_deleted_user_is_gone
            a_rehash_replaces_the_hash_that_it_was_made_of
        }
        codes => CodeStore {
            a_code_redeems_once_and_is_then_taken
            the_same_attempt_redeems_again
            looking_at_a_code_changes_nothing
            an_expired_code_is_unknown
            a_taken_code_stays_until_it_would_have_expired
            a_code_without_optional_parts_comes_back
            a_code_is_not_kept_twice
            two_hundred_redeem_one_code
        }
        tokens => TokenStore {
            an_access_token_lives_until_it_expires
            an_access_token_is_not_kept_twice
            a_refresh_token_lives_until_it_expires
            rotation_keeps_the_successor_and_marks_the_old_token
            a_retry_within_the_grace_gets_the_same_successor
            a_retry_after_the_grace_is_reuse
            without_grace_every_second_use_is_reuse
            once_the_successor_is_used_a_retry_is_reuse
            what_is_unknown_or_expired_does_not_rotate
            a_refresh_token_is_not_kept_twice
            a_successor_that_is_kept_already_rotates_nothing
            a_revoked_family_takes_all_its_tokens_with_it
            a_revoked_family_does_not_rotate
            revoking_twice_keeps_the_later_end
            a_revoked_session_takes_its_tokens_with_it
            a_marker_ends_what_was_granted_until_then_and_nothing_else
            a_token_that_is_saved_too_late_is_refused
            one_token_ends_alone
            the_later_moment_counts
            both_tokens_are_kept_or_neither
            two_hundred_rotate_one_token_without_grace
            two_hundred_rotate_one_token_within_the_grace
            a_family_that_is_revoked_while_tokens_are_saved
        }
        revocations => RevocationStore {
            a_marker_ends_what_no_store_keeps
            a_revocation_that_is_kept_is_told_to_everybody
        }
        sessions => SessionStore {
            a_session_lives_until_it_expires
            saving_again_replaces
            an_ended_session_is_gone
            an_expired_session_ends_for_nobody
            a_session_keeps_each_client_once
            all_sessions_of_a_person_end
            a_session_keeps_the_step_of_its_login
            two_hundred_end_one_session
            two_hundred_add_a_hundred_clients_to_one_session
        }
        consents => ConsentStore {
            a_consent_is_of_one_person_to_one_client
            saving_replaces
            a_consent_is_forgotten
        }
        devices => DeviceStore {
            an_approved_code_is_used_up_once
            a_refusal_is_told_until_the_code_expires
            a_device_that_asks_too_often_is_slowed_down_more_each_time
            a_code_is_decided_on_once
            an_expired_code_is_told_so_and_then_forgotten
            a_code_belongs_to_its_client
            a_user_code_is_not_given_to_two_devices
            a_device_code_is_not_kept_twice
            the_person_may_grant_less
            what_nobody_approved_is_not_redeemed
            two_hundred_redeem_one_approved_device
            two_hundred_decide_on_one_device
        }
        pushed_requests => PushedRequestStore {
            what_was_pushed_is_loaded_as_it_was
            the_first_load_counts
            an_expired_request_is_not_loaded
            a_loaded_request_is_loaded_until_the_login_ends
            another_clients_request_is_not_there
            a_used_request_is_not_loaded
            one_of_two_uses_it_up
            the_same_attempt_uses_it_up_again
            it_is_forgotten
            a_used_reference_does_not_come_back
            two_hundred_use_up_one_pushed_request
        }
        replay_ids => ReplayStore {
            an_identifier_is_claimed_once
            a_claim_ends
            a_claim_that_ended_can_be_made_again
            a_refused_claim_does_not_last_longer
            the_same_attempt_claims_again
            two_hundred_claim_one_identifier
        }
        together => EveryStore {
            a_new_password_ends_sessions_and_tokens
            a_first_password_ends_nothing
            a_deleted_user_is_signed_out
            a_marker_ends_codes_and_devices
            a_revocation_of_a_client_ends_its_pushed_requests
            a_rehash_of_the_same_password_signs_nobody_out
        }
    }
    others {
        list_clients => ListClients {
            pages_of_clients_have_each_once_while_others_come_and_go
            a_deleted_client_is_gone
        }
        list_users => ListUsers {
            pages_of_users_have_each_once_while_others_come_and_go
        }
        list_sessions => ListSessions {
            pages_of_sessions_have_each_once_while_others_come_and_go
            sessions_are_of_one_person_and_alive
            a_login_that_awaits_a_code_is_no_session
        }
        list_grants => ListGrants {
            pages_of_grants_have_each_once_while_others_come_and_go
            a_grant_is_its_newest_token
            what_is_revoked_or_expired_is_no_grant
        }
        list_consents => ListConsents {
            pages_of_consents_have_each_once_while_others_come_and_go
            consents_are_of_one_person
            a_cursor_of_another_list_is_an_error
        }
        administration => EveryList {
            a_deleted_client_leaves_nothing_behind
        }
        logouts => LogoutStore {
            a_session_ends_with_a_notice_for_each_client
            all_sessions_of_a_person_end_with_notices
            who_was_told_is_not_told_again
            what_is_kept_already_stays
            a_notice_waits_for_its_next_attempt
            the_earliest_are_taken_up_first
            two_hundred_take_up_each_notice_once
        }
        limits => LimitStore {
            it_counts_as_the_policy_says_to_the_letter
            of_attempts_that_begin_at_once_as_many_count_as_may
            attempts_that_are_taken_back_at_once_leave_no_trace
            the_clocks_of_instances_differ
            a_clock_that_was_far_ahead_locks_nobody_out
        }
        keys => KeyStore {
            keys_come_back_whole
            a_generation_is_taken_once
            a_revoked_key_ends_then
            a_key_is_sealed_anew_if_nobody_was_faster
            a_removed_key_is_gone
            two_hundred_make_one_generation
        }
        audit => AuditStore {
            entries_come_back_whole_in_the_order_of_their_keys
            a_place_is_a_time_or_an_entry
            an_entry_is_kept_once
            two_hundred_keep_entries_and_none_is_missing
        }
        sweep => SweptStore {
            a_sweep_takes_nothing_that_is_alive
        }
        sweep_rows => SweptStore {
            a_sweep_stays_within_its_limit_and_says_when_nothing_is_left
            two_hundred_sweeps_count_each_entry_once
        }
        ready => Ready {
            a_store_is_ready
        }
        examine => Examine {
            a_new_store_has_the_last_tables_and_no_backlog
        }
    }
}
