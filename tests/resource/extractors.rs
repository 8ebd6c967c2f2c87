//! The places where a token may be, as configured; states of an application's own.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use http::{Request as HttpRequest, header};
use oauth_core::prelude::*;
use oauth_core::resource::{BearerForm, ProtectedResource, ResourceState, TokenValidator as _};
use oauth_tests::{Answer, App};

use crate::fixed::Fixed;
use crate::world::CalendarRead;

struct State {
    resource: ProtectedResource<Fixed>,
    greeting: &'static str,
}

impl ResourceState for State {
    type Validator = Fixed;

    fn resource(&self) -> &ProtectedResource<Fixed> {
        &self.resource
    }
}

fn app(config: ResourceConfig) -> App {
    async fn greet(
        axum::extract::State(state): axum::extract::State<Arc<State>>,
        token: Bearer<CalendarRead>,
    ) -> String {
        format!("{} {}", state.greeting, token.subject().unwrap())
    }
    async fn add(BearerForm(token, form): BearerForm<CalendarRead>) -> String {
        format!("{} adds {}", token.subject().unwrap(), form.get("title").unwrap_or("nothing"))
    }
    let resource =
        ProtectedResource::new(Fixed, "https://auth.example.com", &config.realm("example")).unwrap();
    let state = Arc::new(State { resource, greeting: "hello" });
    App::over_router(Router::new().route("/", get(greet)).route("/", post(add)).with_state(state))
}

fn body_and_query() -> ResourceConfig {
    ResourceConfig::new().body_token().danger_query_token()
}

async fn get_at(app: &App, uri: &str, authorization: &str) -> Answer {
    let mut request = HttpRequest::get(uri);
    if !authorization.is_empty() {
        request = request.header(header::AUTHORIZATION, authorization);
    }
    app.send(request, "").await
}

#[tokio::test]
async fn a_state_of_the_applications_own() {
    let app = app(ResourceConfig::new());
    assert_eq!(get_at(&app, "/", "Bearer good").await.text(), "hello alice");
    assert_eq!(get_at(&app, "/", "bearer  good").await.status, 200, "RFC 9110 §11.1: the scheme in any case");
    assert_eq!(get_at(&app, "/", "Bearer bad").await.status, 401);
}

#[tokio::test]
async fn the_query_where_it_is_allowed() {
    let with = app(body_and_query());
    assert_eq!(get_at(&with, "/?access_token=good", "").await.text(), "hello alice");
    assert_eq!(get_at(&with, "/?access_token=bad", "").await.status, 401);
    assert_eq!(get_at(&with, "/?access_token=good", "Bearer good").await.status, 400, "two at once");
    assert_eq!(get_at(&with, "/?access_token=good&access_token=good", "").await.status, 400);
    let without = app(ResourceConfig::new());
    assert_eq!(get_at(&without, "/?access_token=good", "").await.status, 400);
}

/// The query is the application's: OAuth's rules are for `access_token` alone.
#[tokio::test]
async fn the_applications_own_query() {
    let many: Vec<_> = (0..100).map(|number| format!("p{number}=1")).collect();
    let many = many.join("&");
    for query in ["tag=a&tag=b", "name=%FF", "100%", "a=%zz&a", "%FF=1&%FF=2", many.as_str()] {
        for config in [ResourceConfig::new(), body_and_query()] {
            let app = app(config);
            let uri = format!("/?{query}");
            assert_eq!(get_at(&app, &uri, "Bearer good").await.text(), "hello alice", "{query}");
            assert_eq!(get_at(&app, &uri, "").await.status, 401, "{query}");
            assert_eq!(app.post(&uri, "Bearer good", &[("title", "tea")]).await.text(), "alice adds tea");
        }
        let app = app(body_and_query());
        for uri in [format!("/?{query}&access_token=good"), format!("/?access_token=good&{query}")] {
            assert_eq!(get_at(&app, &uri, "").await.text(), "hello alice", "{uri}");
        }
    }
    let app = app(body_and_query());
    for query in ["access_token=good&access%5Ftoken=good", "tag=a&tag=b&access_token=%FF", "access_token=%zz"]
    {
        assert_eq!(get_at(&app, &format!("/?{query}"), "").await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn the_body_where_it_is_allowed() {
    let with = app(body_and_query());
    let form = [("access_token", "good"), ("title", "lunch")];
    assert_eq!(with.post("/", "", &form).await.text(), "alice adds lunch");
    assert_eq!(with.post("/", "Bearer good", &[("title", "tea")]).await.text(), "alice adds tea");
    assert_eq!(with.post("/", "", &[("title", "tea")]).await.status, 401);
    assert_eq!(with.post("/", "Bearer good", &form).await.status, 400, "two at once");
    assert_eq!(with.post("/?access_token=good", "", &form).await.status, 400, "two at once");
    let without = app(ResourceConfig::new());
    let refused = without.post("/", "", &form).await;
    assert_eq!(refused.status, 400);
    assert_eq!(
        refused.header("www-authenticate"),
        "Bearer realm=\"example\", error=\"invalid_request\", error_description=\"the access token may not be in the body here: \
         send it in the Authorization header (RFC 6750 section 2.2)\""
    );
    assert_eq!(without.post("/", "Bearer good", &[("title", "tea")]).await.text(), "alice adds tea");
}

#[tokio::test]
async fn a_decision_within_a_handler() {
    let token = Fixed.validate("good").await.unwrap();
    assert!(token.allows::<CalendarRead>());
    assert!(!token.allows::<(CalendarRead, crate::world::Admin)>());
    assert!(token.allows::<AnyOf<(crate::world::Admin, CalendarRead)>>());
}
