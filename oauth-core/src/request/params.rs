//! `application/x-www-form-urlencoded`, strictly: a lenient parser would let two readers of one request disagree.

use std::borrow::Cow;
use std::fmt;

use crate::error::{Error, Result};

/// The parameters of a query or a form. `Debug` shows their names only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Params {
    /// Name and value of each, decoded, one after the other: two allocations, however many there are.
    text: String,
    ends: Vec<Ends>,
}

/// The places in the text where the name and the value of a parameter end. It begins where the one before it ends.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Ends {
    name: usize,
    value: usize,
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
        for pair in input.split(|b| *b == b'&').filter(|pair| !pair.is_empty()) {
            let split = pair.iter().position(|b| *b == b'=');
            let (name, value) = split.map_or((pair, &[][..]), |at| {
                let (name, value) = pair.split_at(at);
                (name, value.get(1..).unwrap_or_default())
            });
            if params.ends.is_empty() {
                // What is decoded is no longer.
                params.text.reserve_exact(input.len());
            }
            let start = params.text.len();
            decode_onto(&mut params.text, name)?;
            let end = params.text.len();
            decode_onto(&mut params.text, value)?;
            if params.ends.len() == Self::LIMIT {
                return Err(Error::invalid_request("there are too many parameters"));
            }
            let name = params.text.get(start..end).unwrap_or_default();
            if params.iter().any(|(known, _)| known == name) && !may_repeat(name) {
                return Err(Error::invalid_request(format!("the parameter {name} is repeated")));
            }
            params.ends.push(Ends { name: end, value: params.text.len() });
        }
        Ok(params)
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
        self.iter().filter(move |(known, value)| *known == name && !value.is_empty()).map(|(_, value)| value)
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
        let mut start = 0;
        self.ends.iter().map(move |ends| {
            let name = self.text.get(start..ends.name).unwrap_or_default();
            start = ends.value;
            (name, self.text.get(ends.name..ends.value).unwrap_or_default())
        })
    }

    /// Tells whether there is no parameter.
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Parameters that were parsed before.
impl From<Vec<(String, String)>> for Params {
    fn from(parameters: Vec<(String, String)>) -> Self {
        let mut params = Self::default();
        for (name, value) in parameters {
            params.text.push_str(&name);
            let end = params.text.len();
            params.text.push_str(&value);
            params.ends.push(Ends { name: end, value: params.text.len() });
        }
        params
    }
}

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

/// Decodes one name or value, and appends it.
fn decode_onto(text: &mut String, input: &[u8]) -> Result<()> {
    let malformed = || Error::invalid_request("a parameter is not valid UTF-8 in valid percent encoding");
    // Most need no decoding.
    if !input.iter().any(|b| matches!(b, b'+' | b'%')) {
        text.push_str(str::from_utf8(input).map_err(|_| malformed())?);
        return Ok(());
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
    Ok(())
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
