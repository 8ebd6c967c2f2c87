//! `impl AuthorizationServer`, and what only the compiler can check of it.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Token, Type, parse_quote_spanned};

use super::agreement::{checks, namesakes_check, own_grant};
use super::model::{Endpoints, IdTokens, Registration, ValidatedServer};
use crate::args::Text;
use crate::choice::Choice;
use crate::item::{Field, Struct};
use crate::krate::{Krate, at, checked, parameters_at, told_at};
use crate::lints::Outcome;
use crate::literal::string;
use crate::rules::endpoint;
use crate::scope_list;
use crate::unmarked;

pub(super) fn expand(model: &ValidatedServer<'_>, outcome: &Outcome) -> TokenStream {
    let span = at(model.item.ident().span());
    let private = model.krate.private(model.item.ident().span());
    let name = model.item.ident();
    let (impl_generics, ty_generics, where_clause) = model.item.input.generics.split_for_impl();
    let opaque = (quote_spanned!(span=> #private::Opaque), quote_spanned!(span=> &#private::Opaque::DEFAULT));
    let nobody =
        (quote_spanned!(span=> #private::NoInteraction), quote_spanned!(span=> &#private::NoInteraction));
    let validator = part(model, &model.validator, "Validator", "validator", None);
    let access_tokens = part(model, &model.access_token, "AccessTokens", "access_tokens", Some(&opaque));
    let refresh_tokens = part(model, &model.refresh_token, "RefreshTokens", "refresh_tokens", Some(&opaque));
    let id_tokens = id_tokens(model, span);
    let pairwise_key = lent(&model.pairwise_key, "pairwise_key", "PairwiseKey", &model.krate);
    let nonce_key = lent(&model.dpop_nonce_key, "dpop_nonce_key", "NonceKey", &model.krate);
    let back_channel = lent(&model.back_channel, "back_channel", "BackChannel", &model.krate);
    let fetcher = lent(&model.fetcher, "fetcher", "Fetcher", &model.krate);
    let interaction = part(model, &model.interaction, "Interaction", "interaction", Some(&nobody));
    let grants = grants(model);
    let issuer = if let Some((issuer, _)) = &model.issuer {
        issuer.tokens(&model.krate)
    } else {
        quote_spanned!(span=> <Self::AccessTokens as #private::TokenGenerator>::ISSUER)
    };
    let issuer_method = model.issuer.as_ref().and_then(|(issuer, _)| issuer.method(&model.krate));
    let config = config(model, outcome, &private);
    // What depends on no parameter is known here, too.
    let checks = if model.item.is_generic() { namesakes_check(model) } else { Some(checks(model, outcome)) };
    let unmarked = unmarked_parts(model);
    let warnings = outcome.warnings();
    let parts = [&model.validator, &model.access_token, &model.refresh_token, &model.interaction];
    let fields = parts.into_iter().flatten().filter_map(|choice| choice.field);
    let impl_token = Token![impl](parameters_at(name.span(), fields.map(|field| &field.ty)));
    quote_spanned! {span=>
        #[automatically_derived]
        #impl_token #impl_generics #private::AuthorizationServer for #name #ty_generics #where_clause {
            #validator
            #access_tokens
            #refresh_tokens
            #id_tokens
            #pairwise_key
            #nonce_key
            #back_channel
            #fetcher
            #interaction
            type Grants = #grants;
            const ISSUER: #private::Issuer = #issuer;
            const CONFIG: #private::ServerConfig = #config;
            #issuer_method
        }
        #checks
        #unmarked
        #warnings
    }
}

/// The errors at fields whose mark was forgotten.
fn unmarked_parts(model: &ValidatedServer<'_>) -> TokenStream {
    let is_openid = scope_list::find(&model.scopes, "openid").is_some();
    let is_of_use = |mark: &str| match mark {
        "refresh_token" => model.grants.span("refresh_token").is_some(),
        "id_token" | "pairwise_key" | "back_channel" => is_openid,
        "dpop_nonce_key" => model.dpop.is_some(),
        _ => true,
    };
    let checks = |kinds| unmarked::checks(model.item, &model.krate, kinds, is_of_use);
    let interaction = model.grants.interactive().map(|_| checks(unmarked::OF_AN_AUTHORIZATION_ENDPOINT));
    [Some(checks(unmarked::OF_A_SERVER)), interaction].into_iter().flatten().collect()
}

/// The type of a part and the method that lends it; `absent` stands in where no field is it.
fn part(
    model: &ValidatedServer<'_>,
    choices: &[Choice<'_>],
    associated_type: &str,
    method: &str,
    absent: Option<&(TokenStream, TokenStream)>,
) -> TokenStream {
    let mut items = TokenStream::new();
    for choice in choices {
        let span = at(choice.field.map_or(model.item.ident().span(), |field| field.ty.span()));
        let (ty, value) = match (choice.field, absent) {
            (Some(Field { ty, member, .. }), _) => {
                (checked_part(model, associated_type, ty), quote_spanned!(span=> &self.#member))
            }
            (None, Some(absent)) => absent.clone(),
            // Every field may be compiled out: the compiler says that the item is missing.
            (None, None) => continue,
        };
        let cfg = &choice.cfg;
        let (associated_type, method) =
            (format_ident!("{associated_type}", span = span), format_ident!("{method}", span = span));
        items.extend(quote_spanned! {span=>
            #cfg
            type #associated_type = #ty;
            #cfg
            fn #method(&self) -> &Self::#associated_type {
                #value
            }
        });
    }
    items
}

/// A part's type: what is none is an error at the field, and not wherever the server is used. Constants cannot depend on type
/// parameters.
fn checked_part(model: &ValidatedServer<'_>, associated_type: &str, ty: &Type) -> TokenStream {
    let (span, private) = (at(ty.span()), model.krate.private(ty.span()));
    let check = match associated_type {
        _ if model.item.is_generic() => return quote!(#ty),
        "Validator" => quote_spanned! {span=>
            #[allow(unused_imports)]
            use #private::NotCustom as _;
            #private::require_validator(&#private::Known::<#ty>::VALIDATOR)
        },
        "AccessTokens" | "RefreshTokens" => {
            quote_spanned!(span=> #private::require_token_generator::<#ty>())
        }
        "Interaction" if model.grants.use_authorization_endpoint() => {
            quote_spanned!(span=> #private::require_interaction::<#ty, Self::Validator>())
        }
        _ => return quote!(#ty),
    };
    checked(ty, &private, &check)
}

/// The method that lends a field which most servers do not have.
fn lent(choices: &[Choice<'_>], method: &str, ty: &str, krate: &Krate) -> TokenStream {
    let lend = |choice: &Choice<'_>| {
        let Field { ty: field_ty, member, .. } = choice.field?;
        let span = at(field_ty.span());
        let (cfg, method) = (&choice.cfg, format_ident!("{method}", span = span));
        let (private, ty) = (krate.private(field_ty.span()), format_ident!("{ty}", span = span));
        Some(quote_spanned! {span=>
            #cfg
            fn #method(&self) -> #private::Option<&#private::#ty> {
                #private::Some(#private::#method(&self.#member))
            }
        })
    };
    choices.iter().filter_map(lend).collect()
}

/// Located at the scope `openid` where the access token generator signs ID tokens, too: that is who asks for it.
fn id_tokens(model: &ValidatedServer<'_>, span: Span) -> TokenStream {
    let private = model.krate.private(model.item.ident().span());
    match &model.id_tokens {
        IdTokens::Absent => {
            let none =
                (quote_spanned!(span=> #private::NoIdTokens), quote_spanned!(span=> &#private::NoIdTokens));
            let absent = [Choice { cfg: TokenStream::new(), field: None }];
            part(model, &absent, "IdTokens", "id_tokens", Some(&none))
        }
        IdTokens::Fields { choices, .. } => part(model, choices, "IdTokens", "id_tokens", None),
        IdTokens::AccessTokens(openid) => {
            let span = at(*openid);
            quote_spanned! {span=>
                type IdTokens = Self::AccessTokens;
                fn id_tokens(&self) -> &Self::IdTokens {
                    self.access_tokens()
                }
            }
        }
    }
}

/// A tuple type. The compiler reports what a grant lacks at the tuple: it is located at the grant that needs most.
fn grants(model: &ValidatedServer<'_>) -> TokenStream {
    let standard = model.grants.standard.iter().map(|(grant, span)| {
        let private = model.krate.private(*span);
        let ty = format_ident!("{}", grant.ty, span = told_at(*span));
        quote_spanned!(at(*span)=> #private::#ty,)
    });
    let extensions = model.grants.extensions.iter().map(|path| {
        let private = model.krate.private(path.span());
        quote_spanned!(at(path.span())=> #private::Extension<#path>,)
    });
    let namesakes = model.grants.namesakes.iter().map(|(path, _)| {
        let (span, private) = (at(path.span()), model.krate.private(path.span()));
        let is_own = own_grant(path, &private);
        quote_spanned!(span=> #private::NamedGrant<{ #is_own }, #path>,)
    });
    let elements: TokenStream = standard.chain(extensions).chain(namesakes).collect();
    let neediest = model.grants.extensions.first().map(syn::spanned::Spanned::span);
    let needs = |name| model.grants.span(name);
    let neediest = needs("token_exchange").or(neediest).or(needs("jwt_bearer"));
    let neediest = model.grants.interactive().map(|(_, span)| span).or(neediest);
    let mut tuple = Group::new(Delimiter::Parenthesis, elements);
    if let Some(span) = neediest.or(model.grants.first_span()) {
        tuple.set_span(at(span));
    }
    quote!(#tuple)
}

fn config(model: &ValidatedServer<'_>, outcome: &Outcome, private: &TokenStream) -> TokenStream {
    let span = at(model.item.ident().span());
    let scopes = model.scopes.iter().map(|scope| scope.tokens(&model.krate));
    let mut setters = TokenStream::new();
    if !model.default_scopes.is_empty() {
        let scopes = model.default_scopes.iter().map(|scope| scope.name_tokens(&model.krate));
        setters.extend(quote_spanned!(span=> .default_scopes(&[#(#scopes),*])));
    }
    if let Some(resources_span) = model.resources_span {
        let resources = model.resources.iter().map(|resource| resource.tokens(&model.krate));
        setters.extend(quote_spanned!(at(resources_span)=> .resources(&[#(#resources),*])));
    }
    setters.extend(model.durations.iter().map(|duration| duration.setter(private)));
    if !model.response_types.asked.is_empty() {
        let constants = model.response_types.asked.iter().map(|(response_type, span)| {
            let constant = format_ident!("{}", response_type.constant, span = at(*span));
            quote_spanned!(at(*span)=> #private::ResponseType::#constant)
        });
        setters.extend(quote_spanned!(span=> .response_types(&[#(#constants),*])));
    } else if let Some((preset, preset_span)) =
        model.preset.filter(|(preset, _)| !preset.response_types.is_empty())
    {
        let span = at(preset_span);
        let types = preset.response_types.iter().map(|name| format_ident!("{name}", span = span));
        setters.extend(quote_spanned!(span=> .response_types(&[#(#private::ResponseType::#types),*])));
    }
    if let Some((_, first)) = model.auth_methods.asked.first() {
        let variants = model.auth_methods.asked.iter().map(|(method, span)| {
            let (private, span) = (model.krate.private(*span), at(*span));
            let variant = format_ident!("{}", method.variant, span = span);
            quote_spanned!(span=> #private::ClientAuthMethod::#variant)
        });
        setters.extend(quote_spanned!(at(*first)=> .token_endpoint_auth_methods(&[#(#variants),*])));
    }
    if !model.allowed_origins.is_empty() {
        let origins = model.allowed_origins.iter().map(string);
        setters.extend(quote_spanned!(span=> .allowed_origins(&[#(#origins),*])));
    }
    if !model.acr_values.is_empty() {
        let acr_values = model.acr_values.iter().map(string);
        setters.extend(quote_spanned!(span=> .acr_values(&[#(#acr_values),*])));
    }
    if let (Some(profile), Some(profile_span)) = (model.profile, model.profile_span) {
        let (span, variant) =
            (at(profile_span), format_ident!("{}", profile.variant, span = at(profile_span)));
        setters.extend(quote_spanned!(span=> .profile(#private::Profile::#variant)));
    }
    if let Some(dpop) = &model.dpop {
        let (span, private) = (at(dpop.span), model.krate.private(dpop.span));
        let nonces = dpop.nonces.map(|(_, variant, nonces)| {
            let variant = format_ident!("{variant}", span = at(nonces));
            quote_spanned!(at(nonces)=> .nonces(#private::DpopNonces::#variant))
        });
        setters.extend(quote_spanned!(span=> .dpop(#private::Dpop::new() #nonces)));
    }
    if model.client_id_metadata_documents {
        setters.extend(quote_spanned!(span=> .client_id_metadata_documents()));
    }
    if let Some(registration) = &model.registration {
        let registration = registration_config(registration, &model.krate);
        setters.extend(quote_spanned!(span=> .registration(#registration)));
    }
    if let Some(scopes) = &model.unverified_scopes {
        let scopes = scopes.iter().map(|scope| scope.name_tokens(&model.krate));
        setters.extend(quote_spanned!(span=> .unverified_scopes(&[#(#scopes),*])));
    }
    if model.danger_pkce_optional {
        setters.extend(quote_spanned!(span=> .danger_pkce_optional()));
    }
    if let Some(pushed) = &model.pushed {
        setters.extend(pushed.setter(private));
    }
    if let Some((limit, limit_span)) = model.body_limit {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        setters.extend(quote_spanned!(at(limit_span)=> .body_limit(#limit)));
    }
    if let Some(endpoints) = &model.endpoints {
        let endpoints = endpoint_paths(endpoints, private);
        setters.extend(quote_spanned!(span=> .endpoints(#endpoints)));
    }
    if model.shared_validator {
        setters.extend(quote_spanned!(span=> .shared_validator()));
    }
    if let Some((_, preset_span)) = model.preset {
        setters.extend(quote_spanned!(at(preset_span)=> .preset()));
    }
    if let Some(exceptions) = outcome.exceptions(&model.krate) {
        setters.extend(quote_spanned!(span=> .exceptions(#exceptions)));
    }
    let denied: Vec<_> = outcome.denied().map(|(name, _)| name).collect();
    if !denied.is_empty() {
        setters.extend(quote_spanned!(span=> .deny(&[#(#denied),*])));
    }
    quote_spanned!(span=> #private::ServerConfig::new(&[#(#scopes),*]) #setters)
}

fn registration_config(registration: &Registration, krate: &Krate) -> TokenStream {
    let (span, private) = (at(registration.span), krate.private(registration.span));
    let path = registration.path.as_ref().map(|path| {
        let path = string(path);
        quote_spanned!(span=> .path(#path))
    });
    let token =
        registration.initial_access_token.map(|span| quote_spanned!(at(span)=> .initial_access_token()));
    let durations = registration.durations.iter().map(|duration| duration.setter(&private));
    quote_spanned!(span=> #private::RegistrationConfig::OPEN #path #token #(#durations)*)
}

fn endpoint_paths(endpoints: &Endpoints, private: &TokenStream) -> TokenStream {
    let span = at(endpoints.span);
    let paths = endpoint::ALL.iter().zip(&endpoints.paths).map(|(endpoint, path): (_, &Option<Text>)| {
        let path = path.as_ref().map(string);
        match (endpoint.is_optional, path) {
            (true, Some(path)) => quote_spanned!(span=> #private::Some(#path)),
            (true, None) => quote_spanned!(span=> #private::None),
            (false, path) => quote_spanned!(span=> #path),
        }
    });
    quote_spanned!(span=> #private::endpoints(#(#paths),*))
}

/// Beside errors: the struct is a server all the same, so that nothing that uses it is an error too.
pub(super) fn fallback(item: &Struct, krate: &Krate) -> TokenStream {
    let span = at(item.ident().span());
    let private = krate.private(item.ident().span());
    let name = item.ident();
    if item.is_borrowed() {
        let (impl_generics, ty_generics, where_clause) = item.input.generics.split_for_impl();
        return quote_spanned! {span=>
            #[automatically_derived]
            impl #impl_generics ::core::ops::Deref for #name #ty_generics #where_clause {
                type Target = #private::Borrowed;
                fn deref(&self) -> &#private::Borrowed {
                    #private::Missing::never()
                }
            }
        };
    }
    let mut generics = item.input.generics.clone();
    if item.is_generic() {
        let (_, ty_generics, _) = item.input.generics.split_for_impl();
        let bound =
            parse_quote_spanned!(span=> #name #ty_generics: #private::Send + #private::Sync + 'static);
        generics.make_where_clause().predicates.push(bound);
    }
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #private::AuthorizationServer for #name #ty_generics #where_clause {
            type Validator = #private::Missing;
            type AccessTokens = #private::Missing;
            type RefreshTokens = #private::Missing;
            type IdTokens = #private::Missing;
            type Interaction = #private::Missing;
            type Grants = (#private::Missing,);
            const ISSUER: #private::Issuer = #private::Issuer::Field;
            const CONFIG: #private::ServerConfig = #private::ServerConfig::new(&[]);
            fn validator(&self) -> &#private::Missing {
                #private::Missing::never()
            }
            fn access_tokens(&self) -> &#private::Missing {
                #private::Missing::never()
            }
            fn refresh_tokens(&self) -> &#private::Missing {
                #private::Missing::never()
            }
            fn id_tokens(&self) -> &#private::Missing {
                #private::Missing::never()
            }
            fn interaction(&self) -> &#private::Missing {
                #private::Missing::never()
            }
        }
    }
}
