//! Sizing: how many tokens a machine makes and keeps, by format and by store, and what changes with ten and with a hundred instances.
//!
//! One instance on two cores is enough for most; a second is there for the restart of the first. What follows tells when it is not.
//! Figures are of December 2026 (new tokens a second of SQLite and PostgreSQL of November), on two cores of a virtual x86-64 machine whose
//! disk syncs 11,600 times a second, database and callers on the same two cores: trust the ratios, and measure your own by the
//! [commands below](#measure-it).
//!
//! # Of one core
//!
//! A token request takes so much of the processor, all of HTTP and the client's authentication included:
//!
//! | access tokens | instructions | to a bare handler | a second, of a core | |
//! |---|---|---|---|---|
//! | opaque, in memory | 48,000 | 1.6 | some 50,000 | |
//! | signed (ES256), kept or self-contained | 269,000 | 8.7 | some 25,000 | four fifths of the instructions are the signature |
//! | a login with a password, beside | | | some 40 | one Argon2 hash: 19 MiB, two passes |
//!
//! Introspection of an opaque token costs about what its issue costs. A signed token costs its issuer twice the time once, and then nothing,
//! however often it is used: where APIs ask about each token even once, signed ones are cheaper. Two threads that share a server and its
//! `MemoryStore` take a seventh to a quarter more of the processor for each request than one, and half as much again where all ask as one
//! client.
//!
//! # Of one store
//!
//! A token that is kept is its hash and what was granted. Whether its text is opaque or signed makes no difference: a signed one that is
//! kept takes as much, and goes a minute after it has expired. [Self-contained](crate::token::JwtProfile::self_contained) ones take
//! nothing; what is kept of them is the marker of one that was revoked. Each server remembers the last ten thousand that it was asked about,
//! which take some 25 MB, and the keys of the last ten thousand clients that came with DPoP.
//!
//! | store | bytes of a live token: a client's, a person's | live tokens in a gigabyte | new ones a second, at most |
//! |---|---|---|---|
//! | `MemoryStore` | 90 to 140, 960 | 8 million, 1 million | as the processor makes them; they go with the process |
//! | `SqliteStore` | 430, 470 | 2.3 million, 2.1 million | 12,500 (64 callers), 4,500 (one); 6 to 20 times what a slow disk syncs |
//! | `PostgresStore` | 520, 600 | 1.9 million, 1.7 million | 18,700 (64 connections): 0.74 of `pgbench` with the bare insertion |
//! | `ValkeyStore`, `appendfsync always` | 410, 470 | 2.5 million, 2.1 million | as its disk syncs, for all that wait at once |
//! | none: self-contained | 0 | any | as the processor signs |
//!
//! So a thousand tokens of people a second that live for an hour are 3.6 million live ones, and 2.2 GB of PostgreSQL, its indexes included.
//! A lifetime of ten minutes makes a sixth of it. A durable token costs a commit, and commits are shared: the more callers at once, the
//! less each waits.
//!
//! `MemoryStore` never stands still. Its longest request is one that has a 256th of it grow: under a millisecond with a million live
//! tokens, some milliseconds with ten; when all expire at once, none takes longer than that. What it frees, the process keeps for the next
//! ones: plan for the most that are alive at once.
//!
//! # Logins
//!
//! As many hashes of strangers run at once as there are cores but one, eight at most, and half as many for browsers where the person logged in
//! before; the rest waits, 256 at most. One core is left to all else, which a flood of logins keeps waiting as little as possible; for many
//! logins at once, have more cores. A hash takes 19 MiB while it runs. [`limits`](crate::limits) has the queue.
//!
//! # Instances
//!
//! | | one | ten | a hundred |
//! |---|---|---|---|
//! | connections of `PostgresStore`, 32 an instance | 32 | 320: raise `max_connections`, which is 100, or hand in smaller pools | pools of four ([`from_pool`](crate::store::PostgresStore::from_pool)) |
//! | connections of `ValkeyStore` | one or two to each node | ten or twenty | two hundred at most: nothing to it |
//! | [keys](crate::keys) that are shared: read by each instance each minute | one read a minute | ten | a hundred: nothing to database or disk |
//! | JWK Set and metadata: verifiers keep them for five minutes | | | as many requests as with one: verifiers count, and not instances |
//! | sweeps: each instance each ten seconds, a thousand rows at a time, and at once where more is left | 1.3 statements a second | 13 | 130: no two wait for each other (`SKIP LOCKED`) |
//! | markers of what was revoked: read with the token, in the same statement | | | as many as revocations: instances do not count |
//! | guesses that are counted by the store: a right secret of a client costs two statements at each instance that it meets, then none | | | with 10,000 clients two million statements after all have started: start them in turn |
//! | limits that [each instance counts](crate::limits) for itself | once | ten times as wide | a hundred times: put them at the proxy, too |
//! | logouts, audit rows, new keys | | whoever comes first | whoever comes first |
//!
//! - **`SqliteStore`** is of one machine: ten instances share its file, and one writer at a time. A second machine is where `PostgresStore`
//!   begins.
//! - **The database is the limit.** An instance does for a core what the first table says; a token request is two statements, of which one
//!   writes, an introspection two or three that read. At ten instances the database needs more cores than any of them, and at a hundred
//!   it is what you size: self-contained tokens take the writes away, and short-lived ones the rows.
//! - **Introspection** grows with what asks: an API keeps an answer for 30 seconds, in each of its processes, so that a token in use costs
//!   two requests a minute of each process. A hundred processes of APIs with ten thousand tokens in use are 33,000 requests a second:
//!   let such verify signed tokens, and learn of a revocation when they expire.
//! - **Valkey** spreads over a cluster by the hash of a token; no request needs two of its nodes at once.
//!
//! # Measure it
//!
//! ```console
//! $ cargo run --release -p oauth-peers -- rates                     # requests a second, the processor's time of one, bytes a token
//! $ cargo run --release -p oauth-peers -- memory --tokens 10000000  # bytes a token at each power of ten, the longest request
//! $ cargo run --release -p oauth-peers -- scaling                   # one thread and two
//! $ cargo run --release -p oauth-peers --features logins -- logins  # what token requests wait for logins
//! $ cargo bench -p oauth-tests --features interop --bench durable   # tokens that are on the disk, and their bytes
//! $ cargo xtask binary                                              # the size of the smallest program
//! ```
