//! `spec/README.md` lists every departure of the description.

use std::fs;

const UPDATE: &str = "UPDATE_DEPARTURES=1 cargo test -p xtask --test departures";

const HEAD: &str = "| place | key | published | why |\n|---|---|---|---|\n";

/// The table, made from the description.
fn table() -> String {
    let description = fs::read(xtask::workspace().join("spec/openapi.yaml")).unwrap();
    let departures = codegen::departures(&description, "spec/openapi.yaml").unwrap();
    assert!(departures.len() > 5, "the departures are found");
    let rows = departures.iter().map(|departure| {
        format!(
            "| `{}` | `{}` | `{}` | {} |\n",
            departure.at,
            departure.key,
            departure.upstream,
            departure.reason.replace('|', "\\|")
        )
    });
    HEAD.to_owned() + &rows.collect::<String>()
}

#[test]
fn the_page_lists_every_departure() {
    let path = xtask::workspace().join("spec/README.md");
    let page = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let (before, rest) = page.split_once(HEAD).expect("the table");
    let after = rest.find("\n\n").map_or("", |end| &rest[end + 1..]);
    let wanted = format!("{before}{}{after}", table());
    if std::env::var_os("UPDATE_DEPARTURES").is_some() {
        fs::write(&path, &wanted).expect("the page can be written");
    } else {
        assert!(
            page == wanted,
            "the table of departures in spec/README.md is out of date; run: {UPDATE}"
        );
    }
}
