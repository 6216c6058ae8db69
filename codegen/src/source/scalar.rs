//! The JSON type of a plain YAML scalar, by the core schema of YAML 1.2.

/// JSON type of a scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Boolean(bool),
    Integer,
    Number,
    String,
}

impl Scalar {
    /// Returns the type of a scalar without quotes.
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

/// Whether a plain scalar is an integer of 64 bits, signed or unsigned.
fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (digits, radix) = match digits.get(..2) {
        Some("0x") => (&digits[2..], 16),
        Some("0o") => (&digits[2..], 8),
        Some("0b") => (&digits[2..], 2),
        // A leading zero makes a text: it may be octal, or a number of fixed width.
        _ if digits.len() > 1 && digits.starts_with('0') => return false,
        _ => (digits, 10),
    };
    let most = match text.starts_with('-') {
        true => i64::MIN.unsigned_abs(),
        false => u64::MAX,
    };
    // A second sign would be parsed with the digits.
    !digits.starts_with('+') && u64::from_str_radix(digits, radix).is_ok_and(|it| it <= most)
}

/// Whether a plain scalar is a number. Integers of more than 64 bits are numbers like any other.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let has_leading_zero =
        digits.starts_with('0') && digits[1..].starts_with(|c: char| c.is_ascii_digit());
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && !has_leading_zero
        && digits.parse().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::Scalar;

    #[test]
    fn plain_scalars_have_the_types_of_the_core_schema() {
        for (text, expected) in [
            ("", Scalar::Null),
            ("~", Scalar::Null),
            ("yes", Scalar::String),
            ("on", Scalar::String),
            ("TRUE", Scalar::Boolean(true)),
            ("0", Scalar::Integer),
            ("-12", Scalar::Integer),
            ("0x1F", Scalar::Integer),
            ("-0x10", Scalar::Integer),
            ("0b101", Scalar::Integer),
            ("-9223372036854775808", Scalar::Integer),
            ("18446744073709551615", Scalar::Integer),
            ("18446744073709551616", Scalar::Number),
            ("-9223372036854775809", Scalar::Number),
            ("1e3", Scalar::Number),
            (".5", Scalar::Number),
            ("1e999", Scalar::String),
            ("007", Scalar::String),
            ("00.5", Scalar::String),
            ("0x", Scalar::String),
            ("+-1", Scalar::String),
            ("0x-1", Scalar::String),
            ("1.2.3", Scalar::String),
            ("é", Scalar::String),
        ] {
            assert_eq!(Scalar::of_plain(text), expected, "{text}");
        }
    }
}
