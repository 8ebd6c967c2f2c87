//! Arguments.

use std::fs;

use crate::provider::sample;
use crate::support::run;

#[test]
fn arguments() {
    let directory = tempfile::tempdir().unwrap();
    let (clients, users) = (sample("clients.json"), sample("users.json"));
    let files = ["--clients", clients.to_str().unwrap(), "--users", users.to_str().unwrap()];
    let fails = |args: &[&str]| {
        let (code, output, errors) = run("provider", args, directory.path());
        assert_eq!((code, output.as_str()), (Some(1), ""), "{errors}");
        let line = errors.strip_suffix('\n').expect("a line");
        assert!(!line.contains('\n') && !line.contains("panicked"), "{errors}");
        line.strip_prefix("provider: ").expect("it says who speaks").to_owned()
    };
    let with_files = |args: &[&str]| fails(&[&files[..], args].concat());

    assert_eq!(
        with_files(&["--profile", "oauth3"]),
        "`oauth3` is not a profile: use `oauth2.0`, `oauth2.1`, `openid`, `mcp`, `fapi2`"
    );
    assert_eq!(
        with_files(&["--profile"]),
        "--profile needs `oauth2.0`, `oauth2.1`, `openid`, `mcp`, `fapi2`"
    );
    assert_eq!(
        with_files(&["--profile", "mcp"]),
        "--profile mcp needs an MCP server that tokens are for (RFC 8707 §2): add --resource URI, such as --resource \
         http://127.0.0.1:3000/mcp"
    );
    assert_eq!(with_files(&["--resource"]), "--resource needs a URI, or URI=SCOPE,SCOPE");
    assert_eq!(fails(&["--client", "c.json"]), "unknown argument `--client`: try --help");
    assert_eq!(fails(&[]), "--clients is missing: try --help, which shows such a file");
    assert_eq!(fails(&["--clients"]), "--clients needs a file");
    assert_eq!(fails(&["--clients", "c.json"]), "--users is missing: try --help, which shows such a file");
    assert_eq!(
        with_files(&["--listen", "9000"]),
        "`9000` is not an address to listen on, such as 127.0.0.1:9000"
    );
    assert_eq!(
        with_files(&["--store", "mysql:x"]),
        "`mysql:x` is not a store: use `memory`, `sqlite:FILE`, `postgres://…` or `valkey://…`, such as sqlite:oauth.db"
    );
    assert_eq!(
        with_files(&["--store", "sqlite:"]),
        "`sqlite:` is not a store: use `memory`, `sqlite:FILE`, `postgres://…` or `valkey://…`, such as sqlite:oauth.db"
    );
    #[cfg(feature = "valkey")]
    assert_eq!(
        with_files(&["--store", "valkey://oauth:hunter2@127.0.0.1?replicas=one"]),
        "--store valkey://…?replicas= needs the number of replicas that confirm a revocation, such as 1"
    );
    assert_eq!(
        with_files(&["--access-tokens", "jwe"]),
        "`jwe` is not a format of access tokens: use `jwt`, `opaque` or `jwe:FILE`"
    );
    let no_key = with_files(&["--access-tokens", "jwe:nowhere.pem"]);
    assert!(no_key.starts_with("cannot use the key file `nowhere.pem`: "), "{no_key}");
    assert_eq!(
        with_files(&["--issuer", "http://auth.example.com"]),
        "--issuer the issuer `http://auth.example.com` is http off loopback, where anyone on the way can change it (RFC 8414 \
         §2): use `https://`, or `http://127.0.0.1` for development"
    );
    assert_eq!(
        with_files(&["--listen", "127.0.0.1:0", "--store", "sqlite:nowhere/oauth.db"]),
        "cannot open the SQLite database `nowhere/oauth.db`: its directory does not exist"
    );
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0, "it must not leave anything behind");
}

#[test]
fn a_port_in_use() {
    let directory = tempfile::tempdir().unwrap();
    let (clients, users) = (sample("clients.json"), sample("users.json"));
    let files = ["--clients", clients.to_str().unwrap(), "--users", users.to_str().unwrap()];
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();

    let args = [&files[..], &["--listen", &address, "--store", "sqlite:oauth.db"]].concat();
    let (code, _, errors) = run("provider", &args, directory.path());

    assert_eq!(code, Some(1));
    assert_eq!(
        errors,
        format!(
            "provider: cannot listen on {address}: another program uses this port; stop it, or choose another port\n"
        )
    );
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0, "it must not touch a database");
}
