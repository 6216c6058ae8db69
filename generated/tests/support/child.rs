//! Runs a test of the same program in a separate process, with an environment that the caller
//! chooses. Such a test is marked `#[ignore]`, and does nothing if it was not started by [`run`].

use std::process::Command;

use super::Server;

/// Environment variable with the URL of the server.
const SERVER: &str = "TEST_SERVER_URL";

/// Every variable that names a proxy or an exception to it.
const PROXIES: [&str; 8] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// The variables that the client reads.
const SETTINGS: [&str; 2] = ["COMP_AI_API_KEY", "COMP_AI_BASE_URL"];

/// Runs the test with this name and these environment variables, and fails if it fails.
pub fn run(test: &str, server: &str, variables: &[(&str, &str)]) {
    let program = std::env::current_exe().expect("the path of this program");
    let mut command = Command::new(program);
    command.args([test, "--exact", "--ignored", "--nocapture"]);
    for name in PROXIES.iter().chain(&SETTINGS) {
        command.env_remove(name);
    }
    command.env(SERVER, server);
    command.envs(variables.iter().copied());
    let output = command.output().expect("the process starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{test}`: {text}\n{errors}");
    assert!(text.contains("1 passed"), "`{test}` did not run: {text}");
}

/// The URL of the server, in a process that was started by [`run`].
pub fn server() -> Option<String> {
    std::env::var(SERVER).ok()
}

/// The environment variables that make this server the proxy for all requests.
pub fn proxied_by(proxy: &Server) -> Vec<(&'static str, String)> {
    let names = PROXIES.iter().take(6);
    names.map(|name| (*name, proxy.origin())).collect()
}
