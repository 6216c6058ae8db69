//! What a type keeps of the JSON value that it is decoded from. Unions choose their variant by it.

use std::any::TypeId;
use std::cell::RefCell;
use std::collections::HashMap;

thread_local! {
    /// None outside of a union.
    static FIT: RefCell<Option<Fit>> = const { RefCell::new(None) };
}

/// What decoding has kept so far of the value of the outermost union.
#[derive(Default)]
pub(crate) struct Fit {
    /// The nodes of the value that a type keeps.
    pub(crate) kept: Vec<usize>,
    /// Number of nodes that no type keeps.
    pub(crate) lost: usize,
    /// Number of kept nodes that the description does not list: unknown enum values and unions.
    pub(crate) unlisted: usize,
    /// Number of required keys that the value lacks, and that are read as null.
    pub(crate) absent: usize,
    /// The row that each type of union chose for a node; none for `Other`. Without it, the time to decode
    /// unions in unions would grow exponentially with their depth.
    pub(crate) choices: HashMap<(usize, TypeId), Option<usize>>,
}

/// Reads or changes what decoding has kept so far.
pub(crate) fn with<T>(change: impl FnOnce(&mut Fit) -> T) -> T {
    FIT.with_borrow_mut(|fit| change(fit.get_or_insert_default()))
}

/// Decodes the value of an outermost union, which starts with nothing kept.
pub(crate) fn outermost<T>(decode: impl FnOnce() -> T) -> T {
    let outer = FIT.replace(Some(Fit::default()));
    let decoded = decode();
    FIT.replace(outer);
    decoded
}

/// Notes that a type keeps a value that the description does not list.
pub(crate) fn unlisted() {
    count(|fit| &mut fit.unlisted);
}

/// Notes that a required key is absent and is read as null.
pub(crate) fn absent() {
    count(|fit| &mut fit.absent);
}

fn count(number: fn(&mut Fit) -> &mut usize) {
    FIT.with_borrow_mut(|fit| {
        if let Some(fit) = fit {
            *number(fit) += 1;
        }
    });
}
