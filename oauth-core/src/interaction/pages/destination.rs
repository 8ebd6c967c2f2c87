//! The place that a login leads to, and what is asked for there.

use super::return_to::ReturnTo;
use super::site::Site;
use super::{PagePaths, languages_of};
use crate::error::Result;
use crate::interaction::Context;
use crate::request::{Params, Request};
use crate::validator::RequestValidator;

/// The place that a form of the login leads to, from its first step to its last.
#[derive(Debug)]
pub(super) struct Destination {
    return_to: Option<ReturnTo>,
    /// The parameters of the request that it leads back to.
    asked: Params,
}

impl Destination {
    /// The one that a request for a form names, or that the form sends.
    pub(super) async fn of<P: PagePaths, V: RequestValidator>(
        context: &Context<'_, V>,
        request: &Request,
    ) -> Result<Self> {
        let return_to = ReturnTo::of::<P, _>(context, request);
        let asked = match &return_to {
            Some(to) => to.parameters(context).await?,
            None => Params::default(),
        };
        Ok(Self { return_to, asked })
    }

    pub(super) const fn return_to(&self) -> Option<&ReturnTo> {
        self.return_to.as_ref()
    }

    /// A parameter of the request that it leads back to.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.asked.get(name)
    }

    /// The languages that the person prefers, where the client says so, too.
    pub(super) fn languages(&self, request: &Request) -> Vec<String> {
        languages_of(request, self.param("ui_locales").unwrap_or_default().split_whitespace())
    }

    /// The place to go to once nothing more is to be given. It grants nothing: anybody may go there, and is asked what they lack.
    pub(super) fn location<P: PagePaths, V>(&self, context: &Context<'_, V>) -> String {
        self.return_to().map_or_else(|| Site::of(context).path(P::LOGIN), |to| to.as_str().to_owned())
    }
}
