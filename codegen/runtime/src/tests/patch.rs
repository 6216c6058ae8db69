//! Conversions of `Patch`.

use crate::runtime::Patch;

const ALL: [Patch<u8>; 3] = [Patch::Absent, Patch::Null, Patch::Value(1)];

#[test]
fn none_is_absent() {
    assert_eq!(Patch::<u8>::from(None), Patch::Absent);
    assert_eq!(Patch::from(Some(1)), Patch::Value(1));
    // A struct literal takes an option as it is.
    let field: Patch<u8> = Some(1).into();
    assert_eq!(field, Patch::Value(1));
}

#[test]
fn only_a_value_becomes_an_option() {
    assert_eq!(ALL.map(Patch::into_option), [None, None, Some(1)]);
    assert_eq!(ALL.each_ref().map(Patch::value), [None, None, Some(&1)]);
}

#[test]
fn a_map_keeps_absent_and_null() {
    let mapped = ALL.map(|patch| patch.map(u16::from));
    assert_eq!(mapped, [Patch::Absent, Patch::Null, Patch::Value(1_u16)]);
    let borrowed = ALL.each_ref().map(Patch::as_ref);
    assert_eq!(borrowed, [Patch::Absent, Patch::Null, Patch::Value(&1)]);
}
