//! Signs in names, such as `+` and `<=`, as words.

use unicode_normalization::UnicodeNormalization;

/// Comparisons, longest first.
const COMPARISONS: [(&str, &str); 9] = [
    ("<=", "less or equal"),
    (">=", "greater or equal"),
    ("!=", "not equal"),
    ("≤", "less or equal"),
    ("≥", "greater or equal"),
    ("≠", "not equal"),
    ("<", "less"),
    (">", "greater"),
    ("=", "equal"),
];

/// Words for signs that separate words otherwise.
const SIGNS: [(char, &str); 31] = [
    (' ', "space"),
    ('\t', "tab"),
    ('\n', "newline"),
    ('!', "not"),
    ('"', "quote"),
    ('#', "hash"),
    ('$', "dollar"),
    ('%', "percent"),
    ('&', "and"),
    ('\'', "apostrophe"),
    ('(', "open"),
    (')', "close"),
    (',', "comma"),
    ('-', "dash"),
    ('.', "dot"),
    ('/', "slash"),
    (':', "colon"),
    (';', "semicolon"),
    ('?', "question"),
    ('@', "at"),
    ('[', "open bracket"),
    ('\\', "backslash"),
    (']', "close bracket"),
    ('^', "caret"),
    ('_', "underscore"),
    ('`', "backtick"),
    ('{', "open brace"),
    ('|', "or"),
    ('}', "close brace"),
    ('~', "tilde"),
    ('€', "euro"),
];

/// Signs that separate words in any case, unless a text has nothing else.
const SEPARATORS: [char; 3] = [' ', '-', '_'];

/// Spells out the signs that distinguish names, such as `+`. All other signs separate words, unless the
/// text has no letters and digits, or `in_full` is set.
pub(super) fn spelled(text: &str, in_full: bool) -> String {
    // Rust compares identifiers in this form. It also has a plain letter for `²` or `℃`.
    let text: String = match text.is_ascii() {
        true => text.to_owned(),
        false => text.nfkc().collect(),
    };
    let has_letters = text.contains(is_letter);
    let is_word = |sign: char| match has_letters {
        true => in_full && !SEPARATORS.contains(&sign),
        false => true,
    };
    let mut spelled = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mut before = None;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let is_point = |before: char| {
            before.is_ascii_digit() && after.starts_with(|c: char| c.is_ascii_digit())
        };
        let comparison = COMPARISONS
            .iter()
            .find(|(signs, _)| rest.starts_with(signs));
        let (word, length) = match (comparison, first) {
            (Some((signs, word)), _) => (*word, signs.len()),
            (None, '.') if before.is_some_and(is_point) => ("point", 1),
            (None, '+') => ("plus", 1),
            (None, '-') if before.is_none() => ("minus", 1),
            (None, '*') => ("star", 1),
            (None, _) => ("", first.len_utf8()),
        };
        match word {
            "" if is_letter(first) => spelled.push(first),
            "" if is_word(first) => {
                let sign = SIGNS.iter().find(|(sign, _)| *sign == first);
                match sign {
                    Some((_, word)) => spelled.push_str(&format!(" {word} ")),
                    None => spelled.push_str(&format!(" u{:x} ", u32::from(first))),
                }
            }
            "" => spelled.push(' '),
            word => spelled.push_str(&format!(" {word} ")),
        }
        before = rest[..length].chars().next_back();
        rest = &rest[length..];
    }
    spelled
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() && unicode_ident::is_xid_continue(character)
}

#[cfg(test)]
mod tests {
    use super::spelled;

    fn words(text: &str, in_full: bool) -> String {
        let spelled = spelled(text, in_full);
        spelled.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comparisons_are_words_everywhere() {
        assert_eq!(words("<=", false), "less or equal");
        assert_eq!(words("a!=b", false), "a not equal b");
        assert_eq!(words("≥", false), "greater or equal");
        assert_eq!(words("==", false), "equal equal");
    }

    #[test]
    fn other_signs_are_words_where_there_is_nothing_else() {
        assert_eq!(words("a/b", false), "a b");
        assert_eq!(words("a/b", true), "a slash b");
        assert_eq!(words("a b", true), "a b");
        assert_eq!(words("  ", false), "space space");
        assert_eq!(words("//", false), "slash slash");
        assert_eq!(words("🎉", false), "u1f389");
        assert_eq!(words("", true), "");
    }

    #[test]
    fn numbers_have_signs_and_points() {
        assert_eq!(words("-1.5", false), "minus 1 point 5");
        assert_eq!(words("a-1.b", false), "a 1 b");
    }

    #[test]
    fn letters_have_their_plain_form() {
        assert_eq!(words("m²", false), "m2");
        assert_eq!(words("\u{b5}g", false), "μg");
    }
}
