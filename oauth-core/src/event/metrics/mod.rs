//! The observer that counts.

mod labelled;

use std::fmt;

use ::metrics::{
    Counter, Gauge, Histogram, Unit, counter, describe_counter, describe_gauge, describe_histogram,
};
use ::metrics::{gauge, histogram};
use http::Method;

use self::labelled::Labelled;
use super::{Event, EventKind, Exchange, Observer};

/// Feeds the crate [`metrics`](::metrics), by the names of OpenTelemetry where it has some: an exporter of your choice shows them
/// to Prometheus, OpenTelemetry or others. Feature `metrics`.
///
/// ```
/// use oauth_core::event::{All, Log, Metrics};
/// use oauth_core::server::Environment;
///
/// # fn environment<S>() -> Environment<S> {
/// // First of all an exporter, such as `metrics_exporter_prometheus::PrometheusBuilder::new().install()`.
/// Environment::new().observer(All::of(Log).and(Metrics::new()))
/// # }
/// ```
///
/// | name | kind | unit | labels |
/// |---|---|---|---|
/// | `oauth.tokens.issued` | counter | tokens | `grant_type`, `kind`: `access_token`, `refresh_token` or `id_token` |
/// | `oauth.token.errors` | counter | answers | `grant_type`, `error.type`: the code that was sent |
/// | `oauth.refresh` | counter | refresh tokens | `outcome`: `rotated`, `retried`, `reused` |
/// | `oauth.code` | counter | codes | `outcome`: `issued`, `redeemed`, `replayed` |
/// | `oauth.client.auth` | counter | clients | `method`: its registered name, or `none`; `outcome`: `succeeded`, `failed` |
/// | `oauth.login` | counter | logins | `outcome`: `succeeded`, `failed`, `throttled`, `refused` |
/// | `oauth.limit.denied` | counter | requests | `rule`: the limit, or `overload` |
/// | `oauth.logout.delivery` | counter | deliveries | `outcome` |
/// | `oauth.store.errors` | counter | operations | |
/// | `oauth.audit.dropped` | counter | events | |
/// | `oauth.key.age` | gauge | seconds | `alg`: of the key in the store that signs |
/// | `oauth.store.swept` | counter | entries | `store`: the name of its type |
/// | `oauth.store.batch.size` | histogram | writes | of `SqliteStore`: those that share a commit |
/// | `oauth.store.queue` | gauge | writes | of `SqliteStore`: those that wait for the next commit |
/// | `db.client.operation.duration` | histogram | seconds | `db.system.name`: `sqlite`, `postgresql` or `redis`; `db.operation.name`: what is done, in the words of errors; where it failed `error.type`: `overloaded` or `_OTHER` |
/// | `http.server.request.duration` | histogram | seconds | `http.route`, `http.request.method`, `http.response.status_code` |
/// | `http.server.active_requests` | gauge | requests | `http.request.method` |
///
/// `grant_type` of what the authorization endpoint issues is `implicit`; one that no part of the program has is `unknown`. `http.route` is the path
/// relative to the issuer, or the name of a document whose path follows from the issuer. A request that its caller gave up has no
/// duration. No label names a client or a person: there may be too many of them. With more than 1,000 values of the labels of one
/// name the rest are not counted, so that no mistake fills the memory. Those of keys and stores are fed wherever the feature is on, by whatever recorder is installed.
pub struct Metrics {
    /// By the number of the kind, for what depends on nothing else.
    by_kind: Vec<Option<Counter>>,
    tokens: Labelled<Counter, 2>,
    token_errors: Labelled<Counter, 2>,
    client_auth: Labelled<Counter, 2>,
    limits: Labelled<Counter, 1>,
    durations: Labelled<Histogram, 3>,
    active: Labelled<Gauge, 1>,
}

impl Metrics {
    /// Describes what it feeds to the recorder that is installed: install it before.
    pub fn new() -> Self {
        describe();
        Self {
            by_kind: EventKind::ALL.iter().map(|kind| of_kind(*kind)).collect(),
            tokens: Labelled::new(["grant_type", "kind"], |labels| counter!("oauth.tokens.issued", labels)),
            token_errors: Labelled::new(["grant_type", "error.type"], |labels| {
                counter!("oauth.token.errors", labels)
            }),
            client_auth: Labelled::new(["method", "outcome"], |labels| counter!("oauth.client.auth", labels)),
            limits: Labelled::new(["rule"], |labels| counter!("oauth.limit.denied", labels)),
            durations: Labelled::new(
                ["http.route", "http.request.method", "http.response.status_code"],
                |labels| histogram!("http.server.request.duration", labels),
            ),
            active: Labelled::new(["http.request.method"], |labels| {
                gauge!("http.server.active_requests", labels)
            }),
        }
    }

    fn client_auth(&self, event: &Event<'_>, outcome: &str) {
        let method = event.client_auth.as_ref().map_or("none", |method| method.as_str());
        self.client_auth.with([method, outcome], |counter| counter.increment(1));
    }
}

impl Observer for Metrics {
    fn on(&self, event: &Event<'_>) {
        if let Some(Some(counter)) = self.by_kind.get(event.kind as usize) {
            counter.increment(1);
            return;
        }
        match event.kind {
            EventKind::TokenIssued => {
                // Only the authorization endpoint issues without one.
                let grant_type = event.grant_type.map_or("implicit", |grant_type| grant_type.as_str());
                for kind in kinds(event) {
                    self.tokens.with([grant_type, kind], |counter| counter.increment(1));
                }
            }
            EventKind::TokenError => {
                let grant_type = event.grant_type.map_or("unknown", |grant_type| grant_type.as_str());
                let error = event.error.map_or("unknown", |error| error.as_str());
                self.token_errors.with([grant_type, error], |counter| counter.increment(1));
            }
            EventKind::ClientAuthenticationSucceeded => self.client_auth(event, "succeeded"),
            EventKind::ClientAuthenticationFailed => self.client_auth(event, "failed"),
            EventKind::LimitDenied => {
                self.limits.with([event.rule.unwrap_or("overload")], |counter| counter.increment(1));
            }
            _ => {}
        }
    }

    fn began(&self, exchange: &Exchange<'_>) {
        self.active.with([name(exchange.method)], |gauge| gauge.increment(1.0));
    }

    fn ended(&self, exchange: &Exchange<'_>) {
        let method = name(exchange.method);
        self.active.with([method], |gauge| gauge.decrement(1.0));
        if let Some(status) = &exchange.status {
            let seconds = exchange.duration.as_secs_f64();
            self.durations
                .with([exchange.route, method, status.as_str()], |histogram| histogram.record(seconds));
        }
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

fn kinds(event: &Event<'_>) -> impl Iterator<Item = &'static str> {
    let tokens = event.tokens;
    let all = [
        (tokens.access_token, "access_token"),
        (tokens.refresh_token, "refresh_token"),
        (tokens.id_token, "id_token"),
    ];
    all.into_iter().filter_map(|(is_issued, kind)| is_issued.then_some(kind))
}

/// The methods of RFC 9110 and `_OTHER`, as OpenTelemetry has it: what else a request says is a stranger's.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "_OTHER",
    }
}

/// The counter of an event whose kind says all: the part behind the point is the outcome.
fn of_kind(kind: EventKind) -> Option<Counter> {
    let (area, outcome) = kind.as_str().split_once('.')?;
    match area {
        "refresh" => Some(counter!("oauth.refresh", "outcome" => outcome)),
        "code" => Some(counter!("oauth.code", "outcome" => outcome)),
        "login" => Some(counter!("oauth.login", "outcome" => outcome)),
        "back_channel" => Some(counter!("oauth.logout.delivery", "outcome" => outcome)),
        "store" if outcome == "error" => Some(counter!("oauth.store.errors")),
        _ => None,
    }
}

fn describe() {
    describe_counter!("oauth.tokens.issued", Unit::Count, "Tokens that were issued.");
    describe_counter!("oauth.token.errors", Unit::Count, "Token requests that were refused.");
    describe_counter!(
        "oauth.refresh",
        Unit::Count,
        "Refresh tokens that were presented, and what became of them."
    );
    describe_counter!("oauth.code", Unit::Count, "Codes that were issued, redeemed and replayed.");
    describe_counter!("oauth.client.auth", Unit::Count, "Clients that authenticated, or could not.");
    describe_counter!("oauth.login", Unit::Count, "Logins, and what became of them.");
    describe_counter!("oauth.limit.denied", Unit::Count, "Requests that a limit refused.");
    describe_counter!("oauth.logout.delivery", Unit::Count, "Logout tokens, and what became of them.");
    describe_counter!("oauth.store.errors", Unit::Count, "Requests that failed because a store did.");
    describe_counter!("oauth.audit.dropped", Unit::Count, "Events that an audit table lost.");
    describe_gauge!("oauth.key.age", Unit::Seconds, "The time since the key that signs began to.");
    describe_counter!("oauth.store.swept", Unit::Count, "Expired entries that were removed.");
    describe_histogram!("oauth.store.batch.size", Unit::Count, "Writes that share a commit.");
    describe_gauge!("oauth.store.queue", Unit::Count, "Writes that wait.");
    describe_histogram!(
        "db.client.operation.duration",
        Unit::Seconds,
        "Duration of database client operations."
    );
    describe_histogram!("http.server.request.duration", Unit::Seconds, "Duration of HTTP server requests.");
    describe_gauge!("http.server.active_requests", Unit::Count, "Number of active HTTP server requests.");
}
