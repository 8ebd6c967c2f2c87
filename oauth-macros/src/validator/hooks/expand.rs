//! The block as it was written, and `impl RequestValidator` whose methods forward to it.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Ident, Token, WherePredicate, parse_quote_spanned};

use super::claim_setters;
use super::method::{ImplBlock, Item, Method};
use super::model::{Claim, Claims, Destination, Generator, TokenKind, ValidatedHooks};
use super::table::{Hook, constant, type_tokens};
use crate::args::Text;
use crate::krate::{Krate, at, parameters_at, told_at};
use crate::lints::warning;
use crate::rules;

/// The user's block, without helper attributes. A trait before the type is an error, and left out.
pub(super) fn inherent(block: &ImplBlock) -> TokenStream {
    let ImplBlock { attrs, impl_token, generics, of_trait: _, self_ty, inner_attrs, items, braces } = block;
    let items = items.iter().map(|item| match item {
        Item::Method(method) => &method.tokens,
        Item::Illegible { tokens, .. } | Item::Other { tokens, .. } => tokens,
    });
    let where_clause = &generics.where_clause;
    let body = quote_spanned!(*braces=> { #(#inner_attrs)* #(#items)* });
    // The hooks prescribe the signatures: that `&self` or `Result` is not needed is none of the user's doing.
    quote! {
        #(#attrs)*
        #[allow(
            clippy::needless_pass_by_ref_mut,
            clippy::needless_pass_by_value,
            clippy::unnecessary_wraps,
            clippy::unused_async,
            clippy::unused_self
        )]
        #impl_token #generics #self_ty #where_clause #body
    }
}

/// `is_whole` is false where a mistake left something out: then nothing is said of what there is.
pub(super) fn expand(model: &ValidatedHooks<'_>, is_whole: bool) -> TokenStream {
    let span = model.block.self_ty.span();
    let private = model.krate.private(span);
    let ImplBlock { impl_token, generics, self_ty, .. } = model.block;
    let outputs = model.structs.iter().map(|claims| claims.output);
    let impl_token = Token![impl](parameters_at(impl_token.span, outputs));
    let mut generics = generics.clone();
    let is_generic = !generics.params.is_empty();
    generics.make_where_clause().predicates.push(custom_bound(model));
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let hooks = model.hooks.iter().map(|(hook, method)| forward_hook(model, hook, method));
    let generators = model.generators.iter().map(|generator| forward_generator(model, generator));
    let claims = claims(model);
    let span = at(span);
    let constants =
        if is_whole { Some(constants(model, &private, span)) } else { left_out(&model.hooks, span) };
    let check = is_generic.then(|| {
        let (impl_generics, _, where_clause) = model.block.generics.split_for_impl();
        quote_spanned! {span=>
            const _: () = {
                #[allow(dead_code)]
                fn __oauth_check #impl_generics () #where_clause {
                    #private::require_custom::<#self_ty>();
                }
            };
        }
    });
    let needed = needed_hooks(model);
    quote_spanned! {span=>
        #[automatically_derived]
        #impl_token #impl_generics #private::RequestValidator for #self_ty #where_clause {
            #constants
            #claims
            #(#hooks)*
            #(#generators)*
        }
        #check
        #needed
    }
}

/// Hooks that a server may not do without are there, even where the struct does not ask for the block: see `SaidHooks`.
pub(super) fn needed_hooks(model: &ValidatedHooks<'_>) -> Option<TokenStream> {
    const NEEDED: [&str; 3] =
        ["validate_jwt_bearer_token", "validate_initial_access_token", "get_client_secret"];
    let is_needed = |(hook, method): &(&Hook, &Method)| NEEDED.contains(&hook.name) && method.cfg.is_empty();
    let self_ty = &model.block.self_ty;
    let (private, span) = (model.krate.private(self_ty.span()), at(self_ty.span()));
    (model.block.generics.params.is_empty() && model.hooks.iter().any(is_needed)).then(|| {
        quote_spanned! {span=>
            #[automatically_derived]
            impl #private::NeededHooks for #self_ty {}
        }
    })
}

/// The constants of what is overridden, and of what the hooks may set.
fn constants(model: &ValidatedHooks<'_>, private: &TokenStream, span: Span) -> TokenStream {
    let hooks = model.hooks.iter().map(|(hook, method)| (hook.name, *method));
    let generators = model.generators.iter().map(|generator| (generator.kind.hook(), generator.method));
    let hooks = hooks.chain(generators).map(|(name, method)| {
        let (cfg, span) = (&method.cfg, at(method.ident.span()));
        let (private, constant) = (model.krate.private(method.ident.span()), constant(name, span));
        quote_spanned!(span=> #(#cfg)* #private::Hook::#constant)
    });
    let sets_claims = model.hooks.iter().any(|(hook, method)| claim_setters::may_set_claims(hook, method));
    quote_spanned! {span=>
        const HOOKS: #private::Hooks = #private::Hooks::These(&[#(#hooks),*]);
        const SETS_CLAIMS: bool = #sets_claims;
    }
}

/// Says that client secrets are known where a mistake may have left out the hook that says so: the mistake is one error, and not two.
fn left_out(hooks: &[(&Hook, &Method)], span: Span) -> Option<TokenStream> {
    const KNOWN: &str = "KNOWS_CLIENT_SECRETS";
    let constant = Ident::new(KNOWN, span);
    let is_there = hooks.iter().any(|(hook, _)| hook.constant == Some(KNOWN));
    (!is_there).then(|| quote_spanned!(span=> const #constant: bool = true;))
}

/// A struct that is not `custom` is an error that says so, and not one of conflicting impls: without parameters the compiler
/// checks the bound at the block, with them [`expand`] asks for it.
fn custom_bound(model: &ValidatedHooks<'_>) -> WherePredicate {
    let self_ty = &model.block.self_ty;
    let private = model.krate.private(self_ty.span());
    parse_quote_spanned!(at(self_ty.span())=> #self_ty: #private::CustomValidator)
}

/// Beside the error of a trait before the type: the struct is a validator all the same.
pub(super) fn fallback(krate: &Krate, block: &ImplBlock) -> TokenStream {
    let span = block.self_ty.span();
    let private = krate.private(span);
    let ImplBlock { generics, self_ty, .. } = block;
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let constant = left_out(&[], at(span));
    quote_spanned! {at(span)=>
        #[automatically_derived]
        impl #impl_generics #private::RequestValidator for #self_ty #where_clause {
            #constant
        }
    }
}

/// A call of the user's method. Arguments are located at their parameters' types, the value at the return type: a type
/// that does not fit is an error there.
fn call(method: &Method, arguments: &[Ident]) -> TokenStream {
    let mut name = method.ident.clone();
    name.set_span(output_span(method));
    let arguments = arguments.iter().zip(&method.parameters).map(|(argument, parameter)| {
        let mut argument = argument.clone();
        argument.set_span(at(parameter.ty.span()));
        argument
    });
    let value = output_span(method);
    let call = quote_spanned!(value=> Self::#name(self, #(#arguments),*));
    if method.is_future() { quote_spanned!(value=> #call.await) } else { call }
}

fn output_span(method: &Method) -> Span {
    at(method.output.as_ref().map_or(method.ident.span(), syn::spanned::Spanned::span))
}

fn forward_hook(model: &ValidatedHooks<'_>, hook: &Hook, method: &Method) -> TokenStream {
    let span = at(method.ident.span());
    let private = model.krate.private(method.ident.span());
    let cfg = &method.cfg;
    let name = Ident::new(hook.name, told_at(method.ident.span()));
    let names: Vec<_> = hook.parameters.iter().map(|(name, _)| Ident::new(name, span)).collect();
    let types = hook.parameters.iter().map(|(_, ty)| type_tokens(ty, &private, span));
    let output_span = output_span(method);
    let output = type_tokens(hook.output, &model.krate.private(output_span), output_span);
    let needs = hook.needs.map(|(role, store)| {
        let (role, store) = (format_ident!("{role}", span = span), format_ident!("{store}", span = span));
        quote_spanned!(span=> where Self::#role: #private::#store)
    });
    let call = call(method, &names);
    let constant = hook.constant.map(|constant| {
        let constant = Ident::new(constant, span);
        quote_spanned!(span=> #(#cfg)* const #constant: bool = true;)
    });
    quote_spanned! {span=>
        #constant
        #(#cfg)*
        async fn #name(&self, #(#names: #types),*) -> #output #needs {
            #call
        }
    }
}

fn forward_generator(model: &ValidatedHooks<'_>, generator: &Generator<'_>) -> TokenStream {
    let method = generator.method;
    let span = at(method.ident.span());
    let private = model.krate.private(method.ident.span());
    let cfg = &method.cfg;
    let constant = match generator.kind {
        TokenKind::Access => "GENERATES_ACCESS_TOKENS",
        TokenKind::Refresh => "GENERATES_REFRESH_TOKENS",
    };
    let (constant, name) =
        (Ident::new(constant, at(generator.span)), Ident::new(generator.kind.hook(), span));
    let request = Ident::new("request", span);
    let call = call(method, std::slice::from_ref(&request));
    let output = output_span(method);
    let token = Ident::new("token", output);
    let private_output = model.krate.private(output);
    let annotated =
        quote_spanned!(output=> let #token: #private_output::Result<#private_output::String> = #call;);
    quote_spanned! {span=>
        #(#cfg)*
        const #constant: bool = true;
        #(#cfg)*
        async fn #name(&self, #request: &#private::Request) -> #private::Result<#private::Option<#private::String>> {
            #annotated
            #token.map(#private::Some)
        }
    }
}

/// The constant of declarations, and the method that sets the claims of a request.
fn claims(model: &ValidatedHooks<'_>) -> Option<TokenStream> {
    let span = match (model.claims.first(), model.structs.first()) {
        (Some(claim), _) => claim.name.span,
        (None, Some(claims)) => claims.span,
        (None, None) => return None,
    };
    let private = model.krate.private(span);
    let declared = model.claims.iter().map(|claim| {
        let (cfg, span, name) = (&claim.method.cfg, at(claim.name.span), literal(&claim.name));
        let names = quote_spanned!(span=> &[#name]);
        let declaration = declaration(&names, claim.scope.as_ref(), claim.to.as_ref(), span, &private);
        quote_spanned!(span=> #(#cfg)* #declaration)
    });
    let declared_structs = model.structs.iter().map(|claims| {
        let (cfg, span, method) = (&claims.method.cfg, at(claims.span), claims_method(claims, &model.krate));
        let names = quote_spanned!(span=> #method.names);
        let declaration = declaration(&names, claims.scope.as_ref(), claims.to.as_ref(), span, &private);
        quote_spanned!(span=> #(#cfg)* #declaration)
    });
    let declarations = declared.chain(declared_structs);
    let insertions = model.claims.iter().map(|claim| insertion(claim, &model.krate, &private));
    let struct_insertions = model.structs.iter().map(|claims| struct_insertion(claims, &model.krate));
    let insertions = insertions.chain(struct_insertions);
    let span = at(span);
    Some(quote_spanned! {span=>
        const CLAIMS: &'static [#private::ClaimDeclaration] = &[#(#declarations),*];
        async fn declared_claims(
            &self,
            destination: #private::ClaimDestination,
            request: &mut #private::Request,
        ) -> #private::Result<#private::Claims> {
            let mut claims = #private::Claims::new();
            #(#insertions)*
            #private::Ok(claims)
        }
    })
}

fn declaration(
    names: &TokenStream,
    scope: Option<&Text>,
    to: Option<&Vec<(&Destination, Span)>>,
    span: Span,
    private: &TokenStream,
) -> TokenStream {
    let to = if let Some(to) = to {
        let to = to.iter().map(|(destination, span)| {
            let span = at(*span);
            let variant = Ident::new(destination.variant, span);
            quote_spanned!(span=> #private::ClaimDestination::#variant)
        });
        quote_spanned!(span=> &[#(#to),*])
    } else {
        quote_spanned!(span=> #private::ClaimDeclaration::DEFAULT_DESTINATIONS)
    };
    let scope = if let Some(scope) = scope {
        let scope = literal(scope);
        quote_spanned!(span=> #private::Some(#scope))
    } else {
        quote_spanned!(span=> #private::None)
    };
    quote_spanned!(span=> #private::ClaimDeclaration { names: #names, scope: #scope, to: #to })
}

/// The expression that knows the struct of a `#[claims]` method, located at the type.
fn claims_method(claims: &Claims<'_>, krate: &Krate) -> TokenStream {
    let output = claims.output;
    let private = krate.private(output.span());
    quote_spanned!(at(output.span())=> #private::claims_method::<#output>())
}

fn struct_insertion(claims: &Claims<'_>, krate: &Krate) -> TokenStream {
    let (method, span) = (claims.method, at(claims.span));
    let (cfg, call) = (&method.cfg, call(method, &[Ident::new("request", span)]));
    let claims_method = claims_method(claims, krate);
    quote_spanned! {span=>
        #(#cfg)*
        {
            let method = #claims_method;
            let due = method.due(Self::CLAIMS, destination, request);
            if !due.is_empty() {
                method.add(#call, &due, &mut claims)?;
            }
        }
    }
}

/// The checks of what the structs of claims say, which only the compiler knows. Where the validator has type
/// parameters, `into_router` checks instead.
pub(super) fn claim_checks(model: &ValidatedHooks<'_>) -> Option<TokenStream> {
    let claims = model.structs.last().filter(|_| model.block.generics.params.is_empty())?;
    let (private, span) = (model.krate.private(claims.span), at(claims.span));
    let self_ty = &model.block.self_ty;
    Some(quote_spanned! {span=>
        const _: () = #private::check_claims_are_not_reserved::<#self_ty>();
        const _: () = #private::check_claims_differ::<#self_ty>();
        const _: () = #private::check_claims_are_not_of_id_tokens::<#self_ty>();
    })
}

/// OpenID Connect Core §5.4: a claim that clients are told has its scope, or somebody has decided otherwise.
pub(super) fn warnings(model: &ValidatedHooks<'_>) -> TokenStream {
    let is_told = |destination: &Destination| matches!(destination.name, "id_token" | "userinfo");
    let unscoped = model.claims.iter().filter(|claim| {
        claim.scope.is_none() && claim.to.iter().flatten().any(|(destination, _)| is_told(destination))
    });
    let rule = &rules::claim::oidc_core_section_5_4_a_claim_of_a_person_has_its_scope;
    let found = unscoped.filter_map(|claim| Some((rules::claim::lacks_scope(&claim.name.value)?, claim)));
    found
        .map(|(words, claim)| {
            let (cfg, warning) = (&claim.method.cfg, warning(rule, &words, claim.name.span));
            quote!(#(#cfg)* #warning)
        })
        .collect()
}

fn insertion(claim: &Claim<'_>, krate: &Krate, private: &TokenStream) -> TokenStream {
    let method = claim.method;
    let span = at(claim.name.span);
    let output = output_span(method);
    let (cfg, name) = (&method.cfg, literal(&claim.name));
    let call = call(method, &[Ident::new("request", span)]);
    let private_output = krate.private(output);
    let value = if claim.is_fallible { quote_spanned!(output=> #call?) } else { call };
    let serialised = quote_spanned!(output=> #private_output::claim_value(#name, &#value)?);
    quote_spanned! {span=>
        #(#cfg)*
        if #private::is_due(Self::CLAIMS, #name, destination, request) {
            let value = #serialised;
            claims.insert(#name, value)?;
        }
    }
}

fn literal(text: &Text) -> TokenStream {
    let mut literal = proc_macro2::Literal::string(&text.value);
    literal.set_span(at(text.span));
    literal.to_token_stream()
}
