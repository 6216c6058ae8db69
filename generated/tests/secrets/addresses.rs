//! Credentials in base URLs, proxy URLs and headers.

use comp_ai_client::ErrorKind;

use super::support::recorder::Recorder;
use super::support::{Server, builder, closed_port, error};
use super::{PASSWORD, Texts, assert_no_secret_recorded, new_task, rejected};

fn with_password(url: &str) -> String {
    url.replace("SECRET", PASSWORD)
}

#[test]
fn credentials_in_a_rejected_url_do_not_appear() {
    let mut texts = Texts::default();
    for url in [
        "https://user:SECRET@api.example.com",
        "https://SECRET@api.example.com",
        "https://user:SECRET@api.example.com:port",
        "https://api.example.com/?token=SECRET",
        "https://api.example.com/#SECRET",
        "SECRET://api.example.com",
        "user:SECRET@api.example.com",
        "//SECRET",
        "https://SECRET api.example.com",
        "https://[SECRET]",
    ] {
        let builder = builder(with_password(url));
        texts.debug(&builder);
        texts.error(&rejected(builder.build()));
    }
    for url in [
        "http://user:SECRET@",
        "http://user:SECRET@host:port",
        "ftp://user:SECRET@host",
    ] {
        let builder = builder("https://api.example.com").proxy(with_password(url));
        texts.debug(&builder);
        texts.error(&rejected(builder.build()));
    }
    let invalid = with_password("SECRET\n");
    let builder = builder(closed_port()).header("authorization", &invalid);
    texts.debug(&builder);
    texts.error(&rejected(builder.build()));
    texts.check();
}

/// Neither a proxy that is not running nor one that rejects the credentials.
#[tokio::test]
async fn the_credentials_of_a_proxy_do_not_appear() {
    let recorder = Recorder::install();
    let mut texts = Texts::default();
    let denies = Server::start(error(407, "no"));
    for proxy in [closed_port(), denies.origin()] {
        let proxy = proxy.replace("http://", &with_password("http://user:SECRET@"));
        let builder = builder("https://localhost:1").proxy(proxy);
        texts.debug(&builder);
        let client = builder.build().expect("the client is built");
        texts.debug(&client);
        let error = client.create_task(&new_task()).await;
        let error = error.expect_err("no connection");
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert!(!error.may_have_been_applied());
        texts.error(&error);
    }
    texts.check();
    assert_no_secret_recorded(recorder);
}
