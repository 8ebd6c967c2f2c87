//! The attacks of RFC 9700 §4, and what meets each of them. Each has a test of its name in `tests/rfc/rfc9700_attacks.rs`
//! or, where a browser's session is concerned, in `tests/pages`; tokens at a resource are in `tests/resource`.
//!
//! | RFC 9700 | attack | what meets it |
//! |---|---|---|
//! | §4.1 | insufficient redirection URI validation | exact comparison, but for the port of a public client on loopback, where consent is asked every time; wildcards cannot be registered |
//! | §4.2 | leakage via `Referer` | codes die at first use and are bound to client and verifier; `Referrer-Policy: no-referrer` |
//! | §4.3 | leakage via browser history | no token ever travels in a query, nor in any URL unless a server of `profile = "oauth2.0"` says so; a token in a query is refused |
//! | §4.4 | mix-up | `iss` in every authorization response (RFC 9207) |
//! | §4.5 | code injection | PKCE with `S256` for every client; a code is bound to its client and redirect URI, and by `c_hash` to the ID token beside it; in the hands of another client it is neither used up nor punished |
//! | §4.6 | access token injection | no response type returns a token from the authorization endpoint, but for clients of `profile = "oauth2.0"`; `at_hash` binds it to the ID token beside it |
//! | §4.7 | cross-site request forgery | PKCE is not optional; `state` comes back untouched; forms carry a token bound to the session |
//! | §4.8 | PKCE downgrade | `plain` and an absent challenge are refused; a verifier without a challenge is refused |
//! | §4.9, §4.10 | token leakage at resource servers, misuse | an audience for every token, which JWTs and introspection tell; a [resource](crate::resource) of another server does not start without one of its own, and one beside its server has the server's; where the server declares [resources](crate::server::Resource), a token is for the one that the client names and the person agreed to, has only the scopes that are known there, and opens nobody's userinfo; short lifetimes; introspection and revocation. With [`dpop`](crate::server::ServerConfig::dpop) tokens are bound to a key of their client (§4.10.1): stolen without it they are worth nothing, and a resource may [take no others](crate::resource::ResourceConfig::dpop_required) |
//! | §4.11 | open redirection | nothing redirects to what is not registered; the login page returns to the authorization endpoint only; before the login, an error sends nobody by itself to a client that [came by itself](crate::client::ClientSource::Itself). To a client that the operator registered it does: a deviation from §4.11.2, which wants everyone logged in first |
//! | §4.12 | 307 redirect | 303 after a POST |
//! | §4.13 | TLS terminating reverse proxies | no header of a proxy says what the server is called or who asks, and none authenticates a client; where a request comes from, only [trusted proxies](crate::server::Environment::trusted_proxies) say |
//! | §4.14 | refresh token replay | rotation; reuse revokes the family; a short grace yields the one successor only; a new password, a sign-out and a year end it. Under `profile = "fapi2"` nothing rotates (FAPI 2.0 §5.3.2.1): who refreshes authenticates by a key, and proves one for the new token |
//! | §4.15 | client impersonating a resource owner | a client's own token says so: `sub` is its `client_id`, it has no refresh token, opens nobody's userinfo, and has no [`internal_subject`](crate::resource::ValidatedToken::internal_subject) at a resource beside the server; an assertion is worth a token for whom your hook names. Whoever registers clients gives none the `sub` of a person |
//! | §4.16 | clickjacking | `frame-ancestors 'none'`, `X-Frame-Options: DENY` |
//! | §4.17 | in-browser communication | no response leaves by `postMessage`; the page of `check_session` answers at the origin that asked, whether a state of that origin holds |
//!
//! A revoked token is dead at once where somebody looks it up: at introspection, userinfo and a resource beside the server. Whoever
//! verifies a signed token by keys alone sees it when the token expires.
//!
//! That is so whether the store keeps the token or not. Of a [self-contained](crate::token::JwtProfile::self_contained) one the server
//! has the signature (tests of these attacks are in `tests/selfcontained/attacks.rs`): what another key, another issuer or nobody signed, an ID token, a token of
//! another type and one that has expired are as unknown as what never was, and so is what has the signature and lacks the claim by which the server
//! speaks to itself. No hook sets that claim, and no shared secret signs it. It tells of a person no more than `sub` does: with a
//! [`PairwiseKey`](crate::openid::PairwiseKey) it is encrypted, under another key for each token. A revocation is one marker, by token,
//! family, session, person, client or grant, which every instance over the store finds; none of it is lost with the token's row, for there
//! is none. By token it is of the `jti`, 128 random bits that the server signed, and not of the text: whoever has an ECDSA signature can write
//! another of the same without the key. What is lost: nobody can list such tokens, and whoever has the signing key can write them, for the
//! server itself as for every API. Let them live for minutes.
//!
//! A resource that [knows](crate::resource::ResourceConfig::verification_cache) the tokens it has verified (tests of this are in
//! `tests/resource/remembered.rs` and `tests/selfcontained/remembered.rs`) is spared a signature and nothing else, and so are the endpoints
//! of a server whose tokens are self-contained: a token is known by the SHA-256 of its signature and by all that is signed, so that with
//! another of either it is another token; it counts until `exp`, and for the very keys that verified it, at this one resource or server.
//! Proofs, scopes, times and revocations are asked each time. Nothing that was refused is known, and a flood of valid tokens takes no more
//! memory than was said, nor the place of a token that is in use. The keys of proofs are known likewise, by the header that brings them,
//! once they have verified one: that spares the reading of the key, and neither the signature nor anything that a proof says.
//!
//! Introspection is no way around an audience, nor around encryption: whom a token is for is told everything, its own client that it
//! is active, until when and for which scopes, everyone else that it is not. A client that
//! [`danger_introspects_all`](crate::client::ClientBuilder::danger_introspects_all) is told everything of every token.
//!
//! Of proofs of keys (RFC 9449 §11): one is for a method, a URL as it is configured here, and at a resource for a token; it passes for
//! five minutes, or with a [nonce](crate::binding::DpopNonces) of the server's, and once, however many send it at the same time and to
//! whichever instance that shares the store (§11.1). Its key is in its header, public, and for an algorithm that is advertised; nobody
//! uses up the identifiers of another's. Refresh tokens of public clients, and codes whose request said so (§10), are bound as well: a
//! thief without the key can neither use them nor end what was granted. A resource of another server remembers identifiers in its own
//! process, unless [told where](crate::server::Environment::replay_ids): behind several instances a proof works once at each.
//!
//! Of [keys that instances share](crate::keys): whoever reads the store has none, for they are sealed by a key that it does not have, each for
//! its own name and use; whoever writes to it can make none that is published or signs, but can take keys away, and give an old one its
//! time back. A key that was revoked is refused once verifiers have read the set again, within ten minutes. What was signed with a
//! stolen key cannot be told from what the server signed: revoke what was granted, too.
//!
//! Of OpenID Connect: sectors cannot tell whom they have in common (Core §8.1, keyed and not only hashed), and applications of which
//! no host on the web is known, as those on a device, are a sector each; nor by `sid`, which is
//! another for each client; a logout is asked for
//! unless an ID token of the very session comes with it (RP-Initiated Logout §6), and leads to registered URIs only; a logout
//! token cannot be taken for an ID token, nor an ID token for an access token; a claim that is asked for by name (Core §5.5) is
//! told only if its scope is granted.
//!
//! Of pushed authorization requests (RFC 9126 §7, tests of these names in `tests/pushed/attacks.rs`): a `request_uri` has 256 random
//! bits, and is good for its client alone (§7.1); what is pushed names a registered redirect URI (§7.2), which is looked at again when
//! it is used, and so is everything else; a browser may load it again until it is answered, and one answer is sent, however many ask
//! at once (§7.3); nothing beside it in the query counts (§7.5). Whoever has a link with a `request_uri` can open it, as anybody can
//! who has a link with the parameters: PKCE and the client's session say whose answer it is.
//!
//! Of step-up (RFC 9470 §10, tests of these names in `tests/stepup/attacks.rs`): how somebody logged in, the interaction alone says; no
//! claim of a validator, no parameter of a client and no refresh makes a login better or younger, and a token of no login meets no
//! requirement. A server that names classes of logins issues nothing for one that was asked for and not reached. A challenge says
//! what a resource requires to whoever shows a valid token for it, and to nobody else. `max_age` has no leeway: the clocks of server and
//! resource are to agree by as much as matters to it.
//!
//! Beyond it: secrets are types that neither print nor compare in variable time; stores see hashes only; an unknown
//! client costs the work of a wrong secret and gets the same answer; an unknown user costs the work of a wrong password, and is
//! looked up with the same work; bodies are bounded, in size and in time; a failure of a store is a failure and never "not found".
//!
//! # Clients that come by themselves
//!
//! Whoever may name a URL makes this server send a request, and whoever may register makes it keep something.
//!
//! | attack | what meets it |
//! |---|---|
//! | a URL that leads inside: loopback, private networks, metadata services of clouds, IPv4 within IPv6 | names of no domain are not resolved; one special address (RFC 6890) among those of a name is enough to ask none |
//! | DNS rebinding: one answer for the judge, another for the connection | the name is resolved once, and the connection goes to an address that was judged |
//! | a redirect that leads inside | no redirect is followed, and no proxy is used |
//! | a body without an end, a server that does not answer | a limit for each kind of document, and 2.5 seconds for all of it |
//! | finding out what can be reached from here | one answer for all causes; they are in the log, at the level `debug` |
//! | a flood of URLs, at us or by us at others | limits by the address that asks, by the host that is asked, and of all; failures are remembered for a moment; who wants the same document waits for the one fetch. A document that was valid before is fetched in any case |
//! | a document that speaks for another | its `client_id` is the URL, byte for byte |
//! | a client that the operator deleted, and that comes back by a document at its identifier | a saved client whose identifier is the URL of a document is refused from the first day, with words in the log |
//! | a name that is somebody else's | the person is told that nobody has verified the client, the host that it comes from, and the host that they will be sent to |
//! | a logo that is somebody else's, or that tells its host who looks at the page | `logo_uri` is kept and told to the client, and neither fetched nor shown |
//! | a client that becomes another after people agreed | what they agreed to is remembered with a digest of its redirect URIs, keys and scopes |
//! | `javascript:` and its like as redirect URIs | refused; a scheme without a dot is for public clients alone |
//! | a client that asks for what only an operator's should have | a server that strangers can come to does not compile before it says which scopes they may have |
//! | a client that was registered when strangers could have more | it has the scopes that strangers have now; only one that came with an initial access token has those that it registered |
//! | a client that moves into the sector of another, to learn what that one calls people | a replacement that would change `subject_type` or the sector is refused; a list counts for redirect URIs with hosts on the web alone |
//! | a private key in a set of keys | the set is refused whole |
//! | filling the store | a limit by address and in total; who gets no token within a day is forgotten |
//! | a registration access token that leaks | it is hashed, and another one after each replacement; unknown clients and wrong tokens are one answer |
//! | a logout URI that leads inside | strangers have none |
//!
//! What remains: clients that share an address share its limits; with registrations from many addresses, strangers can use up all
//! that may be registered, for a day.
//!
//! # Guessing, floods, and keeping people out
//!
//! Guesses at passwords, one-time codes, client secrets and the codes of devices are [limited](crate::limits), and so is what anybody
//! may have kept. Whoever guesses from one address makes nobody wait but those behind the same address who ask for the same name; at a
//! browser where the person logged in before, not even them. Password hashes are computed in a queue of which strangers fill their
//! own part, and of that one address an eighth. What is kept of guesses are hashes of names and addresses: who reads the store can try
//! names, and sees for which there were guesses lately.
//!
//! A [second step](crate::guide::how_to::second_step) is asked for after a right password only. What the browser has between the steps is
//! no session and never becomes one: it lasts five minutes, ends with the password and with any sign-out, and is used up by one atomic
//! step; the session has a name of its own. Who knows a password has ten codes an hour, from whatever addresses. A browser where the person
//! gave a code before is counted apart, all of them together by ten codes an hour more; one from before the enrolment is not.
//!
//! What remains, and belongs in front of the server or beside it:
//!
//! - **Many addresses.** A botnet, or one network of IPv6 with many /64, can fail a hundred times an hour at a name, and for as long
//!   keep out its person at browsers that are new to them; and it can fill the strangers' part of the queue for hashes, which answers
//!   everyone else there with 503. Browsers that are known stay out of both.
//! - **Unknown addresses.** Behind a reverse proxy that is not named, or where nobody tells the server its peers, nothing is limited by
//!   address: the hundred an hour are anyone's, client secrets have nothing but their length, and one flood fills the queue. The
//!   report says so.
//! - **No known browser.** Users of a directory, whose password hashes the store does not have, and clients of the grant `password`
//!   are strangers always.
//! - **A page that looks like ours** and passes on what people type gets their password, their code and a session: a one-time code is
//!   bound to no site. Keys that are (WebAuthn) need a login of your own.
//! - **Several instances** count guesses together, in the store of tokens. Where that is no [`LimitStore`](crate::store::LimitStore),
//!   or while it fails, each counts for itself; floods are what each counts for itself always.
//! - **Headers of requests** come before the server sees anything: whoever accepts connections needs a deadline for them, as a reverse
//!   proxy has one.
