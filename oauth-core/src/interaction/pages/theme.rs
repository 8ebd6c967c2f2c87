//! The built-in look, and what can be changed about it without templates.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use askama::Template;
use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::login::whole_seconds;
use super::site::host_of;
use super::templates::{DevicePageTemplates, PageTemplates};
use super::views::{
    ConsentPage, DeviceConfirmationPage, DeviceDonePage, DevicePage, DeviceProblem, LoginPage, LoginProblem,
    LogoutPage, SignedInPage, SignedOutPage,
};
use crate::error::{Error, Result};

const STYLE: &str = include_str!("../../../templates/style.css");

/// The built-in pages: light and dark, phone and desktop, no scripts.
#[derive(Debug, Clone)]
pub struct Theme {
    service_name: Option<String>,
    logo: Option<String>,
    accent: Option<Color>,
    extra: String,
    style: String,
    policy: String,
}

impl Theme {
    /// The look without changes. The service is called by the issuer's host.
    pub fn new() -> Self {
        let (style, policy) = (String::new(), String::new());
        Self { service_name: None, logo: None, accent: None, extra: String::new(), style, policy }.prepared()
    }

    /// Sets what the pages call the service, as in "Sign in to Acme".
    #[must_use]
    pub fn service_name(mut self, name: impl Into<String>) -> Self {
        self.service_name = Some(name.into());
        self
    }

    /// Sets the colour of the main button, as `#rrggbb`. Any will do: the text on it is black or white, whichever
    /// contrasts more (at least 4.5 : 1, WCAG 2.2 §1.4.3).
    ///
    /// # Errors
    ///
    /// If it is not `#` and six hexadecimal digits.
    pub fn accent_color(mut self, color: &str) -> Result<Self, InvalidTheme> {
        self.accent = Some(Color::parse(color)?);
        Ok(self.prepared())
    }

    /// Sets an image to show above the heading: an `https` URL, or a path on the issuer's host such as `/logo.svg`.
    ///
    /// # Errors
    ///
    /// If it is neither, or has characters that URLs do not.
    pub fn logo(mut self, url: impl Into<String>) -> Result<Self, InvalidTheme> {
        let url = url.into();
        let is_path = url.starts_with('/') && !url.starts_with("//");
        // `;` and `,` would end the directive of the policy that names it.
        let is_clean = url.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\;,#?".contains(&b));
        if !is_clean || !(is_path || host_of(&url).is_some() && url.starts_with("https://")) {
            return Err(InvalidTheme(format!(
                "the logo `{url}` must be an https URL or a path such as `/logo.svg`, without query, `;` or `,`"
            )));
        }
        self.logo = Some(url);
        Ok(self.prepared())
    }

    /// Adds CSS after the built-in style sheet, whose custom properties (`--accent`, `--page`, `--card`, `--text`, …) it can
    /// set. It cannot load anything: the policy of the pages forbids it.
    ///
    /// # Errors
    ///
    /// If it contains `</`, which would end the style sheet, or NUL.
    pub fn stylesheet(mut self, css: impl Into<String>) -> Result<Self, InvalidTheme> {
        // As an HTML parser reads line ends: the hash is over what it read.
        let css = css.into().replace("\r\n", "\n").replace('\r', "\n");
        if css.contains("</") || css.contains('\0') {
            return Err(InvalidTheme(
                "the style sheet must not contain `</`, which would end it, nor NUL".to_owned(),
            ));
        }
        self.extra = css;
        Ok(self.prepared())
    }

    /// The style sheet, and the policy that allows it by its hash (CSP Level 3 §2.3.1).
    fn prepared(mut self) -> Self {
        let accent = self.accent.map(Color::style).unwrap_or_default();
        self.style = format!("{STYLE}{accent}{}", self.extra);
        let hash = STANDARD.encode(digest::digest(&digest::SHA256, self.style.as_bytes()));
        let images = match &self.logo {
            Some(url) if url.starts_with('/') => "; img-src 'self'".to_owned(),
            Some(url) => format!("; img-src {url}"),
            None => String::new(),
        };
        self.policy = format!(
            "default-src 'none'; style-src 'sha256-{hash}'{images}; frame-ancestors 'none'; base-uri 'none'"
        );
        self
    }

    pub(crate) fn style(&self) -> &str {
        &self.style
    }

    pub(crate) fn logo_url(&self) -> Option<&str> {
        self.logo.as_deref()
    }

    /// The name to call the server of this issuer.
    fn service<'a>(&'a self, issuer: &'a str) -> &'a str {
        self.service_name.as_deref().or_else(|| host_of(issuer)).unwrap_or(issuer)
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::new()
    }
}

/// One template a page.
macro_rules! pages {
    ($templates:ident { $($draw:ident($page:ident) = $path:literal, $view:ident;)* } $($policy:item)?) => {
        $(
            #[derive(Template)]
            #[template(path = $path)]
            struct $view<'a> {
                theme: &'a Theme,
                service: &'a str,
                page: &'a $page<'a>,
            }
        )*

        impl $templates for Theme {
            $(
                fn $draw(&self, page: &$page<'_>) -> Result<String> {
                    let view = $view { theme: self, service: self.service(page.issuer), page };
                    view.render().map_err(Error::server)
                }
            )*

            $($policy)?
        }
    };
}

pages! {
    PageTemplates {
        login(LoginPage) = "login.html", LoginView;
        consent(ConsentPage) = "consent.html", ConsentView;
        logout(LogoutPage) = "logout.html", LogoutView;
        signed_in(SignedInPage) = "signed_in.html", SignedInView;
        signed_out(SignedOutPage) = "signed_out.html", SignedOutView;
    }

    fn content_security_policy(&self) -> &str {
        &self.policy
    }
}

pages! {
    DevicePageTemplates {
        device(DevicePage) = "device.html", DeviceView;
        device_confirmation(DeviceConfirmationPage) = "device_confirmation.html", DeviceConfirmationView;
        device_done(DeviceDonePage) = "device_done.html", DeviceDoneView;
    }
}

impl LoginView<'_> {
    /// The text that says what went wrong, and what to do.
    fn problem(&self) -> Option<String> {
        Some(match self.page.problem? {
            LoginProblem::WrongCredentials => "The user name or the password is wrong.".to_owned(),
            LoginProblem::TooManyAttempts { retry_after } => too_many_attempts(*retry_after),
            LoginProblem::Expired => {
                "This page was too old, or your browser refuses cookies. Allow cookies for this \
                                      site, and try again."
                    .to_owned()
            }
            LoginProblem::Refused { reason } => reason.clone(),
        })
    }

    /// Tells whether what was typed is at fault.
    fn is_input_wrong(&self) -> bool {
        self.page.problem == Some(&LoginProblem::WrongCredentials)
    }
}

impl DeviceView<'_> {
    /// The text that says what went wrong, and what to do.
    fn problem(&self) -> Option<String> {
        Some(match self.page.problem? {
            DeviceProblem::WrongCode => {
                "No device shows this code, or no longer. Check it; if your device shows another by now, enter that one."
                    .to_owned()
            }
            DeviceProblem::TooManyAttempts { retry_after } => too_many_attempts(*retry_after),
            DeviceProblem::Unverified => {
                "Your answer could not be verified, so it did not count. Please enter the code again.".to_owned()
            }
        })
    }

    /// Tells whether what was typed is at fault.
    fn is_input_wrong(&self) -> bool {
        self.page.problem == Some(&DeviceProblem::WrongCode)
    }
}

fn too_many_attempts(retry_after: Duration) -> String {
    match whole_seconds(retry_after) {
        1 => "Too many attempts. Try again in a second.".to_owned(),
        seconds => format!("Too many attempts. Try again in {seconds} seconds."),
    }
}

/// An sRGB colour.
#[derive(Debug, Clone, Copy)]
struct Color([u8; 3]);

impl Color {
    fn parse(text: &str) -> Result<Self, InvalidTheme> {
        let number = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let Some(number) = number else {
            return Err(InvalidTheme(format!("the colour `{text}` must be `#rrggbb`, such as `#0b5cad`")));
        };
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }

    /// The custom properties of this accent.
    fn style(self) -> String {
        let Self([red, green, blue]) = self;
        // WCAG 2.2: black and white contrast equally (4.58 : 1) with a luminance of 0.179.
        let text = if self.luminance() > 0.179 { "#000000" } else { "#ffffff" };
        format!(":root{{--accent:#{red:02x}{green:02x}{blue:02x};--on-accent:{text}}}\n")
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// The reason why a [`Theme`] cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidTheme(String);

impl fmt::Display for InvalidTheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for InvalidTheme {}
