//! Which proxy URLs are valid.

use crate::runtime::proxy::check;

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
