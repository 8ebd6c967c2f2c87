//! How to ask for a one-time code after the password.
//!
//! **Problem.** Some people have enrolled an authenticator app. The built-in pages shall ask them for its code.
//!
//! **Code.** `cargo add aws-lc-rs`, which `oauth-core` has among its dependencies already. Two hooks, of which neither compiles without
//! the other: one says who needs a code, one checks it. The app and the server share a secret, and a code is a MAC of the time (TOTP, RFC
//! 6238).
//!
//! ```
//! use std::collections::HashMap;
//! use std::sync::{Mutex, PoisonError};
//!
//! use aws_lc_rs::hmac;
//! use oauth_core::prelude::*;
//!
//! /// What somebody has enrolled.
//! struct Key {
//!     /// 20 random bytes, which the app was shown once, as a QR code.
//!     secret: Vec<u8>,
//!     /// The step of time whose code was used last.
//!     last: u64,
//! }
//!
//! #[validator(custom)]
//! struct Accounts {
//!     #[store]
//!     store: MemoryStore,
//!     /// By subject. Yours are in a table, and the secrets encrypted.
//!     keys: Mutex<HashMap<String, Key>>,
//! }
//!
//! #[validator]
//! impl Accounts {
//!     fn is_otp_required(&self, user: &User, _request: &mut Request) -> Result<bool> {
//!         let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
//!         Ok(keys.contains_key(&user.subject))
//!     }
//!
//!     fn validate_otp(&self, user: &User, otp: &str, request: &mut Request) -> Result<bool> {
//!         let now = request.now().as_secs() / 30;
//!         // Apps show `123 456`.
//!         let otp: String = otp.split_whitespace().collect();
//!         let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
//!         let Some(key) = keys.get_mut(&user.subject) else { return Ok(false) };
//!         // The clock of a phone may be off by a step; a code that was used, or is older, is right no more (RFC 6238 §5.2).
//!         let steps = now.saturating_sub(1)..=now + 1;
//!         let right = steps.filter(|step| *step > key.last).find(|step| totp(&key.secret, *step).matches(&otp));
//!         // In a table: `UPDATE keys SET last = $2 WHERE subject = $1 AND last < $2`, and the code is right if that changed a row.
//!         key.last = right.unwrap_or(key.last);
//!         Ok(right.is_some())
//!     }
//! }
//!
//! /// RFC 6238 as the apps have it: HMAC-SHA-1, 30 seconds, six digits.
//! fn totp(secret: &[u8], step: u64) -> SecretString {
//!     let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
//!     let mac = hmac::sign(&key, &step.to_be_bytes());
//!     // RFC 4226 §5.3: four bytes of it, from a place that its last digit says.
//!     let mac = mac.as_ref();
//!     let at = usize::from(mac[19] & 15);
//!     let number = u32::from_be_bytes([mac[at] & 0x7f, mac[at + 1], mac[at + 2], mac[at + 3]]);
//!     SecretString::new(format!("{:06}", number % 1_000_000))
//! }
//!
//! #[authorization_server(issuer = "https://auth.example.com", grants(authorization_code, refresh_token))]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let secret = b"12345678901234567890".to_vec();
//! # // RFC 6238, Appendix B, in its last six digits.
//! # for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
//! #     assert!(totp(&secret, time / 30).matches(code), "{time}");
//! # }
//! # let keys = Mutex::new(HashMap::from([("1".to_owned(), Key { secret: secret.clone(), last: 0 })]));
//! # let accounts = Accounts { store: MemoryStore::new(), keys };
//! # let (alice, bob, mut request) = (User::new("1", "alice"), User::new("2", "bob"), Request::default());
//! # assert!(accounts.is_otp_required(&alice, &mut request).is_ok_and(|required| required));
//! # assert!(accounts.is_otp_required(&bob, &mut request).is_ok_and(|required| !required));
//! # let code = totp(&secret, request.now().as_secs() / 30 + 1);
//! # let code = format!("{} {}", &code.expose()[..3], &code.expose()[3..]);
//! # let mut check = |user: &User, code: &str| accounts.validate_otp(user, code, &mut request).is_ok_and(|right| right);
//! # assert!(!check(&bob, &code) && check(&alice, &code) && !check(&alice, &code));
//! # let _ = AuthServer { accounts, pages: LoginPages::new() }.start()?;
//! # Ok(())
//! # }
//! ```
//!
//! **Why.** The password is checked first, and nobody learns who has a second step without it. Then the code must come within five
//! minutes; five wrong ones, and the password is asked for again (as each instance counts them, where the store of tokens is no
//! [`LimitStore`](crate::store::LimitStore)). Guesses are [limited](crate::limits) beside that, by person and address. `amr` of tokens tells how somebody logged in: `pwd`, `otp` and `mfa` (RFC 8176 §2), or `pwd` alone.
//!
//! **What to mind.**
//!
//! - A code works once: use it up in one atomic step of your database, as the comment says.
//! - Enrolment is a page of your own, for somebody who is logged in: make 20 random bytes, show them as the QR code of an
//!   `otpauth://totp/…` URI, and keep them once a first code made by them came back.
//! - A code by mail or text message is sent by `is_otp_required`, which runs after each right password: also where somebody reloads the
//!   page that asks for the code, and so sends the password again. Limit how many are sent.
//! - The grant `password` asks `is_otp_required` as well, and refuses whoever needs a code: it has no place for one. Send nothing
//!   then: `if request.grant_type.is_none() { self.send_code(user).await?; }`
//! - `acr` of [`LoginPages`](crate::interaction::LoginPages::acr) is the same with a code and without. A client that wants a code for certain
//!   reads `amr`; or the hook is `true` of everybody.
//! - A password that is saved anew while it is checked, by `validate_user` or by the hook, has to be given once more.
//! - Who is logged in when they enrol stays so, with `pwd` alone. Call
//!   [`sign_out_everywhere`](crate::server::RunningServer::sign_out_everywhere) if that is not to be.
//! - The keyboard of a phone shows digits there: make recovery codes of digits. `validate_otp` takes them like any code, once.
//! - A stolen table of secrets makes every code: keep them encrypted, by a key that is not in the database.
//! - An [`Interaction`](crate::interaction::Interaction) of your own is not asked about codes, and asks for them itself.
//! - Templates of your own draw the form by [`PageTemplates::otp`](crate::interaction::PageTemplates::otp). Those that do not
//!   override it show the built-in form, without its style where their policy keeps that out.
