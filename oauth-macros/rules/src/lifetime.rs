//! Lifetimes: durations as they are written, and their limits.

use alloc::format;
use alloc::string::String;

use crate::Rule;
use crate::text::ShortText;

rules! { "authorization_server" {
    /// RFC 6749 §5.1: `expires_in` counts the seconds that are left; of nothing, none are.
    ///
    /// - refused: `expires_in = "0s"`
    /// - accepted: `expires_in = "5m"`
    both rfc6749_section_5_1_a_lifetime_is_not_zero = "`{}` is zero: it would expire before it arrives; write `{} = \"{}\"`";
    /// RFC 6749 §5.1 counts seconds, and people count days: a number alone is no duration.
    ///
    /// - refused: `expires_in = "15"`
    /// - accepted: `expires_in = "1h30m"`
    error rfc6749_section_5_1_a_lifetime_has_a_unit = "has no unit: write `s`, `m`, `h` or `d` after the number";
    /// RFC 9068 §3 and RFC 6750 §5.3: access tokens are short-lived ("one hour or less").
    ///
    /// - refused: `expires_in = "2000d"`
    /// - accepted: `expires_in = "1h30m"`
    both rfc6750_section_5_3_tokens_are_short_lived = "a bearer token is short-lived (RFC 6750 §5.3); write a year (`365d`) at most";
    /// RFC 6749 §4.1.2: "A maximum authorization code lifetime of 10 minutes is RECOMMENDED"; here it is the limit.
    ///
    /// - refused: `code_lifetime = "11m"`
    /// - accepted: `code_lifetime = "30s"`
    both rfc6749_section_4_1_2_a_code_lives_ten_minutes_at_most [AuthorizationCode] = "a code is redeemed at once, and RFC 6749 §4.1.2 allows ten minutes (`10m`) at most";
    /// RFC 9126 §2.2: a pushed request is loaded at once, "e.g., between 5 and 600 seconds".
    ///
    /// - refused: `expires_in = "11m"`
    /// - accepted: `pushed_authorization_requests(required, expires_in = "90s")`
    both rfc9126_section_2_2_a_pushed_request_is_loaded_at_once [PushedAuthorizationRequests] = "a browser loads what was pushed at once (RFC 9126 §2.2); write ten minutes (`10m`) at most";
    /// RFC 8628 §5.1: how long a user code lives decides how well it can be guessed.
    ///
    /// - refused: `device_code_lifetime = "2h"`
    /// - accepted: `device_code_lifetime = "5m"`
    both rfc8628_section_5_1_a_user_code_is_hard_to_guess [DeviceCode] = "the longer a user code lives, the better it can be guessed (RFC 8628 §5.1); write an hour (`1h`) at most";
    /// RFC 8628 §3.5: "the client MUST wait at least the number of seconds" that `interval` says.
    ///
    /// - refused: `device_polling_interval = "0s"`
    /// - accepted: `device_polling_interval = "10s"`
    both rfc8628_section_3_5_devices_pause_between_polls [DeviceCode] = "`{}` is zero: devices would ask without a pause (RFC 8628 §3.5); write `{} = \"{}\"`";
    /// The limit of `device_polling_interval`: a token that is there is not asked for.
    ///
    /// - refused: `device_polling_interval = "2m"`
    /// - accepted: `device_polling_interval = "10s"`
    both people_do_not_wait_beside_their_device [DeviceCode] = "people wait for it beside their device; write a minute (`60s`) at most";
    /// RFC 9700 §4.14.2: "refresh tokens SHOULD expire if the client has been inactive for some time".
    ///
    /// - refused: `refresh_token_lifetime = "4000d"`
    /// - accepted: `refresh_token_lifetime = "14d"`
    both rfc9700_section_4_14_2_refresh_tokens_expire [RefreshToken] = "RFC 9700 §4.14.2 wants unused refresh tokens to expire; write ten years (`3650d`) at most";
    /// RFC 9700 §4.14.2: however often they are used, they end with what was granted.
    ///
    /// - refused: `refresh_token_max_lifetime = "4000d"`
    /// - accepted: `refresh_token_max_lifetime = "90d"`
    both rfc9700_section_4_14_2_an_authorization_ends [RefreshToken] = "RFC 9700 §4.14.2 wants refresh tokens to expire, however often they are used; write ten years (`3650d`) at most";
    /// RFC 9700 §4.14.2 detects a stolen refresh token when it is used a second time; in the grace it is not.
    ///
    /// - refused: `refresh_token_grace = "5m"`
    /// - accepted: `refresh_token_grace = "5s"`
    both rfc9700_section_4_14_2_a_lost_response_is_asked_for_at_once [RefreshToken] = "meanwhile a stolen token works (RFC 9700 §4.14.2), and a lost response is asked for again at once; write a minute (`60s`) at most";
    /// RFC 7591 §5: what strangers can make a server keep is bounded.
    ///
    /// - refused: `registration(unused_lifetime = "366d")`
    /// - accepted: `registration(initial_access_token, path = "/connect/register", unused_lifetime = "1h", idle_lifetime = "30d")`
    both rfc7591_section_5_clients_of_strangers_are_forgotten = "clients that nobody uses are forgotten, or strangers fill the store (RFC 7591 §5); write a year (`365d`) at most";
    /// OpenID Connect Core §2: an ID token says that someone has just logged in, and is looked at once.
    ///
    /// - refused: `id_token_lifetime = "25h"`
    /// - accepted: `id_token_lifetime = "5m"`
    both oidc_core_section_2_an_id_token_is_looked_at_once [OpenId] = "it says that someone has just logged in (OpenID Connect Core §2); write a day (`24h`) at most";
} }

/// A minute, in seconds.
pub const MINUTE: u64 = 60;
/// An hour, in seconds.
pub const HOUR: u64 = 60 * MINUTE;
/// A day, in seconds.
pub const DAY: u64 = 24 * HOUR;
/// A year, in seconds.
pub const YEAR: u64 = 365 * DAY;

/// The limits of a duration that a configuration sets.
#[derive(Debug)]
#[non_exhaustive]
pub struct Limits {
    /// The argument.
    pub name: &'static str,
    /// A value of it that most would choose.
    pub example: &'static str,
    /// The part that the duration has no effect without: a grant, the scope `openid`, or how a resource
    /// server validates.
    pub of: Option<&'static str>,
    most: u64,
    too_long: &'static Rule,
    /// The rule that zero breaks; `None`: it has a meaning.
    zero: Option<&'static Rule>,
}

impl Limits {
    pub(crate) const fn new(
        name: &'static str,
        example: &'static str,
        most: u64,
        too_long: &'static Rule,
    ) -> Self {
        let zero = Some(&rfc6749_section_5_1_a_lifetime_is_not_zero);
        Self { name, example, of: None, most, too_long, zero }
    }

    /// It has no effect without this.
    pub(crate) const fn of(self, grant: &'static str) -> Self {
        Self { of: Some(grant), ..self }
    }

    /// Zero breaks this rule; `None`: it is allowed.
    pub(crate) const fn zero(self, zero: Option<&'static Rule>) -> Self {
        Self { zero, ..self }
    }

    /// Judges a duration, which is written as `written`.
    ///
    /// # Errors
    ///
    /// The rule that it breaks, and words about it.
    pub fn check(&self, seconds: u64, written: &str) -> Result<(), (&'static Rule, String)> {
        let Self { name, example, .. } = self;
        match self.zero {
            Some(rule) if seconds == 0 => Err((rule, rule.says(&[name, name, example]))),
            _ if seconds > self.most => {
                let words = format!("`{name} = \"{written}\"` is too long: {}", self.too_long.words);
                Err((self.too_long, words))
            }
            _ => Ok(()),
        }
    }

    /// Judges a number of seconds that only a run knows.
    ///
    /// # Errors
    ///
    /// Words about it.
    pub fn check_seconds(&self, seconds: u64) -> Result<(), String> {
        self.check(seconds, &written(seconds)).map_err(|(_, words)| words)
    }
}

/// The lifetime of an access token, an argument of its generator.
pub static EXPIRES_IN: Limits =
    Limits::new("expires_in", "15m", YEAR, &rfc6750_section_5_3_tokens_are_short_lived);

/// The time until a pushed request must have been loaded, an argument of `pushed_authorization_requests(…)`.
pub static PUSHED_EXPIRES_IN: Limits =
    Limits::new("expires_in", "60s", 10 * MINUTE, &rfc9126_section_2_2_a_pushed_request_is_loaded_at_once);

/// The durations of a server, each an argument of `#[authorization_server]` and a setter of its constants.
pub static OF_A_SERVER: &[Limits] = &[
    Limits::new("code_lifetime", "60s", 10 * MINUTE, &rfc6749_section_4_1_2_a_code_lives_ten_minutes_at_most)
        .of("authorization_code"),
    Limits::new("device_code_lifetime", "10m", HOUR, &rfc8628_section_5_1_a_user_code_is_hard_to_guess)
        .of("device_code"),
    Limits::new("device_polling_interval", "5s", MINUTE, &people_do_not_wait_beside_their_device)
        .zero(Some(&rfc8628_section_3_5_devices_pause_between_polls))
        .of("device_code"),
    Limits::new("refresh_token_lifetime", "30d", 10 * YEAR, &rfc9700_section_4_14_2_refresh_tokens_expire)
        .of("refresh_token"),
    // After the other, whose setter raises this one.
    Limits::new(
        "refresh_token_max_lifetime",
        "365d",
        10 * YEAR,
        &rfc9700_section_4_14_2_an_authorization_ends,
    )
    .of("refresh_token"),
    Limits::new(
        "refresh_token_grace",
        "10s",
        MINUTE,
        &rfc9700_section_4_14_2_a_lost_response_is_asked_for_at_once,
    )
    .zero(None)
    .of("refresh_token"),
    Limits::new("id_token_lifetime", "10m", DAY, &oidc_core_section_2_an_id_token_is_looked_at_once)
        .of("openid"),
];

/// The durations of `registration(…)`, each a setter of its constants.
pub static OF_REGISTRATION: &[Limits] = &[
    Limits::new("unused_lifetime", "24h", YEAR, &rfc7591_section_5_clients_of_strangers_are_forgotten),
    Limits::new("idle_lifetime", "90d", YEAR, &rfc7591_section_5_clients_of_strangers_are_forgotten),
];

const UNITS: &[(u8, u64)] = &[(b'd', DAY), (b'h', HOUR), (b'm', MINUTE), (b's', 1)];

/// A number of seconds as it would be written, `1h30m`, also while the compiler evaluates constants.
pub const fn short(seconds: u64) -> ShortText {
    let (mut text, mut rest, mut units) = (ShortText::new(), seconds, UNITS);
    while let [(unit, in_seconds), others @ ..] = units {
        if rest >= *in_seconds || (seconds == 0 && *in_seconds == 1) {
            text.push_number(rest / *in_seconds, 10);
            text.push(*unit);
        }
        (rest, units) = (rest % *in_seconds, others);
    }
    text
}

/// Reads a duration of `d`, `h`, `m` and `s`, each at most once and in this order, as `"15m"`, `"1h30m"` or `"30d"`; in seconds.
///
/// # Errors
///
/// Words that follow it.
pub fn parse(text: &str) -> Result<u64, &'static str> {
    const MALFORMED: &str = "is not a duration: write `90s`, `15m`, `1h30m` or `30d`";
    const TOO_LONG: &str = "is more seconds than can be counted";
    let mut seconds = 0_u64;
    let mut units = UNITS.iter();
    let mut rest = text;
    if rest.is_empty() {
        return Err(MALFORMED);
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = rest.split_at(digits);
        let mut after = after.chars();
        let unit = after.next().ok_or(if number == rest {
            rfc6749_section_5_1_a_lifetime_has_a_unit.words
        } else {
            MALFORMED
        })?;
        if number.is_empty() {
            return Err(MALFORMED);
        }
        let number: u64 = number.parse().map_err(|_| TOO_LONG)?;
        let (_, in_seconds) = units.find(|(name, _)| char::from(*name) == unit).ok_or(MALFORMED)?;
        seconds =
            number.checked_mul(*in_seconds).and_then(|more| seconds.checked_add(more)).ok_or(TOO_LONG)?;
        rest = after.as_str();
    }
    Ok(seconds)
}

/// A number of seconds as it would be written: `1h30m`.
pub fn written(seconds: u64) -> String {
    short(seconds).as_str().into()
}

#[cfg(test)]
mod tests {
    use super::{parse, written};

    #[test]
    fn vectors() {
        for (text, seconds) in [
            ("1s", 1),
            ("15m", 900),
            ("1h", 3600),
            ("30d", 2_592_000),
            ("1h30m", 5400),
            ("1d1s", 86_401),
            ("0s", 0),
        ] {
            assert_eq!(parse(text), Ok(seconds), "{text}");
            assert_eq!(written(seconds), text);
        }
        assert_eq!(written(u64::MAX), "213503982334601d7h15s");
        assert_eq!(parse("90s"), Ok(90));
        for text in [
            "",
            "15",
            "m",
            "m15",
            "15 m",
            "15M",
            "15m15m",
            "30m1h",
            "1.5h",
            "-1s",
            "1w",
            "99999999999999999999s",
            "999999999999999999d",
            "1h30",
            "15µ",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
