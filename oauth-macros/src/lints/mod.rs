//! Advice: what a specification would rather not see, and a user may decide to do all the same.
//!
//! By default it is a warning, or silent where the configuration has named the decision already. `deny(…)` makes it an
//! error; `allow(…, reason = "…")` makes it an exception, which the report of the server lists with its reason.

mod decisions;
mod lint;
mod outcome;
#[cfg(test)]
mod tests;

pub(crate) use self::decisions::{Decisions, ProfileDenial};
pub(crate) use self::lint::{Finding, warning};
pub(crate) use self::outcome::Outcome;
