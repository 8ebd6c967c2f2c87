//! A colour, and the text that can be read on it.

use super::theme::InvalidTheme;

/// A colour of sRGB.
#[derive(Debug, Clone, Copy)]
pub(super) struct Color([u8; 3]);

impl Color {
    pub(super) fn parse(text: &str) -> Result<Self, InvalidTheme> {
        let number = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let Some(number) = number else {
            return Err(InvalidTheme(format!("the colour `{text}` must be `#rrggbb`, such as `#0b5cad`")));
        };
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }

    /// The custom properties of this accent.
    pub(super) fn style(self) -> String {
        let Self([red, green, blue]) = self;
        // WCAG 2.2: black and white contrast equally (4.58 : 1) with a luminance of 0.179.
        let text = if self.luminance() > 0.179 { "#000000" } else { "#ffffff" };
        format!(":root{{--accent:#{red:02x}{green:02x}{blue:02x};--on-accent:{text}}}\n")
    }

    /// WCAG 2.2, "relative luminance".
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}
