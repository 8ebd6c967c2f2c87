//! `application/x-www-form-urlencoded`, strictly: a lenient parser would let two readers of one request disagree.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::error::{Error, Result};

/// The parameters of a query or a form. `Debug` shows their names only.
#[derive(Clone, Default)]
pub struct Params {
    /// All that was sent, decoded: one allocation, however many there are.
    text: String,
    pairs: Vec<Pair>,
}

/// The places of a name and its value in the text.
#[derive(Clone)]
struct Pair {
    name: Range<usize>,
    value: Range<usize>,
}

impl Params {
    /// The most parameters of one query or form: far more than any specification defines, and few enough to compare each
    /// with each.
    pub const LIMIT: usize = 64;

    /// Parses the serialised form.
    ///
    /// # Errors
    ///
    /// `invalid_request` if there are more than [`LIMIT`](Self::LIMIT), percent encoding or UTF-8 is malformed, or a name is
    /// repeated: RFC 6749 §3.1 and §3.2,
    /// "Request and response parameters MUST NOT be included more than once".
    pub fn parse(input: &[u8]) -> Result<Self> {
        Self::parse_with(input, |_| false)
    }

    /// Parses as [`parse`](Self::parse) does, where some names may be repeated, as another specification says
    /// of them: RFC 8707 §2 of `resource`, RFC 8693 §2.1 of `audience`.
    pub(crate) fn parse_with(input: &[u8], may_repeat: impl Fn(&str) -> bool) -> Result<Self> {
        let mut params = Self::default();
        let is_decoded = is_plain(input);
        if is_decoded {
            params.text.push_str(str::from_utf8(input).map_err(|_| malformed())?);
        }
        let mut next = 0;
        for pair in input.split(|b| *b == b'&') {
            let start = next;
            next += pair.len() + 1;
            if pair.is_empty() {
                continue;
            }
            let length = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            let pair = if is_decoded {
                // After the sign, which is the end where there is none.
                let end = start + pair.len();
                Pair { name: start..start + length, value: end.min(start + length + 1)..end }
            } else {
                let (name, value) = pair.split_at(length);
                let name = decode_onto(&mut params.text, name)?;
                Pair { name, value: decode_onto(&mut params.text, value.get(1..).unwrap_or_default())? }
            };
            if params.pairs.len() == Self::LIMIT {
                return Err(Error::invalid_request("there are too many parameters"));
            }
            let name = params.text_at(&pair.name);
            if params.iter().any(|(known, _)| known == name) && !may_repeat(name) {
                return Err(Error::invalid_request(format!("the parameter {name} is repeated")));
            }
            params.pairs.push(pair);
        }
        Ok(params)
    }

    fn text_at(&self, place: &Range<usize>) -> &str {
        self.text.get(place.clone()).unwrap_or_default()
    }

    /// The parameter of this name only, of a query with any content.
    ///
    /// # Errors
    ///
    /// `invalid_request` if it is repeated (RFC 6749 §3.1) or its value is malformed.
    pub(crate) fn only(name: &str, query: &str) -> Result<Self> {
        // Percent encoding hides no second one: names are decoded, leniently, before they are compared.
        let is_named = |pair: &&str| form_urlencoded::parse(pair.as_bytes()).any(|(found, _)| found == name);
        let mut pairs = query.split('&').filter(is_named);
        let Some(pair) = pairs.next() else { return Ok(Self::default()) };
        if pairs.next().is_some() {
            return Err(Error::invalid_request(format!("the parameter {name} is repeated")));
        }
        Self::parse(pair.as_bytes())
    }

    /// A parameter's value, or the first where it may be [repeated](Self::get_all). RFC 6749 §3.1: "Parameters sent without a value MUST be treated as if they were omitted
    /// from the request."
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).next()
    }

    /// Every value of a parameter that may be repeated, in their order.
    pub fn get_all(&self, name: &str) -> impl Iterator<Item = &str> {
        // Lengths first: most names have another.
        let is_named = move |pair: &&Pair| pair.name.len() == name.len() && self.text_at(&pair.name) == name;
        self.pairs
            .iter()
            .filter(|pair| !pair.value.is_empty())
            .filter(is_named)
            .map(|pair| self.text_at(&pair.value))
    }

    /// Refuses what was let through while it was not known who reads the request.
    ///
    /// # Errors
    ///
    /// `invalid_request` if a parameter is repeated that this does not name.
    pub(crate) fn check_repeated(&self, may_repeat: impl Fn(&str) -> bool) -> Result<()> {
        for (index, (name, _)) in self.iter().enumerate() {
            if self.iter().take(index).any(|(earlier, _)| earlier == name) && !may_repeat(name) {
                return Err(Error::invalid_request(format!("the parameter {name} is repeated")));
            }
        }
        Ok(())
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|pair| (self.text_at(&pair.name), self.text_at(&pair.value)))
    }

    /// Tells whether there is no parameter.
    pub const fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    fn add(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }
}

/// Parameters that were parsed before.
impl From<Vec<(String, String)>> for Params {
    fn from(parameters: Vec<(String, String)>) -> Self {
        let mut params = Self::default();
        for (name, value) in parameters {
            let pair = Pair { name: params.add(&name), value: params.add(&value) };
            params.pairs.push(pair);
        }
        params
    }
}

impl PartialEq for Params {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Params {}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

/// Decodes one name or value: `+` is a space, `%XX` a byte, the whole UTF-8.
pub(crate) fn decode(input: &[u8]) -> Result<String> {
    let mut text = String::with_capacity(input.len());
    decode_onto(&mut text, input)?;
    Ok(text)
}

/// Decodes one name or value, and appends it; the place where it is.
fn decode_onto(text: &mut String, input: &[u8]) -> Result<Range<usize>> {
    let start = text.len();
    if is_plain(input) {
        text.push_str(str::from_utf8(input).map_err(|_| malformed())?);
        return Ok(start..text.len());
    }
    let mut bytes = Vec::with_capacity(input.len());
    let mut rest = input.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|b| char::from(*b).to_digit(16));
                let (high, low) = (digit().ok_or_else(malformed)?, digit().ok_or_else(malformed)?);
                u8::try_from(high * 16 + low).map_err(|_| malformed())?
            }
            plain => *plain,
        });
    }
    text.push_str(str::from_utf8(&bytes).map_err(|_| malformed())?);
    Ok(start..text.len())
}

/// Tells whether it decodes to itself, as most does. It looks at all of it, so that it looks at many bytes at once.
fn is_plain(input: &[u8]) -> bool {
    !input.iter().fold(false, |found, b| found | matches!(b, b'+' | b'%'))
}

fn malformed() -> Error {
    Error::invalid_request("a parameter is not valid UTF-8 in valid percent encoding")
}

/// Appends parameters to a URI's query (RFC 6749 §4.1.2: an existing query "MUST be retained").
pub(crate) fn append_query<'a>(
    uri: &str,
    params: impl IntoIterator<Item = (&'a str, Cow<'a, str>)>,
) -> String {
    let separator = match uri.find('?') {
        None => "?",
        Some(_) if uri.ends_with(['?', '&']) => "",
        Some(_) => "&",
    };
    append(uri, separator, params)
}

/// Adds a fragment of parameters to a URI that has none (RFC 6749 §4.2.2).
pub(crate) fn append_fragment<'a>(
    uri: &str,
    params: impl IntoIterator<Item = (&'a str, Cow<'a, str>)>,
) -> String {
    append(uri, "#", params)
}

fn append<'a>(
    uri: &str,
    mut separator: &'static str,
    params: impl IntoIterator<Item = (&'a str, Cow<'a, str>)>,
) -> String {
    let mut out = uri.to_owned();
    for (name, value) in params {
        out.push_str(separator);
        separator = "&";
        out.extend(form_urlencoded::byte_serialize(name.as_bytes()));
        out.push('=');
        out.extend(form_urlencoded::byte_serialize(value.as_bytes()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_no_decoding_is_read_as_what_does() {
        for (plain, encoded) in [
            ("a=1&b=22", "%61=1&b=2%32"),
            ("a&b=&=c&d==", "%61&b=&=%63&d=%3D"),
            ("&&a=1&&b=2&", "&&%61=1&&b=2&"),
            ("grant=\u{fc}&\u{fc}=x", "grant=%C3%BC&%C3%BC=%78"),
            ("", "&"),
        ] {
            let (plain, encoded) =
                [plain, encoded].map(|text| Params::parse(text.as_bytes()).unwrap()).into();
            assert_eq!(plain, encoded);
            let kept: Vec<_> =
                plain.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            assert_eq!(plain, Params::from(kept));
        }
    }

    #[test]
    fn the_signs_between_them_are_part_of_none() {
        let params = Params::parse(b"a=1&b&c=2=3&d=").unwrap();
        assert_eq!(params.iter().collect::<Vec<_>>(), [("a", "1"), ("b", ""), ("c", "2=3"), ("d", "")]);
        assert_eq!((params.get("c"), params.get("b"), params.get("=")), (Some("2=3"), None, None));
    }

    #[test]
    fn half_a_character_is_none_whatever_comes_next() {
        for input in [b"a=\xc3&\xbc=b".as_slice(), b"a=%C3&%BC=b", b"a=\xc3=\xbc"] {
            assert!(Params::parse(input).is_err());
        }
    }
}
