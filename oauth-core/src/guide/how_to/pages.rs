//! How to change what the login and consent pages look like, and in which language they speak.
//!
//! **Problem.** People shall see your name, your colours and their own language, and find the way to a new password.
//!
//! **Code.** A [`Theme`](crate::interaction::Theme) has all that needs no HTML.
//!
//! ```
//! use oauth_core::interaction::{Language, LoginPages, Theme, language};
//! use oauth_core::prelude::*;
//!
//! /// What is not said here is English.
//! struct Dutch;
//!
//! impl Language for Dutch {
//!     fn tag(&self) -> &str { "nl" }
//!     fn sign_in(&self) -> &str { "Inloggen" }
//!     fn sign_in_to(&self) -> &str { "bij {service}" }
//!     fn consent_heading(&self) -> &str { "Mag {client} uw account gebruiken?" }
//!     fn cannot_go_on(&self) -> &str { "Dit verzoek kan niet verder" }
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let theme = Theme::new()
//!     .service_name("Acme")
//!     .accent_color("#0b5cad")?
//!     .logo("/logo.svg")?
//!     .forgot_password("/account/password")?
//!     .create_account("/account/new")?
//!     .languages([&Dutch, &language::GERMAN, &language::ENGLISH])?
//!     .scope("nl", "calendar", "uw agenda lezen")
//!     .scope("de", "calendar", "Ihren Kalender lesen");
//! let pages = LoginPages::with_templates(theme);
//! # let _ = pages;
//! # Ok(())
//! # }
//! ```
//!
//! **Why.** The language is the first that there is of those that the client names (`ui_locales`, OpenID Connect Core §3.1.2.1), and then
//! of those of the browser (`Accept-Language`). English, German, French, Spanish, Japanese and Arabic are built in; [`languages`] says
//! which there are, and the first is for whoever reads none of them. A text that lacks what is filled in, or has HTML that the English
//! text has not, is refused there, and not on the page. The words of scopes are those of `scopes("calendar" = "Read your calendar")`,
//! unless [`scope`] has them in the language of the page.
//!
//! Pages that tell of an error and send nobody back to a client, such as that of a wrong `redirect_uri`, have the same look and the same
//! languages; what is for developers on them is English.
//!
//! **Another page.** A [second step](super::second_step) of the login has a form of its own.
//!
//! **Other places.** Where your application has a `/login` of its own, [`PagePaths`](crate::interaction::PagePaths) says where ours is.
//!
//! **Other pages altogether** are drawn by [`PageTemplates`](crate::interaction::PageTemplates), with any template engine. Each page
//! is told the [languages](crate::interaction::PageForm::languages) that the person prefers. Pages of errors the server draws itself, by
//! the [`theme`](crate::interaction::PageTemplates::theme) that the templates name. A login of your own is
//! [another page](super::own_login).
//!
//! [`languages`]: crate::interaction::Theme::languages
//! [`scope`]: crate::interaction::Theme::scope
