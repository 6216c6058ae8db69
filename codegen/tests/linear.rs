//! A description of twice the size takes about twice the work. Work is counted in allocations, which
//! do not depend on the machine.

use std::fmt::Write;

use codegen::Options;

const HEAD: &str = r##"{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{"/things":{"get":{
"operationId":"getThing","responses":{"200":{"description":"D","content":{"application/json":{"schema":
{"$ref":"#/components/schemas/S0"}}}}}}}},"components":{"schemas":{"##;

/// A description with the schemas from `S0` to the last.
fn description(count: usize, schema: impl Fn(usize) -> String) -> String {
    let mut text = HEAD.to_owned();
    for index in 0..count {
        let _ = write!(text, r#""S{index}":{},"#, schema(index));
    }
    let _ = write!(text, r#""S{count}":{{"type":"string"}}}}}}}}"#);
    text
}

/// A description with one object schema, of these properties.
fn wide(count: usize, property: &str) -> String {
    let properties = (0..count).map(|index| format!(r#""key{index}":{property}"#));
    let properties: Vec<String> = properties.collect();
    let schema = format!(
        r#"{{"type":"object","properties":{{{}}}}}"#,
        properties.join(",")
    );
    description(1, |_| schema.clone())
}

/// The number and the bytes of the allocations, for a run that also prints its diagnostics.
fn work(text: &str) -> (u64, u64) {
    let options = Options {
        spec_path: "spec.json".to_owned(),
        spec_name: "spec.json".to_owned(),
        crate_name: "client".to_owned(),
        keep_going: true,
        ..Options::default()
    };
    let measured = allocation_counter::measure(|| {
        let diagnostics = match codegen::generate_by_stage(text.as_bytes(), &options, |_| ()) {
            Ok(output) => output.warnings,
            Err(diagnostics) => diagnostics,
        };
        drop((diagnostics.to_string(), diagnostics.to_json_lines()));
    });
    (measured.count_total, measured.bytes_total)
}

#[test]
fn work_grows_in_proportion_to_the_description() {
    type Make = fn(usize) -> String;
    let cases: [(&str, Make); 16] = [
        ("values of an enum", |count| {
            let values = (0..count).map(|index| format!(r#""value {index}""#));
            let values: Vec<String> = values.collect();
            let schema = format!(r#"{{"type":"string","enum":[{}]}}"#, values.join(","));
            description(1, |_| schema.clone())
        }),
        ("properties", |count| wide(count, r#"{"type":"string"}"#)),
        ("unknown keys in one line", |count| {
            wide(count, r#"{"type":"string","frobnicate":"é"}"#)
        }),
        ("values of an enum that are signs", |count| {
            let sign = |index: usize| char::from(b"!#$%&()*+,-./:;?@"[index % 16]);
            let value = |index| {
                format!(
                    r#""{}{}{}""#,
                    sign(index),
                    sign(index / 16),
                    sign(index / 256)
                )
            };
            let values: Vec<String> = (0..count).map(value).collect();
            let schema = format!(r#"{{"type":"string","enum":[{}]}}"#, values.join(","));
            description(1, |_| schema.clone())
        }),
        ("values of two enums that are merged", |count| {
            let values: Vec<String> = (0..count).map(|index| format!(r#""v{index}""#)).collect();
            let values = format!(r#"{{"type":"string","enum":[{}]}}"#, values.join(","));
            let schema = format!(r#"{{"allOf":[{values},{values}]}}"#);
            description(1, |_| schema.clone())
        }),
        ("required properties", |count| {
            let names: Vec<String> = (0..count).map(|index| format!(r#""key{index}""#)).collect();
            wide(count, r#"{"type":"string"}"#).replacen(
                r#""properties""#,
                &format!(r#""required":[{}],"properties""#, names.join(",")),
                1,
            )
        }),
        ("members of `allOf` in a chain", |count| {
            description(count, |index| {
                format!(
                    r##"{{"allOf":[{{"$ref":"#/components/schemas/S{}"}},{{"type":"object","properties":{{"k{index}":{{"type":"string"}}}}}}]}}"##,
                    index + 1
                )
            })
        }),
        ("references in a chain", |count| {
            description(count, |index| {
                format!(r##"{{"$ref":"#/components/schemas/S{}"}}"##, index + 1)
            })
        }),
        ("references outside of the components in a chain", |count| {
            let schemas = (0..count)
                .map(|index| format!(r##""S{index}":{{"$ref":"#/x-a/S{}"}}"##, index + 1));
            let schemas: Vec<String> = schemas.collect();
            let text = description(1, |_| r##"{"$ref":"#/x-a/S0"}"##.to_owned());
            let end = format!(r#","S{count}":{{"type":"object"}}}},"paths""#);
            text.replacen(
                "\"paths\"",
                &format!("\"x-a\":{{{}{end}", schemas.join(",")),
                1,
            )
        }),
        ("references into a schema", |count| {
            let text = wide(
                count,
                r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            );
            let list = (0..count).map(|index| {
                format!(r##"{{"$ref":"#/components/schemas/S0/properties/key{index}"}}"##)
            });
            let list: Vec<String> = list.collect();
            let schema = format!(r#""schemas":{{"All":{{"anyOf":[{}]}},"#, list.join(","));
            text.replacen("\"schemas\":{", &schema, 1)
        }),
        ("references to one path item", |count| {
            let paths =
                (0..count).map(|index| format!(r##""/p{index}":{{"$ref":"#/paths/~1things"}},"##));
            let text = description(1, |_| "{}".to_owned());
            text.replacen(
                "\"paths\":{",
                &format!("\"paths\":{{{}", paths.collect::<String>()),
                1,
            )
        }),
        ("anchors and aliases", |count| {
            let lines = (0..count).map(|index| {
                format!("x-{index}: &a{index} {{a: 1}}\nx-b{index}: {{<<: *a{index}}}\n")
            });
            format!("openapi: 3.0.3\n{}", lines.collect::<String>())
        }),
        ("objects in a chain", |count| {
            description(count, |index| {
                format!(
                    r##"{{"type":"object","properties":{{"next":{{"$ref":"#/components/schemas/S{}"}}}}}}"##,
                    index + 1
                )
            })
        }),
        ("unsupported objects in a chain", |count| {
            description(count, |index| {
                format!(
                    r##"{{"type":"object","properties":{{"other":{{"$ref":"other.json"}},"next":{{"$ref":"#/components/schemas/S{}"}}}}}}"##,
                    index + 1
                )
            })
        }),
        ("duplicate keys", |count| {
            let entries = (0..count).map(|index| format!("  é{}: {index}\n", index % 50));
            format!("openapi: 3.0.3\nx-keys:\n{}", entries.collect::<String>())
        }),
        ("lists in lists", |count| {
            format!(
                "openapi: 3.0.3\nx-lists: [{}]\n",
                "[[a], [b]], ".repeat(count)
            )
        }),
    ];
    for (name, make) in cases {
        let [small, large] = [300, 600].map(|count| work(&make(count)));
        for (what, small, large) in [
            ("allocations", small.0, large.0),
            ("bytes", small.1, large.1),
        ] {
            let grows_linearly = large * 10 <= small * 24;
            assert!(
                grows_linearly,
                "{name}: {what} grow from {small} to {large}"
            );
        }
    }
}
