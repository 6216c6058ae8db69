//! Names in the mock server.

use heck::ToUpperCamelCase;

use crate::ir::{Api, Operation};
use crate::names::Scope;

/// Names that the module exports besides the request types. A request type has none of them.
const EXPORTS: [&str; 6] = [
    "Expectation",
    "Fault",
    "HasBody",
    "MockServer",
    "Raw",
    "ReceivedRequests",
];

/// Methods that every mock server has. The method of an operation has none of these names.
const METHODS: [&str; 7] = [
    "base_url",
    "blocking_client",
    "builder",
    "client",
    "report",
    "start",
    "verify",
];

/// The names of an operation in the mock server.
pub(crate) struct MockNames {
    /// Method that starts an expectation.
    pub(crate) method: String,
    /// Type of the requests.
    pub(crate) request: String,
}

/// Chooses the names of one operation after the other.
pub(super) struct Namer {
    methods: Scope,
    requests: Scope,
}

impl Namer {
    pub(super) fn new(api: &Api) -> Self {
        let types = api.types.iter();
        let types = types.map(|definition| definition.name.as_str());
        Namer {
            methods: Scope::with(&METHODS),
            requests: Scope::with(&types.chain(EXPORTS).collect::<Vec<_>>()),
        }
    }

    pub(super) fn names(&mut self, operation: &Operation) -> MockNames {
        let request = format!("{}Request", operation.name.to_upper_camel_case());
        MockNames {
            method: self.methods.claim(operation.name.clone()),
            request: self.requests.claim(request),
        }
    }
}
