//! The report as a page: what the server is, and its rules on request.

use std::fmt;
use std::time::Duration;

use super::{Feature, Report, Rule, RuleKind};
use crate::binding::{Dpop, DpopNonces};
use crate::limits::Cidr;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "The authorization server {}", self.issuer)?;
        list(f, "Profile", [(self.profile.rules().title.to_owned(), String::new())])?;
        list(f, "Grants", self.grants.iter().map(|grant| ((*grant).to_owned(), String::new())))?;
        let response_types = self.response_types.iter();
        list(f, "Response types", response_types.map(|asked| (asked.to_string(), String::new())))?;
        list(f, "Endpoints", self.endpoints.iter().map(|at| (at.path.clone(), at.route.to_string())))?;
        let methods = self.client_authentication.iter();
        list(f, "Client authentication", methods.map(|method| (method.clone(), String::new())))?;
        let documents = self.takes_client_documents.then(|| "by the URL of a metadata document".to_owned());
        let registration = self.registration.map(|registration| {
            let who =
                if registration.initial_access_token { "who has an initial access token" } else { "anybody" };
            format!("registered by {who}, {} at most", registration.most)
        });
        let strangers = documents.into_iter().chain(registration).map(|way| (way, String::new()));
        let scopes =
            self.unverified_scopes.as_ref().map(|names| ("with the scopes".to_owned(), names.join(" ")));
        list(f, "Clients that come by themselves", strangers.chain(scopes))?;
        let scopes = self.scopes.iter().map(|scope| {
            let default = if self.default_scopes.contains(&scope.name) { " (a default)" } else { "" };
            (scope.name.to_owned(), format!("{}{default}", scope.description.unwrap_or_default()))
        });
        list(f, "Scopes", scopes)?;
        // A server that declares none does not read the parameter.
        if !self.resources.is_empty() {
            let resources = self.resources.iter().map(|resource| {
                let scopes =
                    resource.known_scopes().map_or_else(|| "every scope".to_owned(), |names| names.join(" "));
                (resource.uri.to_owned(), scopes)
            });
            list(f, "Resources", resources)?;
        }
        // A server that names none makes no promise about them.
        if !self.acr_values.is_empty() {
            let logins = self.acr_values.iter().map(|acr| ((*acr).to_owned(), String::new()));
            list(f, "Logins that clients can ask for", logins)?;
        }
        list(f, "Claims", self.claims.iter().map(|claim| ((*claim).to_owned(), String::new())))?;
        let tokens = [
            (true, "access tokens", &self.access_tokens),
            (self.has(Feature::RefreshToken), "refresh tokens", &self.refresh_tokens),
        ];
        let tokens = tokens.into_iter().filter(|(is_made, ..)| *is_made);
        let stay = |name| name == "refresh tokens" && self.has(Feature::Fapi2);
        let tokens = tokens.map(|(_, name, format)| {
            let use_ = if stay(name) { ", and stay as they are when they are used" } else { "" };
            (name.to_owned(), format!("{format}{use_}"))
        });
        let bound = self.dpop.map(|dpop| ("bound to keys".to_owned(), self.proofs(dpop)));
        list(f, "Tokens", tokens.chain(self.revoked_tokens()).chain(bound).chain(self.own_keys()))?;
        let pushed = if self.pushed_requests_are_required {
            "pushed request, until it is loaded (required)"
        } else {
            "pushed request, until it is loaded"
        };
        let lifetimes = [
            (true, "access token", self.lifetimes.access_token),
            (self.has(Feature::RefreshToken), "refresh token", self.lifetimes.refresh_token),
            (
                self.has(Feature::RefreshToken),
                "grace for a lost refresh response",
                self.lifetimes.refresh_token_grace,
            ),
            (self.has(Feature::AuthorizationCode), "authorization code", self.lifetimes.code),
            (self.has(Feature::DeviceCode), "device code", self.lifetimes.device_code),
            (self.has(Feature::OpenId), "ID token", self.lifetimes.id_token),
            (self.has(Feature::PushedAuthorizationRequests), pushed, self.lifetimes.pushed_request),
        ];
        let lifetimes = lifetimes.into_iter().filter(|(is_made, ..)| *is_made);
        list(f, "Lifetimes", lifetimes.map(|(_, name, lifetime)| (name.to_owned(), readable(lifetime))))?;
        list(f, "Limits", self.limits())?;
        self.fmt_exceptions(f)?;
        if f.alternate() { self.fmt_rules(f) } else { self.fmt_summary_of_rules(f) }
    }
}

/// The rules by their kinds.
const KINDS: [(RuleKind, &str); 5] = [
    (RuleKind::CompileTime, "Rules of the compiler"),
    (RuleKind::Warning, "Advised against, and not done"),
    (RuleKind::Danger, "Dangerous, and not done"),
    (RuleKind::StartUp, "Rules of the start"),
    (RuleKind::Request, "Rules of requests"),
];

/// The reason why advice may be followed or not.
const MADE_BY_THE_APPLICATION: &str =
    "your application makes these access tokens, and nothing here tells how: `conformance!` looks at them";

impl Report {
    /// The proofs that it wants of clients.
    fn proofs(&self, dpop: Dpop) -> String {
        let key = if self.has_dpop_nonce_key {
            "made of a key that its instances share"
        } else {
            "made of a random key of this process: other instances refuse them, unless they share one in `#[dpop_nonce_key]`"
        };
        let by = if self.has(Feature::Fapi2) { "all of them, by DPoP" } else { "by DPoP" };
        match dpop.nonces {
            DpopNonces::Off => format!("{by}, without nonces"),
            DpopNonces::Healing => format!("{by}; a wrong clock gets a nonce, {key}"),
            DpopNonces::Required => format!("{by}; every proof needs a nonce, {key}"),
        }
    }

    /// The meaning of a revocation, where no store keeps access tokens.
    fn revoked_tokens(&self) -> Option<(String, String)> {
        let until = readable(self.lifetimes.access_token);
        let words = format!(
            "self-contained, no store keeps them: who verifies them by keys alone takes a revoked one until it expires, {until} at \
             most"
        );
        self.access_tokens_are_self_contained.then(|| ("revoked access tokens".to_owned(), words))
    }

    /// The keys that instances do not share.
    fn own_keys(&self) -> Option<(String, String)> {
        let words = "made on this machine, and the store is shared: instances on other machines make others, and refuse what is signed \
                     here. Use `StoredKeys`, or the same files and `KeyRing::from_pem_files`";
        self.keys_are_of_one_machine.then(|| ("WARNING: keys".to_owned(), words.to_owned()))
    }

    /// The limits that depend on where it runs.
    fn limits(&self) -> [(String, String); 2] {
        let by_address = if self.trusted_proxies.is_empty() {
            "that of the peer; off where it is unknown, on loopback or in a private network, as behind a reverse proxy: name it \
             with `Environment::trusted_proxies`"
                .to_owned()
        } else {
            let proxies: Vec<_> = self.trusted_proxies.iter().map(Cidr::to_string).collect();
            format!("that of the client, as told by {}", proxies.join(", "))
        };
        let guesses = if self.limits_are_shared {
            "counted in the store of tokens, for all instances that share it"
        } else {
            "counted by each instance for itself: `n` instances allow `n` times as many, for the store of tokens is no `LimitStore`"
        };
        [("by address".to_owned(), by_address), ("guesses".to_owned(), guesses.to_owned())]
    }

    fn fmt_exceptions(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exceptions = self.exceptions.iter().flat_map(|exception| {
            let cost = (exception.name.to_owned(), format!("{} ({})", exception.cost, exception.section));
            let reason = exception.reason.map(|reason| (String::new(), format!("allowed: {reason}")));
            std::iter::once(cost).chain(reason)
        });
        list(f, "Exceptions", exceptions)?;
        if !self.unknown.is_empty() {
            let unknown =
                self.unknown.iter().map(|rule| (rule.name.to_owned(), MADE_BY_THE_APPLICATION.to_owned()));
            list(f, "Unknown", unknown)?;
        }
        let deviations = self.deviations.iter();
        list(f, "Deviations", deviations.map(|it| (it.section.to_owned(), it.statement.to_owned())))
    }

    fn fmt_rules(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, title) in KINDS {
            let rules = self.rules.iter().filter(|rule| rule.kind == kind);
            // What `allow(…)` takes is a name.
            let words = |rule: &Rule| match kind {
                RuleKind::Warning | RuleKind::Danger => rule.name.to_owned(),
                _ => rule.statement(),
            };
            let row = |rule: &&Rule| (rule.section().unwrap_or_else(|| "our own".to_owned()), words(rule));
            list(f, title, rules.map(row))?;
        }
        Ok(())
    }

    fn fmt_summary_of_rules(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |kind| self.rules.iter().filter(|rule| rule.kind == kind).count();
        let rows = KINDS.map(|(kind, title)| (title.to_owned(), count(kind).to_string()));
        list(f, "Rules that it enforces (`{:#}` names each)", rows)
    }
}

/// A heading, and a row each; an empty list says so.
fn list(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    rows: impl IntoIterator<Item = (String, String)>,
) -> fmt::Result {
    let rows: Vec<_> = rows.into_iter().collect();
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    writeln!(f, "\n{title}")?;
    if rows.is_empty() {
        return writeln!(f, "  none");
    }
    rows.iter().try_for_each(|(name, text)| writeln!(f, "{}", format!("  {name:width$}  {text}").trim_end()))
}

fn readable(lifetime: Duration) -> String {
    if lifetime.is_zero() { "none".to_owned() } else { oauth_rules::lifetime::written(lifetime.as_secs()) }
}
