//! `spec/README.md` lists every departure of the description.

use std::fs;

#[test]
fn the_page_lists_every_departure() {
    let spec = xtask::workspace().join("spec");
    let description = fs::read(spec.join("openapi.yaml")).unwrap();
    let departures = codegen::departures(&description, "spec/openapi.yaml").unwrap();
    let rows: Vec<String> = departures
        .iter()
        .map(|one| {
            format!(
                "| `{}` | `{}` | `{}` | {} |",
                one.at,
                one.key,
                one.upstream,
                one.reason.replace('|', "\\|")
            )
        })
        .collect();
    let head = "| place | key | published | why |\n|---|---|---|---|";
    let table = format!("{head}\n{}\n", rows.join("\n"));
    let page = fs::read_to_string(spec.join("README.md")).unwrap();
    let page = page.replace("\r\n", "\n");
    assert!(
        page.contains(&format!("\n\n{table}\n")),
        "spec/README.md does not list the departures of spec/openapi.yaml; write there:\n\n{table}"
    );
    assert!(departures.len() > 5);
}
