//! Valid requests, each a step that an earlier one may have made possible.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::grant::ResponseType;
use oauth_core::prelude::{Client, ClientAuthMethod, GrantType};
use oauth_tests::{VERIFIER, basic, secret};

use crate::call::{Call, DEVICE_CODE, Endpoint, Value};
use crate::ours::{clients, usernames};
use crate::rng::Rng;
use crate::state::{Artefact, Issued, State};

/// The purpose of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Code,
    Implicit,
    Nothing,
    Redeem,
    Refresh,
    ClientCredentials,
    Password,
    Device,
    Decide,
    Poll,
    Revoke,
    Introspect,
}

/// A pair of servers, and what to ask of it how often.
pub(crate) struct Pair {
    pub(crate) name: &'static str,
    pub(crate) requests: usize,
    pub(crate) purposes: &'static [(Purpose, usize)],
    pub(crate) requires_pkce: bool,
}

pub(crate) const PAIRS: [Pair; 6] = [
    Pair {
        name: "all",
        requests: 4000,
        purposes: &[
            (Purpose::Code, 7),
            (Purpose::Implicit, 2),
            (Purpose::Nothing, 1),
            (Purpose::Redeem, 6),
            (Purpose::Refresh, 5),
            (Purpose::ClientCredentials, 3),
            (Purpose::Password, 1),
            (Purpose::Device, 2),
            (Purpose::Decide, 2),
            (Purpose::Poll, 4),
            (Purpose::Revoke, 3),
            (Purpose::Introspect, 4),
        ],
        requires_pkce: false,
    },
    Pair {
        name: "web",
        requests: 1000,
        purposes: &[
            (Purpose::Code, 6),
            (Purpose::Redeem, 5),
            (Purpose::Refresh, 4),
            (Purpose::Revoke, 2),
            (Purpose::Introspect, 3),
        ],
        requires_pkce: true,
    },
    Pair {
        name: "mobile",
        requests: 500,
        purposes: &[
            (Purpose::Implicit, 5),
            (Purpose::Revoke, 2),
            (Purpose::Introspect, 3),
            (Purpose::Redeem, 1),
        ],
        requires_pkce: false,
    },
    Pair {
        name: "backend",
        requests: 500,
        purposes: &[
            (Purpose::ClientCredentials, 5),
            (Purpose::Revoke, 2),
            (Purpose::Introspect, 3),
            (Purpose::Code, 1),
        ],
        requires_pkce: false,
    },
    Pair {
        name: "legacy",
        requests: 500,
        purposes: &[
            (Purpose::Password, 3),
            (Purpose::Refresh, 4),
            (Purpose::Revoke, 2),
            (Purpose::Introspect, 3),
            (Purpose::Implicit, 1),
        ],
        requires_pkce: false,
    },
    Pair { name: "device", requests: 300, purposes: &[(Purpose::Device, 1)], requires_pkce: false },
];

pub(crate) struct Generator {
    pub(crate) rng: Rng,
    clients: Vec<Client>,
}

/// A valid request, and the verifier that fits its challenge.
pub(crate) type Step = (Call, Option<String>);

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        Self { rng: Rng(seed), clients: clients() }
    }

    /// A request for one of the purposes of a server that is possible in this state.
    pub(crate) fn step(&mut self, pair: &Pair, state: &State) -> Step {
        loop {
            let total = pair.purposes.iter().map(|(_, weight)| weight).sum();
            let mut at = self.rng.below(total);
            let chosen = pair.purposes.iter().find(|(_, weight)| match at.checked_sub(*weight) {
                Some(rest) => {
                    at = rest;
                    false
                }
                None => true,
            });
            if let Some(step) = self.of(chosen.unwrap().0, pair, state) {
                return step;
            }
        }
    }

    fn of(&mut self, purpose: Purpose, pair: &Pair, state: &State) -> Option<Step> {
        Some(match purpose {
            Purpose::Code => self.authorize(pair, ResponseType::CODE),
            Purpose::Implicit => self.authorize(pair, ResponseType::TOKEN),
            Purpose::Nothing => self.authorize(pair, ResponseType::NONE),
            Purpose::Redeem => {
                let code = self.recent(pair, state, Artefact::Code)?;
                self.redeem(pair.name, code)
            }
            Purpose::Refresh => {
                let token = self.recent(pair, state, Artefact::RefreshToken)?;
                self.refresh(pair.name, token)
            }
            Purpose::ClientCredentials => self.client_credentials(pair.name),
            Purpose::Password => self.password(pair.name),
            Purpose::Device => self.device(pair.name),
            Purpose::Decide => {
                Self::decide(pair.name, self.recent(pair, state, Artefact::UserCode)?.0, self.rng.percent(20))
            }
            Purpose::Poll => {
                let code = self.recent(pair, state, Artefact::DeviceCode)?;
                self.poll(pair.name, code)
            }
            Purpose::Revoke => self.about_token(pair, Endpoint::Revoke, state)?,
            Purpose::Introspect => self.about_token(pair, Endpoint::Introspect, state)?,
        })
    }

    fn call(server: &'static str, endpoint: Endpoint, purpose: &'static str) -> Call {
        let is_form = !matches!(endpoint, Endpoint::Authorize | Endpoint::Device);
        Call {
            server,
            endpoint,
            purpose,
            faults: Vec::new(),
            method: if is_form { "POST" } else { "GET" },
            query: Vec::new(),
            form: Vec::new(),
            raw: "",
            content_type: is_form.then_some("application/x-www-form-urlencoded"),
            authorization: None,
            is_denied: false,
        }
    }

    fn client(&mut self, is_able: impl Fn(&Client) -> bool) -> Client {
        let able: Vec<_> = self.clients.iter().filter(|client| is_able(client)).collect();
        (*self.rng.pick(&able)).clone()
    }

    fn client_with(&mut self, grant_type: &GrantType) -> Client {
        self.client(|client| client.grant_types.contains(grant_type))
    }

    fn authorize(&mut self, pair: &Pair, response_type: ResponseType) -> Step {
        let client = self.client(|client| client.may_ask_for(response_type));
        let mut call = Self::call(pair.name, Endpoint::Authorize, response_type.as_str());
        call.set("response_type", response_type.as_str());
        call.set("client_id", &client.client_id);
        if client.redirect_uris.len() > 1 || self.rng.percent(80) {
            let uri = self.rng.pick(&client.redirect_uris).as_str();
            // A native application listens on whichever port is free.
            let listens = client.client_id == "native" && self.rng.percent(20);
            call.set("redirect_uri", if listens { "http://127.0.0.1:5000/cb" } else { uri });
        }
        self.scope(&mut call, &client);
        if self.rng.percent(80) {
            call.set("state", "af0ifjsldkj");
        }
        call.is_denied = self.rng.percent(5);
        let wants_pkce = pair.requires_pkce || client.is_public() || self.rng.percent(60);
        if response_type != ResponseType::CODE || !wants_pkce {
            return (call, None);
        }
        let verifier = format!("{:0>43}", self.rng.below(1000));
        call.set("code_challenge", &s256(&verifier));
        call.set("code_challenge_method", "S256");
        (call, Some(verifier))
    }

    fn scope(&mut self, call: &mut Call, client: &Client) {
        let all: Vec<_> = client.scope.iter().collect();
        match self.rng.below(3) {
            0 => {}
            1 => call.set("scope", &client.scope.to_string()),
            _ => call.set("scope", all[self.rng.below(all.len())]),
        }
    }

    /// One of those that were issued lately; mostly one that can still be used, where using it up matters.
    fn recent(&mut self, pair: &Pair, state: &State, artefact: Artefact) -> Option<(usize, Issued)> {
        let is_any = self.rng.percent(20);
        let found = state.of(pair.name, |issued| issued.artefact == artefact && (is_any || !issued.is_spent));
        let latest = &found[found.len().saturating_sub(12)..];
        (!latest.is_empty()).then(|| *self.rng.pick(latest)).map(|index| (index, state.issued(index).clone()))
    }

    /// The client that presents a code or a token: now and then another client that may use the grant, and
    /// has all the rest right.
    fn presenter(&mut self, grant_type: &GrantType, owner: String) -> String {
        if self.rng.percent(8) { self.client_with(grant_type).client_id } else { owner }
    }

    fn redeem(&mut self, server: &'static str, (index, code): (usize, Issued)) -> Step {
        let presenter = self.presenter(&GrantType::AUTHORIZATION_CODE, code.client_id);
        let mut call = self.token_call(server, "authorization_code", &presenter);
        call.form.push(("code".to_owned(), Value::Issued(index)));
        // A client of OAuth 2.1 leaves it out.
        if let Some(redirect_uri) = code.redirect_uri.as_ref().filter(|_| self.rng.percent(90)) {
            call.set("redirect_uri", redirect_uri);
        }
        match &code.verifier {
            Some(verifier) => call.set("code_verifier", verifier),
            // What an attacker who stripped the challenge would see.
            None if self.rng.percent(20) => call.set("code_verifier", VERIFIER),
            None => {}
        }
        (call, None)
    }

    fn refresh(&mut self, server: &'static str, (index, token): (usize, Issued)) -> Step {
        let presenter = self.presenter(&GrantType::REFRESH_TOKEN, token.client_id);
        let mut call = self.token_call(server, "refresh_token", &presenter);
        call.form.push(("refresh_token".to_owned(), Value::Issued(index)));
        if let Some(scope) = token.scope.filter(|_| self.rng.percent(30)) {
            call.set("scope", &scope);
        }
        (call, None)
    }

    fn client_credentials(&mut self, server: &'static str) -> Step {
        let is_public = self.rng.percent(10);
        let client = if is_public {
            self.client(Client::is_public)
        } else {
            self.client_with(&GrantType::CLIENT_CREDENTIALS)
        };
        let mut call = self.token_call(server, "client_credentials", &client.client_id);
        self.scope(&mut call, &client);
        (call, None)
    }

    fn password(&mut self, server: &'static str) -> Step {
        let client = self.client_with(&GrantType::PASSWORD);
        let mut call = self.token_call(server, "password", &client.client_id);
        let users: Vec<_> = usernames().collect();
        call.set("username", &users[self.rng.below(users.len())]);
        let is_right = self.rng.percent(85);
        call.set("password", if is_right { secret() } else { "wrong" });
        // Sometimes nothing is right.
        if is_right || self.rng.percent(60) {
            self.scope(&mut call, &client);
        } else {
            call.set("scope", "admin");
        }
        (call, None)
    }

    fn device(&mut self, server: &'static str) -> Step {
        let client = self.client_with(&GrantType::DEVICE_CODE);
        let mut call = Self::call(server, Endpoint::DeviceAuthorization, "device authorization");
        self.authenticate(&mut call, &client.client_id);
        self.scope(&mut call, &client);
        // Some clients name themselves in the body, too.
        if call.form.is_empty() || self.rng.percent(50) && call.get("client_id").is_none() {
            call.set("client_id", &client.client_id);
        }
        (call, None)
    }

    fn decide(server: &'static str, user_code: usize, is_denied: bool) -> Step {
        let mut call = Self::call(server, Endpoint::Device, "decision on a device");
        call.query.push(("user_code".to_owned(), Value::Issued(user_code)));
        (Call { is_denied, ..call }, None)
    }

    fn poll(&mut self, server: &'static str, (index, code): (usize, Issued)) -> Step {
        let presenter = self.presenter(&GrantType::DEVICE_CODE, code.client_id);
        let mut call = self.token_call(server, DEVICE_CODE, &presenter);
        call.form.push(("device_code".to_owned(), Value::Issued(index)));
        (call, None)
    }

    fn about_token(&mut self, pair: &Pair, endpoint: Endpoint, state: &State) -> Option<Step> {
        let artefact =
            *self.rng.pick(&[Artefact::AccessToken, Artefact::AccessToken, Artefact::RefreshToken]);
        let mut found = self.recent(pair, state, artefact);
        if endpoint == Endpoint::Revoke && artefact == Artefact::RefreshToken && self.rng.percent(40) {
            // A client that kept the token before the last one.
            let spent = state.of(pair.name, |issued| issued.artefact == artefact && issued.is_spent);
            found = spent.last().map(|index| (*index, state.issued(*index).clone()));
        }
        let (index, token) = found?;
        let mut call = Self::call(pair.name, endpoint, endpoint.path());
        // Resource servers introspect what is not theirs.
        let is_resource = endpoint == Endpoint::Introspect && self.rng.percent(70);
        let client_id = if is_resource { "machine" } else { &token.client_id };
        self.authenticate(&mut call, client_id);
        call.form.push(("token".to_owned(), Value::Issued(index)));
        let hints = ["access_token", "refresh_token"];
        if self.rng.percent(40) {
            call.set("token_type_hint", hints[usize::from(artefact == Artefact::RefreshToken)]);
        }
        Some((call, None))
    }

    fn token_call(&mut self, server: &'static str, grant_type: &'static str, client_id: &str) -> Call {
        let mut call = Self::call(server, Endpoint::Token, grant_type);
        call.set("grant_type", grant_type);
        self.authenticate(&mut call, client_id);
        call
    }

    /// Authenticates by the method that the client registered.
    fn authenticate(&mut self, call: &mut Call, client_id: &str) {
        let client = self.clients.iter().find(|client| client.client_id == client_id).unwrap();
        if client.token_endpoint_auth_method == ClientAuthMethod::ClientSecretBasic {
            call.authorization = Some(basic(client_id));
            return;
        }
        call.set("client_id", client_id);
        if !client.is_public() {
            call.set("client_secret", secret());
        }
    }
}

/// RFC 7636 §4.2.
pub(crate) fn s256(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()))
}
