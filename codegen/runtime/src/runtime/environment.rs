//! Settings of a client from environment variables.

use super::builder::{ClientBuilder, builder, credential};
use super::error::Error;
use super::operation::{Api, Scheme};

/// Creates a builder with the credentials and the base URL of the environment.
pub fn builder_from_env(api: &'static Api) -> Result<ClientBuilder, Error> {
    let mut builder = builder(api);
    let mut is_any_set = api.schemes.is_empty();
    for (index, scheme) in api.schemes.iter().enumerate() {
        if let Some(text) = variable(scheme.variable)? {
            builder = credential(builder, index, Ok(text));
            is_any_set = true;
        }
    }
    if !is_any_set {
        return Err(Error::configuration(missing_variables(api.schemes)));
    }
    if let Some(url) = variable(api.base_url_variable)? {
        builder = builder.base_url(url);
    }
    Ok(builder)
}

fn missing_variables(schemes: &[Scheme]) -> String {
    if let [only] = schemes {
        let (variable, what) = (only.variable, only.display_name);
        return format!("the environment variable {variable} is not set; set it to the {what}");
    }
    let mut variables = Vec::new();
    for scheme in schemes {
        variables.push(format!("{} ({})", scheme.variable, scheme.display_name));
    }
    format!(
        "none of these environment variables is set; set one: {}",
        variables.join(", ")
    )
}

fn variable(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(Error::configuration(format!(
            "the environment variable {name} is not valid UTF-8"
        ))),
    }
}
