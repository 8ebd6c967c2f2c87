//! The difference between an editor that expands, and completes what is being typed, and the compiler, which would find fault with it twice.

/// The variable that rust-analyzer sets where it runs macros: its server of them does not start without.
const VARIABLE: &str = "RUST_ANALYZER_INTERNALS_DO_NOT_USE";

/// Tells whether an editor expands.
pub(crate) fn expands() -> bool {
    #[cfg(test)]
    if PRETENDS.get() {
        return true;
    }
    std::env::var_os(VARIABLE).is_some()
}

#[cfg(test)]
thread_local! {
    /// True in a test that stands for an editor.
    pub(crate) static PRETENDS: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}
