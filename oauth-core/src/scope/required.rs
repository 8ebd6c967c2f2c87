//! Scopes as types: what a handler asks of a token.

use super::{AuthenticationRequirements, Scope, ScopeSet, is_declared};

/// A scope that is a type, so that a handler can ask for it. `#[scope("calendar.read")]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a scope",
    label = "not a scope",
    note = "write `#[scope(\"calendar.read\", \"See your calendar\")]` on the struct"
)]
pub trait ScopeType: Send + Sync + 'static {
    /// The token of the scope, and the words of the consent page.
    const SCOPE: Scope;
}

/// The scopes that a token must allow: a [`ScopeType`], a tuple of which all are needed, [`AnyOf`] a tuple of
/// which one is, or `()` for any valid token. They nest.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which scopes are needed",
    label = "neither a scope nor a tuple of scopes",
    note = "use a `#[scope(\"…\")]` struct, a tuple of them (all are needed), `AnyOf<(A, B)>` (one is), or `()` (any valid token)"
)]
pub trait RequiredScopes: Send + Sync + 'static {
    /// The scopes that it names: a handler that no token could open, as its
    /// [resource does not declare](crate::resource::TokenValidator::SCOPES) what it needs, does not compile. Of alternatives,
    /// one that is declared is enough. Default: none, and nothing is checked.
    const NAMED: NamedScopes = NamedScopes::NONE;

    /// True if the token must be bound to a key of its client: see [`Bound`](super::Bound). Default: no.
    const NEEDS_KEY: bool = false;

    /// The login that it requires (RFC 9470): see [`StepUp`](super::StepUp). Default: any, or none.
    const AUTHENTICATION: AuthenticationRequirements = AuthenticationRequirements::NONE;

    /// Tells whether a token with these scopes is enough.
    fn is_met_by(scopes: &ScopeSet) -> bool;

    /// Scopes that are enough, for the challenge of a token whose are not (RFC 6750 §3). Of alternatives, the first.
    fn sufficient() -> ScopeSet;
}

#[diagnostic::do_not_recommend]
impl<S: ScopeType> RequiredScopes for S {
    const NAMED: NamedScopes = NamedScopes::one(S::SCOPE);

    fn is_met_by(scopes: &ScopeSet) -> bool {
        scopes.contains(S::SCOPE.name)
    }

    fn sufficient() -> ScopeSet {
        ScopeSet::from_static([S::SCOPE.name])
    }
}

impl RequiredScopes for () {
    fn is_met_by(_: &ScopeSet) -> bool {
        true
    }

    fn sufficient() -> ScopeSet {
        ScopeSet::new()
    }
}

/// Names of scopes, known at compile time.
#[derive(Debug, Clone, Copy)]
pub struct NamedScopes {
    scope: Option<Scope>,
    others: &'static [Self],
    /// True if one of the others is enough.
    are_alternatives: bool,
}

impl NamedScopes {
    /// None.
    pub const NONE: Self = Self::all(&[]);

    /// One scope.
    pub const fn one(scope: Scope) -> Self {
        Self { scope: Some(scope), ..Self::NONE }
    }

    /// The scopes of all of these.
    pub const fn all(others: &'static [Self]) -> Self {
        Self { scope: None, others, are_alternatives: false }
    }

    /// The scopes of one of these.
    pub const fn any(others: &'static [Self]) -> Self {
        Self { scope: None, others, are_alternatives: true }
    }

    /// The first that is needed and not declared. Of alternatives, the first, if each lacks something.
    pub(crate) const fn undeclared(&self, declared: &[Scope]) -> Option<&'static str> {
        if let Some(scope) = self.scope
            && !is_declared(declared, scope.name)
        {
            return Some(scope.name);
        }
        let (mut others, mut first) = (self.others, None);
        while let [other, rest @ ..] = others {
            let undeclared = other.undeclared(declared);
            if undeclared.is_some() != self.are_alternatives {
                return undeclared;
            }
            if first.is_none() {
                first = undeclared;
            }
            others = rest;
        }
        first
    }

    /// The first that people are told something else of than by those that are declared: what a handler means, and what it
    /// is declared as.
    pub(crate) const fn described_otherwise(&self, mut declared: &[Scope]) -> Option<(Scope, Scope)> {
        if let Some(scope) = self.scope {
            while let [other, rest @ ..] = declared {
                if scope.contradicts(other) {
                    return Some((scope, *other));
                }
                declared = rest;
            }
            return None;
        }
        let mut others = self.others;
        while let [other, rest @ ..] = others {
            if let Some(found) = other.described_otherwise(declared) {
                return Some(found);
            }
            others = rest;
        }
        None
    }
}

/// One of the scopes of a tuple is enough: `AnyOf<(CalendarRead, CalendarWrite)>`. A resource may declare only some of them;
/// challenges name the first.
#[derive(Debug, Clone, Copy)]
pub struct AnyOf<T>(std::marker::PhantomData<fn() -> T>);

macro_rules! tuples {
    ($($first:ident $($rest:ident)*;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$first: RequiredScopes, $($rest: RequiredScopes),*> RequiredScopes for ($first, $($rest,)*) {
            const NAMED: NamedScopes = NamedScopes::all(&[$first::NAMED, $($rest::NAMED),*]);
            const NEEDS_KEY: bool = $first::NEEDS_KEY $(|| $rest::NEEDS_KEY)*;
            const AUTHENTICATION: AuthenticationRequirements =
                $first::AUTHENTICATION$(.and($rest::AUTHENTICATION))*;

            fn is_met_by(scopes: &ScopeSet) -> bool {
                $first::is_met_by(scopes) $(&& $rest::is_met_by(scopes))*
            }

            fn sufficient() -> ScopeSet {
                $first::sufficient()$(.union(&$rest::sufficient()))*
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$first: RequiredScopes, $($rest: RequiredScopes),*> RequiredScopes for AnyOf<($first, $($rest,)*)> {
            const NAMED: NamedScopes = NamedScopes::any(&[$first::NAMED, $($rest::NAMED),*]);
            // One that does not is not told from one that does once the scopes are met: all do.
            const NEEDS_KEY: bool = $first::NEEDS_KEY $(|| $rest::NEEDS_KEY)*;
            const AUTHENTICATION: AuthenticationRequirements =
                $first::AUTHENTICATION$(.and($rest::AUTHENTICATION))*;

            fn is_met_by(scopes: &ScopeSet) -> bool {
                $first::is_met_by(scopes) $(|| $rest::is_met_by(scopes))*
            }

            fn sufficient() -> ScopeSet {
                $first::sufficient()
            }
        }
    )* };
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}

#[cfg(test)]
mod tests {
    use super::{AnyOf, RequiredScopes, Scope, ScopeSet, ScopeType};

    struct Read;
    struct Write;
    struct Admin;
    impl ScopeType for Read {
        const SCOPE: Scope = Scope::new("read");
    }
    impl ScopeType for Write {
        const SCOPE: Scope = Scope::new("write");
    }
    impl ScopeType for Admin {
        const SCOPE: Scope = Scope::new("admin");
    }

    fn met<S: RequiredScopes>(scopes: &str) -> bool {
        S::is_met_by(&ScopeSet::parse(scopes).unwrap())
    }

    #[test]
    fn all_of_any_of_and_none() {
        for (scopes, one, all, any, nested) in [
            ("", false, false, false, false),
            ("read", true, false, true, false),
            ("write read", true, true, true, true),
            ("write", false, false, true, false),
            ("admin", false, false, false, true),
            ("reader", false, false, false, false),
        ] {
            assert!(met::<()>(scopes));
            assert_eq!(met::<Read>(scopes), one, "{scopes}");
            assert_eq!(met::<(Read, Write)>(scopes), all, "{scopes}");
            assert_eq!(met::<AnyOf<(Read, Write)>>(scopes), any, "{scopes}");
            assert_eq!(met::<AnyOf<((Read, Write), Admin)>>(scopes), nested, "{scopes}");
        }
    }

    #[test]
    fn the_first_undeclared_scope_that_is_needed_is_found_wherever_it_stands() {
        fn undeclared<S: RequiredScopes>(declared: &[Scope]) -> Option<&'static str> {
            S::NAMED.undeclared(declared)
        }
        let declared = [Scope::new("write"), Scope::new("read")];
        assert_eq!(undeclared::<()>(&[]), None);
        assert_eq!(undeclared::<Read>(&[]), Some("read"));
        assert_eq!(undeclared::<Read>(&declared), None);
        assert_eq!(undeclared::<(Read, Write)>(&declared), None);
        assert_eq!(undeclared::<(Read, Admin, Write)>(&declared), Some("admin"));
        assert_eq!(undeclared::<AnyOf<(Admin, Read)>>(&declared), None);
        assert_eq!(undeclared::<AnyOf<(Read, Admin)>>(&declared), None);
        assert_eq!(undeclared::<AnyOf<(Read, Admin)>>(&[]), Some("read"));
        assert_eq!(undeclared::<AnyOf<((Write, Admin), Admin)>>(&declared), Some("admin"));
        assert_eq!(undeclared::<(AnyOf<(Read, Admin)>, Admin)>(&declared), Some("admin"));
        assert_eq!(undeclared::<AnyOf<((), Admin)>>(&[]), None);
    }

    #[test]
    fn a_scope_that_is_described_otherwise_is_found_wherever_it_stands() {
        struct Mail;
        impl ScopeType for Mail {
            const SCOPE: Scope = Scope::described("mail", "Read your mail");
        }
        fn found<S: RequiredScopes>(declared: Scope) -> bool {
            S::NAMED.described_otherwise(&[Scope::new("read"), declared]).is_some()
        }
        let other = Scope::described("mail", "Know that you have mail");
        assert!(
            found::<Mail>(other) && found::<(Read, Mail)>(other) && found::<AnyOf<(Read, (Mail,))>>(other)
        );
        assert!(!found::<(Read, Mail)>(Mail::SCOPE) && !found::<()>(other) && !found::<Read>(other));
        // Nothing is said that could differ.
        assert!(!found::<Mail>(Scope::new("mail")));
    }

    #[test]
    fn what_is_called_sufficient_is() {
        fn check<S: RequiredScopes>(expected: &str) {
            assert_eq!(S::sufficient().to_string(), expected);
            assert!(S::is_met_by(&S::sufficient()));
        }
        check::<()>("");
        check::<Read>("read");
        check::<(Read, Write, Read)>("read write");
        check::<AnyOf<(Read, Write)>>("read");
        check::<(Admin, AnyOf<(Write, Read)>)>("admin write");
    }
}
