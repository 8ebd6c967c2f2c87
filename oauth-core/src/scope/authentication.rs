//! The logins that a handler asks for, RFC 9470.

use std::time::Duration;

use oauth_rules::text::is_equal;

use crate::time::UnixTime;

/// A requirement that is a type, so that a handler can ask for it beside its scopes: see [`StepUp`](super::StepUp).
/// `#[step_up(acr = "urn:example:mfa", max_age = 300)]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how people must have logged in",
    label = "not a step-up",
    note = "write `#[step_up(acr = \"urn:example:mfa\", max_age = 300)]` on the struct"
)]
pub trait RequiredAuthentication: Send + Sync + 'static {
    /// The login that it asks for.
    const REQUIREMENTS: AuthenticationRequirements;
}

/// The login that a resource requires (RFC 9470 §3): of one of these classes, and this recent.
///
/// ```
/// use std::time::Duration;
///
/// use oauth_core::scope::AuthenticationRequirements;
///
/// const MFA: AuthenticationRequirements =
///     AuthenticationRequirements::NONE.acr_values(&["urn:example:mfa"]).max_age(Duration::from_mins(5));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthenticationRequirements {
    acr_values: &'static [&'static str],
    max_age: Option<Duration>,
    /// Other classes that are required besides: no challenge can say so.
    others: Option<&'static [&'static str]>,
}

impl AuthenticationRequirements {
    /// Any login will do, and none.
    pub const NONE: Self = Self { acr_values: &[], max_age: None, others: None };

    /// Sets the classes of which the login must have one, the preferred first. §3: "The protected resource requires one of these
    /// values for the authentication event associated with the access token."
    #[must_use]
    pub const fn acr_values(mut self, acr_values: &'static [&'static str]) -> Self {
        self.acr_values = acr_values;
        self
    }

    /// Sets how long ago the login may be at most, in whole seconds.
    #[must_use]
    pub const fn max_age(mut self, max_age: Duration) -> Self {
        self.max_age = Some(max_age);
        self
    }

    /// The classes of which the login must have one; empty: any.
    pub const fn acceptable_acr_values(&self) -> &'static [&'static str] {
        self.acr_values
    }

    /// The time since the login at most.
    pub const fn greatest_age(&self) -> Option<Duration> {
        self.max_age
    }

    /// True if any login will do, and none.
    pub const fn are_none(&self) -> bool {
        self.acr_values.is_empty() && self.max_age.is_none()
    }

    /// Both at once.
    #[must_use]
    pub const fn and(mut self, other: Self) -> Self {
        self.max_age = match (self.max_age, other.max_age) {
            (Some(one), Some(another)) if another.as_secs() < one.as_secs() => Some(another),
            (None, age) | (age, _) => age,
        };
        self.others = match (self.others, other.others) {
            (None, others) | (others, _) => others,
        };
        match (self.acr_values, other.acr_values) {
            ([], all) => self.acr_values = all,
            (_, []) => {}
            (one, another) if !are_equal(one, another) => self.others = Some(another),
            _ => {}
        }
        self
    }

    /// Two lists of classes, of each of which one is required.
    pub(crate) const fn clash(&self) -> Option<(&'static [&'static str], &'static [&'static str])> {
        match self.others {
            Some(others) => Some((self.acr_values, others)),
            None => None,
        }
    }

    /// Tells whether a login meets them. What a token does not say, it does not meet.
    pub(crate) fn are_met_by(&self, acr: Option<&str>, auth_time: Option<UnixTime>, now: UnixTime) -> bool {
        let is_of_class = self.acr_values.is_empty() || acr.is_some_and(|acr| self.acr_values.contains(&acr));
        // §3: "the allowable elapsed time in seconds since the last active authentication event".
        let is_recent =
            self.max_age.is_none_or(|max_age| auth_time.is_some_and(|auth_time| now <= auth_time + max_age));
        is_of_class && is_recent
    }
}

const fn are_equal(mut one: &[&str], mut another: &[&str]) -> bool {
    while let ([first, rest @ ..], [other, others @ ..]) = (one, another) {
        if !is_equal(first.as_bytes(), other.as_bytes()) {
            return false;
        }
        (one, another) = (rest, others);
    }
    one.is_empty() && another.is_empty()
}

#[cfg(test)]
mod tests {
    use super::{AuthenticationRequirements, Duration, UnixTime};

    const MFA: AuthenticationRequirements = AuthenticationRequirements::NONE.acr_values(&["mfa", "phr"]);
    const RECENT: AuthenticationRequirements =
        AuthenticationRequirements::NONE.max_age(Duration::from_mins(5));

    #[test]
    fn a_login_that_is_not_told_meets_nothing() {
        let at = UnixTime::from_secs;
        let both = MFA.and(RECENT);
        for (acr, auth_time, of_class, recent) in [
            (Some("mfa"), Some(at(700)), true, true),
            (Some("phr"), Some(at(699)), true, false),
            (Some("mf"), Some(at(1_000)), false, true),
            (Some("mfa phr"), Some(at(2_000)), false, true),
            (Some(""), None, false, false),
            (None, None, false, false),
        ] {
            let met =
                |requirements: AuthenticationRequirements| requirements.are_met_by(acr, auth_time, at(1_000));
            assert!(met(AuthenticationRequirements::NONE));
            assert_eq!(met(MFA), of_class, "{acr:?}");
            assert_eq!(met(RECENT), recent, "{auth_time:?}");
            assert_eq!(met(both), of_class && recent, "{acr:?} {auth_time:?}");
        }
    }

    #[test]
    fn of_two_ages_the_lesser_counts_and_two_lists_of_classes_clash() {
        let older = AuthenticationRequirements::NONE.max_age(Duration::from_mins(10));
        for both in [older.and(RECENT), RECENT.and(older), RECENT.and(MFA).and(older)] {
            assert_eq!(both.greatest_age(), Some(Duration::from_mins(5)));
            assert_eq!(both.clash(), None);
        }
        assert_eq!(MFA.and(MFA).and(older).clash(), None);
        let other = AuthenticationRequirements::NONE.acr_values(&["phr"]);
        assert!(MFA.and(other).clash().is_some() && RECENT.and(MFA.and(other)).and(RECENT).clash().is_some());
    }
}
