//! The documentation of a crate: its sections and examples follow from the description. The golden
//! cases show whole pages, and compile their examples.

use codegen::{Options, runtime_sources};

const SECTIONS: [&str; 10] = [
    "Install",
    "First call",
    "Errors",
    "Retries and timeouts",
    "Rate limits",
    "Beyond the description",
    "Blocking",
    "TLS",
    "Testing",
    "Features",
];

fn page(description: &str) -> String {
    let options = Options {
        mock: true,
        spec_path: "spec.yaml".to_owned(),
        spec_name: "spec.yaml".to_owned(),
        crate_name: "things-client".to_owned(),
        ..Options::default()
    };
    let output = codegen::generate(description.as_bytes(), &options);
    let files = output.unwrap_or_else(|problems| panic!("{problems}")).files;
    let lines = files["src/lib.rs"].lines();
    let lines = lines.filter_map(|line| line.strip_prefix("//!"));
    lines
        .map(|line| format!("{}\n", line.trim_start()))
        .collect()
}

fn has_section(page: &str, name: &str) -> bool {
    page.lines().any(|line| line == format!("# {name}"))
}

#[test]
fn a_description_without_operations_has_one_too() {
    let page = page("openapi: 3.0.3\ninfo: {title: Things, version: '1'}\npaths: {}\n");
    for name in SECTIONS {
        assert!(has_section(&page, name), "no `{name}` in:\n{page}");
    }
    for name in ["Credentials", "Null and absent"] {
        assert!(
            !has_section(&page, name),
            "`{name}` says nothing in:\n{page}"
        );
    }
    assert!(page.contains("client.request(http::Method::GET"), "{page}");
    assert!(
        page.contains("reads the base URL from `THINGS_BASE_URL`."),
        "{page}"
    );
    // Every word has been filled in.
    assert!(!page.contains('@'), "{page}");
}

const DESCRIPTION: &str = "
openapi: 3.0.3
info: {title: Things, version: '1'}
servers: [{url: https://things.example}]
security: [{key: []}]
paths:
  /things:
    get:
      operationId: countThings
      summary: Count | things
      responses: {'200': {description: So many, content: {text/plain: {schema: {type: string}}}}}
    post:
      operationId: makeThing
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
      responses:
        '200': {description: It, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Thing:
      type: object
      properties: {nick: {type: string, nullable: true, example: Joe}}
";

/// The names, the call and the type are those of the API, and JSON is preferred to text.
#[test]
fn the_examples_are_those_of_the_api() {
    let page = page(DESCRIPTION);
    for line in [
        "| [`count_things`](Client::count_things) | `GET /things` | Count \\| things |",
        "cargo add things-client --path path/to/this/crate",
        "use things_client::Client;",
        "let body = Thing::new().nick(\"Joe\");",
        "let thing = client.make_thing(&body).await?;",
        ".api_key(api_key)",
        "[`count_things`](Client::count_things) is repeatable, [`make_thing`](Client::make_thing) is not.",
        "assert_eq!(serde_json::to_string(&null)?, r#\"{\"nick\":null}\"#);",
        "match thing.nick {",
        "mock.make_thing().respond_with_rate_limit(Duration::from_secs(600));",
    ] {
        let found = page.lines().any(|found| found == line);
        assert!(found, "no `{line}` in:\n{page}");
    }
    assert!(page.contains("reads the API key from `THINGS_API_KEY`, and the base URL"));
    assert!(has_section(&page, "Credentials"));
}

/// What a feature adds is said once, in the manifest.
#[test]
fn every_feature_is_in_the_table() {
    let page = page(DESCRIPTION);
    let manifest = runtime_sources::MANIFEST.replace('\r', "");
    let (_, features) = manifest.split_once("[features]\n").expect("features");
    let (features, _) = features.split_once("\n[").expect("another section");
    let names = features.lines().filter_map(|line| line.split_once(" = "));
    let names: Vec<&str> = names.map(|(name, _)| name).collect();
    assert!(names.contains(&"rustls"));
    for name in names.into_iter().filter(|name| *name != "default") {
        let row = |line: &str| line.starts_with(&format!("| `{name}`")) && !line.ends_with("|  |");
        assert!(page.lines().any(row), "no row of `{name}` in:\n{page}");
    }
}
