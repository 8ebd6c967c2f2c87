//! The person's browser: it keeps cookies, follows redirects, logs in and answers the consent page.

use std::collections::BTreeMap;

use http::header::{COOKIE, HeaderName, SET_COOKIE};
use http::{Method, StatusCode};
use parking_lot::Mutex;

use super::Stop;
use super::answer::Answer;
use super::fixture::Decision;
use super::form::Form;
use super::suite::{Suite, encode, request};

/// The most pages between an authorization request and its answer.
const PATIENCE: usize = 8;

/// A user whose password the suite knows.
#[cfg(feature = "pages")]
#[derive(Debug, Clone)]
pub(super) struct TestUser {
    pub(super) record: crate::store::User,
    password: crate::secret::SecretString,
}

#[cfg(feature = "pages")]
impl TestUser {
    /// The same one for the whole process: hashing a password takes long.
    pub(super) fn new() -> crate::Result<Self> {
        static USER: Mutex<Option<TestUser>> = Mutex::new(None);
        let mut user = USER.lock();
        if let Some(user) = &*user {
            return Ok(user.clone());
        }
        let password = crate::secret::SecretString::random();
        let record = crate::store::User::new("conformance-subject", "conformance-user");
        let made = Self { record: record.with_password(password.expose())?, password };
        Ok(user.insert(made).clone())
    }
}

/// The cookies by name, each with its attributes.
#[derive(Debug, Default)]
pub(super) struct Cookies(Mutex<BTreeMap<String, (String, String)>>);

impl Cookies {
    /// The value of a cookie, and its attributes.
    pub(super) fn get(&self, name: &str) -> Option<(String, String)> {
        self.0.lock().get(name).cloned()
    }

    fn header(&self) -> String {
        let cookies = self.0.lock();
        cookies.iter().map(|(name, (value, _))| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, answer: &Answer) {
        let lines = answer.headers.get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        for line in lines {
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let Some((name, value)) = pair.split_once('=') else { continue };
            let mut cookies = self.0.lock();
            if attributes.to_ascii_lowercase().contains("max-age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), (value.to_owned(), attributes.to_owned()));
            }
        }
    }
}

impl Suite {
    /// Sends a request to the authorization endpoint and answers its pages, until the browser is sent elsewhere or an
    /// error is shown.
    pub(super) async fn browse(&self, query: &str, decision: Decision) -> Result<Answer, Stop> {
        let query = self.pushed_if_required(query).await?;
        self.browse_as_it_is(&query, decision).await
    }

    /// The same, with this query whatever the server demands.
    pub(super) async fn browse_as_it_is(&self, query: &str, decision: Decision) -> Result<Answer, Stop> {
        let path = self.path(crate::frame::Route::AUTHORIZATION)?;
        let answer = self.walk(&format!("{path}?{query}"), decision).await?;
        answer.expect(
            answer.status != StatusCode::OK,
            "a page with a field `password`, or one with buttons `decision`",
            "the interaction is your own: tell the suite how its requests are authenticated, with \
             `fixture.approve(|request| …)`",
        )?;
        Ok(answer)
    }

    /// Opens a page and answers forms, until there is none that a person would answer, or the browser is sent elsewhere.
    pub(super) async fn walk(&self, path: &str, decision: Decision) -> Result<Answer, Stop> {
        let mut answer = self.visit(Method::GET, path, "", decision).await?;
        let mut has_logged_in = false;
        for _ in 0..PATIENCE {
            if let Some(location) = answer.location().filter(|_| answer.status.is_redirection()) {
                let location = location.strip_prefix(&self.origin).unwrap_or(location).to_owned();
                if !location.starts_with('/') || location.starts_with("//") {
                    return Ok(answer);
                }
                answer = self.visit(Method::GET, &location, "", decision).await?;
                continue;
            }
            let html = String::from_utf8_lossy(&answer.body).into_owned();
            let is_page =
                answer.status == StatusCode::OK && answer.header("content-type").starts_with("text/html");
            let mut form = if !is_page {
                return Ok(answer);
            } else if let Some(mut form) = Form::with_field(&html, "password") {
                answer.expect(
                    !has_logged_in,
                    "to be logged in",
                    "the user of `fixture.user()` is not in the server's store of users, or `validate_user` refuses them",
                )?;
                has_logged_in = true;
                self.log_in(&mut form, &answer)?;
                form
            } else if let Some(form) =
                Form::with_field(&html, "decision").or_else(|| Form::with_field(&html, "user_code"))
            {
                form
            } else {
                return Ok(answer);
            };
            // A page may ask for both at once.
            if form.has("decision") {
                form.set("decision", if decision == Decision::Allow { "allow" } else { "deny" });
            }
            let fields = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            answer = self.visit(Method::POST, &form.action, &encode(fields), decision).await?;
        }
        Err(answer
            .fail("an end after a few pages", "the pages lead in a circle: cookies or redirects do not fit"))
    }

    async fn visit(
        &self,
        method: Method,
        path: &str,
        body: &str,
        decision: Decision,
    ) -> Result<Answer, Stop> {
        let cookies = self.cookies.header();
        let mut headers: Vec<(_, &str)> = Vec::new();
        if !cookies.is_empty() {
            headers.push((COOKIE, &cookies));
        }
        if method == Method::POST {
            // What browsers say of a form on a page of the server's own (W3C Fetch Metadata §2.3).
            headers.push((HeaderName::from_static("sec-fetch-site"), "same-origin"));
        }
        let mut request = request(method, path, &headers, body)?;
        self.fixture.decide(decision, &mut request);
        let answer = self.send(request).await;
        self.cookies.keep(&answer);
        self.keep_page(&answer);
        Ok(answer)
    }

    /// Opens a page as somebody whom nobody knows, and answers nothing.
    pub(super) async fn look(&self, path: &str) -> Result<Answer, Stop> {
        let answer = self.get(path).await?;
        self.keep_page(&answer);
        Ok(answer)
    }

    fn keep_page(&self, answer: &Answer) {
        if answer.header("content-type").starts_with("text/html") {
            self.pages.lock().push(answer.clone());
        }
    }

    fn log_in(&self, form: &mut Form, page: &Answer) -> Result<(), Stop> {
        let (username, password) = self.credentials().ok_or_else(|| {
            page.fail(
                "a user of the suite's, to log in with",
                "save one where the server finds its users: `store.save_user(fixture.user()?).await?`",
            )
        })?;
        form.set("username", username);
        form.set("password", password);
        Ok(())
    }

    /// The name and the password of the suite's user, if there is one.
    #[cfg(feature = "pages")]
    pub(super) fn credentials(&self) -> Option<(&str, &str)> {
        self.fixture.user.as_ref().map(|user| (user.record.username.as_str(), user.password.expose()))
    }

    /// The name and the password of the suite's user, if there is one.
    #[cfg(not(feature = "pages"))]
    pub(super) const fn credentials(&self) -> Option<(&str, &str)> {
        None
    }

    /// Tells whether the suite can refuse.
    pub(super) fn can_refuse(&self) -> bool {
        self.credentials().is_some() || self.fixture.can_refuse()
    }
}
