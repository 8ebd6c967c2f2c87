//! `--port N --db FILE --report`

use std::ffi::OsString;
use std::path::PathBuf;

/// The arguments of the quickstart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arguments {
    /// The port; 0 takes one that is free.
    pub port: u16,
    /// The file of the database.
    pub db: PathBuf,
    /// True to print what the server is made of, instead of running it.
    pub report: bool,
}

impl Arguments {
    /// The text that `--help` prints.
    pub const HELP: &str = "\
Starts an authorization server with a demo client and a demo user.

Usage: cargo run --example quickstart -- [--port N] [--db FILE] [--report]

  --port N   listen on this port of 127.0.0.1; 0 takes a free one [default: 8080]
  --db FILE  keep everything in this SQLite file, and the signing key beside it [default: quickstart.db]
  --report   print what the server is made of and which rules it enforces, and end
  --help     print this";

    /// Reads the arguments after the program's name; `None`: `--help` was among them.
    ///
    /// # Errors
    ///
    /// One line that names the argument and what is wrong with it.
    pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Option<Self>, String> {
        let mut arguments = Self { port: 8080, db: PathBuf::from("quickstart.db"), report: false };
        let mut args = args.into_iter();
        while let Some(arg) = args.next() {
            let mut value = |what: &str| args.next().ok_or_else(|| format!("{} needs {what}", arg.display()));
            match arg.to_str() {
                Some("--help" | "-h") => return Ok(None),
                Some("--port") => {
                    let port = value("a port")?;
                    let parsed = port.to_str().and_then(|port| port.parse().ok());
                    arguments.port = parsed.ok_or_else(|| {
                        format!("`{}` is not a port: use a number from 0 to 65535", port.display())
                    })?;
                }
                Some("--report") => arguments.report = true,
                Some("--db") => arguments.db = value("a file")?.into(),
                _ => return Err(format!("unknown argument `{}`: try --help", arg.display())),
            }
        }
        Ok(Some(arguments))
    }
}
