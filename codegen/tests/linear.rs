//! A description of twice the size takes about twice the work. Work is counted in allocations, which
//! do not depend on the machine. What takes more is rejected at a limit, which `--explain E0028` lists.

mod parallel;

use std::fmt::Write;
use std::thread;

use codegen::Options;

const HEAD: &str = r##"{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{"/things":{"get":{
"operationId":"getThing","responses":{"200":{"description":"D","content":{"application/json":{"schema":
{"$ref":"#/components/schemas/S0"}}}}}}}},"components":{"schemas":{"##;

/// Makes a description of a size.
type Make = fn(usize) -> String;

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

/// The number and the bytes of the allocations, for a run that also prints its diagnostics. On a thread of its own,
/// because a thread keeps memory from one run to the next.
fn work(text: &str) -> (u64, u64) {
    let options = Options {
        spec_path: "spec.json".to_owned(),
        spec_name: "spec.json".to_owned(),
        crate_name: "client".to_owned(),
        keep_going: true,
        ..Options::default()
    };
    let generate = || {
        let diagnostics = match codegen::generate_by_stage(text.as_bytes(), &options, |_| ()) {
            Ok(output) => output.warnings,
            Err(diagnostics) => diagnostics,
        };
        drop((diagnostics.to_string(), diagnostics.to_json_lines()));
    };
    let measured = thread::scope(|scope| {
        let run = scope.spawn(|| allocation_counter::measure(generate));
        run.join().expect("the generator does not panic")
    });
    (measured.count_total, measured.bytes_total)
}

/// Compares what is added by the second and third part of a description of three sizes, so that the work
/// that every description takes does not count.
fn check(cases: &[(&str, Make)]) {
    let mut failures = Vec::new();
    let works = parallel::map(cases, |(_, make)| {
        [100, 200, 400].map(|count| work(&make(count)))
    });
    for ((name, _), [small, medium, large]) in cases.iter().zip(works) {
        for (what, small, medium, large) in [
            ("allocations", small.0, medium.0, large.0),
            ("bytes", small.1, medium.1, large.1),
        ] {
            // What is rejected at a limit takes less work.
            let more = large.saturating_sub(medium);
            let grows_linearly = more * 10 <= (medium - small) * 28;
            if !grows_linearly {
                failures.push(format!(
                    "{name}: {what} grow from {small} to {medium} and {large}"
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A list of items, without the brackets.
fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    let items: Vec<String> = (0..count).map(item).collect();
    items.join(",")
}

/// A reference to a component schema.
fn reference(name: impl std::fmt::Display) -> String {
    format!(r##"{{"$ref":"#/components/schemas/{name}"}}"##)
}

/// An object schema with one required property and these other keys.
fn object(key: &str, keys: &str) -> String {
    format!(
        r#"{{"type":"object","required":["{key}"],"properties":{{"{key}":{{"type":"string"}}}}{keys}}}"#
    )
}

/// A text of letters that differs from the others of its length in upper and lower case.
fn in_cases(index: usize) -> String {
    let letters = "abcdefghijkl".chars().enumerate();
    let letters = letters.map(|(bit, letter)| match index >> bit & 1 {
        1 => letter.to_ascii_uppercase(),
        _ => letter,
    });
    letters.collect()
}

/// A description with these entries in `paths`, and these keys at its top.
fn with_paths(paths: &str, keys: &str) -> String {
    format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1"}},"paths":{{{paths}}}{keys}}}"#
    )
}

/// A path with an operation with these keys.
fn path(path: &str, id: usize, keys: &str) -> String {
    let responses = r#""responses":{"204":{"description":"D"}}"#;
    format!(r#""{path}":{{"get":{{"operationId":"get{id}",{responses}{keys}}}}}"#)
}

const KEY: &str = r#""k":{"type":"apiKey","in":"header","name":"X-Key"}"#;

/// An object that inherits from a base.
fn heir(base: &str, index: usize, keys: &str) -> String {
    let own = object(&format!("a{index}"), "");
    format!(r#"{{"allOf":[{},{own}]{keys}}}"#, reference(base))
}

#[test]
fn schemas_take_work_in_proportion() {
    check(&[
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
        ("values of an enum that differ in separators", |count| {
            let separators = ["-", "_", " ", ".", "/", ":", "--", "__"];
            let value = |index: usize| {
                let [a, b, c] = [index, index / 8, index / 64].map(|it| separators[it % 8]);
                format!(r#""a{a}b{b}c{c}d""#)
            };
            let values = list(count, value);
            description(1, |_| format!(r#"{{"type":"string","enum":[{values}]}}"#))
        }),
        ("properties that differ in case", |count| {
            let property = |index| format!(r#""{}":{{"type":"string"}}"#, in_cases(index));
            let properties = list(count, property);
            description(1, |_| {
                format!(r#"{{"type":"object","properties":{{{properties}}}}}"#)
            })
        }),
        ("schemas that differ in case", |count| {
            let schemas = list(count, |index| {
                format!(r#""{}":{}"#, in_cases(index), object("a", ""))
            });
            let all = list(count, |index| reference(in_cases(index)));
            let all = format!(r#""All":{{"anyOf":[{all}]}},{schemas},"#);
            let text = description(1, |_| reference("All"));
            text.replacen("\"schemas\":{", &format!("\"schemas\":{{{all}"), 1)
        }),
        ("references that do not resolve", |count| {
            description(count, |index| {
                format!(
                    r#"{{"type":"object","properties":{{"other":{},"next":{}}}}}"#,
                    reference(format!("Some{index}")),
                    reference(format!("S{}", index + 1))
                )
            })
        }),
        ("items of an example", |count| {
            let items = list(count, |index| format!(r#"{{"a":"text {index}"}}"#));
            let item = object("a", "");
            description(1, |_| {
                format!(r#"{{"type":"array","items":{item},"example":[{items}]}}"#)
            })
        }),
    ]);
}

#[test]
fn merged_schemas_take_work_in_proportion() {
    check(&[
        ("members of `allOf` in a chain", |count| {
            description(count, |index| {
                format!(
                    r##"{{"allOf":[{{"$ref":"#/components/schemas/S{}"}},{{"type":"object","properties":{{"k{index}":{{"type":"string"}}}}}}]}}"##,
                    index + 1
                )
            })
        }),
        ("members of one `allOf`", |count| {
            let members = list(count, |index| object(&format!("a{index}"), ""));
            description(1, |_| format!(r#"{{"allOf":[{members}]}}"#))
        }),
        ("members of one `allOf` with the same property", |count| {
            let members = list(count, |index| {
                let limit = format!(r#"{{"type":"string","maxLength":{index}}}"#);
                format!(r#"{{"type":"object","properties":{{"a":{limit}}}}}"#)
            });
            description(1, |_| format!(r#"{{"allOf":[{members}]}}"#))
        }),
        ("choices in one schema", |count| {
            let members = list(count, |index| {
                format!(r#"{{"oneOf":[{}]}}"#, object(&format!("a{index}"), ""))
            });
            description(1, |_| format!(r#"{{"allOf":[{members}]}}"#))
        }),
        ("heirs of a base with a discriminator", |count| {
            let base = object("kind", r#","discriminator":{"propertyName":"kind"}"#);
            description(count, |index| match index {
                0 => base.clone(),
                _ => heir("S0", index, ""),
            })
        }),
        ("heirs that a base lists", |count| {
            let heirs = list(count - 1, |index| reference(format!("S{}", index + 1)));
            let keys = format!(r#","oneOf":[{heirs}],"discriminator":{{"propertyName":"kind"}}"#);
            description(count, |index| match index {
                0 => object("kind", &keys),
                _ => heir("S0", index, ""),
            })
        }),
        ("bases of bases, each with a discriminator", |count| {
            let keys = r#","discriminator":{"propertyName":"kind"}"#;
            description(count, |index| match index % 20 {
                0 => object("kind", keys),
                _ => heir(&format!("S{}", index - 1), index, keys),
            })
        }),
        (
            "bases of bases in one chain, each with a discriminator",
            |count| {
                let keys = r#","discriminator":{"propertyName":"kind"}"#;
                // A quarter, as each schema becomes an enum of all that inherit from it, up to a limit.
                description(count / 4, |index| match index {
                    0 => object("kind", keys),
                    _ => heir(&format!("S{}", index - 1), index, keys),
                })
            },
        ),
    ]);
}

#[test]
fn unions_take_work_in_proportion() {
    check(&[
        ("variants", |count| {
            let variants = list(count, |index| object(&format!("a{index}"), ""));
            description(1, |_| format!(r#"{{"oneOf":[{variants}]}}"#))
        }),
        ("variants with an implied discriminator", |count| {
            let variants = list(count, |index| {
                let kind = format!(r#"{{"type":"string","enum":["v{index}"]}}"#);
                format!(r#"{{"type":"object","required":["kind"],"properties":{{"kind":{kind}}}}}"#)
            });
            description(1, |_| format!(r#"{{"oneOf":[{variants}]}}"#))
        }),
        ("entries of a mapping", |count| {
            let variants = list(count - 1, |index| reference(format!("S{}", index + 1)));
            let mapping = list(count - 1, |index| {
                format!(r##""v{index}":"#/components/schemas/S{}""##, index + 1)
            });
            description(count, |index| match index {
                0 => format!(
                    r#"{{"oneOf":[{variants}],"discriminator":{{"propertyName":"kind","mapping":{{{mapping}}}}}}}"#
                ),
                _ => object("kind", ""),
            })
        }),
        ("unions in a chain", |count| {
            description(count, |index| {
                let other = object(&format!("a{index}"), "");
                let next = reference(format!("S{}", index + 1));
                format!(r#"{{"oneOf":[{next},{other}]}}"#)
            })
        }),
        ("unions of unions", |count| {
            let variants = list(count / 10, |index| {
                reference(format!("S{}", index * 10 + 1))
            });
            description(count, |index| match index % 10 {
                0 if index == 0 => format!(r#"{{"oneOf":[{variants}]}}"#),
                1 => {
                    let others = list(8, |other| reference(format!("S{}", index + other + 1)));
                    format!(r#"{{"oneOf":[{others}]}}"#)
                }
                _ => object(&format!("a{index}"), ""),
            })
        }),
    ]);
}

#[test]
fn operations_take_work_in_proportion() {
    check(&[
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
        ("operations with one tag", |count| {
            let paths = list(count, |index| {
                path(&format!("/p{index}"), index, r#","tags":["a"]"#)
            });
            with_paths(&paths, "")
        }),
        ("operations with one `operationId`", |count| {
            with_paths(&list(count, |index| path(&format!("/p{index}"), 0, "")), "")
        }),
        ("operations with servers of their own", |count| {
            let server = |index| format!(r#","servers":[{{"url":"https://h{index}.example"}}]"#);
            let paths = list(count, |index| {
                path(&format!("/p{index}"), index, &server(index))
            });
            with_paths(&paths, "")
        }),
        ("parameters", |count| {
            let places = ["query", "header", "cookie"];
            let parameters = list(count, |index| {
                let place = places[index % 3];
                format!(r#"{{"name":"q{index}","in":"{place}","schema":{{"type":"string"}}}}"#)
            });
            with_paths(
                &path("/p", 0, &format!(r#","parameters":[{parameters}]"#)),
                "",
            )
        }),
        ("media types", |count| {
            let bodies = list(count, |index| {
                let schema = object(&format!("a{index}"), "");
                format!(r#""application/vnd.a{index}+json":{{"schema":{schema}}}"#)
            });
            let body = format!(r#","requestBody":{{"content":{{{bodies}}}}}"#);
            with_paths(&path("/p", 0, &body).replacen("\"get\"", "\"post\"", 1), "")
        }),
        ("servers", |count| {
            let servers = list(count, |index| {
                format!(r#"{{"url":"https://h{index}.example"}}"#)
            });
            with_paths(&path("/p", 0, ""), &format!(r#","servers":[{servers}]"#))
        }),
        ("security requirements", |count| {
            let security = list(count, |_| r#"{"k":[]}"#.to_owned());
            let schemes = format!(r#","components":{{"securitySchemes":{{{KEY}}}}}"#);
            with_paths(
                &path("/p", 0, ""),
                &format!(r#","security":[{security}]{schemes}"#),
            )
        }),
        ("security schemes", |count| {
            let security = list(count, |index| format!(r#"{{"k{index}":[]}}"#));
            let schemes = list(count, |index| {
                KEY.replace("\"k\"", &format!("\"k{index}\""))
                    .replace("X-Key", &format!("X-Key{index}"))
            });
            let schemes = format!(r#","components":{{"securitySchemes":{{{schemes}}}}}"#);
            with_paths(
                &path("/p", 0, ""),
                &format!(r#","security":[{security}]{schemes}"#),
            )
        }),
    ]);
}

#[test]
fn text_takes_work_in_proportion() {
    check(&[
        ("anchors and aliases", |count| {
            let lines = (0..count).map(|index| {
                format!("x-{index}: &a{index} {{a: 1}}\nx-b{index}: {{<<: *a{index}}}\n")
            });
            format!("openapi: 3.0.3\n{}", lines.collect::<String>())
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
        ("aliases in a chain", |count| {
            let line =
                |index: usize| format!("x-{}: &a{} {{k: *a{index}}}\n", index + 1, index + 1);
            // What an alias copies is limited.
            let lines: String = (0..count)
                .filter(|index| index % 50 > 0)
                .map(line)
                .collect();
            let starts = (0..count).filter(|index| index % 50 == 0);
            let starts: String = starts
                .map(|index| format!("x-{}: &a{} {{k: 1}}\n", index + 1, index + 1))
                .collect();
            format!("openapi: 3.0.3\n{starts}{lines}")
        }),
        ("signs in a description", |count| {
            let text = "[a](b) `c` *d* <e> ".repeat(count);
            description(1, |_| {
                format!(r#"{{"type":"string","description":"{text}"}}"#)
            })
        }),
    ]);
}
