//! The page of each macro, in `lib.rs` or beside it, against what the macro takes: its own errors list that.

use proc_macro2::TokenStream;

use crate::helpers::HELPERS;
use crate::rules::advice;
use crate::snapshots::compare;

/// The documentation of a macro, without slashes. One is in a file of its own.
pub(crate) fn page(name: &str) -> String {
    let source = include_str!("lib.rs");
    let (before, _) =
        source.split_once(&format!("pub fn {name}(")).unwrap_or_else(|| panic!("there is no macro `{name}`"));
    let file = format!("#[doc = include_str!(\"{name}/page.md\")]");
    let is_doc = |line: &&str| line.starts_with("///") || **line == file;
    let lines: Vec<_> = before.lines().rev().skip_while(|line| !is_doc(line)).take_while(is_doc).collect();
    let text = |line: &str| match line.strip_prefix("///") {
        Some(text) => text.trim().to_owned(),
        None => include_str!("authorization_server/page.md").to_owned(),
    };
    lines.into_iter().rev().map(text).collect::<Vec<_>>().join("\n")
}

/// The names that an error lists in backticks after `introduction`.
fn listed(expansion: &TokenStream, introduction: &str) -> Vec<String> {
    let text = expansion.to_string();
    let (_, list) = text.split_once(introduction).unwrap_or_else(|| panic!("no {introduction:?} in {text}"));
    let list = list.split("\\n").next().unwrap_or_default();
    let list = list.split('"').next().unwrap_or_default();
    let names: Vec<_> = list.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    assert!(!names.is_empty(), "nothing is listed: {text}");
    names
}

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap()
}

fn server(args: &str) -> TokenStream {
    crate::authorization_server::expand(
        tokens(args),
        &tokens("struct Server { #[validator] accounts: Accounts }"),
    )
}

/// The rows of the tables: their first cell, and all of them.
fn rows(page: &str) -> Vec<(String, Vec<String>)> {
    let rows = page.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---"));
    rows.map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        (cells.first().cloned().unwrap_or_default(), cells)
    })
    .collect()
}

/// Each argument has a row, with what it means and its default; `arguments` without one say so in the text.
#[test]
fn arguments_have_rows() {
    const UNKNOWN: &str = "zzzzzz = 1";
    let item = |text: &str| tokens(text);
    let generator = crate::token_generator::expand(tokens(&format!("opaque, {UNKNOWN}")), &item("struct A;"));
    let resource = crate::resource_server::expand(tokens(UNKNOWN), &item("struct A;"));
    for (name, expansion) in [
        ("token_generator", generator),
        ("authorization_server", server(UNKNOWN)),
        ("resource_server", resource),
    ] {
        let (page, arguments) = (page(name), listed(&expansion, "it takes "));
        let rows = rows(&page);
        for argument in arguments {
            let is_row = |(first, _): &&(String, Vec<String>)| {
                first.split(", ").any(|cell| {
                    let cell = cell.trim_start_matches('`');
                    cell.strip_prefix(&argument).is_some_and(|rest| rest.starts_with(['`', '(', ' ']))
                })
            };
            let row = rows.iter().find(is_row);
            let (_, cells) = row.unwrap_or_else(|| panic!("`{argument}` has no row on the page of `{name}`"));
            // An `of` column may be empty; meaning and default may not.
            let last: Vec<_> = cells.iter().rev().take(2).collect();
            assert!(
                last.iter().all(|cell| !cell.is_empty()),
                "the row of `{argument}` on the page of `{name}`: {cells:?}"
            );
        }
    }
}

/// Each word that an argument or a field takes is on the page.
#[test]
fn words_are_on_the_page() {
    let validator = |args: &str| crate::validator::expand(tokens(args), tokens("struct A(#[store] S);"));
    let hooks = |method: &str| {
        crate::validator::expand(
            TokenStream::new(),
            tokens(&format!(
                "impl A {{ {method} fn make(&self, request: &Request) -> Result<String> {{}} }}"
            )),
        )
    };
    let field = |page: &str, expand: fn(TokenStream, &TokenStream) -> TokenStream| {
        let misplaced = if page == "resource_server" { "store" } else { "http_client" };
        listed(
            &expand(TokenStream::new(), &tokens(&format!("struct A {{ #[{misplaced}] a: A }}"))),
            "structs take ",
        )
    };
    let roles: fn(TokenStream, &TokenStream) -> TokenStream =
        |args, item| crate::validator::expand(args, item.clone());
    for (name, words, form) in [
        ("validator", listed(&validator("zzzzzz"), "it takes "), "`{}"),
        ("validator", field("validator", roles), "`#[{}]`"),
        ("validator", listed(&hooks("#[claim(\"a\", zzzzzz)]"), "it takes "), "`{}"),
        ("validator", listed(&hooks("#[claim(\"a\", to(zzzzzz))]"), "it goes to "), "{}"),
        ("validator", listed(&hooks("#[token_generator(zzzzzz)]"), "it takes "), "{}"),
        (
            "token_generator",
            listed(
                &crate::token_generator::expand(tokens("zzzzzz"), &tokens("struct A;")),
                "the formats are ",
            ),
            "- `{}`",
        ),
        ("token_generator", field("token_generator", crate::token_generator::expand), "`#[{}]`"),
        ("authorization_server", listed(&server("grants(zzzzzz)"), "the grants are "), "`{}`"),
        ("authorization_server", listed(&server("preset = \"zzzzzz\""), "the presets are "), "`\"{}\"`"),
        ("authorization_server", listed(&server("profile = \"zzzzzz\""), "the profiles are "), "`\"{}\"`"),
        ("authorization_server", listed(&server("endpoints(zzzzzz = \"/a\")"), "it takes "), "`{}`"),
        (
            "authorization_server",
            field("authorization_server", crate::authorization_server::expand),
            "- `#[{}]`",
        ),
        ("resource_server", field("resource_server", crate::resource_server::expand), "- `#[{}]`"),
    ] {
        let page = page(name);
        for word in words {
            // Extension grants are shown with their attribute.
            let shown = form.replace("{}", &word);
            let is_attribute = word.starts_with("#[");
            assert!(
                is_attribute || page.contains(&shown) || page.contains(&shown.replace("- `", "`, `")),
                "`{word}` is not on the page of `{name}` as {shown}"
            );
        }
    }
}

/// Checks that a page says what the macro does, an example, arguments, errors, and the RFCs that say so.
#[test]
fn pages_are_complete() {
    for (name, sections) in [
        ("validator", &["# On a struct", "# On an `impl` block", "# Errors"][..]),
        ("derive_claims", &["# Errors"]),
        ("token_generator", &["# Formats", "# Arguments", "# Errors"]),
        ("authorization_server", &["# Fields", "# Arguments", "# Presets", "# Profiles", "# Errors"]),
        ("extension_grant", &["# Arguments", "# Errors"]),
        ("scope", &["# Arguments", "# Errors"]),
        ("resource_server", &["# Fields", "# Arguments", "# Errors"]),
        ("step_up", &["# Arguments", "# Errors"]),
    ] {
        let page = page(name);
        for section in sections {
            assert!(page.lines().any(|line| line == *section), "the page of `{name}` lacks {section:?}");
        }
        assert!(page.contains("```"), "the page of `{name}` has no example");
        assert!(page.contains("RFC "), "the page of `{name}` names no RFC");
        assert!(page.contains("crate"), "the page of `{name}` does not say how the crate is renamed");
    }
    let macros = include_str!("lib.rs").matches("\npub fn ").count();
    assert_eq!(macros, 8, "a macro has no row here");
}

/// Writes the words that attributes take into `snapshots/words.txt`, with which a test of the whole compares what editors complete.
#[test]
fn words_are_in_the_snapshots() {
    let block = |attribute: &str| {
        let block = format!("impl A {{ {attribute} fn a(&self, request: &Request) -> A {{}} }}");
        crate::validator::expand(TokenStream::new(), tokens(&block))
    };
    let hook = |attribute: &str| listed(&block(attribute), "it takes ");
    let generator = |args: &str| crate::token_generator::expand(tokens(args), &tokens("struct A;"));
    let mut of_generator = listed(&generator("zzzzzz"), "the formats are ");
    of_generator.extend(listed(&generator("opaque, zzzzzz"), "it takes "));
    let validator = crate::validator::expand(tokens("zzzzzz"), tokens("struct A(#[store] S);"));
    let resource = crate::resource_server::expand(tokens("zzzzzz"), &tokens("struct A;"));
    let step_up = crate::step_up::expand(tokens("zzzzzz"), &tokens("struct A;"));
    let names: Vec<_> = advice::ALL.iter().map(|lint| lint.name.to_owned()).collect();
    let mut denied: Vec<_> =
        advice::ALL.iter().flat_map(|lint| lint.denied_by()).map(str::to_owned).collect();
    denied.sort();
    denied.dedup();
    let taken = [
        ("validator", listed(&validator, "it takes ")),
        ("claim", hook("#[claim(\"a\", zzzzzz)]")),
        ("claims", hook("#[claims(zzzzzz)]")),
        ("to", listed(&block("#[claim(\"a\", to(zzzzzz))]"), "it goes to ")),
        ("token_generator_fn", hook("#[token_generator(zzzzzz)]")),
        ("methods", crate::validator::HELPERS.map(str::to_owned).to_vec()),
        ("token_generator", of_generator),
        ("authorization_server", listed(&server("zzzzzz"), "it takes ")),
        ("grants", listed(&server("grants(zzzzzz)"), "the grants are ")),
        ("endpoints", listed(&server("endpoints(zzzzzz = \"/a\")"), "it takes ")),
        ("registration", listed(&server("registration(zzzzzz)"), "it takes ")),
        (
            "pushed_authorization_requests",
            listed(&server("pushed_authorization_requests(zzzzzz)"), "it takes "),
        ),
        ("dpop", listed(&server("dpop(zzzzzz)"), "it takes ")),
        ("resource_server", listed(&resource, "it takes ")),
        ("step_up", listed(&step_up, "it takes ")),
        ("allow", names),
        ("deny", denied),
    ];
    let fields = HELPERS.map(|(owner, fields)| {
        (format!("fields_of_{owner}"), fields.iter().copied().map(str::to_owned).collect())
    });
    let taken = taken.map(|(module, taken)| (module.to_owned(), taken)).into_iter().chain(fields);
    // A keyword is no name of a module's, and an attribute no word.
    let is_word = |word: &String| word != "crate" && !word.starts_with('#');
    let line = |(module, taken): (String, Vec<String>)| {
        let words: Vec<_> = taken.into_iter().filter(is_word).collect();
        format!("{module}: {}\n", words.join(" "))
    };
    compare("words.txt", &taken.map(line).collect::<String>());
}
