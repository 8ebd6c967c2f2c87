//! The version to come, which tests of an upgrade run beside this one. It is there with the feature `__newer` alone, which no application
//! has, and a process is it where `OAUTH_NEWER` says so.

/// The step of an upgrade that this process has taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// This version.
    None,
    /// A version whose migrations only add, and whose records have a member more.
    Expanded,
    /// One that writes records of a higher format besides.
    Rewritten,
    /// One that has, besides those that add, a migration that this version cannot go on with.
    Contracted,
}

pub(super) fn step() -> Step {
    match std::env::var("OAUTH_NEWER").as_deref() {
        Ok("expanded") => Step::Expanded,
        Ok("rewritten") => Step::Rewritten,
        Ok("contracted") => Step::Contracted,
        _ => Step::None,
    }
}

/// The number by which the formats of its records are higher.
pub(super) fn formats() -> u32 {
    u32::from(step() == Step::Rewritten)
}

/// A member of its records that this version does not know.
pub(super) fn member() -> Option<&'static str> {
    (step() != Step::None).then_some("a fact that may be absent")
}

/// The number of its migrations, of those that only add and of those that do not.
pub(super) fn migrations(adding: usize, all: usize) -> usize {
    match step() {
        Step::None => 0,
        Step::Expanded | Step::Rewritten => adding,
        Step::Contracted => all,
    }
}
