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
        // What is decoded is no longer. The signs stay between names and values, so that half a character is none whatever comes next.
        let mut text = Vec::with_capacity(input.len());
        let mut pairs = Vec::new();
        let (mut rest, mut start, mut name_end) = (input, 0, None);
        loop {
            let sign = copy_until(|byte| matches!(byte, b'&' | b'=' | b'+' | b'%'), &mut rest, &mut text);
            let end = text.len();
            match sign {
                Some(b'=') if name_end.is_none() => {
                    name_end = Some(end);
                    text.push(b'=');
                }
                Some(b'&') | None => {
                    if start < end {
                        if pairs.len() == Self::LIMIT {
                            return Err(Error::invalid_request("there are too many parameters"));
                        }
                        let name = start..name_end.take().unwrap_or(end);
                        // After the sign, which is the end where there is none.
                        let value = end.min(name.end + 1)..end;
                        pairs.push(Pair { name, value });
                    }
                    if sign.is_none() {
                        break;
                    }
                    text.push(b'&');
                    start = text.len();
                }
                Some(sign) => decode_onto(&mut text, sign, &mut rest)?,
            }
        }
        let params = Self { text: String::from_utf8(text).map_err(|_| malformed())?, pairs };
        params.check_repeated(may_repeat)?;
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
            .filter(is_named)
            .filter(|pair| !pair.value.is_empty())
            .map(|pair| self.text_at(&pair.value))
    }

    /// Refuses what was let through while it was not known who reads the request.
    ///
    /// # Errors
    ///
    /// `invalid_request` if a parameter is repeated that this does not name.
    pub(crate) fn check_repeated(&self, may_repeat: impl Fn(&str) -> bool) -> Result<()> {
        for (index, pair) in self.pairs.iter().enumerate() {
            let name = self.text_at(&pair.name);
            let mut as_long =
                self.pairs.iter().take(index).filter(|earlier| earlier.name.len() == name.len());
            if as_long.any(|earlier| self.text_at(&earlier.name) == name) && !may_repeat(name) {
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
    let (mut text, mut rest) = (Vec::with_capacity(input.len()), input);
    while let Some(sign) = copy_until(|byte| matches!(byte, b'+' | b'%'), &mut rest, &mut text) {
        decode_onto(&mut text, sign, &mut rest)?;
    }
    String::from_utf8(text).map_err(|_| malformed())
}

/// Copies what comes before the next of these signs as a whole, and takes the sign; `None`: there is none.
fn copy_until(is_sign: impl Fn(u8) -> bool, rest: &mut &[u8], text: &mut Vec<u8>) -> Option<u8> {
    let length = rest.iter().position(|byte| is_sign(*byte)).unwrap_or(rest.len());
    let (run, after) = rest.split_at(length);
    text.extend_from_slice(run);
    let sign = after.first().copied();
    *rest = after.get(1..).unwrap_or_default();
    sign
}

/// Appends what a sign stands for, with the digits that come after it. Whether it is UTF-8 is not known yet.
fn decode_onto(text: &mut Vec<u8>, sign: u8, rest: &mut &[u8]) -> Result<()> {
    text.push(match sign {
        b'+' => b' ',
        b'%' => {
            let (digits, after) = rest.split_first_chunk::<2>().ok_or_else(malformed)?;
            *rest = after;
            let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
            let (high, low) = high.zip(low).ok_or_else(malformed)?;
            u8::try_from(high * 16 + low).map_err(|_| malformed())?
        }
        plain => plain,
    });
    Ok(())
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
    fn what_is_encoded_separates_nothing() {
        let params = Params::parse(b"a=%26b%3D1%2B+%25&c%3D=d=%C3%BC&=&e").unwrap();
        let read: Vec<_> = params.iter().collect();
        assert_eq!(read, [("a", "&b=1+ %"), ("c=", "d=\u{fc}"), ("", ""), ("e", "")]);
        assert_eq!(decode(b"a=%26b&c+%C3%BC").unwrap(), "a=&b&c \u{fc}");
    }

    #[test]
    fn two_digits_come_after_a_percent_sign() {
        for input in ["a=%", "a=%2", "a=%2&b=1", "a=%&26=1", "%=a", "a=%zz", "a=%+1", "a=%%41", "a=1%"] {
            assert!(Params::parse(input.as_bytes()).is_err(), "{input}");
            assert!(decode(input.as_bytes()).is_err(), "{input}");
        }
    }

    #[test]
    fn half_a_character_is_none_whatever_comes_next() {
        for input in [b"a=\xc3&\xbc=b".as_slice(), b"a=%C3&%BC=b", b"a=\xc3=\xbc"] {
            assert!(Params::parse(input).is_err());
        }
    }
}
