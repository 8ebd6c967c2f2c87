//! Consent, at the authorization endpoint.

use std::borrow::Cow;

use ::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::csrf::Purpose;
use super::return_to::ReturnTo;
use super::session::LoggedIn;
use super::site::Site;
use super::templates::PageTemplates;
use super::views::{ConsentPage, PageForm, RequestedScope};
use super::{LoginPages, PagePaths, csrf, languages_of, see_other, session};
use crate::client::ClientSource;
use crate::error::{ErrorCode, Result};
use crate::event::{Event, EventKind};
use crate::interaction::{Context, Decision};
use crate::request::{AuthorizationRequest, Prompt, Request};
use crate::scope::ScopeSet;
use crate::store::{ConsentStore, Session, SessionStore, UserStore};
use crate::validator::RequestValidator;

pub(super) async fn decide<T, P, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    authorization: &AuthorizationRequest,
    request: &Request,
) -> Result<Decision>
where
    T: PageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore, Consents: ConsentStore>,
{
    let site = Site::of(context);
    let query = request.uri().query().unwrap_or_default();
    let openid = &authorization.openid;
    let logged_in = session::find(context, request.headers()).await?;
    let logged_in = logged_in.filter(|it| !authorization.asks_for_login(it.session.auth_time, context.now()));
    let Some(logged_in) = logged_in else {
        if openid.has_prompt(Prompt::None) {
            return Err(ErrorCode::LoginRequired.into());
        }
        let location = ReturnTo::to_authorization(site, &after_login(query)).via(&site.path(P::LOGIN));
        return see_other(&location, []).map(Decision::Respond);
    };
    let answer = request.body().get("decision").filter(|_| request.method() == Method::POST);
    if let Some(answer) = answer {
        let (cookie, sent) = (logged_in.id.expose(), request.body().get("csrf"));
        let genuine = csrf::is_genuine(site, request.headers(), Some(cookie), Purpose::Consent(query), sent);
        return match answer {
            "allow" if genuine => {
                allow(pages.acr.as_deref(), context, authorization, request, logged_in).await
            }
            "deny" if genuine => {
                tell(context, EventKind::ConsentDenied, request, &logged_in);
                Ok(Decision::Deny)
            }
            _ => ask(pages, context, authorization, request, &logged_in, StatusCode::FORBIDDEN),
        };
    }
    if !openid.has_prompt(Prompt::Consent) && is_settled(context, authorization, &logged_in).await? {
        // A client of the operator's own needs none.
        if !authorization.client.first_party {
            tell(context, EventKind::ConsentRemembered, request, &logged_in);
        }
        return session::approval(pages.acr.as_deref(), context, authorization, logged_in)
            .await
            .map(Decision::Approve);
    }
    if openid.has_prompt(Prompt::None) {
        return Err(ErrorCode::ConsentRequired.into());
    }
    ask(pages, context, authorization, request, &logged_in, StatusCode::OK)
}

fn tell<V>(context: &Context<'_, V>, kind: EventKind, request: &Request, logged_in: &LoggedIn) {
    let Session { subject, sid, .. } = &logged_in.session;
    context.observe(&Event::of_request(kind, request).subject(subject).session(sid));
}

/// Tells whether the person need not be asked: the client is the operator's own, or has this consent already.
async fn is_settled<V>(
    context: &Context<'_, V>,
    authorization: &AuthorizationRequest,
    logged_in: &LoggedIn,
) -> Result<bool>
where
    V: RequestValidator<Consents: ConsentStore>,
{
    if !authorization.is_client_assured() {
        return Ok(false);
    }
    let client = &authorization.client;
    if client.first_party {
        return Ok(true);
    }
    let given = context.validator.consents().consent(&logged_in.session.subject, &client.client_id).await?;
    Ok(given.is_some_and(|given| to_remember(authorization).is_subset(&given)))
}

async fn allow<V>(
    acr: Option<&str>,
    context: &Context<'_, V>,
    authorization: &AuthorizationRequest,
    request: &Request,
    logged_in: LoggedIn,
) -> Result<Decision>
where
    V: RequestValidator<Sessions: SessionStore, Consents: ConsentStore>,
{
    if authorization.is_client_assured() {
        let (subject, client_id) = (&logged_in.session.subject, &authorization.client.client_id);
        let consents = context.validator.consents();
        let to_remember = to_remember(authorization);
        let given = consents.consent(subject, client_id).await?.unwrap_or_default();
        // What was agreed to of a client that has become another is void.
        let is_same = |mark: &ScopeSet| mark.is_subset(&given);
        let given = if mark(authorization).as_ref().is_none_or(is_same) { given } else { ScopeSet::new() };
        // What does not fit is asked for again.
        let all = given.union(&to_remember);
        let kept = if all.len() > ScopeSet::LIMIT { to_remember } else { all };
        if kept.len() <= ScopeSet::LIMIT {
            consents.save_consent(subject, client_id, kept).await?;
        }
    }
    tell(context, EventKind::ConsentGranted, request, &logged_in);
    session::approval(acr, context, authorization, logged_in).await.map(Decision::Approve)
}

/// The scopes of a consent as they are remembered: where it names resources (RFC 8707), each scope at each of them. Who agreed to
/// one resource has not agreed to another.
fn agreed(authorization: &AuthorizationRequest) -> ScopeSet {
    let scopes = authorization.asked_scopes();
    if authorization.resources.is_empty() {
        return scopes;
    }
    // No URI has a `|` (RFC 3986 §2).
    let at = |resource: &String| {
        let scopes = scopes.iter().map(|scope| format!("{resource}|{scope}"));
        scopes.chain([format!("{resource}|")]).collect::<Vec<_>>()
    };
    ScopeSet::of(authorization.resources.iter().flat_map(at))
}

/// The scopes that a consent is remembered as and, of a client that came by itself, a mark of what it was.
fn to_remember(authorization: &AuthorizationRequest) -> ScopeSet {
    let scopes = agreed(authorization);
    match mark(authorization) {
        Some(mark) => scopes.union(&mark),
        None => scopes,
    }
}

/// A client that came by itself can change where its answers go, by which keys it is known and what it asks for, and nobody looks
/// at that again: who agreed to the one has not agreed to the other.
fn mark(authorization: &AuthorizationRequest) -> Option<ScopeSet> {
    let client = &authorization.client;
    let mark = (client.source == ClientSource::Itself)
        .then(|| URL_SAFE_NO_PAD.encode(client.digest().as_bytes()))?;
    ScopeSet::parse(&format!("client-metadata:{mark}")).ok()
}

fn ask<T: PageTemplates, P: PagePaths, V: RequestValidator>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    authorization: &AuthorizationRequest,
    request: &Request,
    logged_in: &LoggedIn,
    status: StatusCode,
) -> Result<Decision> {
    let site = Site::of(context);
    let query = request.uri().query().unwrap_or_default();
    let here = ReturnTo::to_authorization(site, query);
    let html = pages.templates.consent(&ConsentPage {
        form: PageForm {
            issuer: context.issuer,
            action: here.as_str(),
            csrf: &csrf::token(logged_in.id.expose(), Purpose::Consent(query)),
            return_to: None,
            display: authorization.openid.display.as_deref(),
            languages: &languages_of(request, authorization.openid.ui_locales.iter().map(String::as_str)),
        },
        client: &authorization.client,
        scopes: &RequestedScope::all(context.scopes, &authorization.asked_scopes()),
        resources: &authorization.resources,
        redirect_uri: &authorization.redirect_uri,
        user: &logged_in.user,
        switch_account: &here.via(&site.path(P::LOGOUT)),
        is_unverified: status == StatusCode::FORBIDDEN,
    })?;
    pages.page(status, html).map(Decision::Respond)
}

/// The query as it is to be once the person has logged in: what that settles is gone, or they would log in for ever. The
/// ID token tells when it was.
fn after_login(query: &str) -> Cow<'_, str> {
    let is_settled = |name: &str| matches!(name, "prompt" | "max_age");
    if !form_urlencoded::parse(query.as_bytes()).any(|(name, _)| is_settled(&name)) {
        return query.into();
    }
    let mut rest = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if !is_settled(&name) {
            rest.append_pair(&name, &value);
        } else if name == "prompt" {
            let others = value.split(' ').filter(|word| !matches!(*word, "login" | "select_account"));
            let others: Vec<_> = others.collect();
            if !others.is_empty() {
                rest.append_pair(&name, &others.join(" "));
            }
        }
    }
    rest.finish().into()
}
