//! Times, lifetimes and lines, as people write and read them.

use std::time::Duration;

use crate::time::UnixTime;

/// A message of several lines and a usage after it, as one line that leads on.
pub(super) fn one_line(message: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for line in message.lines().map(str::trim) {
        if line.starts_with("Usage:") || line.starts_with("For more information") {
            break;
        }
        if !line.is_empty() {
            parts.push(line);
        }
    }
    let line = parts.join(" ");
    format!("{}; try --help", line.strip_prefix("error: ").unwrap_or(&line))
}

/// A lifetime such as `24h`, `90m`, `7d` or `30s`; `0` is none.
pub(super) fn lifetime(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no time: write a number and s, m, h or d, such as 24h");
    if text == "0" {
        return Ok(Duration::ZERO);
    }
    let unit = text.chars().last().ok_or_else(wrong)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return Err(wrong()),
    };
    let number: u32 = text.strip_suffix(unit).and_then(|number| number.parse().ok()).ok_or_else(wrong)?;
    Ok(Duration::from_secs(u64::from(number) * seconds))
}

/// A time as RFC 3339 has it, in UTC.
pub(super) fn time(time: UnixTime) -> String {
    let seconds = time.as_secs();
    let (mut days, of_day) = (seconds / 86_400, seconds % 86_400);
    let mut year = 1970_u64;
    let is_leap =
        |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if days < length {
            break;
        }
        // What is further away than any calendar is not worth its steps.
        if year > 9999 {
            return seconds.to_string();
        }
        days -= length;
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_700_000_000, "2023-11-14T22:13:20Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(time(UnixTime::from_secs(seconds)), text);
        }
        assert_eq!(time(UnixTime::from_secs(u64::MAX)), u64::MAX.to_string());
    }

    #[test]
    fn lifetimes_are_numbers_with_a_unit() {
        assert_eq!(lifetime("24h"), Ok(Duration::from_hours(24)));
        assert_eq!(lifetime("90m"), Ok(Duration::from_mins(90)));
        assert_eq!(lifetime("0"), Ok(Duration::ZERO));
        for wrong in ["", "24", "h", "-1h", "1.5h", "24ü"] {
            lifetime(wrong).unwrap_err();
        }
    }

    #[test]
    fn a_message_of_several_lines_is_one() {
        let clap = "error: the following required arguments were not provided:\n  <ID>\n\nUsage: x <ID>\n\nFor more information, try '--help'.\n";
        assert_eq!(one_line(clap), "the following required arguments were not provided: <ID>; try --help");
    }
}
