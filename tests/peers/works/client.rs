//! The client that asks for the works, and looks at each answer.

use std::path::Path;

use oauth_core::prelude::KeyRing;
use serde::Deserialize;

use super::Work;
use super::prover::{Of, Prover};
use crate::Result;
use crate::callgrind::RUNS;
use crate::connection::{Answer, Connection};
use crate::load::Granted;
use crate::requests::{CLIENT_CREDENTIALS, get, post};
use crate::servers::provider::{API, ISSUER, PERSON, REDIRECT_URI, token_keys};

/// The verifier of RFC 7636 Appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// The challenge of RFC 7636 Appendix B.
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(super) struct Client {
    connection: Connection,
    prover: Prover,
    /// The keys of the tokens' issuer.
    issuer: KeyRing,
}

/// What introspection tells.
#[derive(Deserialize)]
struct Introspected {
    active: bool,
}

/// What userinfo tells, and the API.
#[derive(Deserialize)]
struct Person<'a> {
    sub: &'a str,
    #[serde(default)]
    name: &'a str,
}

impl Client {
    pub(super) async fn open(port: u16, keys: &Path) -> Result<Self> {
        let connection = Connection::open(port).await?;
        Ok(Self { connection, prover: Prover::new()?, issuer: token_keys(keys)? })
    }

    /// Does a work so often. What it needs is made before, as much for a short run as for a long one.
    pub(super) async fn work(&mut self, work: Work, requests: u64) -> Result {
        match work {
            Work::Token | Work::SignedToken => self.client_credentials(requests).await,
            Work::BoundToken => self.bound_tokens(requests).await,
            Work::Code => self.codes("jobs", requests).await,
            Work::IdToken => self.codes("openid+profile", requests).await,
            Work::Refresh => self.refresh(requests).await,
            Work::Introspection | Work::SameSignedIntrospection => self.introspection(requests).await,
            Work::SignedIntrospection => self.introspections(requests).await,
            Work::Userinfo => self.userinfo(requests).await,
            Work::Jwt | Work::SameJwt | Work::BoundJwt => self.api(work, requests).await,
        }
    }

    async fn client_credentials(&mut self, requests: u64) -> Result {
        let request = post("/token", "", CLIENT_CREDENTIALS);
        for _ in 0..requests {
            self.connection.ask(&request).await?.json::<Granted<'_>>()?.check()?;
        }
        Ok(())
    }

    async fn bound_tokens(&mut self, requests: u64) -> Result {
        let url = format!("{ISSUER}/token");
        for _ in 0..requests {
            let proof = self.prover.header("POST", &url, None).await?;
            let answer = self.connection.ask(&post("/token", &proof, CLIENT_CREDENTIALS)).await?;
            let token = answer.json::<Granted<'_>>()?;
            token.check()?;
            demand(token.token_type == "DPoP", &answer)?;
        }
        Ok(())
    }

    async fn codes(&mut self, scope: &str, requests: u64) -> Result {
        let codes = self.prepared_codes(scope).await?;
        for (code, _) in codes.iter().zip(0..requests) {
            let answer = self.connection.ask(&exchange(code)).await?;
            let token = answer.json::<Granted<'_>>()?;
            token.check()?;
            let has_id_token = token.id_token.split('.').count() == 3;
            demand(!token.refresh_token.is_empty() && has_id_token == scope.contains("openid"), &answer)?;
        }
        Ok(())
    }

    /// Each of its own authorization: one may be refreshed a few times a second.
    async fn refresh(&mut self, requests: u64) -> Result {
        let mut tokens = Vec::new();
        for code in self.prepared_codes("jobs").await? {
            let answer = self.connection.ask(&exchange(&code)).await?;
            tokens.push(answer.json::<Granted<'_>>()?.refresh_token.to_owned());
        }
        for (token, _) in tokens.iter().zip(0..requests) {
            let form = format!("grant_type=refresh_token&refresh_token={token}");
            let answer = self.connection.ask(&post("/token", "", &form)).await?;
            let successor = answer.json::<Granted<'_>>()?;
            successor.check()?;
            demand(!successor.refresh_token.is_empty() && successor.refresh_token != token, &answer)?;
        }
        Ok(())
    }

    async fn introspection(&mut self, requests: u64) -> Result {
        let token = self.person_s_token("jobs").await?;
        for _ in 0..requests {
            self.introspect(&token).await?;
        }
        Ok(())
    }

    async fn introspections(&mut self, requests: u64) -> Result {
        for _ in 0..requests {
            let token = self.prover.token(&self.issuer, Of::Server).await?;
            self.introspect(&token).await?;
        }
        Ok(())
    }

    async fn introspect(&mut self, token: &str) -> Result {
        let answer = self.connection.ask(&post("/introspect", "", &format!("token={token}"))).await?;
        demand(answer.json::<Introspected>()?.active, &answer)
    }

    async fn userinfo(&mut self, requests: u64) -> Result {
        let token = self.person_s_token("openid+profile").await?;
        let request = get("/userinfo", &format!("Authorization: Bearer {token}\r\n"));
        for _ in 0..requests {
            let answer = self.connection.ask(&request).await?;
            let told = answer.json::<Person<'_>>()?;
            demand(told.sub == PERSON && !told.name.is_empty(), &answer)?;
        }
        Ok(())
    }

    async fn api(&mut self, work: Work, requests: u64) -> Result {
        let (is_bound, url) = (work == Work::BoundJwt, format!("{API}/me"));
        let of = if is_bound { Of::Key } else { Of::Bearer };
        let mut token = self.prover.token(&self.issuer, of).await?;
        for _ in 0..requests {
            if work == Work::Jwt {
                token = self.prover.token(&self.issuer, of).await?;
            }
            let headers = if is_bound {
                let proof = self.prover.header("GET", &url, Some(&token)).await?;
                format!("Authorization: DPoP {token}\r\n{proof}")
            } else {
                format!("Authorization: Bearer {token}\r\n")
            };
            let answer = self.connection.ask(&get("/me", &headers)).await?;
            demand(answer.json::<Person<'_>>()?.sub == PERSON, &answer)?;
        }
        Ok(())
    }

    /// A token of the person's.
    async fn person_s_token(&mut self, scope: &str) -> Result<String> {
        let code = self.code(scope).await?;
        let answer = self.connection.ask(&exchange(&code)).await?;
        Ok(answer.json::<Granted<'_>>()?.access_token.to_owned())
    }

    /// As many codes as a long run has requests.
    async fn prepared_codes(&mut self, scope: &str) -> Result<Vec<String>> {
        let mut codes = Vec::new();
        for _ in 0..RUNS[1] {
            codes.push(self.code(scope).await?);
        }
        Ok(codes)
    }

    async fn code(&mut self, scope: &str) -> Result<String> {
        let path = format!(
            "/authorize?response_type=code&client_id=worker&redirect_uri={}&scope={scope}&code_challenge={CHALLENGE}\
             &code_challenge_method=S256",
            encoded(REDIRECT_URI)
        );
        let answer = self.connection.ask(&get(&path, "")).await?;
        let code = answer.header("location").and_then(|location| {
            let (_, code) = location.split_once("code=")?;
            code.split('&').next().map(str::to_owned)
        });
        code.ok_or_else(|| answer.told().into())
    }
}

fn exchange(code: &str) -> String {
    let redirect_uri = encoded(REDIRECT_URI);
    let form = format!(
        "grant_type=authorization_code&code={code}&redirect_uri={redirect_uri}&code_verifier={VERIFIER}"
    );
    post("/token", "", &form)
}

/// A URL as the value of a parameter.
fn encoded(url: &str) -> String {
    url.replace(':', "%3A").replace('/', "%2F")
}

fn demand(is_right: bool, answer: &Answer<'_>) -> Result {
    if is_right { Ok(()) } else { Err(answer.told().into()) }
}
