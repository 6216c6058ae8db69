//! An https base URL with each TLS feature, and without TLS.

use comp_ai_client::{Client, Error};

fn build(base_url: &str) -> Result<Client, Error> {
    let builder = Client::builder().api_key("comp_key");
    builder.base_url(base_url).build()
}

#[cfg(not(feature = "rustls-no-provider"))]
#[test]
fn without_tls_only_http_on_loopback_is_accepted() {
    let error = build("https://api.trycomp.ai").expect_err("there is no TLS");
    assert_eq!(error.kind(), comp_ai_client::ErrorKind::Configuration);
    assert!(error.to_string().contains("feature `rustls`"), "{error}");
    assert!(build("http://127.0.0.1:1").is_ok());
}

#[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
#[test]
fn a_missing_cryptography_provider_is_an_error() {
    let error = build("https://api.trycomp.ai").expect_err("no provider is installed");
    assert_eq!(error.kind(), comp_ai_client::ErrorKind::Configuration);
    assert!(error.to_string().contains("install_default"), "{error}");

    let provider = rustls::crypto::ring::default_provider();
    assert!(provider.install_default().is_ok());
    assert!(build("https://api.trycomp.ai").is_ok());
}

#[cfg(feature = "rustls")]
#[test]
fn by_default_https_works_without_a_process_wide_provider() {
    assert!(build("https://api.trycomp.ai").is_ok());
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}
