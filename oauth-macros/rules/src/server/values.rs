//! The numbers of a server: how long things live, and how large they may be.

use alloc::format;
use alloc::string::String;

use super::{At, Mistake, Mistakes, ServerModel};
use crate::Rule;
use crate::lifetime::{self, Limits, OF_A_SERVER};
use crate::number::BODY_LIMIT;

rules! { "authorization_server" {
    /// RFC 6749 §3.2: the parameters of a token request are in its body.
    ///
    /// - refused: `body_limit = 0`
    /// - accepted: `body_limit = 16384`
    both a_server_reads_bodies = "`body_limit = {}` is too small: a token request has a code, its verifier and the authentication of the client in its body (RFC 6749 §3.2); write 1024 (bytes) at least, the default is 65536";
    /// A body is held in memory while nobody knows yet who has sent it.
    ///
    /// - refused: `body_limit = 1073741824`
    /// - accepted: `body_limit = 16384`
    both a_server_holds_what_it_reads = "`body_limit = {}` is too large: a body is in memory before it is known who sent it; write 16777216 (16 MiB) at most, the default is 65536";
    /// RFC 6749 §1.5: "Refresh tokens [...] are used to obtain a new access token when the current access token becomes invalid or
    /// expires".
    ///
    /// - refused: `refresh_token_lifetime = "30m"`
    /// - accepted: `refresh_token_lifetime = "14d"`
    both rfc6749_section_1_5_a_refresh_token_outlives_the_access_token [RefreshToken] = "`{} = \"{}\"` is shorter than the {} that an access token lives, so that the refresh token is dead when it is needed (RFC 6749 §1.5): write `{} = \"{}\"` or longer, or give the token generator a shorter `expires_in`";
    /// RFC 9700 §4.14.2: all the refresh tokens of an authorization together live no longer than it does.
    ///
    /// - refused: `refresh_token_lifetime = "30d", refresh_token_max_lifetime = "7d"`
    /// - accepted: `refresh_token_max_lifetime = "90d"`
    both rfc9700_section_4_14_2_an_authorization_outlives_its_refresh_token [RefreshToken] = "`refresh_token_max_lifetime = \"{}\"` is shorter than `refresh_token_lifetime = \"{}\"`, so that no refresh token lives as long as the latter says (RFC 9700 §4.14.2): write `refresh_token_max_lifetime = \"{}\"` or longer, or a shorter `refresh_token_lifetime`";
    /// RFC 9700 §4.14.2: the token that was lost with its response is of use for as long as it lives.
    ///
    /// - refused: `refresh_token_lifetime = "30s", refresh_token_grace = "60s"`
    /// - accepted: `refresh_token_grace = "5s"`
    both rfc9700_section_4_14_2_a_refresh_token_outlives_its_grace [RefreshToken] = "{} is longer than {}, so that the grace is for a token that is dead (RFC 9700 §4.14.2): write `refresh_token_lifetime = \"30d\"`, for example, or a shorter grace";
    /// RFC 8628 §3.5: a client that waits as long as `interval` says comes too late for a code that `expires_in` has ended.
    ///
    /// - refused: `device_code_lifetime = "30s", device_polling_interval = "60s"`
    /// - accepted: `device_polling_interval = "10s"`
    both rfc8628_section_3_5_a_device_code_outlives_the_pause_between_polls [DeviceCode] = "{} is not shorter than {}, so that a device comes back when its code is dead (RFC 8628 §3.5): write `device_code_lifetime = \"10m\"`, for example, or a shorter interval";
} }

/// A duration of a server, given or by default.
struct Lifetime<'a> {
    name: &'static str,
    seconds: u64,
    written: &'a str,
    is_given: bool,
}

impl Lifetime<'_> {
    fn at(&self) -> At<'static> {
        At::Value(self.name)
    }

    /// The argument as it is written.
    fn shown(&self) -> String {
        let by_default = if self.is_given { "" } else { " (the default)" };
        format!("`{} = \"{}\"`{by_default}", self.name, self.written)
    }
}

impl ServerModel<'_> {
    pub(super) fn judge_values(&self, mistakes: &mut Mistakes<'_>) {
        let earlier = mistakes.0.len();
        for (limits, seconds, written) in self.durations {
            if let Err((rule, words)) = limits.check(*seconds, written) {
                mistakes.0.push(Mistake { rule, at: At::Value(limits.name), words });
            }
        }
        // Of a number that nobody can have, that is enough.
        if mistakes.0.len() == earlier && self.are_durations_legible {
            mistakes.0.extend(self.dead_refresh_tokens().or_else(|| self.dead_grace()));
            mistakes.0.extend(self.dead_maximum());
            mistakes.0.extend(self.dead_device_codes());
        }
        let body_limit = self.body_limit.unwrap_or(BODY_LIMIT.example);
        let rule: &Rule = if body_limit < BODY_LIMIT.least {
            &a_server_reads_bodies
        } else {
            &a_server_holds_what_it_reads
        };
        if !BODY_LIMIT.takes(body_limit) {
            mistakes.push(rule, At::Value("body_limit"), &[&body_limit]);
        }
    }

    fn lifetime(&self, name: &str) -> Option<Lifetime<'_>> {
        let given = self.durations.iter().find(|(limits, ..)| limits.name == name);
        if let Some((Limits { name, .. }, seconds, written)) = given {
            return Some(Lifetime { name, seconds: *seconds, written, is_given: true });
        }
        // What most would choose is the default of each.
        let Limits { name, example, .. } = OF_A_SERVER.iter().find(|limits| limits.name == name)?;
        let seconds = lifetime::parse(example).ok()?;
        Some(Lifetime { name, seconds, written: example, is_given: false })
    }

    fn has_refresh_tokens(&self) -> bool {
        self.grants.is_some_and(|grants| grants.refresh_token)
    }

    fn dead_refresh_tokens(&self) -> Option<Mistake<'static>> {
        let access = self.access_token_lifetime.filter(|_| self.has_refresh_tokens())?;
        let refresh =
            [self.lifetime("refresh_token_lifetime")?, self.lifetime("refresh_token_max_lifetime")?];
        let shortest = refresh.into_iter().min_by_key(|lifetime| lifetime.seconds)?;
        let words = check_refresh_token(shortest.name, shortest.seconds, access).err()?;
        let rule = &rfc6749_section_1_5_a_refresh_token_outlives_the_access_token;
        Some(Mistake { rule, at: shortest.at(), words })
    }

    /// Whoever says only how long all of them live together lets each live no longer.
    fn dead_maximum(&self) -> Option<Mistake<'static>> {
        let is_given = |lifetime: &Lifetime<'_>| lifetime.is_given && self.has_refresh_tokens();
        let each = self.lifetime("refresh_token_lifetime").filter(is_given)?;
        let all = self.lifetime("refresh_token_max_lifetime").filter(is_given)?;
        let rule = &rfc9700_section_4_14_2_an_authorization_outlives_its_refresh_token;
        let words = rule.says(&[&all.written, &each.written, &each.written]);
        (all.seconds < each.seconds).then(|| Mistake { rule, at: all.at(), words })
    }

    fn dead_grace(&self) -> Option<Mistake<'static>> {
        let [grace, each] = [self.lifetime("refresh_token_grace")?, self.lifetime("refresh_token_lifetime")?];
        let rule = &rfc9700_section_4_14_2_a_refresh_token_outlives_its_grace;
        (self.has_refresh_tokens() && grace.seconds > each.seconds)
            .then(|| contradiction(rule, &grace, &each))
    }

    fn dead_device_codes(&self) -> Option<Mistake<'static>> {
        let [interval, code] =
            [self.lifetime("device_polling_interval")?, self.lifetime("device_code_lifetime")?];
        let rule = &rfc8628_section_3_5_a_device_code_outlives_the_pause_between_polls;
        let has_codes = self.grants.is_some_and(|grants| grants.device_code);
        (has_codes && interval.seconds >= code.seconds).then(|| contradiction(rule, &interval, &code))
    }
}

/// Two durations that do not go together, at the first that was given.
fn contradiction(rule: &'static Rule, one: &Lifetime<'_>, other: &Lifetime<'_>) -> Mistake<'static> {
    let at = if one.is_given { one.at() } else { other.at() };
    Mistake { rule, at, words: rule.says(&[&one.shown(), &other.shown()]) }
}

/// Judges the lifetime of refresh tokens, an argument of this name, beside that of access tokens; in seconds.
///
/// # Errors
///
/// Words about it.
pub fn check_refresh_token(name: &str, refresh: u64, access: u64) -> Result<(), String> {
    if refresh >= access {
        return Ok(());
    }
    let [refresh, access] = [refresh, access].map(lifetime::written);
    let rule = &rfc6749_section_1_5_a_refresh_token_outlives_the_access_token;
    Err(rule.says(&[&name, &refresh, &access, &name, &access]))
}
