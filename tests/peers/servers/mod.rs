//! The servers of this program: each is a process that answers `POST /token` and says at which port.

mod bare;
#[cfg(feature = "logins")]
mod logins;
#[cfg(feature = "oauth-as")]
mod oauth_as;
pub(crate) mod ours;
pub(crate) mod provider;

use std::io;
use std::net::Ipv4Addr;
use std::process::Command;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Builder;

use crate::Result;

/// The client of each, which authenticates with `client_secret_basic`.
pub(crate) const CLIENT: &str = "worker";
/// Its secret.
pub(crate) const SECRET: &str = "a-secret-of-thirty-two-bytes-or-more";
/// The scope of the client.
pub(crate) const SCOPE: &str = "jobs";
/// The lifetime of a token: none dies while it is measured, unless the clock is turned.
pub(crate) const LIFETIME: Duration = Duration::from_hours(1);

/// A server of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Server {
    /// A handler that reads the form and answers with something random.
    Bare,
    /// Ours, with opaque tokens that are kept in memory.
    Opaque,
    /// Ours, with tokens that are signed with ES256 and kept nowhere.
    SelfContained,
    /// The crate `oauth-as`, with its tokens in its memory.
    OauthAs,
    /// Ours, with people who have passwords.
    Logins,
}

impl Server {
    /// Those that are compared.
    pub(crate) const ALL: [Self; 4] = [Self::Bare, Self::Opaque, Self::SelfContained, Self::OauthAs];

    /// The word of the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Opaque => "opaque",
            Self::SelfContained => "self-contained",
            Self::OauthAs => "oauth-as",
            Self::Logins => "logins",
        }
    }

    /// The name in a table.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Bare => "a bare axum handler",
            Self::Opaque => "ours, opaque, in memory",
            Self::SelfContained => "ours, ES256, self-contained",
            Self::OauthAs => "oauth-as 1.0.1, in memory",
            Self::Logins => "ours, with passwords",
        }
    }

    /// Tells whether this build has it.
    pub(crate) const fn is_here(self) -> bool {
        match self {
            Self::OauthAs => cfg!(feature = "oauth-as"),
            Self::Logins => cfg!(feature = "logins"),
            Self::Bare | Self::Opaque | Self::SelfContained => true,
        }
    }

    pub(crate) fn named(name: &str) -> Result<Self> {
        let mut all = Self::ALL.into_iter().chain([Self::Logins]);
        let server = all.find(|server| server.name() == name);
        let server = server.ok_or_else(|| format!("`{name}` is no server: see --help"))?;
        if server.is_here() { Ok(server) } else { Err(format!("`{name}` needs `--features {name}`").into()) }
    }

    /// The process of it: this program again.
    pub(crate) fn command(self, threads: usize) -> Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["serve", self.name(), "--threads", &threads.to_string()]);
        Ok(command)
    }

    /// Answers what comes.
    pub(crate) async fn answer(self, listener: TcpListener) -> Result {
        match self {
            Self::Bare => bare::serve(listener).await,
            Self::Opaque => ours::opaque(listener).await,
            Self::SelfContained => ours::self_contained(listener).await,
            #[cfg(feature = "oauth-as")]
            Self::OauthAs => oauth_as::serve(listener).await,
            #[cfg(feature = "logins")]
            Self::Logins => logins::serve(listener).await,
            #[cfg(not(all(feature = "oauth-as", feature = "logins")))]
            _ => Err("it is not compiled".into()),
        }
    }
}

/// Serves with so many worker threads, until standard input ends.
pub(crate) fn serve<F, A>(threads: usize, answer: F) -> Result
where
    F: FnOnce(TcpListener) -> A,
    A: Future<Output = Result>,
{
    std::thread::spawn(|| {
        let _ = io::copy(&mut io::stdin(), &mut io::sink());
        std::process::exit(0);
    });
    Builder::new_multi_thread().worker_threads(threads).enable_all().build()?.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        println!("{}", listener.local_addr()?.port());
        answer(listener).await
    })
}
