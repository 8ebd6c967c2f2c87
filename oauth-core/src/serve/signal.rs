//! The signals that end a program.

use std::io;

use super::Stop;

/// The things that say that it is time to stop.
pub(super) enum Signal {
    /// One of the application's own.
    Once(Stop),
    /// It came.
    Passed,
    /// SIGTERM, and Ctrl-C.
    #[cfg(unix)]
    Unix(tokio::signal::unix::Signal, tokio::signal::unix::Signal),
    /// Ctrl-C.
    #[cfg(windows)]
    Windows(tokio::signal::windows::CtrlC),
}

/// The signals of the process. From here on, and not only once they are waited for, none ends it by itself.
pub(super) fn stop_signals() -> io::Result<Signal> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signal::Unix(signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?))
    }
    #[cfg(windows)]
    {
        Ok(Signal::Windows(tokio::signal::windows::ctrl_c()?))
    }
    #[cfg(not(any(unix, windows)))]
    {
        Ok(Signal::Passed)
    }
}

impl Signal {
    /// Waits for the next.
    pub(super) async fn next(&mut self) {
        match self {
            Self::Once(stop) => {
                stop.await;
                *self = Self::Passed;
            }
            Self::Passed => std::future::pending().await,
            #[cfg(unix)]
            Self::Unix(terminate, interrupt) => {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            }
            #[cfg(windows)]
            Self::Windows(interrupt) => {
                interrupt.recv().await;
            }
        }
    }
}
