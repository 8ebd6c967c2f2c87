//! TOML, as far as a manifest is looked up by: each key with the tables around it, and a value that is text or `true`.

/// A key with its value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The names of the tables around it, from the outermost, and its own.
    pub(super) path: Vec<String>,
    pub(super) value: Value,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    True,
    Other,
}

/// How deep values may be nested, for nobody to exhaust the stack.
const DEPTH: usize = 64;

/// Every entry of a document; those of tables in arrays have the path of the array. `None`: this is no TOML.
pub(super) fn entries(text: &str) -> Option<Vec<Entry>> {
    let mut reader = Reader { rest: text.strip_prefix('\u{feff}').unwrap_or(text), entries: Vec::new() };
    let mut table = Vec::new();
    loop {
        reader.skip_lines();
        if reader.rest.is_empty() {
            return Some(reader.entries);
        }
        if reader.take("[[") {
            table = reader.path()?;
            reader.expect("]]")?;
        } else if reader.take("[") {
            table = reader.path()?;
            reader.expect("]")?;
        } else {
            reader.entry(&table, 0)?;
        }
        reader.end_of_line()?;
    }
}

struct Reader<'a> {
    rest: &'a str,
    entries: Vec<Entry>,
}

impl Reader<'_> {
    /// `key = value`, under a table.
    fn entry(&mut self, table: &[String], depth: usize) -> Option<()> {
        let path = [table, &self.path()?].concat();
        self.expect("=")?;
        self.skip_blanks();
        let value = self.value(&path, depth)?;
        self.entries.push(Entry { path, value });
        Some(())
    }

    /// Names between dots, with the blanks around them.
    fn path(&mut self) -> Option<Vec<String>> {
        let mut path = Vec::new();
        loop {
            self.skip_blanks();
            path.push(self.name()?);
            self.skip_blanks();
            if !self.take(".") {
                return Some(path);
            }
        }
    }

    fn name(&mut self) -> Option<String> {
        if self.take("\"") {
            return self.basic("\"");
        }
        if self.take("'") {
            return self.until("'").map(str::to_owned);
        }
        let name = self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        (!name.is_empty()).then(|| name.to_owned())
    }

    fn value(&mut self, path: &[String], depth: usize) -> Option<Value> {
        if depth > DEPTH {
            return None;
        }
        if self.take("\"\"\"") {
            return self.basic("\"\"\"").map(Value::Text);
        }
        if self.take("'''") {
            let text = self.until("'''")?.to_owned();
            self.take_while(|c| c == '\'');
            return Some(Value::Text(text));
        }
        if self.take("\"") {
            return self.basic("\"").map(Value::Text);
        }
        if self.take("'") {
            return self.until("'").map(|text| Value::Text(text.to_owned()));
        }
        if self.take("[") {
            return self.list("]", |reader| reader.value(path, depth + 1).map(drop));
        }
        if self.take("{") {
            return self.list("}", |reader| reader.entry(path, depth + 1));
        }
        let scalar = self.take_while(|c| !matches!(c, ',' | ']' | '}' | '#' | '\n' | '\r')).trim_end();
        match scalar {
            "" => None,
            "true" => Some(Value::True),
            _ => Some(Value::Other),
        }
    }

    /// Members between commas, up to what closes them.
    fn list(&mut self, close: &str, mut member: impl FnMut(&mut Self) -> Option<()>) -> Option<Value> {
        loop {
            self.skip_lines();
            if self.take(close) {
                return Some(Value::Other);
            }
            member(self)?;
            self.skip_lines();
            if !self.take(",") {
                self.expect(close)?;
                return Some(Value::Other);
            }
        }
    }

    /// Text with escapes, up to its closing quotes.
    fn basic(&mut self, close: &str) -> Option<String> {
        let mut text = String::new();
        loop {
            if self.take(close) {
                // Of a run of quotes, the last three close.
                while close.len() == 3 && self.take("\"") {
                    text.push('"');
                }
                return Some(text);
            }
            let next = self.next()?;
            match next {
                '\\' => text.push_str(&self.escaped(close.len() == 3)?),
                '\n' if close.len() == 1 => return None,
                _ => text.push(next),
            }
        }
    }

    /// The character after a backslash; the end of a line means nothing.
    fn escaped(&mut self, has_lines: bool) -> Option<String> {
        let escape = self.next()?;
        let meant = match escape {
            'b' => '\u{8}',
            't' => '\t',
            'n' => '\n',
            'f' => '\u{c}',
            'r' => '\r',
            'e' => '\u{1b}',
            '"' | '\\' => escape,
            'x' => self.code(2)?,
            'u' => self.code(4)?,
            'U' => self.code(8)?,
            ' ' | '\t' | '\r' | '\n' if has_lines => {
                self.take_while(char::is_whitespace);
                return Some(String::new());
            }
            _ => return None,
        };
        Some(meant.to_string())
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let (code, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        char::from_u32(u32::from_str_radix(code, 16).ok()?)
    }

    /// Text without escapes, up to its closing quotes.
    fn until(&mut self, close: &str) -> Option<&str> {
        let (text, rest) = self.rest.split_once(close)?;
        self.rest = rest;
        (close.len() == 3 || !text.contains('\n')).then_some(text)
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next();
        self.rest = chars.as_str();
        next
    }

    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, token: &str) -> Option<()> {
        self.take(token).then_some(())
    }

    fn take_while(&mut self, is_it: impl Fn(char) -> bool) -> &str {
        let rest = self.rest.trim_start_matches(is_it);
        let taken = &self.rest[..self.rest.len() - rest.len()];
        self.rest = rest;
        taken
    }

    fn skip_blanks(&mut self) {
        self.take_while(|c| matches!(c, ' ' | '\t'));
    }

    fn skip_comment(&mut self) {
        if self.rest.starts_with('#') {
            self.take_while(|c| c != '\n');
        }
    }

    /// Skips blanks, comments and ends of lines.
    fn skip_lines(&mut self) {
        loop {
            self.take_while(char::is_whitespace);
            if !self.rest.starts_with('#') {
                return;
            }
            self.skip_comment();
        }
    }

    fn end_of_line(&mut self) -> Option<()> {
        self.skip_blanks();
        self.skip_comment();
        (self.rest.is_empty() || self.take("\n") || self.take("\r\n")).then_some(())
    }
}
