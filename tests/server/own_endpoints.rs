//! Each endpoint by itself, without the server's router.

use std::sync::LazyLock;

use bytes::Bytes;
use http::Request as HttpRequest;
use http_body_util::{BodyExt as _, Full};
use oauth_core::http::Response;
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_core::store::MemoryStore;
use oauth_tests::{Answer, CHALLENGE, VERIFIER, basic, clients, secret};

const CALLBACK: &str = "https://web.example/cb";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials, device_code),
    scopes("openid", "email", "profile", "calendar", "jobs"),
    issuer = "https://auth.example.com",
    endpoints(authorization = "/ours/authorize", token = "/ours/token"),
    token_endpoint_auth_methods("client_secret_basic", "none")
)]
struct Server {
    #[validator]
    accounts: Accounts,
    #[id_token]
    keys: KeyRing,
    /// Never asked: the application decides.
    #[interaction]
    pages: LoginPages,
}

async fn service() -> RunningServer<Server> {
    static KEYS: LazyLock<KeyRing> =
        LazyLock::new(|| KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap()));
    let store = MemoryStore::default();
    let secret = ClientSecret::new(secret()).unwrap();
    let tv = Client::confidential("tv", &secret).grant_type(GrantType::DEVICE_CODE).scope("profile");
    let op = Client::confidential("op", &secret).redirect_uri(CALLBACK).scope("openid email");
    for client in clients().into_iter().chain([tv, op].map(|client| client.build().unwrap())) {
        store.save_client(client).await.unwrap();
    }
    let mut alice = User::new("alice", "alice@login");
    alice.claims.insert("email".to_owned(), "alice@example.com".into());
    store.save_user(alice).await.unwrap();
    let server = Server { accounts: Accounts { store }, keys: KEYS.clone(), pages: LoginPages::new() };
    server.into_service().unwrap()
}

async fn answer(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// A form, at a path that is the application's own.
fn form(client_id: &str, fields: &[(&str, &str)]) -> HttpRequest<Full<Bytes>> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    HttpRequest::post("/anywhere")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("authorization", basic(client_id))
        .body(body.into())
        .unwrap()
}

fn get(path: &str) -> HttpRequest<Full<Bytes>> {
    HttpRequest::get(path).body(Full::default()).unwrap()
}

fn authorization(more: &str) -> HttpRequest<Full<Bytes>> {
    get(&format!(
        "/anywhere?response_type=code&client_id=web&redirect_uri=https%3A%2F%2Fweb.example%2Fcb&state=s\
         &code_challenge={CHALLENGE}&code_challenge_method=S256{more}"
    ))
}

async fn tokens(service: &RunningServer<Server>) -> Answer {
    let approval = Decision::approve("alice");
    let redirect = answer(service.create_authorization_response(authorization(""), approval).await).await;
    assert!(redirect.location().to_string().starts_with(&format!("{CALLBACK}?")), "{redirect:?}");
    let params = redirect.params();
    assert_eq!((params["state"].as_str(), params["iss"].as_str()), ("s", "https://auth.example.com"));
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", params["code"].as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    answer(service.create_token_response(form("web", &fields)).await).await
}

#[tokio::test]
async fn a_user_whom_the_application_logged_in_gets_a_code_and_the_client_tokens() {
    let service = service().await;
    let tokens = tokens(&service).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
    let token = tokens.member("access_token");
    let seen = answer(service.create_introspection_response(form("web", &[("token", &token)])).await).await;
    assert_eq!(
        (seen.member("sub"), seen.member("scope")),
        ("alice".to_owned(), "profile calendar".to_owned())
    );
    let revoked = answer(service.create_revocation_response(form("web", &[("token", &token)])).await).await;
    assert_eq!(revoked.status, 200);
    let seen = answer(service.create_introspection_response(form("web", &[("token", &token)])).await).await;
    assert_eq!(seen.json()["active"], false);
}

#[tokio::test]
async fn what_the_application_decides_counts() {
    let service = service().await;
    let denied = service.create_authorization_response(authorization(""), Decision::Deny).await;
    answer(denied).await.assert_redirected_error(CALLBACK, "access_denied");
    let Decision::Approve(mut approval) = Decision::approve("alice") else { panic!("it approves") };
    approval.scopes = Some(ScopeSet::parse("calendar").unwrap());
    let request = authorization("&scope=profile+calendar");
    let code = service.create_authorization_response(request, Decision::Approve(approval)).await;
    let code = answer(code).await.params()["code"].clone();
    let fields = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", VERIFIER)];
    let tokens = answer(service.create_token_response(form("web", &fields)).await).await;
    assert_eq!(tokens.member("scope"), "calendar");
}

#[tokio::test]
async fn a_decision_makes_no_invalid_request_valid() {
    let service = service().await;
    let respond = async |request| {
        answer(service.create_authorization_response(request, Decision::approve("alice")).await).await
    };
    respond(authorization("&scope=unknown")).await.assert_redirected_error(CALLBACK, "invalid_scope");
    respond(get("/anywhere?client_id=web&redirect_uri=https%3A%2F%2Fevil.example")).await.assert_page(400);
    respond(get("/anywhere?client_id=nobody")).await.assert_page(400);
    respond(get("/anywhere?client_id=web&client_id=web")).await.assert_page(400);
    let unprotected = get("/anywhere?response_type=code&client_id=web");
    respond(unprotected).await.assert_redirected_error(CALLBACK, "invalid_request");
}

#[tokio::test]
async fn a_page_of_the_application_learns_what_it_asks_for() {
    let service = service().await;
    let (parts, _) = authorization("&scope=profile+calendar").into_parts();
    let asked = service.validate_authorization_request(&parts).await.unwrap();
    assert_eq!((asked.client.client_id.as_str(), asked.redirect_uri.as_str()), ("web", CALLBACK));
    assert_eq!(asked.scopes, ScopeSet::parse("profile calendar").unwrap());
    let (parts, _) = authorization("&scope=unknown").into_parts();
    let refused = service.validate_authorization_request(&parts).await.unwrap_err();
    answer(refused).await.assert_redirected_error(CALLBACK, "invalid_scope");
    let (parts, _) = get("/anywhere?client_id=nobody").into_parts();
    answer(service.validate_authorization_request(&parts).await.unwrap_err()).await.assert_page(400);
}

/// OIDC Core §5.5: what is asked for by name belongs on the page, too, and is told to nobody who did not see it there.
#[tokio::test]
async fn claims_asked_for_by_name_are_told_if_they_were_granted() {
    let service = service().await;
    let request = || {
        get(&format!(
            "/anywhere?response_type=code&client_id=op&scope=openid&code_challenge={CHALLENGE}\
             &code_challenge_method=S256&claims=%7B%22userinfo%22:%7B%22email%22:null,%22name%22:null%7D%7D"
        ))
    };
    let asked = service.validate_authorization_request(&request().into_parts().0).await.unwrap();
    assert_eq!(asked.scopes, ScopeSet::parse("openid").unwrap());
    assert_eq!(asked.asked_scopes(), ScopeSet::parse("openid email").unwrap(), "it may not have `profile`");

    let Decision::Approve(mut knowing) = Decision::approve("alice") else { panic!("it approves") };
    knowing.scopes = Some(asked.asked_scopes());
    for (decision, email) in
        [(Decision::approve("alice"), None), (Decision::Approve(knowing), Some("alice@example.com"))]
    {
        let code = answer(service.create_authorization_response(request(), decision).await).await;
        let code = code.params()["code"].clone();
        let fields = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", VERIFIER)];
        let tokens = answer(service.create_token_response(form("op", &fields)).await).await;
        let userinfo = HttpRequest::get("/anywhere")
            .header("authorization", format!("Bearer {}", tokens.member("access_token")));
        let userinfo = userinfo.body(Full::<Bytes>::default()).unwrap();
        let told = answer(service.create_userinfo_response(userinfo).await).await.json();
        assert_eq!((told["sub"].as_str(), told["email"].as_str()), (Some("alice"), email), "{told}");
    }
}

#[tokio::test]
async fn a_resource_request_is_verified_or_challenged() {
    let service = service().await;
    let token = tokens(&service).await.member("access_token");
    let verify = async |authorization: &str, scope: &str| {
        let mut request = HttpRequest::get("/api");
        if !authorization.is_empty() {
            request = request.header("authorization", authorization);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        service.verify_request(&parts, &ScopeSet::parse(scope).unwrap()).await
    };
    let record = verify(&format!("Bearer {token}"), "profile").await.unwrap();
    assert_eq!(record.subject(), Some("alice"));
    let realm = "Bearer realm=\"https://auth.example.com\"";
    for (authorization, scope, status, challenge) in [
        ("", "profile", 401, format!("{realm}, scope=\"profile\"")),
        ("Basic eDp5", "", 401, realm.to_owned()),
        ("Bearer unknown", "profile", 401, format!("{realm}, error=\"invalid_token\"")),
        ("Bearer a b", "profile", 400, format!("{realm}, error=\"invalid_request\"")),
        (&format!("Bearer {token}"), "profile jobs", 403, format!("{realm}, error=\"insufficient_scope\"")),
    ] {
        let refused = answer(verify(authorization, scope).await.unwrap_err().to_response()).await;
        assert_eq!(refused.status, status, "{authorization}");
        let header = refused.header("www-authenticate");
        assert!(header.starts_with(&challenge), "{authorization}: {header}");
    }
}

#[tokio::test]
async fn devices_metadata_and_keys() {
    let service = service().await;
    let begun = answer(service.create_device_authorization_response(form("tv", &[])).await).await;
    assert_eq!(begun.member("verification_uri"), "https://auth.example.com/device");
    let document = answer(service.create_metadata_response(get("/anywhere")).await).await.json();
    assert_eq!(document["authorization_endpoint"], "https://auth.example.com/ours/authorize");
    assert_eq!(document["token_endpoint"], "https://auth.example.com/ours/token");
    let keys = answer(service.create_jwks_response(get("/anywhere")).await).await;
    assert_eq!(keys.status, 200);
    let wrong = answer(service.create_metadata_response(form("web", &[])).await).await;
    assert_eq!(wrong.status, 405);
}

/// RFC 6749 §2.3, at an endpoint that the server has not.
#[tokio::test]
async fn a_client_is_authenticated_as_at_the_servers_own_endpoints() {
    let service = service().await;
    let request = service.authenticate_client(form("web", &[("color", "blue")])).await.unwrap();
    assert_eq!((request.client_id(), request.body().get("color")), (Some("web"), Some("blue")));
    assert!(request.client_is_authenticated());
    let body = |fields: &[(&str, &str)]| {
        let mut request = form("nobody", fields);
        request.headers_mut().remove("authorization");
        request
    };
    let request = service.authenticate_client(body(&[("client_id", "spa")])).await.unwrap();
    assert_eq!((request.client_id(), request.client_is_authenticated()), (Some("spa"), false));

    // The secret is right, but the server does not offer the method: what the hook alone would let pass.
    let post = || body(&[("client_id", "post"), ("client_secret", secret())]);
    let (parts, content) = post().into_parts();
    let content = content.collect().await.unwrap().to_bytes();
    let mut by_hook = Request::parse(parts.method, parts.uri, parts.headers, &content).unwrap();
    assert!(service.server().validator().authenticate_client(&mut by_hook).await.is_ok());
    let mut in_query = form("web", &[]);
    *in_query.uri_mut() = "/anywhere?color=blue".parse().unwrap();
    for (request, status, error) in [
        (post(), 401, "invalid_client"),
        (form("nobody", &[]), 401, "invalid_client"),
        (body(&[]), 401, "invalid_client"),
        (in_query, 400, "invalid_request"),
        (get("/anywhere"), 405, "invalid_request"),
        (form("web", &[("color", &"x".repeat(70_000))]), 413, "invalid_request"),
    ] {
        let refused = answer(service.authenticate_client(request).await.unwrap_err()).await;
        assert_eq!((refused.status.as_u16(), refused.member("error").as_str()), (status, error));
    }
}

#[tokio::test]
async fn a_body_is_limited_here_too() {
    let service = service().await;
    let huge = form("web", &[("grant_type", &"x".repeat(70_000))]);
    assert_eq!(service.create_token_response(huge).await.status(), 413);
    let huge = authorization("").map(|_| Full::new(Bytes::from(vec![0; 70_000])));
    let response = service.create_authorization_response(huge, Decision::approve("alice")).await;
    assert_eq!(response.status(), 413);
}

/// RFC 6749 §4.1.2.1: there is nowhere to redirect to.
#[tokio::test]
async fn an_error_is_a_page_in_the_persons_language() {
    let service = service().await;
    let request = || {
        let request = HttpRequest::get("/anywhere?response_type=code&client_id=nobody");
        request.header("accept-language", "de-AT, en;q=0.5").body(Full::<Bytes>::default()).unwrap()
    };
    let parts = request().into_parts().0;
    let refused = service.validate_authorization_request(&parts).await.unwrap_err();
    let answered = service.create_authorization_response(request(), Decision::approve("alice")).await;
    for response in [refused, answered] {
        let page = answer(response).await;
        assert_eq!(page.status, 400);
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert!(page.text().contains("Hier geht es nicht weiter"), "{}", page.text());
    }
}
