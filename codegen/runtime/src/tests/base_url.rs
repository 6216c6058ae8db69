//! Which base URLs are valid, and which URLs requests have.

use crate::runtime::base_url::{KeptUrls, join, parse};

#[test]
fn paths_are_appended_to_a_base_url_with_or_without_a_final_slash() {
    for (base, path, expected) in [
        ("https://a.example", "/v1/x", "https://a.example/v1/x"),
        ("https://a.example/", "/v1/x", "https://a.example/v1/x"),
        (
            "https://a.example/p/q",
            "/v1/x",
            "https://a.example/p/q/v1/x",
        ),
        (
            "https://a.example/p/q/",
            "/v1/x",
            "https://a.example/p/q/v1/x",
        ),
        (
            "https://a.example:8443//",
            "/%2F",
            "https://a.example:8443/%2F",
        ),
    ] {
        let base = parse(base, false).expect("a good base URL");
        assert_eq!(join(&base, path, "").as_str(), expected);
    }
    let base = parse("https://a.example", false).expect("a good base URL");
    let url = join(&base, "/x", "a=1&b=%26");
    assert_eq!(url.as_str(), "https://a.example/x?a=1&b=%26");
}

#[test]
fn an_invalid_base_url_is_rejected_and_not_repeated() {
    for text in [
        "",
        "a.example",
        "/v1",
        "https://",
        "https://user@a.example",
        "https://user:secret@a.example",
        "https://:secret@a.example",
        "https://a.example?key=secret",
        "https://a.example?",
        "https://a.example#secret",
        "https://a.example/ secret",
        " https://a.example",
        "https://a.example\n",
        "https://a.example\t/secret",
        "ftp://a.example",
        "file:///secret",
        "mailto:secret@a.example",
        "data:secret",
        "http://a.example",
        "http://10.0.0.1",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://[::2]",
    ] {
        let reason = parse(text, false).expect_err(text);
        assert!(!reason.contains("secret"), "{text}: {reason}");
    }
}

#[test]
fn http_is_accepted_for_loopback_or_if_allowed() {
    for text in [
        "http://localhost:8080",
        "http://LOCALHOST",
        "http://127.0.0.1:1",
        "http://127.8.9.1",
        "http://0x7f.1",
        "http://[::1]:80",
    ] {
        assert!(parse(text, false).is_ok(), "{text}");
    }
    assert!(parse("http://a.example", true).is_ok());
    assert!(parse("ftp://a.example", true).is_err());
}

#[test]
fn a_kept_url_is_the_joined_one() {
    for base in ["https://api.example.com", "https://api.example.com/v1/"] {
        let base = parse(base, false).expect("it is valid");
        let kept = KeptUrls::default();
        for path in ["/a", "/b/c", "/a"] {
            assert_eq!(kept.join(&base, path), join(&base, path, ""));
        }
    }
}
