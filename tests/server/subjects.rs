//! OpenID Connect Core §2 `sub`: "It MUST NOT exceed 255 ASCII [RFC20] characters in length." What can be in no token gets none.

use oauth_core::admin::{Admin, AdminError};
use oauth_core::interaction::Decision;
use oauth_core::prelude::*;
use oauth_tests::{Accounts, App, clients, secret};

/// Subjects that are none, and what is said of each.
fn wrong() -> [(String, &'static str); 4] {
    [
        (String::new(), "it is empty"),
        ("x".repeat(256), "more than 255 characters"),
        ("Zoë".to_owned(), "not printable ASCII"),
        ("alice\n".to_owned(), "not printable ASCII"),
    ]
}

#[tokio::test]
async fn no_engine_makes_a_token_for_a_subject_that_is_none() {
    let accounts = Accounts(MemoryStore::default());
    let client = Client::confidential("web", &ClientSecret::new(secret()).unwrap()).build().unwrap();
    for (subject, words) in wrong() {
        let mut request = Request::local(client.clone()).with_subject(subject);
        let error = BearerToken::new(&accounts)
            .create_token(&mut request, IncludeRefreshToken::No)
            .await
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::ServerError);
        assert!(format!("{error:?}").contains(words), "{error:?}");
    }
    for subject in ["1", "auth0|5f7c", "alice@example.com", &"x".repeat(255)] {
        let mut request = Request::local(client.clone()).with_subject(subject);
        BearerToken::new(&accounts).create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    }
}

/// An interaction that approves whoever the header names.
struct Named;

impl<V: RequestValidator> Interaction<V> for Named {
    async fn decide(
        &self,
        _: &Context<'_, V>,
        _: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        let length = request.headers().get("x-length").and_then(|length| length.to_str().ok());
        Ok(Decision::approve("x".repeat(length.and_then(|length| length.parse().ok()).unwrap_or_default())))
    }
}

#[authorization_server(
    grants(authorization_code),
    scopes("profile", "calendar"),
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    accounts: Accounts<MemoryStore>,
    #[interaction]
    named: Named,
}

#[tokio::test]
async fn no_code_is_given_to_a_subject_that_is_none() {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let app = App::of(Server { accounts: Accounts(store), named: Named });
    for (length, is_one) in [("0", false), ("1", true), ("255", true), ("256", false)] {
        let path = format!(
            "/authorize?response_type=code&client_id=web&state=s&code_challenge={}&code_challenge_method=S256",
            oauth_tests::CHALLENGE
        );
        let answer = app.send(http::Request::get(path).header("x-length", length), "").await;
        let location = answer.header("location");
        assert_eq!(location.contains("code="), is_one, "{length}: {location}");
        assert_eq!(location.contains("error=server_error"), !is_one, "{length}: {location}");
    }
}

#[tokio::test]
async fn an_operator_adds_no_user_without_a_subject() {
    let admin = Admin::of_store(MemoryStore::default());
    for (subject, words) in wrong() {
        let error = admin.create_user(User::new(subject, "zoe")).await.unwrap_err();
        assert!(matches!(&error, AdminError::Invalid(said) if said.contains(words)), "{error}");
    }
    admin.create_user(User::new("1", "Zoë")).await.unwrap();
}
