//! A parameter stays one path segment, and a literal path is sent unchanged.

use crate::runtime::operation::PathParameter;
use crate::runtime::path::{fill, literal};

const ID: &[PathParameter] = &[PathParameter {
    name: "id",
    reserved: &["bulk"],
}];

#[test]
fn all_but_unreserved_characters_are_encoded() {
    for (value, expected) in [
        ("a-b_c.d~e", "/x/a-b_c.d~e/y"),
        ("a b/c?d#e%2F", "/x/a%20b%2Fc%3Fd%23e%252F/y"),
        ("\\;+\t\n\0", "/x/%5C%3B%2B%09%0A%00/y"),
        ("é", "/x/%C3%A9/y"),
        ("%2e%2e", "/x/%252e%252e/y"),
        ("{id}", "/x/%7Bid%7D/y"),
    ] {
        assert_eq!(fill("/x/{id}/y", ID, &[value]).as_deref(), Ok(expected));
    }
}

#[test]
fn values_that_address_another_path_are_rejected() {
    for value in ["", ".", "..", "bulk", "BULK"] {
        let reason = fill("/x/{id}", ID, &[value]).expect_err(value);
        assert!(reason.contains("`id`"), "{reason}");
    }
    assert!(fill("/x/{id}", ID, &["bulk2"]).is_ok());
}

#[test]
fn several_parameters_keep_their_order() {
    let parameters = &[
        PathParameter {
            name: "a",
            reserved: &[],
        },
        PathParameter {
            name: "b",
            reserved: &[],
        },
    ];
    let path = fill("/{a}/x{b}.json", parameters, &["1/", "2"]);
    assert_eq!(path.as_deref(), Ok("/1%2F/x2.json"));
}

#[test]
fn a_literal_path_is_unchanged_or_rejected() {
    for path in ["/", "/v1/tasks", "/v1/a%20b", "/v1/a:b@c,d;e"] {
        assert!(literal(path).is_ok(), "{path}");
    }
    for path in [
        "",
        "v1",
        "/a?b",
        "/a#b",
        "/a b",
        "/a\\b",
        "/a\n",
        "/é",
        "/../a",
        "/a/..",
        "/a/./b",
        "/a/%2e%2E",
        "/a/.%2e/b",
        "https://a.example",
    ] {
        assert!(literal(path).is_err(), "{path}");
    }
}
