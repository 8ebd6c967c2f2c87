//! Running it: TLS and proxies, stores, instances, keys, backup, upgrade, watching, and what to do when something breaks.
//! How large a machine has to be is on a page of its own, [`sizing`](super::sizing).
//!
//! A server is one process of yours. This is what is around it on the first day, and on the day after.
//!
//! # TLS and proxies
//!
//! The server speaks HTTP/1.1; whatever is in front of it speaks TLS. The issuer is what clients see (`https://auth.example.com`), and
//! no header changes it: a proxy cannot be told from a stranger by its headers.
//!
//! - The path of the issuer, if it has one, is part of every route: a proxy hands it on.
//! - Name the proxies, or nothing is limited by address: [`Environment::trusted_proxies`](crate::server::Environment::trusted_proxies).
//!   `X-Forwarded-For` and `Forwarded` are read from the right up to the first address that is none of them.
//! - Nothing but the metadata and the JWK Set may be cached. Both say for how long.
//! - Leave `Authorization`, `DPoP` and `Origin` as they are; answer no CORS preflight in the proxy: the server knows the origins of its
//!   clients.
//! - Log no query of the authorization endpoint and no body: a code is in the one, secrets are in the other.
//! - Bodies of up to 64 KiB are read; a proxy may refuse larger ones. A request waits for up to 30 seconds for its body.
//!
//! # What an answered token means
//!
//! A token that was answered must be there afterwards, and more so a revocation, a redemption or a rotation. How far that goes is up to
//! the store and its settings. The tests try it (`tests/proof`): three instances under load, processes that are killed, databases too,
//! power that is cut, and then every answer is checked; each setting that loses something is also run, and is found out.
//!
//! | store | the process is killed | the power is cut | the machine is lost |
//! |---|---|---|---|
//! | `MemoryStore` | all is gone | all is gone | all is gone |
//! | `SqliteStore` | kept | kept: `synchronous = FULL`, one commit for all that wait | what the last [backup](crate::store::SqliteStore::back_up) has |
//! | `PostgresStore`, `synchronous_commit = on` | kept | kept | what the standby lags behind; nothing with `synchronous_standby_names` |
//! | the same, `off` | some tenths of a second are lost: **never for this** | the same | the same |
//! | `ValkeyStore`, `appendfsync always` | kept | kept | what the replica lags behind |
//! | the same, `everysec` | a second, if the server waits for its disk | two seconds | the same |
//! | the same, no append-only file | all since the last snapshot | the same | the same |
//! | each of these, [`SecurityWrites::Replicas`](crate::store::SecurityWrites::Replicas) | as above | as above | tokens as above; revocations and what was used up are kept if a replica that confirmed them takes over |
//!
//! A lost token costs a login. A lost revocation gives a thief their token back: choose by that. A cluster prefers the replica that has
//! most, which is no promise that it is one that confirmed; the tests kill primaries that have one replica, behind a link to it that has
//! fallen silent. `ValkeyStore` refuses to start on a server that evicts keys: an evicted marker is a revocation undone.
//!
//! # Instances
//!
//! Any number of instances can serve one issuer, if they share
//!
//! - the store: `PostgresStore` or `ValkeyStore` over the network, `SqliteStore` on one machine. A request may go to any instance: none
//!   remembers one;
//! - the keys: [`StoredKeys`](crate::keys::StoredKeys), or the same files. `KeyRing::load_or_generate` on two machines makes two keys:
//!   where the store is shared, `report()` warns of such, and `doctor` of a store without keys;
//! - the [`PairwiseKey`](crate::openid::PairwiseKey) and, with DPoP, the key of nonces: both come from
//!   [`StoredKeys`](crate::keys::StoredKeys), too;
//! - the configuration, as far as clients can see it.
//!
//! Their clocks may differ. By up to a minute nothing is lost or wrong, with one exception: a client that did not get the answer to a
//! refresh and asks another instance again within the grace (10 seconds) is taken for a thief by an instance whose clock is ahead by
//! more than that, and logs in anew. Keep them within a second of each other, as any time service does.
//!
//! # Starting and stopping
//!
//! ```no_run
//! use oauth_core::prelude::*;
//! # #[validator] struct Accounts { #[store] store: MemoryStore }
//! # #[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
//! # struct AuthServer { #[validator] accounts: Accounts }
//! # async fn example() -> std::result::Result<(), Box<dyn std::error::Error>> {
//! # let accounts = Accounts { store: MemoryStore::new() };
//! let server = AuthServer { accounts }.start()?;
//! let app = server.clone().into_router().merge(server.health().into_router());
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//! oauth_core::serve(listener, app).maintain(&server).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`serve`](crate::serve()) listens, runs the background work of the instance, and ends in order at SIGTERM: `/health/ready` says 503, load
//! balancers have five seconds to notice, open requests twenty-five to end. Give the process 35 seconds before you kill it
//! (`terminationGracePeriodSeconds`, `TimeoutStopSec`). Killed, it loses nothing that it answered.
//!
//! `GET /health/alive` asks nothing: restart what does not answer it. `GET /health/ready` asks the stores: send no requests to what
//! says 503, and do not restart it for that. Neither belongs on the internet.
//!
//! An application that listens by itself runs [`RunningServer::maintain`](crate::server::RunningServer::maintain) once in each process. Nothing in
//! the library spawns a task by itself: what has expired is swept there, keys are renewed, audit entries are written, and clients that
//! did not hear of a logout are told again, for a day, by whichever instance comes first.
//!
//! # Keys
//!
//! [`keys`](crate::keys) has the life of a key. In short: a key signs for 90 days, is published for a day before and for 30 days after, and
//! nobody does anything. The key of DPoP nonces turns likewise; that of pairwise identifiers never does. What remains to you is the
//! key-encryption key, 32 random bytes in `OAUTH_KEKS`: keep it where the backup of the database is not. Where a service keeps it (AWS KMS,
//! Vault), [`Keks::unwrap_with`](crate::keys::Keks::unwrap_with) asks that once, at a start.
//!
//! A key that was made elsewhere, in a file of `KeyRing::load_or_generate` for instance, is brought by `key import FILE.pem` or
//! [`StoredKeys::import`](crate::keys::StoredKeys::import): the first of its algorithm signs at once, and another one once it has been
//! published for a day. The key of pairwise identifiers cannot be brought: a server that has it in a file keeps the file, or people
//! get other identifiers at each client.
//!
//! When a key may be known to somebody else, [revoke](crate::keys::StoredKeys::revoke) it: what it signed is refused as soon as
//! verifiers ask for the keys again: within ten minutes, as HTTP caches and they keep them for five each, and 75 seconds more where it had
//! no successor. Tokens that the store keeps can be ended at once, by
//! [`revoke_client`](crate::server::RunningServer::revoke_client).
//!
//! # Administration
//!
//! [`admin`](crate::admin) has the acts of an operator as functions, each with its event, over a running server or over a store. The
//! feature `admin` makes a program of them, for a binary of your own: clients, users, sessions, consents, grants, keys, revocation, import
//! and export, a janitor and a doctor. `examples/provider` ships it:
//!
//! ```console
//! $ provider admin --store postgres://oauth@localhost/oauth client create calendar --redirect-uri https://calendar.example/callback
//! $ provider admin --store postgres://oauth@localhost/oauth session end-all alice
//! $ provider admin --store postgres://oauth@localhost/oauth doctor --json
//! ```
//!
//! It works beside the servers, whose people and clients see the change at once; `--help` explains each command. A secret that it makes is
//! shown once, and passwords are read from the standard input. A name that nothing is known of ends with the exit code 3, and nothing is
//! done; `revoke` alone does it all the same, and says so, for people and clients may be kept elsewhere. There is no administration
//! over HTTP.
//!
//! **Who did what.** With SQLite and PostgreSQL, each act is in the audit table, whatever the servers keep there: first the row
//! `admin.requested`, with the words of the command and the operator (`--actor`, `OAUTH_ACTOR`, or the user of the operating system), and
//! then what came of it, such as `client.deleted` or `admin.failed`. All rows of a run have one trace. The first is written before
//! anything is done, and if it cannot be, nothing is: written after the act, it would be missing whenever a crash or the database came
//! between. A request without an outcome means that it may have been done. A row is kept for 400 days; a program of yours says otherwise
//! by `Invocation::audit`. Valkey keeps no such table: there, the lines of the program's log are the record.
//!
//! ```console
//! $ provider admin --store postgres://oauth@localhost/oauth events tail -n 50 --kind admin
//! $ provider admin --store postgres://oauth@localhost/oauth events tail --follow --client calendar --json
//! ```
//!
//! `events tail` shows what the table has, in the order of time, and with `--follow` each second what has come. The clocks of instances
//! differ, and each writes its events a moment after they happened, so it looks back: ten seconds each time, and two minutes each tenth
//! time. What comes later than that, since an instance could not reach the database, is in the table all the same, and shown when the
//! program is run again.
//!
//! # Guesses and floods
//!
//! Guesses at passwords, client secrets and user codes are counted in the store, so that ten instances give nobody ten times as many; what
//! protects the memory of an instance is counted there. Where the store fails, each instance counts for itself. [`limits`](crate::limits)
//! has the numbers. A refusal is 429 with `Retry-After`, and 503 where the server itself has too much to do.
//!
//! # Backup and restore
//!
//! - SQLite: [`SqliteStore::back_up`](crate::store::SqliteStore::back_up) copies the file while it is in use. Do not copy it yourself: its log is
//!   another file.
//! - PostgreSQL: as any database of yours, with its log archived if minutes matter.
//! - Key files, where you have such, and `OAUTH_KEKS`: apart from the database.
//!
//! What is restored is as it was then: codes that were redeemed since can be redeemed until they expire, which takes a minute; tokens
//! that were revoked since are alive. If that matters, end what was granted: by client, or by person. Keys that were made since are
//! gone, and what they signed is refused.
//!
//! # Upgrade
//!
//! A store makes its tables itself when it is opened, while others wait that are opened, too. Migrations only add while older instances
//! run: replace one instance after the other, and go back if you must. Each says how old an instance may be that goes on with it; an
//! older one goes on while it runs, and is told why when it starts again. `PostgresStore` builds indexes `CONCURRENTLY`: running
//! instances write meanwhile, and the one that starts waits. A record of a newer format than an instance knows is answered with 503,
//! and is left as it is.
//!
//! A role that may not make tables is enough once an instance whose role may has started.
//!
//! # Watching
//!
//! Every act is one line at the level `info`, target `oauth_core::audit`, without secrets: [`event`](crate::event). What fails inside is
//! `error`, target `oauth_core`, with its cause; a request that ends that way says no more than `server_error`. Worth an alert:
//!
//! Acts on stored keys are told to the servers that have the keys, unless their [`KeyPolicy`](crate::keys::KeyPolicy::observer) names another
//! observer, and those of `provider admin` to its own log and to the audit table.
//!
//! [`Environment::instance`](crate::server::Environment::instance) names the instance in them, and the `traceparent` of a request is its
//! trace. To keep them, `Environment::new().audit(store.audit())` writes them into a table of SQLite or PostgreSQL, in batches, for 400
//! days ([`AuditTable`](crate::store::AuditTable)); what strangers were refused is kept for a week, and takes no room from others. To count them, `Metrics` of the feature `metrics` has the names of OpenTelemetry.
//!
//! | line | means |
//! |---|---|
//! | `refresh.reused`, `code.replayed` | somebody has what is another's, or a client is broken: which one, it says |
//! | `login.throttled`, `limit.denied`, in numbers | somebody tries |
//! | `the store could not …` | its database is down, full, locked or too slow |
//! | `nobody does the background work` | an application that listens by itself and does not run `maintain()` |
//! | `key.revoked`, `client_tokens.revoked`, `subject.revoked` | an operator acted |
//! | `admin.requested` | an operator asked for something: the `actor`, by the name they gave or were found under |
//!
//! # When something breaks
//!
//! | what | what happens | what to do |
//! |---|---|---|
//! | the database is down | 503 with `Retry-After`, `/health/ready` too; signed tokens go on being verified | bring it back: instances reconnect by themselves |
//! | it answers slowly | statements end after 2 seconds (PostgreSQL), connections are waited for for 3: 503 | look at its locks and disk; instances hold 32 connections each |
//! | the disk is full | what cannot be written is 503, nothing is half written; reading goes on | make room |
//! | a client does not answer logout notices | the person is signed out here all the same; the client is told again after 5 s, 30 s, 2 min, 10 min, and then each hour for a day | look for `back_channel.given_up` |
//! | an instance stands still | its requests time out, others go on; what it had not answered may have happened or not, and clients ask again | kill it |
//! | a clock is off | see [instances](#instances) | set it |
//! | a restore | see [backup](#backup-and-restore) | |
