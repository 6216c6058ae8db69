//! JSON pointers (RFC 6901) into the description.

use std::borrow::{Borrow, Cow};
use std::fmt::{self, Write};

/// A JSON pointer: the keys from the root of the document to a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Pointer(String);

impl Pointer {
    /// The pointer to the whole document.
    pub(crate) fn root() -> Self {
        Pointer::default()
    }

    /// Converts the text of a pointer. A `~` that escapes nothing is a plain character.
    pub(crate) fn of_text(text: &str) -> Self {
        if !text.contains('~') {
            return Pointer(text.to_owned());
        }
        let keys = text.split('/').skip(1);
        keys.fold(Pointer::root(), |pointer, key| {
            pointer.child(unescaped(key))
        })
    }

    /// Returns the pointer to the value under a key, or to the item with an index.
    pub(crate) fn child(&self, key: impl fmt::Display) -> Self {
        let mut pointer = String::with_capacity(self.0.len() + 24);
        pointer.push_str(&self.0);
        let mut pointer = Pointer(pointer);
        pointer.push(key);
        pointer
    }

    fn push(&mut self, key: impl fmt::Display) {
        let pointer = &mut self.0;
        pointer.push('/');
        let start = pointer.len();
        let _ = write!(pointer, "{key}");
        if pointer[start..].contains(['~', '/']) {
            let key = pointer[start..].replace('~', "~0").replace('/', "~1");
            pointer.replace_range(start.., &key);
        }
    }

    /// Returns the pointer to the value at the end of several keys.
    pub(crate) fn descend<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Self {
        keys.into_iter()
            .fold(self.clone(), |pointer, key| pointer.child(key))
    }

    /// Returns the pointer to the value that a pointer refers to, starting from this one.
    pub(crate) fn join(&self, inner: &Pointer) -> Self {
        Pointer(format!("{}{}", self.0, inner.0))
    }

    /// Returns the keys, from the root on.
    pub(crate) fn keys(&self) -> impl Iterator<Item = String> {
        self.steps().map(Cow::into_owned)
    }

    /// As [`Self::keys`], without a copy of the keys that have nothing to unescape.
    pub(super) fn steps(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescaped)
    }

    /// Returns the pointer as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the pointer, as text, and those to everything that contains its value, up to the root.
    pub(crate) fn prefixes(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self.as_str()), |pointer| {
            let (parent, _) = pointer.rsplit_once('/')?;
            Some(parent)
        })
    }

    /// Returns the pointer to the object or array that contains the value.
    pub(crate) fn parent(&self) -> Option<Pointer> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Pointer(parent.to_owned()))
    }

    /// Returns whether the value is a component or in one.
    pub(crate) fn is_in_components(&self) -> bool {
        self.0.starts_with("/components/")
    }

    /// Returns whether the value is a component.
    pub(crate) fn is_component(&self) -> bool {
        self.is_in_components() && self.keys().count() == 3
    }

    /// Returns the section and the name of the component that is or contains the value.
    pub(crate) fn component(&self) -> Option<(String, String)> {
        let mut keys = self.keys().skip(1);
        let component = (keys.next()?, keys.next()?);
        self.is_in_components().then_some(component)
    }

    /// Whether the value is the value of `other`, or inside it.
    pub(crate) fn is_within(&self, other: &Pointer) -> bool {
        let rest = self.0.strip_prefix(&other.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Sets and maps of pointers can be searched by text.
impl Borrow<str> for Pointer {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The pointer to the current node of a recursive walk. It borrows the caller's pointer, so that a step
/// allocates nothing. Converted into a [`Pointer`] where one is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LazyPointer<'a> {
    To(&'a Pointer),
    Child(&'a LazyPointer<'a>, &'a str),
    Item(&'a LazyPointer<'a>, usize),
}

impl LazyPointer<'_> {
    /// Returns the pointer to the value under a key.
    pub(crate) fn child<'p>(&'p self, key: &'p str) -> LazyPointer<'p> {
        LazyPointer::Child(self, key)
    }

    /// Returns the pointer to an item of an array.
    pub(crate) fn item(&self, index: usize) -> LazyPointer<'_> {
        LazyPointer::Item(self, index)
    }

    /// Converts into an owned pointer.
    pub(crate) fn pointer(&self) -> Pointer {
        let mut pointer = Pointer(String::with_capacity(96));
        self.write(&mut pointer);
        pointer
    }

    fn write(&self, pointer: &mut Pointer) {
        match self {
            LazyPointer::To(start) => pointer.0.push_str(&start.0),
            LazyPointer::Child(above, key) => {
                above.write(pointer);
                pointer.push(key);
            }
            LazyPointer::Item(above, index) => {
                above.write(pointer);
                pointer.push(index);
            }
        }
    }
}

/// Unescapes a key of a pointer.
pub(crate) fn unescaped(key: &str) -> Cow<'_, str> {
    match key.contains('~') {
        true => Cow::Owned(key.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(key),
    }
}
