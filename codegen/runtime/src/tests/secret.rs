//! Credentials in texts that a server sends.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::runtime::error::{Error, ErrorInner, ErrorKind};
use crate::runtime::response::Response;
use crate::runtime::secret::Redactor;

/// A key with characters that each encoding escapes.
const KEY: &str = r#"k/e+y=0?1&2%3"4<5_é\6"#;

/// Encodes each character.
fn encoded(encode: impl Fn(char) -> String) -> String {
    KEY.chars().map(encode).collect()
}

fn units(character: char, format: impl Fn(u16) -> String) -> String {
    let mut units = [0; 2];
    character
        .encode_utf16(&mut units)
        .iter()
        .map(|unit| format(*unit))
        .collect()
}

fn percent(character: char, format: impl Fn(u8) -> String) -> String {
    let mut bytes = [0; 4];
    character
        .encode_utf8(&mut bytes)
        .bytes()
        .map(format)
        .collect()
}

/// The key in everything that a server may make of it.
fn echoes() -> Vec<String> {
    let json = serde_json::to_string(KEY).expect("it is text");
    let json = json.trim_matches('"').to_owned();
    let slashes = json.replace('/', r"\/");
    let html = KEY
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;");
    let names = html
        .replace('/', "&sol;")
        .replace('+', "&plus;")
        .replace('=', "&equals;");
    let url: String = url_encoded(KEY);
    vec![
        KEY.to_owned(),
        json.clone(),
        slashes.clone(),
        // JSON in a JSON string, and what `Debug` makes of that.
        format!("{slashes:?}"),
        format!("{:?}", format!("{slashes:?}")),
        encoded(|c| units(c, |unit| format!("\\u{unit:04x}"))),
        encoded(|c| units(c, |unit| format!("\\u{unit:04X}"))),
        encoded(|c| c.escape_unicode().to_string()),
        encoded(|c| percent(c, |byte| format!("%{byte:02x}"))),
        encoded(|c| percent(c, |byte| format!("%{byte:02X}"))),
        url.clone(),
        url.to_lowercase().replace("k%2f", "k%2F"),
        url.replace('%', "%25"),
        html.clone(),
        html.replace('&', "&amp;"),
        names,
        encoded(|c| format!("&#{};", u32::from(c))),
        encoded(|c| format!("&#x{:x};", u32::from(c))),
        encoded(|c| format!("&#X{:04X};", u32::from(c))),
        BASE64_STANDARD.encode(KEY),
        BASE64_URL_SAFE_NO_PAD.encode(KEY),
        BASE64_STANDARD.encode(format!("user:{KEY}")),
        BASE64_STANDARD.encode(format!("x{KEY}y")),
        url_encoded(&BASE64_STANDARD.encode(format!("xy{KEY}"))),
    ]
}

fn url_encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// A part of the key in each of its encodings, as far as it can be seen in a text.
fn shows_a_part(text: &str) -> bool {
    let core = BASE64_STANDARD.encode(KEY);
    ["k/e", "y=0", "%3", "k%2", "k&#", "k\\", &core[..12]]
        .iter()
        .any(|part| text.contains(part))
}

#[test]
fn an_escaped_credential_is_hidden() {
    let redactor = Redactor::of_client(&[KEY]);
    for echo in echoes() {
        let text = format!("before {echo} after & 100 % \\ {echo}");
        let hidden = redactor.redact(&text);
        assert_eq!(
            hidden.matches("[hidden]").count(),
            2,
            "{text} became {hidden}"
        );
        assert!(
            hidden.starts_with("before ") && hidden.contains(" after & 100 % \\ "),
            "{hidden}"
        );
        assert!(!shows_a_part(&hidden), "{text} became {hidden}");
    }
}

/// Encodings of a key that contains escape sequences itself.
#[test]
fn a_credential_with_escape_sequences_is_hidden() {
    for key in [
        r" \%6aaA0",
        r"abcdefg\",
        r"\u0041bcdefgh",
        r"\u00%341bcdefgh",
        r"&%61mp;bcdefgh",
        r"%&#54;1bcdefgh",
        r"&#3%37;bcdefgh",
        r"%2541bcdefgh",
    ] {
        let redactor = Redactor::of_client(&[key]);
        let json = serde_json::to_string(key).expect("it is text");
        let html = key.replace('&', "&amp;");
        for echo in [
            json.trim_matches('"').to_owned(),
            format!("{json:?}"),
            url_encoded(key),
            html,
            url_encoded(&json[1..json.len() - 1]),
        ] {
            let hidden = redactor.redact(&echo);
            assert!(hidden.contains("[hidden]"), "{key} as {echo}: {hidden}");
        }
    }
}

#[test]
fn a_credential_of_one_call_is_hidden_as_well() {
    let mut value = HeaderValue::from_static("Bearer token/of/one+call");
    value.set_sensitive(true);
    let redactor = Redactor::default().and(&[(http::header::AUTHORIZATION, value.clone())]);
    for echo in [
        "Bearer token/of/one+call",
        r"token\/of\/one+call",
        "token%2fof%2fone%2bcall",
        "token&#x2F;of&#47;one&plus;call",
        "token&#x0000002F;of&#00000047;one&plus;call",
    ] {
        assert_eq!(redactor.redact(echo), "[hidden]", "{echo}");
    }
    value.set_sensitive(false);
    let redactor = Redactor::default().and(&[(http::header::AUTHORIZATION, value.clone())]);
    assert_eq!(redactor.redact("token/of/one+call"), "token/of/one+call");
}

#[test]
fn other_texts_stay_as_they_are() {
    let redactor = Redactor::of_client(&[KEY, "short"]);
    for text in [
        "",
        "short",
        "100 % of a\\b & c",
        "%",
        "%4",
        "%zz%C3",
        "&;&#;&#x;&#xD800;&unknown;&#99999999999;&amp",
        r"\u \u12 \u{} \u{110000} \uD800 \",
        "k/e+y=0?1&2%3",
    ] {
        assert_eq!(redactor.redact(text), text);
    }
}

#[test]
fn errors_and_responses_hide_an_escaped_credential() {
    for echo in echoes() {
        let redactor = Redactor::of_client(&[KEY]);
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("text/plain"));
        let error = Error::new(ErrorInner {
            status: Some(StatusCode::BAD_REQUEST),
            headers: headers.clone(),
            body: Bytes::from(echo.clone()),
            redactor: redactor.clone(),
            ..ErrorInner::new(ErrorKind::Status)
        });
        let response = Response {
            status: StatusCode::OK,
            headers,
            raw_body: Bytes::new(),
            body: vec![echo],
            attempts: 1,
            redactor,
        };
        for text in [
            error.to_string(),
            format!("{error:?}"),
            format!("{error:#?}"),
            format!("{response:?}"),
            format!("{response:#?}"),
        ] {
            assert!(text.contains("[hidden]") && !shows_a_part(&text), "{text}");
        }
    }
}

#[test]
fn the_start_of_a_long_text_has_no_part_of_a_credential() {
    let redactor = Redactor::of_client(&[KEY]);
    let echo = encoded(|c| format!("&amp;#{};", u32::from(c))) + " ";
    for before in ["", "é", "some"] {
        let text = before.to_owned() + &echo.repeat(10_000);
        let hidden = redactor.redact_start(&text);
        let times = hidden.matches("[hidden]").count();
        let expected = before.to_owned() + &"[hidden] ".repeat(times);
        assert_eq!(hidden.trim_end(), expected.trim_end());
        assert!((100..10_000).contains(&times), "{times}");
    }
    let plain = "é".repeat(1_000_000);
    assert!(plain.starts_with(&*redactor.redact_start(&plain)));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..proptest::test_runner::Config::with_cases(2_000)
    })]

    /// No text panics, and no key survives in the encodings that are made of it.
    #[test]
    fn every_key_is_hidden_in_every_text(
        key in r"[ -~]{8,40}|[\\%&u0-9a-f #;]{8,20}",
        around in r"[\\%&#xu0-9a-fA-F;{}é ]{0,30}",
    ) {
        let redactor = Redactor::of_client(&[key.as_str()]);
        redactor.redact(&around);
        let quoted = format!("{key:?}");
        let quoted = quoted[1..quoted.len() - 1].to_owned();
        for echo in [key.clone(), url_encoded(&key), quoted, key.replace('&', "&amp;")] {
            let text = format!("{around} {echo} {around}");
            let hidden = redactor.redact(&text);
            proptest::prop_assert!(hidden.contains("[hidden]"), "{}", hidden);
        }
    }
}
