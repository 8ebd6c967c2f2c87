//! Passwords: argon2id (RFC 9106), with the parameters of the OWASP password storage cheat sheet.

use std::sync::LazyLock;

use argon2::password_hash::{
    Error as HashError, PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash,
};
use argon2::{Argon2, Params};
use tokio::runtime::Handle;

use crate::error::{Error, ErrorCode, Result};
use crate::event::EventKind;
use crate::limits::{HashQueue, Lane, Turn};
use crate::request::Request;
use crate::secret::SecretString;
use crate::store::{StoreRoles, User, UserStore};

/// The longest password, in bytes. Longer ones are refused before any work is done for them.
pub const MAX_PASSWORD_LENGTH: usize = 1024;

/// The longest user name at the login page, in bytes. Longer ones are refused like a wrong password.
pub const MAX_USERNAME_LENGTH: usize = 1024;

// "Use Argon2id with a minimum configuration of 19 MiB of memory, an iteration count of 2, and 1 degree of
// parallelism": what `Argon2::default()` is, and must stay.
const _: () = assert!(
    Params::DEFAULT_M_COST == 19 * 1024 && Params::DEFAULT_T_COST == 2 && Params::DEFAULT_P_COST == 1,
    "the parameters of DUMMY_HASH must be those of new hashes"
);

/// Verified for users that do not exist, so that they take as long as a wrong password: same parameters, and a digest
/// that no known password has.
pub(crate) const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm8gc3VjaCB1c2VyIQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The queue for logins that no running server reads: an application's own.
static OUTSIDE: LazyLock<HashQueue> = LazyLock::new(HashQueue::new);

impl User {
    /// The user with this password, hashed. Takes some tens of milliseconds of a core: not for the middle of a request.
    ///
    /// ```
    /// use oauth_core::store::User;
    ///
    /// let user = User::new("248289761001", "alice").with_password("correct horse battery staple")?;
    /// assert!(user.password_hash.is_some_and(|hash| hash.starts_with("$argon2id$")));
    /// # Ok::<(), oauth_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the password is empty, or longer than [`MAX_PASSWORD_LENGTH`] bytes.
    pub fn with_password(mut self, password: &str) -> Result<Self> {
        if password.is_empty() || password.len() > MAX_PASSWORD_LENGTH {
            return Err(Error::invalid_request(format!(
                "the password has {} bytes; it must have 1 to {MAX_PASSWORD_LENGTH}",
                password.len()
            )));
        }
        let hash = Argon2::default().hash_password(password.as_bytes()).map_err(failed)?;
        self.password_hash = Some(hash.to_string());
        Ok(self)
    }
}

/// Checks a login as the default of [`validate_user`](crate::validator::RequestValidator::validate_user) does, for one that does more: an unknown user, a user
/// without a password and a wrong password are the same answer after the same work, in the server's queue for hashes.
///
/// ```
/// use oauth_core::interaction::password;
/// use oauth_core::limits::ClientAddress;
/// use oauth_core::prelude::*;
///
/// #[validator(custom)]
/// struct Accounts {
///     #[store]
///     store: MemoryStore,
/// }
///
/// #[validator]
/// impl Accounts {
///     async fn validate_user(&self, name: &str, password: &str, request: &mut Request) -> Result<Option<User>> {
///         if request.extensions.get::<ClientAddress>().is_some_and(|from| from.0.is_multicast()) {
///             return Err(Error::access_denied("not from there"));
///         }
///         password::validate_user(self, name, password, request).await
///     }
/// }
/// ```
pub async fn validate_user<V: StoreRoles<Users: UserStore>>(
    validator: &V,
    username: &str,
    password: &str,
    request: &Request,
) -> Result<Option<User>> {
    // This tells a guesser the length of their own guess, and nothing else.
    if password.len() > MAX_PASSWORD_LENGTH {
        return Ok(None);
    }
    let user = user_by_username(validator, username).await?;
    let known = user.as_ref().and_then(|user| user.password_hash.clone());
    let can_log_in = known.is_some();
    let hash = known.unwrap_or_else(|| DUMMY_HASH.to_owned());
    let turn = request.extensions.get::<Turn>().cloned();
    let turn = turn.unwrap_or_else(|| OUTSIDE.turn(Lane::Strangers, None::<()>));
    let correct = verify(hash, SecretString::new(password), &turn).await?;
    Ok(user.filter(|_| can_log_in && correct))
}

/// The event of a login that ended with this error: a failure of ours is one of the login, and all else was decided.
pub(crate) fn event_of(error: &Error) -> EventKind {
    if error.code() == ErrorCode::ServerError { EventKind::LoginFailed } else { EventKind::LoginRefused }
}

/// The failure of a login whose password hash cannot be compared with the one that was right.
pub(crate) fn unknown_with_hash() -> Error {
    Error::server(
        "validate_user returned a user with a password hash whom the user store does not know: they were deleted \
         meanwhile; or the password is checked elsewhere, and the user must be returned without a hash",
    )
}

/// No login name has control characters, and not every database takes them.
pub(crate) async fn user_by_username<V: StoreRoles<Users: UserStore>>(
    validator: &V,
    username: &str,
) -> Result<Option<User>> {
    if username.chars().any(char::is_control) {
        return Ok(None);
    }
    Ok(validator.users().user_by_username(username).await?)
}

/// Tells whether this is the hash of some password, under a salt.
pub(crate) fn is_salted(hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| hash.salt.is_some() && hash.hash.is_some())
}

/// Compares a password with its hash, off the threads that serve requests.
async fn verify(hash: String, password: SecretString, turn: &Turn) -> Result<bool> {
    let (_place, permit) = turn.come().await?;
    let work = move || {
        // Held until the work is done, also when the request that wanted it has gone away.
        let _permit = permit;
        let hash = PasswordHash::new(&hash)
            .map_err(|_| Error::server("a stored password hash is not a PHC string"))?;
        match Argon2::default().verify_password(password.expose().as_bytes(), &hash) {
            Ok(()) => Ok(true),
            Err(HashError::PasswordInvalid) => Ok(false),
            Err(error) => Err(failed(error)),
        }
    };
    match Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(work).await.map_err(Error::server)?,
        Err(_) => work(),
    }
}

fn failed(error: HashError) -> Error {
    Error::server(format!("argon2: {error}"))
}
