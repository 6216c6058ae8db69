//! Which proxy URLs are valid.

use std::ffi::OsString;

use crate::runtime::proxy::{check, check_environment};

fn environment(variables: &[(&str, &str)]) -> Result<(), String> {
    let variable = |name: &str| {
        let mut variables = variables.iter();
        let value = variables.find(|(other, _)| *other == name)?.1;
        Some(OsString::from(value))
    };
    check_environment(&variable, "api.example.com")
}

#[test]
fn a_proxy_of_the_environment_that_reqwest_ignores_is_rejected_and_not_repeated() {
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        for value in [
            "http://",
            "http://user:secret@",
            "http://proxy.example:secret",
            "secret://proxy.example:3128",
            "socks5://user:secret@proxy.example",
            "http://proxy.example/ secret",
            "/secret",
        ] {
            let reason = environment(&[(name, value)]).expect_err(value);
            let start = format!("the environment variable {name} is not a proxy URL");
            assert!(reason.starts_with(&start), "{reason}");
            assert!(!reason.contains("secret"), "{reason}");
        }
        for value in [
            "",
            "http://proxy.example:3128",
            "proxy.example:3128",
            "user:p%40ss@[::1]:3128",
        ] {
            assert_eq!(environment(&[(name, value)]), Ok(()), "{value}");
        }
    }
}

#[test]
fn only_the_proxy_that_would_be_used_is_checked() {
    let bad = ("HTTPS_PROXY", "http://");
    for other in [
        ("NO_PROXY", "*"),
        ("NO_PROXY", "other.example, .example.com"),
        ("no_proxy", "example.com"),
        ("NO_PROXY", "api.example.com"),
        ("REQUEST_METHOD", "GET"),
    ] {
        assert_eq!(environment(&[bad, other]), Ok(()), "{other:?}");
    }
    for other in [
        ("NO_PROXY", ""),
        ("NO_PROXY", "ple.com, ., other.example"),
        ("HTTP_PROXY", "http://proxy.example"),
        ("ALL_PROXY", "http://proxy.example"),
    ] {
        environment(&[bad, other]).expect_err(other.1);
    }
    assert_eq!(environment(&[]), Ok(()));
    assert_eq!(environment(&[("HTTP_PROXY", "http://")]), Ok(()));
    let good = ("HTTPS_PROXY", "http://proxy.example");
    assert_eq!(environment(&[good, ("ALL_PROXY", "http://")]), Ok(()));
}

#[test]
fn a_proxy_url_that_reqwest_ignores_is_rejected_and_not_repeated() {
    for text in [
        "",
        "proxy.example",
        "proxy.example:3128",
        "secret:secret@proxy.example:3128",
        "//proxy.example",
        "http://",
        "http://:3128",
        "http://user:secret@",
        "http://proxy.example:secret",
        "ftp://user:secret@proxy.example",
        "socks5://user:secret@proxy.example",
        "file:///secret",
    ] {
        let reason = check(text).expect_err(text);
        assert!(!reason.contains("secret"), "{reason}");
    }
    for text in [
        "http://proxy.example",
        "http://proxy.example:3128/",
        "http://user:p%40ss@127.0.0.1:3128",
        "http://user:p{a}ss|^@proxy.example",
        "http://[::1]:3128",
    ] {
        assert!(check(text).is_ok(), "{text}");
    }
    assert_eq!(
        check("https://proxy.example").is_ok(),
        cfg!(feature = "rustls-no-provider")
    );
}
