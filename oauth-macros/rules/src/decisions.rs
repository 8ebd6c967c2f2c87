//! The words that `allow` and `deny` take.

rules! { "decisions" {
    /// - refused: `allow(long_lived_access_tokens))`
    /// - accepted: `reason = "televisions"`
    both an_exception_has_its_reason = "an exception needs its reason, for whoever reviews it: write `allow({}, reason = \"…\")`";
    /// - refused: `allow(long_live_access_tokens`
    /// - accepted: `allow(long_lived_refresh_tokens,`
    both an_exception_is_to_a_rule_that_is_advice = "there is no rule `{}`{}\n{}";
    /// - refused: `expires_in = "1d", allow(long_lived_access_tokens`
    /// - accepted: `expires_in = "30d"`
    error an_exception_is_for_something_that_is_done = "nothing here is against `{}`, and an exception for nothing misleads: remove it";
    /// - refused: `deny(rfc6570)`
    /// - accepted: `deny(rfc6750, rfc9068, warnings)`
    error what_is_denied_is_a_rule_or_a_document = "there is no rule and no document `{}`{}\n{}";
    /// - refused: `deny(rfc9700, rfc6750, rfc9068)`
    /// - accepted: `deny(rfc9700, rfc7009, rfc6750, warnings)`
    both a_server_answers_for_its_token_generators = "of `{}`: {}\nto keep it, name the decision in `#[{}(…)]` of `{}`: {}";
} }
