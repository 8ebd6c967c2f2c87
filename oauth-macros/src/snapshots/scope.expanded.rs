/// Seeing it.
#[allow(dead_code)]
pub struct CalendarRead;
#[automatically_derived]
impl ::oauth_core::__private::ScopeType for CalendarRead {
    const SCOPE: ::oauth_core::__private::Scope = ::oauth_core::__private::Scope::described(
        "calendar.read",
        "See your calendar",
    );
}
::oauth_core::__private::inventory::submit! {
    ::oauth_core::__private::RegisteredScope::new(< CalendarRead as
    ::oauth_core::__private::ScopeType > ::SCOPE, ::core::concat!(::core::module_path!(),
    "::", ::core::stringify!(CalendarRead)),)
}
