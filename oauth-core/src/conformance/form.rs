//! Forms of HTML pages, as far as login and consent pages need them.

/// A form that is POSTed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) action: String,
    /// The inputs, with their values.
    pub(super) fields: Vec<(String, String)>,
}

impl Form {
    /// The form of a page that has this field, a button included.
    pub(super) fn with_field(html: &str, field: &str) -> Option<Self> {
        html.split("<form").skip(1).map(Self::parse).find(|form| form.has(field))
    }

    /// Tells whether the form has a field.
    pub(super) fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|(name, _)| name == field)
    }

    /// Sets a field; its earlier values, those of other buttons among them, are gone.
    pub(super) fn set(&mut self, field: &str, value: &str) {
        self.fields.retain(|(name, _)| name != field);
        self.fields.push((field.to_owned(), value.to_owned()));
    }

    /// The form whose text follows `<form`.
    fn parse(html: &str) -> Self {
        let html = html.split("</form").next().unwrap_or_default();
        let (start, body) = html.split_once('>').unwrap_or((html, ""));
        let tags = body.split('<').skip(1).filter_map(|tag| tag.split_once('>').map(|(tag, _)| tag));
        let controls = tags.filter(|tag| tag.starts_with("input") || tag.starts_with("button"));
        let field = |tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()));
        Self {
            action: attribute(start, "action").unwrap_or_default(),
            fields: controls.filter_map(field).collect(),
        }
    }
}

/// The value of a double-quoted attribute.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| unescape(value))
}

/// Replaces the character references that templates write.
fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, reference)) = rest.split_once('&') {
        plain.push_str(before);
        let (name, after) = reference.split_once(';').unwrap_or(("", reference));
        plain.push(match name {
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            number => number
                .strip_prefix('#')
                .and_then(|number| match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                })
                .and_then(char::from_u32)
                .unwrap_or('&'),
        });
        rest = after;
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn the_form_with_the_field_is_found_and_its_values_are_plain() {
        let html = r#"<form action="/search"><input name="q"></form>
            <form method="post" action="/login?a=1&amp;b=2"><input type="hidden" name="csrf" value="x&#39;&#x22;&lt;">
            <input name="password"></form>"#;
        let mut form = Form::with_field(html, "password").unwrap();
        form.set("password", "secret");
        assert_eq!(form.action, "/login?a=1&b=2");
        let fields = [("csrf", "x'\"<"), ("password", "secret")];
        assert_eq!(form.fields, fields.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(Form::with_field(html, "decision"), None);
    }
}
