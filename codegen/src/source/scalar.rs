//! Which JSON value a plain YAML scalar is, by the rules of YAML 1.2's core schema.

/// The type of a scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Boolean(bool),
    Integer,
    Number,
    String,
}

impl Scalar {
    /// Classifies a scalar that stands without quotes.
    pub(crate) fn of_plain(text: &str) -> Self {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
            "true" | "True" | "TRUE" => Scalar::Boolean(true),
            "false" | "False" | "FALSE" => Scalar::Boolean(false),
            _ if is_integer(text) => Scalar::Integer,
            _ if is_number(text) => Scalar::Number,
            _ => Scalar::String,
        }
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let all = |digits: &str, radix| !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    match digits.get(..2) {
        Some("0x") => all(&digits[2..], 16),
        Some("0o") => all(&digits[2..], 8),
        Some("0b") => all(&digits[2..], 2),
        // A leading zero makes it text: it may be octal, or a number with its width.
        _ => all(digits, 10) && (digits.len() == 1 || !digits.starts_with('0')),
    }
}

/// Whether a scalar that stands without quotes is an integer that has no place in 64 bits.
pub(super) fn is_too_long(text: &str) -> bool {
    if !is_integer(text) {
        return false;
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let magnitude = match digits.get(..2) {
        Some("0x") => u64::from_str_radix(&digits[2..], 16),
        Some("0o") => u64::from_str_radix(&digits[2..], 8),
        Some("0b") => u64::from_str_radix(&digits[2..], 2),
        _ => digits.parse(),
    };
    let most = if text.starts_with('-') {
        i64::MIN.unsigned_abs()
    } else {
        u64::MAX
    };
    magnitude.map_or(true, |magnitude| magnitude > most)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && !is_leading_zero(digits)
        && digits.parse().is_ok_and(f64::is_finite)
}

fn is_leading_zero(digits: &str) -> bool {
    let mut characters = digits.chars();
    characters.next() == Some('0') && characters.next().is_some_and(|c| c.is_ascii_digit())
}
