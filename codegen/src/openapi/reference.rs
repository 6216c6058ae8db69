//! References: URI references whose fragment is a JSON pointer (RFC 3986 and RFC 6901, section 6).

use std::borrow::Cow;

use crate::source::pointer::{Pointer, unescaped};
use crate::source::{Entry, Node};

/// What the text of a `$ref` refers to.
#[derive(Debug, PartialEq)]
pub(crate) enum Reference<'r> {
    /// A location in this document.
    Local(Pointer),
    /// A location in another file, whose path is relative to this document.
    File(Cow<'r, str>, Pointer),
    /// A URL, or a reference that is no JSON pointer.
    External,
    /// Neither: a bare name, which the mapping of a discriminator may contain.
    Name(&'r str),
}

impl<'r> Reference<'r> {
    pub(crate) fn parse(text: &'r str) -> Self {
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
        let pointer = || Pointer::of_text(&percent_decoded(fragment));
        let is_url = file
            .split('/')
            .next()
            .is_some_and(|start| start.contains(':'))
            || file.starts_with("//");
        match file {
            "" if is_pointer && text.starts_with('#') => Reference::Local(pointer()),
            _ if is_url || !is_pointer => Reference::External,
            _ if file.contains(['.', '/']) => Reference::File(percent_decoded(file), pointer()),
            _ => Reference::Name(text),
        }
    }

    /// The location in this document that the text refers to.
    pub(crate) fn local(text: &str) -> Option<Pointer> {
        match Reference::parse(text) {
            Reference::Local(pointer) => Some(pointer),
            Reference::File(..) | Reference::External | Reference::Name(_) => None,
        }
    }

    /// Whether the text refers to another file or a URL.
    pub(crate) fn is_external(text: &str) -> bool {
        matches!(
            Reference::parse(text),
            Reference::File(..) | Reference::External
        )
    }
}

/// The name in `#/components/{section}/{name}`.
pub(crate) fn component_name<'r>(reference: &'r str, section: &str) -> Option<Cow<'r, str>> {
    let (found, name) = component(reference)?;
    (found == section).then_some(name)
}

/// The section and the name in `#/components/{section}/{name}`.
pub(crate) fn component(reference: &str) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    if reference.contains('%') {
        // An encoded slash separates keys, as any other does.
        let pointer = Reference::local(reference).filter(Pointer::is_component)?;
        let (section, name) = pointer.component()?;
        return Some((section.into(), name.into()));
    }
    let component = reference.strip_prefix("#/components/")?;
    let (section, name) = component.split_once('/')?;
    (!name.contains('/')).then(|| (unescaped(section), unescaped(name)))
}

/// The text of a Reference Object.
pub(crate) fn reference_of(node: &Node) -> Option<&str> {
    node.value("$ref")?.string()
}

/// The values of the discriminator of a schema, with the schemas that they select.
pub(crate) fn mapping_of(schema: &Node) -> &[Entry] {
    let discriminator = schema.value("discriminator");
    discriminator.map_or(&[], |it| it.entries_of("mapping"))
}

/// The text with each `%` and two hexadecimal digits replaced by the byte that they encode. Anything
/// else, and bytes that are not UTF-8, stay as they are.
fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| char::from(*after.get(at)?).to_digit(16);
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::{Reference, component, component_name};
    use crate::source::pointer::Pointer;

    #[test]
    fn a_fragment_is_percent_decoded_before_it_is_split() {
        let pointer = |text| Reference::local(text).map(|it| it.keys().collect::<Vec<_>>());
        assert_eq!(pointer("#/a/b%20c"), Some(vec!["a".into(), "b c".into()]));
        assert_eq!(pointer("#/a%2Fb"), Some(vec!["a".into(), "b".into()]));
        assert_eq!(
            pointer("#/a~1b/c~0d"),
            Some(vec!["a/b".into(), "c~d".into()])
        );
        assert_eq!(pointer("#/a%7E1b"), Some(vec!["a/b".into()]));
        assert_eq!(pointer("#/%C3%A4"), Some(vec!["ä".into()]));
        assert_eq!(pointer("#/100%"), Some(vec!["100%".into()]));
        assert_eq!(pointer("#/%FF"), Some(vec!["%FF".into()]));
        assert_eq!(pointer("#"), Some(vec![]));
    }

    #[test]
    fn a_stray_tilde_is_part_of_the_key() {
        let key = Pointer::root().child("A~b");
        assert_eq!(Reference::local("#/A~b"), Some(key.clone()));
        assert_eq!(Reference::local("#/A~0b"), Some(key));
    }

    #[test]
    fn files_and_urls_are_told_from_names() {
        assert!(Reference::is_external("other.yaml#/components/schemas/A"));
        assert!(Reference::is_external("https://example.com/a"));
        let pet = Pointer::root().child("Pet");
        assert_eq!(
            Reference::parse("a%20b.yaml#/Pet"),
            Reference::File("a b.yaml".into(), pet)
        );
        assert_eq!(Reference::parse("urn:a:b#/c"), Reference::External);
        assert_eq!(Reference::parse("//host/a.yaml"), Reference::External);
        assert_eq!(Reference::parse("#Pet"), Reference::External);
        assert_eq!(Reference::parse("Pet"), Reference::Name("Pet"));
        assert!(!Reference::is_external("#/components/schemas/a.b"));
    }

    #[test]
    fn a_component_is_named_by_exactly_three_keys() {
        let schema = |text| component_name(text, "schemas").map(String::from);
        assert_eq!(schema("#/components/schemas/A~1b").as_deref(), Some("A/b"));
        assert_eq!(schema("#/components/schemas/A%20b").as_deref(), Some("A b"));
        assert_eq!(schema("#/components/schemas/A/properties"), None);
        assert_eq!(schema("#/components/responses/A"), None);
        assert_eq!(schema("#/components/schemas"), None);
        assert_eq!(schema("A"), None);
        let (section, name) = component("#/components/responses/A").unwrap();
        assert_eq!((&*section, &*name), ("responses", "A"));
    }
}
