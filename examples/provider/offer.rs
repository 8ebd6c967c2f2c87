//! The offer of the server, in the log: its own report, so that nothing is claimed that is not served.

use oauth_core::server::Report;

/// Logs the endpoints, the grants, the scopes and what else clients want to know; all of it, with the rules that are enforced,
/// at the level `debug`.
pub(crate) fn log(report: &Report) {
    for endpoint in &report.endpoints {
        tracing::info!(target: "provider", "{} {}", endpoint.path, endpoint.route);
    }
    let line = |name, values: Vec<&str>| tracing::info!(target: "provider", "{name}: {}", values.join(", "));
    line("grants", report.grants.clone());
    line("response types", report.response_types.iter().map(|asked| asked.as_str()).collect());
    line("scopes", report.scopes.iter().map(|scope| scope.name).collect());
    line("client authentication", report.client_authentication.iter().map(String::as_str).collect());
    line("access tokens", vec![&report.access_tokens.to_string()]);
    for exception in &report.exceptions {
        tracing::info!(target: "provider", "allowed: {}, {}", exception.name, exception.reason.unwrap_or(exception.cost));
    }
    tracing::debug!(target: "provider", "{report}");
}
