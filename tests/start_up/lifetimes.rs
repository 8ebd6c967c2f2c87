//! Lifetimes: nothing is zero, and nothing outlives what its specification allows.

use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_tests::Alice;

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

const MINUTE: Duration = seconds(60);

/// Durations that each are possible, and not together.
#[test]
fn rfc8628_section_3_5_a_device_code_outlives_the_pause_between_polls() {
    const fn devices(code: Duration, interval: Duration) -> ServerConfig {
        ServerConfig::new(&[]).device_code_lifetime(code).device_polling_interval(interval)
    }
    by_hand!(Late, config: devices(seconds(30), MINUTE), grants: (DeviceCode,), interaction: LoginPages = LoginPages::new());
    assert_refused(
        Late::make(),
        "`device_polling_interval = \"1m\"` is not shorter than `device_code_lifetime = \"30s\"`",
    );
    by_hand!(Early, config: devices(seconds(61), MINUTE), grants: (DeviceCode,), interaction: LoginPages = LoginPages::new());
    assert_accepted(Early::make());
    // Nobody polls.
    by_hand!(Nobody, config: devices(seconds(30), MINUTE));
    assert_accepted(Nobody::make());
}

/// A server with refresh tokens.
macro_rules! refreshing {
    ($name:ident, $config:expr $(, access: $access:ty = $a:expr)?) => {
        by_hand!(
            $name,
            config: $config,
            grants: (AuthorizationCode, RefreshToken)
            $(, access: $access = $a)?,
            interaction: Alice = Alice
        );
    };
}

#[test]
fn rfc6749_section_1_5_a_refresh_token_outlives_the_access_token() {
    const HALF_AN_HOUR: Duration = seconds(1800);
    const CONFIG: ServerConfig = ServerConfig::new(&[]);
    refreshing!(Dead, CONFIG.refresh_token_lifetime(HALF_AN_HOUR));
    assert_refused(
        Dead::make(),
        "`refresh_token_lifetime = \"30m\"` is shorter than the 1h that an access token lives",
    );
    refreshing!(DeadTogether, CONFIG.refresh_token_max_lifetime(HALF_AN_HOUR));
    assert_refused(DeadTogether::make(), "`refresh_token_max_lifetime = \"30m\"` is shorter than the 1h");
    refreshing!(DeadSoon, CONFIG.refresh_token_lifetime(seconds(5)).refresh_token_grace(seconds(10)));
    assert_refused(DeadSoon::make(), "`refresh_token_lifetime = \"5s\"` is shorter than the 1h");
    refreshing!(Short, CONFIG.refresh_token_lifetime(HALF_AN_HOUR), access: Lived = Lived(HALF_AN_HOUR));
    assert_accepted(Short::make());
    refreshing!(Long, CONFIG, access: Lived = Lived(seconds(31 * DAY)));
    assert_refused(Long::make(), "`refresh_token_lifetime = \"30d\"` is shorter than the 31d");
}

#[test]
fn rfc9700_section_4_14_2_a_refresh_token_outlives_its_grace() {
    const CONFIG: ServerConfig =
        ServerConfig::new(&[]).refresh_token_lifetime(seconds(30)).refresh_token_grace(MINUTE);
    refreshing!(Dead, CONFIG, access: Lived = Lived(seconds(20)));
    assert_refused(
        Dead::make(),
        "`refresh_token_grace = \"1m\"` is longer than `refresh_token_lifetime = \"30s\"`",
    );
    refreshing!(Alive, CONFIG.refresh_token_grace(seconds(30)), access: Lived = Lived(seconds(20)));
    assert_accepted(Alive::make());
}

#[test]
fn rfc9700_section_4_14_2_an_authorization_outlives_its_refresh_token() {
    const CONFIG: ServerConfig = ServerConfig::new(&[]);
    refreshing!(
        Shorter,
        CONFIG.refresh_token_lifetime(seconds(14 * DAY)).refresh_token_max_lifetime(seconds(7 * DAY))
    );
    assert_refused(
        Shorter::make(),
        "`refresh_token_max_lifetime = \"7d\"` is shorter than `refresh_token_lifetime = \"14d\"`",
    );
    // Nobody has said how long one lives.
    refreshing!(Weekly, CONFIG.refresh_token_max_lifetime(seconds(7 * DAY)));
    assert_accepted(Weekly::make());
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
