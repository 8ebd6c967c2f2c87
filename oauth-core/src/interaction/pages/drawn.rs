//! The pages as the built-in look draws them.

use askama::Template;

use super::Theme;
use super::templates::{DevicePageTemplates, PageTemplates};
use super::views::{
    ConsentPage, DeviceConfirmationPage, DeviceDonePage, DevicePage, DeviceProblem, LoginPage, LoginProblem,
    LogoutPage, OtpPage, OtpProblem, SignedInPage, SignedOutPage,
};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::interaction::language::{Html, Language, Text, Values};

/// One template a page, and what its texts have in braces.
macro_rules! pages {
    ($templates:ident {
        $($draw:ident($page:ident $(. $form:ident)?: $type:ident) = $path:literal, $view:ident { $($name:ident: $value:expr),* };)*
    } $($more:item)*) => {
        $(
            #[derive(Template)]
            #[template(path = $path)]
            struct $view<'a> {
                theme: &'a Theme,
                say: Text<'a>,
                words: &'static dyn Language,
                page: &'a $type<'a>,
            }
        )*

        impl $templates for Theme {
            $(
                fn $draw(&self, $page: &$type<'_>) -> Result<String> {
                    let words = self.language($page $(. $form)?.languages);
                    let values = Values { $($name: Some($value),)* ..Values::of(self.service($page $(. $form)?.issuer)) };
                    let view = $view { theme: self, say: Text::new(words, values), words, page: $page };
                    view.render().map_err(Error::server)
                }
            )*

            $($more)*
        }
    };
}

pages! {
    PageTemplates {
        login(page.form: LoginPage) = "login.html", LoginView {};
        otp(page.form: OtpPage) = "otp.html", OtpView {};
        consent(page.form: ConsentPage) = "consent.html", ConsentView {
            client: page.client.display_name(), user: &page.user.username
        };
        logout(page.form: LogoutPage) = "logout.html", LogoutView {
            client: page.client.map_or("", Client::display_name), user: &page.user.username
        };
        signed_in(page: SignedInPage) = "signed_in.html", SignedInView { user: &page.user.username };
        signed_out(page: SignedOutPage) = "signed_out.html", SignedOutView {
            client: page.client.map_or("", Client::display_name),
            user: page.user.map_or("", |user| &user.username)
        };
    }

    fn content_security_policy(&self) -> &str {
        self.policy()
    }

    fn theme(&self) -> Option<&Theme> {
        Some(self)
    }
}

pages! {
    DevicePageTemplates {
        device(page.form: DevicePage) = "device.html", DeviceView { user: &page.user.username };
        device_confirmation(page.form: DeviceConfirmationPage) = "device_confirmation.html", DeviceConfirmationView {
            client: page.client.display_name(), user: &page.user.username
        };
        device_done(page: DeviceDonePage) = "device_done.html", DeviceDoneView { client: page.client.display_name() };
    }
}

impl LoginView<'_> {
    /// The text that says what went wrong, and what to do.
    fn problem(&self) -> Option<Html> {
        Some(match self.page.problem? {
            LoginProblem::WrongCredentials => self.say.html(self.words.wrong_credentials()),
            LoginProblem::TooManyAttempts { retry_after } => self.say.wait(*retry_after),
            LoginProblem::TooManyCodes => self.say.html(self.words.too_many_codes()),
            LoginProblem::CodeUsedUp => self.say.html(self.words.code_used_up()),
            LoginProblem::Expired => self.say.html(self.words.expired()),
            LoginProblem::Refused { reason: Some(reason) } => Html::escaped(reason),
            LoginProblem::Refused { reason: None } => self.say.html(self.words.refused()),
        })
    }

    /// Tells whether what was typed is at fault.
    fn is_input_wrong(&self) -> bool {
        self.page.problem == Some(&LoginProblem::WrongCredentials)
    }
}

impl OtpView<'_> {
    /// The text that says what went wrong, and what to do.
    fn problem(&self) -> Option<Html> {
        Some(match self.page.problem? {
            OtpProblem::WrongCode => self.say.html(self.words.wrong_otp()),
            OtpProblem::TooManyAttempts { retry_after } => self.say.wait(*retry_after),
            OtpProblem::Refused { reason: Some(reason) } => Html::escaped(reason),
            OtpProblem::Refused { reason: None } => self.say.html(self.words.refused()),
        })
    }

    /// Tells whether what was typed is at fault.
    fn is_input_wrong(&self) -> bool {
        self.page.problem == Some(&OtpProblem::WrongCode)
    }
}

impl DeviceView<'_> {
    /// The text that says what went wrong, and what to do.
    fn problem(&self) -> Option<Html> {
        Some(match self.page.problem? {
            DeviceProblem::WrongCode => self.say.html(self.words.wrong_code()),
            DeviceProblem::TooManyAttempts { retry_after } => self.say.wait(*retry_after),
            DeviceProblem::Unverified => self.say.html(self.words.enter_again()),
        })
    }

    /// Tells whether what was typed is at fault.
    fn is_input_wrong(&self) -> bool {
        self.page.problem == Some(&DeviceProblem::WrongCode)
    }
}
