//! `BearerToken`: lifetimes, generators, and finding a token in a request.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, header};
use oauth_core::prelude::*;
use oauth_core::store::{AccessToken, TokenStore as _};
use oauth_core::time::UnixTime;
use oauth_tests::ISSUER;

use crate::support::{Accounts, Fixed, Signed, claims, request};

/// A generator with a lifetime of its own.
struct QuarterHour;

impl TokenGenerator for QuarterHour {
    async fn generate_token(&self, request: &Request) -> Result<String> {
        // The lifetime is set before the generator runs.
        Ok(format!("a-token-that-lives-for-{}", request.expires_in.unwrap().as_secs()))
    }

    fn tokens(&self) -> Tokens<'_> {
        Tokens::custom().expires_in(Duration::from_mins(15))
    }
}

#[tokio::test]
async fn the_lifetime_is_the_engines_or_the_generators_or_an_hour() {
    let accounts = Accounts::new().await;
    let mut request = request(&accounts, "web").await;
    let token =
        BearerToken::new(&accounts).create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    assert_eq!(token.expires_in, Duration::from_hours(1));
    let bearer = BearerToken::new(&accounts).token_generator(QuarterHour);
    let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    assert_eq!(
        (token.access_token.expose(), token.expires_in.as_secs()),
        ("a-token-that-lives-for-900", 900)
    );
    let bearer = bearer.expires_in(Duration::from_mins(1));
    let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    assert_eq!((token.access_token.expose(), token.expires_in.as_secs()), ("a-token-that-lives-for-60", 60));
    assert_eq!(request.expires_in, Some(Duration::from_mins(1)));
}

#[tokio::test]
async fn the_lifetime_may_be_a_function_of_the_request() {
    let accounts = Accounts::new().await;
    let bearer = BearerToken::new(&accounts).token_generator(Signed).expires_in(|request: &Request| {
        match request.client_id() {
            Some("machine") => Duration::from_mins(1),
            _ => Duration::from_mins(10),
        }
    });
    for (client_id, lifetime) in [("machine", 60), ("web", 600)] {
        let mut request = request(&accounts, client_id).await;
        let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
        let claims = claims(&token.access_token);
        assert_eq!(serde_json::to_value(&token).unwrap()["expires_in"], lifetime);
        assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), lifetime);
        assert_eq!(claims["declared"], lifetime);
    }
}

/// oauthlib has `expires_in or 3600`, so that zero becomes an hour.
#[tokio::test]
async fn a_lifetime_of_zero_is_zero() {
    let accounts = Accounts::new().await;
    let mut request = request(&accounts, "web").await;
    let bearer = BearerToken::new(&accounts).expires_in(Duration::ZERO);
    let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    assert_eq!(token.expires_in, Duration::ZERO);
    assert_eq!(serde_json::to_value(&token).unwrap()["expires_in"], 0);
    assert_eq!(request.expires_in, Some(Duration::ZERO));
    // And the token it describes is not valid.
    accounts.save_bearer_token(&token, &mut request).await.unwrap();
    let mut resource = with_authorization(&format!("Bearer {}", token.access_token.expose()));
    assert_eq!(bearer.validate_request(&mut resource).await.unwrap_err().code(), ErrorCode::InvalidToken);
}

#[tokio::test]
async fn a_malformed_generated_token_is_a_server_error() {
    let accounts = Accounts::new().await;
    let mut request = request(&accounts, "web").await;
    for bad in ["", "with space", "tab\t", "line\n", "ümlaut", "\u{7f}"] {
        let bearer = BearerToken::new(&accounts).token_generator(Fixed(bad));
        let error = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::ServerError, "{bad:?}");
        if bad != "with space" {
            let bearer = BearerToken::new(&accounts).refresh_token_generator(Fixed(bad));
            let error = bearer.create_token(&mut request, IncludeRefreshToken::Yes).await.unwrap_err();
            assert_eq!(error.code(), ErrorCode::ServerError, "{bad:?}");
        }
    }
}

/// A validator with generators of its own: oauthlib's `token_generator` functions.
struct Generates(Accounts);

impl StoreRoles for Generates {
    type Clients = MemoryStore;
    type Tokens = MemoryStore;
    type Codes = MemoryStore;
    type Users = MemoryStore;
    type Sessions = MemoryStore;
    type Consents = MemoryStore;
    type Devices = MemoryStore;
    type ReplayIds = MemoryStore;

    const KEEPS_REPLAY_IDS: bool = false;

    fn clients(&self) -> &MemoryStore {
        self.0.clients()
    }
    fn tokens(&self) -> &MemoryStore {
        self.0.tokens()
    }
    fn codes(&self) -> &MemoryStore {
        self.0.codes()
    }
    fn users(&self) -> &MemoryStore {
        self.0.users()
    }
    fn sessions(&self) -> &MemoryStore {
        self.0.sessions()
    }
    fn consents(&self) -> &MemoryStore {
        self.0.consents()
    }
    fn devices(&self) -> &MemoryStore {
        self.0.consents()
    }
    fn replay_ids(&self) -> &MemoryStore {
        self.0.consents()
    }
}

impl RequestValidator for Generates {
    const GENERATES_ACCESS_TOKENS: bool = true;
    const GENERATES_REFRESH_TOKENS: bool = true;

    async fn generate_access_token(&self, request: &Request) -> Result<Option<String>> {
        Ok(request.subject.as_ref().map(|subject| format!("a-token-of-the-engine-for-{subject}")))
    }

    async fn generate_refresh_token(&self, _: &Request) -> Result<Option<String>> {
        Ok(Some("a-refresh-token-of-the-validator".into()))
    }
}

#[tokio::test]
async fn generators_on_the_validator_come_first() {
    let validator = Generates(Accounts::new().await);
    let bearer = BearerToken::new(&validator).token_generator(Fixed("a-token-of-the-engine-for-nobody"));
    let mut of_ada = request(&validator.0, "web").await.with_subject("ada");
    let token = bearer.create_token(&mut of_ada, IncludeRefreshToken::Yes).await.unwrap();
    assert_eq!(token.access_token.expose(), "a-token-of-the-engine-for-ada");
    assert_eq!(token.refresh_token.unwrap().expose(), "a-refresh-token-of-the-validator");
    // None leaves it to the engine's.
    let mut of_nobody = request(&validator.0, "web").await;
    let token = bearer.create_token(&mut of_nobody, IncludeRefreshToken::No).await.unwrap();
    assert_eq!(token.access_token.expose(), "a-token-of-the-engine-for-nobody");
}

/// Checks that what is kept of a token is what the token says: of one that the validator made, nothing that
/// the engine's generator says.
#[tokio::test]
async fn a_record_has_the_static_claims_of_the_generator_that_made_the_token() {
    let validator = Generates(Accounts::new().await);
    let bearer = BearerToken::new(&validator).token_generator(&Signed);
    let tier = async |subject: Option<&str>, own: Option<u64>| {
        let mut request = request(&validator.0, "web").await;
        if let Some(subject) = subject {
            request = request.with_subject(subject);
        }
        request.claims.insert("tier", own).unwrap();
        let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
        AccessToken::issued(&token, &request).unwrap().claims.get("tier").cloned()
    };
    assert_eq!(tier(None, None).await, Some(3.into()));
    assert_eq!(tier(Some("ada"), None).await, None);
    assert_eq!(tier(None, Some(4)).await, Some(4.into()), "the request's own claim counts");
}

#[tokio::test]
async fn it_does_not_save() {
    let accounts = Accounts::new().await;
    let mut request = request(&accounts, "web").await;
    let token =
        BearerToken::new(&accounts).create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    let hash = token.access_token.hash();
    assert!(accounts.0.access_token(&hash, UnixTime::now()).await.unwrap().is_none());
}

// A token in a request for a resource.

fn resource(method: &Method, path: &str, authorization: &[&str], body: &str) -> Request {
    let mut headers = HeaderMap::new();
    for value in authorization {
        headers.append(header::AUTHORIZATION, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    if !body.is_empty() {
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(header::CONTENT_TYPE, form);
    }
    Request::parse(method.clone(), path.parse().unwrap(), headers, body.as_bytes()).unwrap()
}

fn with_authorization(value: &str) -> Request {
    resource(&Method::GET, "/", &[value], "")
}

#[tokio::test]
async fn rfc_6750_section_2_where_a_token_may_be() {
    let accounts = Accounts::new().await;
    let bearer = BearerToken::new(&accounts);
    let (get, post) = (Method::GET, Method::POST);
    let find =
        |request: &Request| bearer.get_token_from_request(request).map(|token| token.map(str::to_owned));
    for scheme in ["Bearer", "bearer", "BEARER", "bEaReR"] {
        assert_eq!(find(&with_authorization(&format!("{scheme} abc"))).unwrap().as_deref(), Some("abc"));
    }
    assert_eq!(find(&resource(&post, "/", &[], "access_token=abc")).unwrap().as_deref(), Some("abc"));
    assert_eq!(find(&resource(&get, "/", &[], "")).unwrap(), None);
    // Another scheme, and no falling back to the form.
    assert_eq!(find(&resource(&post, "/", &["Basic YTpi"], "access_token=abc")).unwrap(), None);
    assert_eq!(find(&with_authorization("Bearerabc")).unwrap(), None);
    // Section 2.2: not with GET.
    assert_eq!(find(&resource(&get, "/", &[], "access_token=abc")).unwrap(), None);
    for malformed in [
        with_authorization("Bearer"),
        with_authorization("Bearer "),
        with_authorization("Bearer a b"),
        with_authorization("Bearer ümlaut"),
        resource(&get, "/", &["Bearer a", "Bearer b"], ""),
        resource(&get, "/", &["Bearer a", "Basic YTpi"], ""),
        // "Clients MUST NOT use more than one method"
        resource(&post, "/", &["Bearer a"], "access_token=a"),
        resource(&get, "/?access_token=a", &["Bearer a"], ""),
        resource(&post, "/?access_token=a", &[], "access_token=a"),
        // RFC 9700 section 4.3.2.
        resource(&get, "/?access_token=a", &[], ""),
    ] {
        assert_eq!(find(&malformed).unwrap_err().code(), ErrorCode::InvalidRequest, "{malformed:?}");
    }
    let lenient = BearerToken::new(&accounts).danger_query_token(true);
    let request = resource(&get, "/?access_token=abc", &[], "");
    assert_eq!(lenient.get_token_from_request(&request).unwrap(), Some("abc"));
    assert!(lenient.get_token_from_request(&resource(&get, "/?access_token=a", &["Bearer a"], "")).is_err());
}

#[tokio::test]
async fn estimates() {
    let accounts = Accounts::new().await;
    let bearer = BearerToken::new(&accounts);
    assert_eq!(bearer.estimate_type(&with_authorization("bearer abc")), 9);
    assert_eq!(bearer.estimate_type(&resource(&Method::POST, "/", &[], "access_token=a")), 5);
    assert_eq!(bearer.estimate_type(&resource(&Method::GET, "/?access_token=a", &[], "")), 5);
    assert_eq!(bearer.estimate_type(&with_authorization("Basic YTpi")), 0);
    assert_eq!(bearer.estimate_type(&with_authorization("Bearerabc")), 0);
    assert_eq!(bearer.estimate_type(&resource(&Method::GET, "/", &[], "")), 0);
}

#[tokio::test]
async fn validating_tells_whose_token_it_is() {
    let accounts = Accounts::new().await;
    for generate_signed in [false, true] {
        let mut issuing = request(&accounts, "web").await;
        issuing = issuing.with_subject("alice");
        issuing = issuing.with_scopes(ScopeSet::parse("profile calendar").unwrap());
        let include = IncludeRefreshToken::No;
        let token = if generate_signed {
            BearerToken::new(&accounts).token_generator(Signed).create_token(&mut issuing, include).await
        } else {
            BearerToken::new(&accounts).create_token(&mut issuing, include).await
        }
        .unwrap();
        accounts.save_bearer_token(&token, &mut issuing).await.unwrap();

        let bearer = BearerToken::new(&accounts);
        let mut request = with_authorization(&format!("Bearer {}", token.access_token.expose()));
        let record = bearer.validate_request(&mut request).await.unwrap();
        assert_eq!(record.hash, token.access_token.hash());
        assert_eq!(request.client_id(), Some("web"));
        assert_eq!(request.subject.as_deref(), Some("alice"));
        assert_eq!(request.scopes, Some(ScopeSet::parse("calendar profile").unwrap()));
        assert_eq!(request.claims.get("org").unwrap(), "org-of-web");

        let calendar = ScopeSet::parse("calendar").unwrap();
        assert!(bearer.validate_request_scopes(&mut request, &calendar).await.is_ok());
        let admin = ScopeSet::parse("calendar admin").unwrap();
        let error = bearer.validate_request_scopes(&mut request, &admin).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::InsufficientScope);
    }
}

/// Checks that an engine that gives its tokens an audience takes those alone.
#[tokio::test]
async fn rfc_9700_section_4_9_a_token_for_another_audience_is_refused() {
    let accounts = Accounts::new().await;
    let (here, photos) = (|| BearerToken::new(&accounts).issuer(Some(ISSUER)), "https://photos.example");
    // Without the hook, which names an audience of its own.
    let mut issuing = Request::local(accounts.clients().client("machine").await.unwrap().unwrap());
    let elsewhere = BearerToken::new(&accounts).issuer(Some(photos));
    let token = elsewhere.create_token(&mut issuing, IncludeRefreshToken::No).await.unwrap();
    accounts.save_bearer_token(&token, &mut issuing).await.unwrap();
    let request = || with_authorization(&format!("Bearer {}", token.access_token.expose()));
    let error = here().validate_request(&mut request()).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidToken);
    assert!(here().danger_any_audience(true).validate_request(&mut request()).await.is_ok());
    assert!(elsewhere.validate_request(&mut request()).await.is_ok());
}

#[tokio::test]
async fn rfc_6750_section_3_1_what_is_not_a_valid_token_is_invalid_token() {
    let accounts = Accounts::new().await;
    let bearer = BearerToken::new(&accounts);
    for mut request in [resource(&Method::GET, "/", &[], ""), with_authorization("Bearer unknown")] {
        let error = bearer.validate_request(&mut request).await.unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidToken);
        assert!(request.client.is_none() && request.subject.is_none());
    }
}

#[tokio::test]
async fn a_token_of_a_client_that_is_gone_is_invalid() {
    let accounts = Accounts(MemoryStore::default());
    let mut issuing = Request::local(oauth_tests::clients().remove(0));
    let bearer = BearerToken::new(&accounts);
    let token = bearer.create_token(&mut issuing, IncludeRefreshToken::No).await.unwrap();
    accounts.save_bearer_token(&token, &mut issuing).await.unwrap();
    let mut request = with_authorization(&format!("Bearer {}", token.access_token.expose()));
    let error = bearer.validate_request(&mut request).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidToken);
}

#[tokio::test]
async fn the_record_of_a_token() {
    let accounts = Accounts::new().await;
    let mut request = request(&accounts, "machine").await;
    let bearer = BearerToken::new(&accounts).expires_in(Duration::from_mins(1));
    let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    let record = AccessToken::issued(&token, &request).unwrap();
    assert_eq!(record.hash, token.access_token.hash());
    assert_eq!((record.client_id(), record.subject(), record.authorization.family), ("machine", None, None));
    assert!(record.scopes.is_empty());
    assert_eq!(record.claims["org"], "org-of-machine");
    assert_eq!(record.expires_at, record.issued_at + Duration::from_mins(1));
    assert!(AccessToken::issued(&token, &Request::default()).is_err());
}
