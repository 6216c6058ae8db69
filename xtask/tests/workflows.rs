//! The workflows of continuous integration, as far as that can be told without running them.

use std::collections::BTreeSet;
use std::fs;

use serde_yaml::Value;

fn jobs(name: &str) -> serde_yaml::Mapping {
    let path = format!(".github/workflows/{name}.yml");
    let text = fs::read_to_string(xtask::workspace().join(path)).expect("a workflow");
    let workflow: Value = serde_yaml::from_str(&text).expect("YAML");
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
fn nothing_is_published_unchecked() {
    let jobs = jobs("release");
    assert_eq!(jobs["checks"]["uses"], "./.github/workflows/ci.yml");
    let mut others = names(&jobs);
    assert!(others.remove("publish"));
    assert_eq!(needs(&jobs["publish"]), others);
}

/// Each action at a version, so that a run can be repeated; each job with a limit.
#[test]
fn actions_have_versions_and_jobs_have_limits() {
    for name in ["ci", "release"] {
        for (job, steps) in jobs(name) {
            if steps.get("uses").is_some() {
                continue;
            }
            assert!(steps["timeout-minutes"].is_u64(), "{name}: {job:?}");
            for step in steps["steps"].as_sequence().expect("steps") {
                if let Some(action) = step.get("uses").and_then(Value::as_str) {
                    let version = action.split_once("@v").map(|(_, version)| version);
                    let is_number = |text: &str| text.starts_with(|it: char| it.is_ascii_digit());
                    assert!(version.is_some_and(is_number), "{name}: {action}");
                }
            }
        }
    }
}
