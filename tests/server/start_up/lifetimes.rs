//! Lifetimes: nothing is zero, and nothing outlives what its specification allows.

use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;

use super::{assert_accepted, assert_refused, by_hand};

const DAY: u64 = 86_400;

/// A server with each of two lifetimes is refused, and one with the third is not.
macro_rules! assert_limits {
    ($setter:ident [$short:expr, $long:expr] $fits:expr, $words:literal) => {{
        const ZERO_IS_NOT: &str = concat!("`", stringify!($setter), "` is zero: ");
        const fn config(lifetime: Duration) -> ServerConfig {
            ServerConfig::new(&[]).$setter(lifetime)
        }
        by_hand!(Short, config: config($short));
        assert_refused(Short::make(), ZERO_IS_NOT);
        by_hand!(Long, config: config($long));
        assert_refused(Long::make(), $words);
        by_hand!(Fitting, config: config($fits));
        assert_accepted(Fitting::make());
    }};
}

const ZERO: Duration = Duration::ZERO;

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn rfc6749_section_4_1_2_a_code_lives_ten_minutes_at_most() {
    assert_limits!(code_lifetime [ZERO, seconds(601)] seconds(600), "`code_lifetime = \"10m1s\"` is too long: a code is redeemed at once, and RFC 6749 §4.1.2 allows");
}

#[test]
fn rfc8628_section_5_1_a_user_code_is_hard_to_guess() {
    const SHORT: Duration = Duration::from_millis(999);
    assert_limits!(device_code_lifetime [SHORT, seconds(3601)] seconds(3600), "(RFC 8628 §5.1); write an hour");
}

#[test]
fn rfc8628_section_3_5_devices_pause_between_polls() {
    assert_limits!(device_polling_interval [ZERO, seconds(61)] seconds(60), "write a minute (`60s`) at most");
}

#[test]
fn rfc9700_section_4_14_2_refresh_tokens_expire() {
    const TEN_YEARS: u64 = 3650 * DAY;
    assert_limits!(refresh_token_lifetime [ZERO, seconds(TEN_YEARS + 1)] seconds(TEN_YEARS), "RFC 9700 §4.14.2 wants unused refresh tokens to expire");
}

#[test]
fn oidc_core_section_2_an_id_token_is_looked_at_once() {
    assert_limits!(id_token_lifetime [ZERO, seconds(DAY + 1)] seconds(DAY), "(OpenID Connect Core §2); write a day");
}

#[test]
fn rfc9700_section_4_14_2_a_lost_response_is_asked_for_at_once() {
    by_hand!(Long, config: ServerConfig::new(&[]).refresh_token_grace(seconds(61)));
    assert_refused(Long::make(), "meanwhile a stolen token works (RFC 9700 §4.14.2)");
    by_hand!(None, config: ServerConfig::new(&[]).refresh_token_grace(ZERO));
    assert_accepted(None::make());
}

struct Lived(Duration);

impl TokenGenerator for Lived {
    async fn generate_token(&self, _: &Request) -> Result<String> {
        Ok(SecretString::random().expose().to_owned())
    }
    fn tokens(&self) -> Tokens<'_> {
        Tokens::custom().expires_in(self.0)
    }
}

#[test]
fn rfc6750_section_5_3_tokens_are_short_lived() {
    by_hand!(Zero, access: Lived = Lived(ZERO));
    assert_refused(Zero::make(), "`expires_in` is zero");
    by_hand!(Long, access: Lived = Lived(seconds(365 * DAY + 1)));
    assert_refused(Long::make(), "`expires_in = \"365d1s\"` is too long");
    by_hand!(Year, access: Lived = Lived(seconds(365 * DAY)));
    assert_accepted(Year::make());
}
