//! The workflows of continuous integration, as far as they can be checked without running them.

use std::collections::BTreeSet;
use std::fs;

use serde_yaml::Value;

fn text(name: &str) -> String {
    let path = format!(".github/workflows/{name}.yml");
    fs::read_to_string(xtask::workspace().join(path)).expect("a workflow")
}

fn jobs(name: &str) -> serde_yaml::Mapping {
    let workflow: Value = serde_yaml::from_str(&text(name)).expect("YAML");
    workflow["jobs"].as_mapping().expect("jobs").clone()
}

fn names(jobs: &serde_yaml::Mapping) -> BTreeSet<&str> {
    jobs.keys().filter_map(Value::as_str).collect()
}

fn needs(job: &Value) -> BTreeSet<&str> {
    let needs = job["needs"].as_sequence().into_iter().flatten();
    needs.filter_map(Value::as_str).collect()
}

#[test]
fn one_job_waits_for_all_others() {
    let jobs = jobs("ci");
    let mut others = names(&jobs);
    assert!(others.remove("all"));
    assert_eq!(needs(&jobs["all"]), others);
    assert_eq!(
        jobs["all"]["if"], "always()",
        "a skipped job counts as passed"
    );
}

#[test]
fn publishing_waits_for_all_checks() {
    let jobs = jobs("release");
    assert_eq!(jobs["checks"]["uses"], "./.github/workflows/ci.yml");
    let mut others = names(&jobs);
    assert!(others.remove("publish"));
    assert_eq!(needs(&jobs["publish"]), others);
}

/// A tag can be moved to other code; a commit cannot. The token is not left in the checkout.
#[test]
fn actions_are_pinned_to_commits() {
    let mut actions = 0;
    for name in ["ci", "release"] {
        for line in text(name).lines() {
            let Some((_, action)) = line.split_once("uses: ") else {
                continue;
            };
            if action.starts_with("./") {
                continue;
            }
            let (action, version) = action.split_once(" # v").expect("a version as a comment");
            let (_, commit) = action.split_once('@').expect("a commit");
            assert!(
                commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{name}: {action} is not pinned to a commit"
            );
            assert!(version.split('.').count() == 3, "{name}: {version}");
            actions += 1;
        }
        for (_, job) in jobs(name) {
            for step in job["steps"].as_sequence().into_iter().flatten() {
                let action = step["uses"].as_str().unwrap_or_default();
                if action.starts_with("actions/checkout@") {
                    assert_eq!(step["with"]["persist-credentials"], false, "{name}");
                }
            }
        }
    }
    assert!(actions > 5, "the actions are found");
}

#[test]
fn jobs_have_a_time_limit_and_few_permissions() {
    for name in ["ci", "release"] {
        let workflow: Value = serde_yaml::from_str(&text(name)).expect("YAML");
        let none = workflow["permissions"].as_mapping().expect("permissions");
        assert!(none.is_empty(), "{name}: permissions belong to jobs");
        for (job, steps) in jobs(name) {
            if steps.get("uses").is_none() {
                assert!(steps["timeout-minutes"].is_u64(), "{name}: {job:?}");
            }
        }
    }
}
