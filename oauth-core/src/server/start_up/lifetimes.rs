//! How long things live: the limits are those of the macros.

use std::time::Duration;

use crate::grant::access_token_lifetime;
use crate::server::{AuthorizationServer, ServerConfig};

const DAY: u64 = 86_400;

pub(super) fn check<S: AuthorizationServer>(server: &S, mistakes: &mut Vec<String>) {
    let config = S::CONFIG;
    mistakes.extend(codes_are_redeemed_at_once(&config));
    mistakes.extend(device_codes_are_hard_to_guess(&config));
    mistakes.extend(devices_pause_between_polls(&config));
    mistakes.extend(refresh_tokens_expire(&config));
    mistakes.extend(lost_responses_are_asked_for_at_once(&config));
    mistakes.extend(id_tokens_are_looked_at_once(&config));
    mistakes.extend(access_tokens_are_short_lived(access_token_lifetime(server)));
}

/// RFC 6749 §4.1.2: "A maximum authorization code lifetime of 10 minutes is RECOMMENDED"; here it is the limit.
fn codes_are_redeemed_at_once(config: &ServerConfig) -> Option<String> {
    outside("code", config.code_lifetime, (600, "ten minutes"), "RFC 6749 §4.1.2")
}

/// RFC 8628 §5.1: how long a user code lives decides how well it can be guessed.
fn device_codes_are_hard_to_guess(config: &ServerConfig) -> Option<String> {
    outside("device code", config.device_code_lifetime, (3600, "an hour"), "RFC 8628 §5.1")
}

/// RFC 8628 §3.2: `interval` is "The minimum amount of time in seconds that the client SHOULD wait between polling requests".
fn devices_pause_between_polls(config: &ServerConfig) -> Option<String> {
    let seconds = config.device_polling_interval.as_secs();
    (seconds == 0 || seconds > 60).then(|| {
        "the device polling interval must be from one second to a minute: devices would ask without a pause, or people wait \
         beside them (RFC 8628 §3.2)"
            .to_owned()
    })
}

/// RFC 9700 §4.14.2: "Refresh tokens SHOULD expire if the client has been inactive for some time".
fn refresh_tokens_expire(config: &ServerConfig) -> Option<String> {
    outside("refresh token", config.refresh_token_lifetime, (3650 * DAY, "ten years"), "RFC 9700 §4.14.2")
}

/// RFC 9700 §4.14.2 detects a stolen refresh token when it is used a second time; in the grace it is not.
fn lost_responses_are_asked_for_at_once(config: &ServerConfig) -> Option<String> {
    (config.refresh_token_grace > Duration::from_mins(1)).then(|| {
        "the grace for lost refresh responses is over a minute: meanwhile a stolen token works (RFC 9700 §4.14.2)".to_owned()
    })
}

/// OIDC Core §2: an ID token is a claim that someone has just logged in.
fn id_tokens_are_looked_at_once(config: &ServerConfig) -> Option<String> {
    outside("ID token", config.id_token_lifetime, (DAY, "a day"), "OpenID Connect Core §2")
}

/// RFC 6750 §5.3: "Issue short-lived bearer tokens".
fn access_tokens_are_short_lived(lifetime: Duration) -> Option<String> {
    outside("access token", lifetime, (365 * DAY, "a year"), "RFC 6750 §5.3")
}

/// Whole seconds are what the protocol counts in.
fn outside(name: &str, lifetime: Duration, (most, in_words): (u64, &str), section: &str) -> Option<String> {
    let problem = match lifetime.as_secs() {
        0 => "zero, so that it would expire before it arrives",
        seconds if seconds > most => "too long",
        _ => return None,
    };
    Some(format!("the {name} lifetime is {problem}: write one from a second to {in_words} ({section})"))
}
