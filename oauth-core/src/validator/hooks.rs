//! The hooks that a validator overrides, as a constant.

pub use oauth_rules::hook::Hook;

/// The hooks that a validator [says](super::RequestValidator::HOOKS) it overrides. `#[validator]` says it by itself.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Hooks {
    /// It does not say: nothing is judged by them.
    Unsaid,
    /// None: it is a struct with `#[validator]` alone.
    Plain,
    /// These.
    These(&'static [Hook]),
}

impl Hooks {
    /// The hooks, as far as it says.
    pub const fn overridden(self) -> &'static [Hook] {
        match self {
            Self::Unsaid | Self::Plain => &[],
            Self::These(hooks) => hooks,
        }
    }

    /// Tells whether it says that it overrides this one.
    pub const fn has(self, hook: Hook) -> bool {
        hook.is_in(self.overridden())
    }

    /// Tells whether it may override this one: it says so, or does not say what it overrides.
    pub const fn may_have(self, hook: Hook) -> bool {
        matches!(self, Self::Unsaid) || self.has(hook)
    }
}
