//! `/device`: the code of a device, and whether it may go on. RFC 8628 §3.3.

use ::http::StatusCode;
use ::http::header::{self, HeaderValue};

use super::csrf::Purpose;
use super::return_to::ReturnTo;
use super::session::LoggedIn;
use super::site::Site;
use super::templates::DevicePageTemplates;
use super::views::{
    DeviceConfirmationPage, DeviceDonePage, DevicePage, DeviceProblem, PageForm, RequestedScope,
};
use super::{LoginPages, PagePaths, csrf, languages, see_other, session};
use crate::error::Result;
use crate::event::{Event, EventKind};
use crate::http::Response;
use crate::interaction::Context;
use crate::interaction::language::whole_seconds;
use crate::model::UserCode;
use crate::request::Request;
use crate::store::{
    ClientStore as _, DeviceAuthorization, DeviceDecision, DeviceStore, SessionStore, UserStore,
};
use crate::validator::RequestValidator;

/// The form for the code. A code in the query came with a link and is only filled in: §3.3.1 wants the person to confirm
/// that their device shows the same.
pub(super) async fn show<T, P, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    request: &Request,
) -> Result<Response>
where
    T: DevicePageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore>,
{
    let Some(logged_in) = session::find(context, request.headers()).await? else {
        return log_in::<P, _>(context, request.uri().query().unwrap_or_default());
    };
    let code = request.query().get("user_code").and_then(UserCode::parse).map(|code| code.expose());
    form(pages, context, request, &logged_in, &code.unwrap_or_default(), None)
}

pub(super) async fn submit<T, P, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    request: &Request,
) -> Result<Response>
where
    T: DevicePageTemplates,
    P: PagePaths,
    V: RequestValidator<Users: UserStore, Sessions: SessionStore, Devices: DeviceStore>,
{
    let Some(logged_in) = session::find(context, request.headers()).await? else {
        return log_in::<P, _>(context, "");
    };
    let typed = request.body().get("user_code").unwrap_or_default();
    let again = |problem| form(pages, context, request, &logged_in, typed, Some(&problem));
    let Some(code) = UserCode::parse(typed) else {
        return again(DeviceProblem::WrongCode);
    };
    let (shown, decision) = (code.expose(), request.body().get("decision"));
    let purpose = if decision.is_some() { Purpose::DeviceDecision(&shown) } else { Purpose::DeviceCode };
    let (cookie, sent) = (logged_in.id.expose(), request.body().get("csrf"));
    if !csrf::is_genuine(Site::of(context), request.headers(), Some(cookie), purpose, sent) {
        return again(DeviceProblem::Unverified);
    }
    let authorization = match find(context, request, &logged_in, &code).await? {
        Ok(authorization) => authorization,
        Err(problem) => return again(problem),
    };
    let Some(client) = context.validator.clients().client(&authorization.client_id).await? else {
        return again(DeviceProblem::WrongCode);
    };
    let is_approved = match decision {
        Some("allow") => true,
        Some("deny") => false,
        _ => {
            let view = DeviceConfirmationPage {
                form: PageForm {
                    issuer: context.issuer,
                    action: &Site::of(context).path(P::DEVICE),
                    csrf: &csrf::token(cookie, Purpose::DeviceDecision(&shown)),
                    return_to: None,
                    display: None,
                    languages: &languages(request),
                },
                user_code: &shown,
                client: &client,
                scopes: &RequestedScope::all(context.scopes, &authorization.scopes),
                resources: &authorization.resources,
                user: &logged_in.user,
                switch_account: &switch_account::<P, _>(context, &shown),
            };
            return pages.page(StatusCode::OK, pages.templates.device_confirmation(&view)?);
        }
    };
    let decision = if is_approved {
        let session = &logged_in.session;
        let approval = DeviceDecision::approve(&session.subject, session.auth_time, authorization.scopes);
        let approval = approval.amr(session::amr(session).iter().copied());
        match &pages.acr {
            Some(acr) => approval.acr(acr),
            None => approval,
        }
    } else {
        DeviceDecision::Deny
    };
    if !context.validator.devices().decide_device_code(&code.hash(), decision, context.now()).await? {
        return again(DeviceProblem::WrongCode);
    }
    let kind = if is_approved { EventKind::DeviceApproved } else { EventKind::DeviceDenied };
    let event = Event::of_request(kind, request).client_id(&client.client_id);
    context.observe(&event.subject(&logged_in.session.subject).session(&logged_in.session.sid));
    let view = DeviceDonePage {
        issuer: context.issuer,
        client: &client,
        is_approved,
        languages: &languages(request),
    };
    pages.page(StatusCode::OK, pages.templates.device_done(&view)?)
}

/// RFC 8628 §5.1: "The server SHOULD rate-limit user code attempts", here of each person and of all together. Whoever knows
/// a code may use it as often as they like; what is counted is what was wrong.
async fn find<V>(
    context: &Context<'_, V>,
    request: &Request,
    logged_in: &LoggedIn,
    code: &UserCode,
) -> Result<Result<DeviceAuthorization, DeviceProblem>>
where
    V: RequestValidator<Devices: DeviceStore>,
{
    let subject = &logged_in.session.subject;
    let attempt = match context.guesses.user_code(subject).await? {
        Ok(attempt) => attempt,
        Err(retry_after) => {
            let event = Event::of_request(EventKind::LimitDenied, request).subject(subject);
            context.observe(&Event { rule: Some("user_code"), ..event });
            return Ok(Err(DeviceProblem::TooManyAttempts { retry_after }));
        }
    };
    let found = context.validator.devices().device_authorization(&code.hash(), context.now()).await?;
    if found.is_none() {
        attempt.failed();
    } else {
        attempt.take_back().await;
    }
    Ok(found.ok_or(DeviceProblem::WrongCode))
}

fn log_in<P: PagePaths, V>(context: &Context<'_, V>, query: &str) -> Result<Response> {
    let site = Site::of(context);
    see_other(&ReturnTo::to_device::<P>(site, query).via(&site.path(P::LOGIN)), [])
}

fn switch_account<P: PagePaths, V>(context: &Context<'_, V>, code: &str) -> String {
    let site = Site::of(context);
    let query = if code.is_empty() { String::new() } else { format!("user_code={code}") };
    ReturnTo::to_device::<P>(site, &query).via(&site.path(P::LOGOUT))
}

fn form<T: DevicePageTemplates, P: PagePaths, V>(
    pages: &LoginPages<T, P>,
    context: &Context<'_, V>,
    request: &Request,
    logged_in: &LoggedIn,
    typed: &str,
    problem: Option<&DeviceProblem>,
) -> Result<Response> {
    let code = UserCode::parse(typed).map(|code| code.expose()).unwrap_or_default();
    let html = pages.templates.device(&DevicePage {
        form: PageForm {
            issuer: context.issuer,
            action: &Site::of(context).path(P::DEVICE),
            csrf: &csrf::token(logged_in.id.expose(), Purpose::DeviceCode),
            return_to: None,
            display: None,
            languages: &languages(request),
        },
        user_code: typed,
        problem,
        user: &logged_in.user,
        switch_account: &switch_account::<P, _>(context, &code),
    })?;
    let status = match problem {
        None | Some(DeviceProblem::WrongCode) => StatusCode::OK,
        Some(DeviceProblem::Unverified) => StatusCode::FORBIDDEN,
        Some(DeviceProblem::TooManyAttempts { .. }) => StatusCode::TOO_MANY_REQUESTS,
    };
    let mut response = pages.page(status, html)?;
    if let Some(DeviceProblem::TooManyAttempts { retry_after }) = problem {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(whole_seconds(*retry_after)));
    }
    Ok(response)
}
