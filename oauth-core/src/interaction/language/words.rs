//! The list of texts.

use super::english::ENGLISH;
use super::text::{marks, tags};

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// The words of the built-in pages in a language.
        ///
        /// Texts are HTML, and what is in braces is filled in, escaped: `{service}`, `{client}`, `{host}`, `{user}`. A text has those
        /// of the English one. Whatever is not translated is English.
        ///
        /// ```
        /// use oauth_core::interaction::{Language, Theme, language};
        ///
        /// struct Dutch;
        ///
        /// impl Language for Dutch {
        ///     fn tag(&self) -> &str { "nl" }
        ///     fn sign_in(&self) -> &str { "Inloggen" }
        ///     fn sign_in_to(&self) -> &str { "bij {service}" }
        /// }
        ///
        /// let theme = Theme::new().languages([&Dutch, &language::ENGLISH as &dyn Language])?;
        /// # Ok::<(), oauth_core::interaction::InvalidTheme>(())
        /// ```
        pub trait Language: Send + Sync {
            /// The language tag (RFC 5646), such as `de` or `pt-BR`.
            fn tag(&self) -> &str;

            /// True if it is written from right to left.
            fn is_right_to_left(&self) -> bool {
                false
            }

            /// The answer to whoever must wait for so many seconds: "Too many attempts. Try again in 5 seconds."
            fn too_many_attempts(&self, seconds: u64) -> String {
                (ENGLISH.too_many_attempts)(seconds)
            }

            $(
                $(#[$doc])*
                fn $name(&self) -> &str {
                    ENGLISH.$name
                }
            )*
        }

        /// A language that is built in.
        #[derive(Debug)]
        pub struct Words {
            pub(super) tag: &'static str,
            pub(super) is_right_to_left: bool,
            pub(super) too_many_attempts: fn(u64) -> String,
            $(pub(super) $name: &'static str,)*
        }

        impl Language for Words {
            fn tag(&self) -> &str {
                self.tag
            }

            fn is_right_to_left(&self) -> bool {
                self.is_right_to_left
            }

            fn too_many_attempts(&self, seconds: u64) -> String {
                (self.too_many_attempts)(seconds)
            }

            $(fn $name(&self) -> &str {
                self.$name
            })*
        }

        /// Checks that each text has what the English one has: what is filled in, and the marks that are HTML.
        ///
        /// # Errors
        ///
        /// One line that names the text.
        pub(in crate::interaction) fn check(language: &dyn Language) -> Result<(), String> {
            for seconds in [1, 2, 5, 60] {
                let text = language.too_many_attempts(seconds);
                if text.contains(['<', '>', '{', '}']) {
                    let tag = language.tag();
                    return Err(format!("`too_many_attempts` of the language `{tag}` must have no braces and no tags: `{text}`"));
                }
            }
            // It stands in quotes.
            if language.signing_out().contains('"') {
                return Err(format!("the text `signing_out` of the language `{}` must have no `\"`", language.tag()));
            }
            $(
                let (text, english) = (language.$name(), ENGLISH.$name);
                if marks(text) != marks(english) || tags(text) != tags(english) {
                    return Err(format!(
                        "the text `{}` of the language `{}` must have what `{english}` has in braces and in angle brackets: `{text}`",
                        stringify!($name),
                        language.tag(),
                    ));
                }
            )*
            Ok(())
        }
    };
}

texts! {
    /// The title of the login form.
    sign_in_title,
    /// The title of the login form after a failure.
    not_signed_in_title,
    /// The heading of the login form, and its button.
    sign_in,
    /// The line below the heading of the login form.
    sign_in_to,
    /// The label of the user name.
    user_name,
    /// The label of the password.
    password,
    /// The answer to a wrong user name or password.
    wrong_credentials,
    /// The answer to a form of another browser, or an old one.
    expired,
    /// The answer to somebody who may not sign in, where the server gives no reason.
    refused,
    /// The link for whoever forgot the password.
    forgot_password,
    /// The link for whoever has no account.
    create_account,
    /// The title of the form for a one-time code.
    otp_title,
    /// The heading of the form for a one-time code.
    otp_heading,
    /// The label of the one-time code.
    otp,
    /// The answer to a wrong one-time code.
    wrong_otp,
    /// The answer to too many wrong one-time codes.
    too_many_codes,
    /// The answer to a form that came once more, after a right code, from a browser that this code has not signed in.
    code_used_up,
    /// The link back to the login form.
    start_over,
    /// The title of the question whether a client or a device may have what it asks for.
    consent_title,
    /// The heading of that question.
    consent_heading,
    /// The line below it, of a client with a home page.
    client_at_host_asks,
    /// The line below it, of any other client.
    client_asks,
    /// The warning of a client that came by itself.
    not_verified,
    /// The answer to an answer that did not count.
    answer_again,
    /// The line of a client that asks for no scope.
    nothing_more,
    /// The heading of the scopes.
    scopes,
    /// The heading of the resources.
    resources,
    /// The host that the person will be sent to.
    sent_to_host,
    /// The same of an application on their own device.
    sent_to_this_device,
    /// The button to refuse.
    deny,
    /// The button to agree.
    allow,
    /// The line that says who is signed in.
    signed_in_as,
    /// The link for someone else at the same browser.
    switch_account,
    /// The title of the form for the code of a device.
    device_title,
    /// The same after a failure.
    device_not_connected_title,
    /// The heading of the form for the code of a device.
    connect_a_device,
    /// The line below it.
    to_your_account,
    /// The warning of a code that came with a link.
    exactly_this_code,
    /// The label of the code.
    device_code,
    /// The button to go on, and the link to do so where nothing says to whom.
    go_on,
    /// The answer to a code that no device shows.
    wrong_code,
    /// The answer to a form that did not count.
    enter_again,
    /// The line of a device whose client has a home page.
    device_of_host_asks,
    /// The line of any other device.
    device_asks,
    /// The line above the code.
    must_show_this_code,
    /// The warning of RFC 8628 §5.4.
    device_warning,
    /// The title once a device is connected.
    device_connected_title,
    /// The title once a device is refused.
    device_refused_title,
    /// The heading once a device is connected.
    device_connected,
    /// The line below it.
    device_goes_on,
    /// The heading once a device is refused.
    device_refused,
    /// The line below it.
    you_refused,
    /// The title of the question whether to sign out.
    sign_out_title,
    /// The heading of that question.
    sign_out_heading,
    /// The line below it where a client asks.
    client_asks_to_sign_out,
    /// The line below it otherwise.
    you_are_signed_in_to,
    /// The answer to a sign-out that did not count.
    still_signed_in,
    /// The link to stay.
    stay_signed_in,
    /// The button to sign out.
    sign_out,
    /// The title for someone who is signed in.
    signed_in_title,
    /// The heading for someone who is signed in.
    signed_in,
    /// The line below it.
    signed_in_to,
    /// The advice to someone who is signed in and goes nowhere.
    close_this_page,
    /// The line for someone who signed in in place of another.
    signed_in_instead,
    /// The title for someone who is signed out.
    signed_out_title,
    /// The heading for someone who is signed out.
    signed_out,
    /// The line below it.
    signed_out_of,
    /// The link to a client.
    continue_to,
    /// The link to sign in.
    sign_in_again,
    /// The title of the frames by which clients hear of it.
    signing_out,
    /// The heading of a failure of the server.
    server_error,
    /// The advice below it.
    server_error_advice,
    /// The heading for whoever asks too often.
    too_many_requests,
    /// The heading of a server that has too much to do.
    too_busy,
    /// The advice below both.
    wait_a_moment,
    /// The heading of a request that is wrong.
    cannot_go_on,
    /// The advice below it.
    tell_its_makers,
    /// The advice where the client registered itself.
    registered_itself,
    /// The heading where nothing is.
    nothing_there,
    /// The advice below it.
    check_the_address,
    /// The link back to a host.
    back_to_host,
    /// The link back to an application on the person's own device.
    back_to_application,
}
