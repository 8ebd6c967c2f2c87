//! The items that `#[resource_server]` names.

use crate::jose::DecryptionKey;
use crate::resource::{Credentials, ResourceServer};
use crate::server::Resource;

/// The client of a resource server without an `#[http_client]` field.
#[cfg(feature = "http-client")]
pub use crate::http::HttpsClient as DefaultHttpClient;

/// No client: the feature `http-client` is off.
#[cfg(not(feature = "http-client"))]
#[derive(Debug)]
pub enum DefaultHttpClient {}

#[cfg(not(feature = "http-client"))]
impl DefaultHttpClient {
    /// Never runs: it is no `HttpClient`, which is a compile error.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn new() -> Result<Self, crate::http::HttpError> {
        Err(crate::http::HttpError::failed("the feature `http-client` is off"))
    }
}

/// The resource that a type of `resources(…)` stands for: its audience and its scopes. One whose audience only a run can tell has no
/// URI here, which a check of the server finds.
pub const fn resource_of<R: ResourceServer>() -> Resource {
    let uri = match R::CONFIG.audience {
        Some(audience) => audience,
        None => "",
    };
    match R::CONFIG.scopes {
        Some(scopes) => Resource::new(uri).declared_scopes(scopes),
        None => Resource::new(uri),
    }
}

/// The text that `audience = self.field` reads.
#[diagnostic::on_unimplemented(
    message = "the type `{Self}` does not hold an audience",
    label = "not a text",
    note = "the field that `audience = self.…` names is a `String`, or another type that is `AsRef<str>`"
)]
pub trait AudienceText {
    /// The text.
    fn text(&self) -> &str;
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str> + ?Sized> AudienceText for T {
    fn text(&self) -> &str {
        self.as_ref()
    }
}

/// Reads the field that `audience = self.field` names.
pub fn audience_text<T: AudienceText + ?Sized>(field: &T) -> &str {
    field.text()
}

/// A `#[credentials]` field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the credentials of a resource server",
    label = "not credentials",
    note = "the field is of the type `oauth_core::resource::Credentials`: `Credentials::new(client_id, client_secret)`"
)]
pub trait CredentialsField {
    /// Them.
    fn credentials(&self) -> Credentials;
}

impl CredentialsField for Credentials {
    fn credentials(&self) -> Credentials {
        self.clone()
    }
}

/// Reads the `#[credentials]` field.
pub fn credentials<T: CredentialsField>(field: &T) -> Credentials {
    field.credentials()
}

/// A `#[decryption_key]` field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot decrypt tokens",
    label = "not a decryption key",
    note = "the field is of the type `oauth_core::jose::DecryptionKey`"
)]
pub trait DecryptionKeyField {
    /// The player that the field becomes.
    fn decryption_key(&self) -> DecryptionKey;
}

impl DecryptionKeyField for DecryptionKey {
    fn decryption_key(&self) -> DecryptionKey {
        self.clone()
    }
}

/// Reads the `#[decryption_key]` field.
pub fn decryption_key<T: DecryptionKeyField>(field: &T) -> DecryptionKey {
    field.decryption_key()
}
