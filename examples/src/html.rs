//! The pages of the demo client.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const STYLE: &str = "\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1rem; }
table { border-collapse: collapse; width: 100%; margin: 0 0 2rem; }
caption, th, td { text-align: left; vertical-align: top; }
caption { font-weight: 600; padding: 0 0 .5rem; }
th, td { padding: .35rem 1rem .35rem 0; border-top: 1px solid #8886; }
th { font-weight: 400; white-space: nowrap; }
code { overflow-wrap: anywhere; }
@media (max-width: 34rem) { tr { display: block; padding: .5rem 0; border-top: 1px solid #8886; }
  th, td { display: block; border: 0; padding: 0; } }";

/// A row: a name, a value, and a word on it.
pub(crate) type Row = (String, String, &'static str);

/// A page whose `main` is HTML already.
pub(crate) fn page(status: StatusCode, title: &str, main: &str) -> Response {
    let title = escape(title);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n{main}\n</main>\n</body>\n</html>\n"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        // The page shows a token and its address holds a code: neither is for a cache or for another site.
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ];
    (status, headers, html).into_response()
}

pub(crate) fn table(caption: &str, rows: &[Row]) -> String {
    let mut html = format!("<table>\n<caption>{caption}</caption>\n");
    for (name, value, word) in rows {
        let (name, value) = (escape(name), escape(value));
        html.push_str("<tr><th scope=\"row\"><code>");
        html.push_str(&name);
        html.push_str("</code></th><td><code>");
        html.push_str(&value);
        html.push_str("</code></td><td>");
        html.push_str(word);
        html.push_str("</td></tr>\n");
    }
    html.push_str("</table>\n");
    html
}

/// Text becomes HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}
