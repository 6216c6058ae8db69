//! The objects of OpenAPI 3.0, 3.1 and 3.2, as tables.

use super::json_type::JsonType;
use super::object_model::FieldType::{
    self, Any, Boolean, BooleanOr, Content, Count, Enumeration, List, Map, Number, OneOf,
    OneOrMoreOf, OrReference, String,
};
use super::object_model::{KeyPattern, Object, component, may, must, must_if, must_unless, object};
use super::style::{Location, Style};
use super::version::Version::{V3_0, V3_1, V3_2};

/// A whole document.
pub(crate) static DOCUMENT: FieldType = FieldType::Object(&OPENAPI);

pub(crate) static OPENAPI: Object = object(
    "OpenAPI Object",
    &[
        must("openapi", String),
        may("$self", String).since(V3_2),
        must("info", FieldType::Object(&INFO)),
        may("jsonSchemaDialect", String).since(V3_1),
        may("servers", List(&FieldType::Object(&SERVER))),
        must("paths", FieldType::Object(&PATHS)).until(V3_0),
        may("paths", FieldType::Object(&PATHS)).since(V3_1),
        may("webhooks", Map(&OrReference(&PATH_ITEM))).since(V3_1),
        may("components", FieldType::Object(&COMPONENTS)),
        may("security", List(&Map(&List(&String)))),
        may("tags", List(&FieldType::Object(&TAG))),
        may("externalDocs", FieldType::Object(&EXTERNAL_DOCS)),
    ],
);

pub(crate) static INFO: Object = object(
    "Info Object",
    &[
        must("title", String),
        may("summary", String).since(V3_1),
        may("description", String),
        may("termsOfService", String),
        may("contact", FieldType::Object(&CONTACT)),
        may("license", FieldType::Object(&LICENSE)),
        must("version", String),
    ],
);

pub(crate) static CONTACT: Object = object(
    "Contact Object",
    &[
        may("name", String),
        may("url", String),
        may("email", String),
    ],
);

pub(crate) static LICENSE: Object = object(
    "License Object",
    &[
        must("name", String),
        may("identifier", String).since(V3_1),
        may("url", String),
    ],
);

pub(crate) static SERVER: Object = object(
    "Server Object",
    &[
        must("url", String),
        may("description", String),
        may("name", String).since(V3_2),
        may("variables", Map(&FieldType::Object(&SERVER_VARIABLE))),
    ],
);

pub(crate) static SERVER_VARIABLE: Object = object(
    "Server Variable Object",
    &[
        may("enum", List(&String)),
        must("default", String),
        may("description", String),
    ],
);

pub(crate) static COMPONENTS: Object = object(
    "Components Object",
    &[
        may("schemas", Map(&OrReference(&SCHEMA))),
        may("responses", Map(&OrReference(&RESPONSE))),
        may("parameters", Map(&OrReference(&PARAMETER))),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("requestBodies", Map(&OrReference(&REQUEST_BODY))),
        may("headers", Map(&OrReference(&HEADER))),
        may("securitySchemes", Map(&OrReference(&SECURITY_SCHEME))),
        may("links", Map(&OrReference(&LINK))),
        may("callbacks", Map(&OrReference(&CALLBACK))),
        may("pathItems", Map(&OrReference(&PATH_ITEM))).since(V3_1),
        may("mediaTypes", Map(&OrReference(&MEDIA_TYPE))).since(V3_2),
    ],
);

pub(crate) static PATHS: Object =
    object("Paths Object", &[]).with(KeyPattern::Path, FieldType::Object(&PATH_ITEM));

pub(crate) static PATH_ITEM: Object = component(
    "Path Item Object",
    "pathItems",
    &[
        may("$ref", String),
        may("summary", String),
        may("description", String),
        may("get", FieldType::Object(&OPERATION)),
        may("put", FieldType::Object(&OPERATION)),
        may("post", FieldType::Object(&OPERATION)),
        may("delete", FieldType::Object(&OPERATION)),
        may("options", FieldType::Object(&OPERATION)),
        may("head", FieldType::Object(&OPERATION)),
        may("patch", FieldType::Object(&OPERATION)),
        may("trace", FieldType::Object(&OPERATION)),
        may("query", FieldType::Object(&OPERATION)).since(V3_2),
        may("additionalOperations", Map(&FieldType::Object(&OPERATION))).since(V3_2),
        may("servers", List(&FieldType::Object(&SERVER))),
        may("parameters", List(&OrReference(&PARAMETER))),
    ],
);

pub(crate) static OPERATION: Object = object(
    "Operation Object",
    &[
        may("tags", List(&String)),
        may("summary", String),
        may("description", String),
        may("externalDocs", FieldType::Object(&EXTERNAL_DOCS)),
        may("operationId", String),
        may("parameters", List(&OrReference(&PARAMETER))),
        may("requestBody", OrReference(&REQUEST_BODY)),
        must("responses", FieldType::Object(&RESPONSES)).until(V3_0),
        may("responses", FieldType::Object(&RESPONSES)).since(V3_1),
        may("callbacks", Map(&OrReference(&CALLBACK))),
        may("deprecated", Boolean),
        may("security", List(&Map(&List(&String)))),
        may("servers", List(&FieldType::Object(&SERVER))),
    ],
);

pub(crate) static EXTERNAL_DOCS: Object = object(
    "External Documentation Object",
    &[may("description", String), must("url", String)],
);

pub(crate) static PARAMETER: Object = component(
    "Parameter Object",
    "parameters",
    &[
        must("name", String),
        must("in", OneOf(Location::KEYS)),
        may("description", String),
        may("required", Boolean),
        may("deprecated", Boolean),
        may("allowEmptyValue", Boolean),
        may("style", OneOf(Style::KEYS)).until(V3_1),
        may("style", OneOf(&Style::KEYS_AND_COOKIE)).since(V3_2),
        may("explode", Boolean),
        may("allowReserved", Boolean),
        must_unless("content", "schema", OrReference(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("content", Content(&OrReference(&MEDIA_TYPE))),
    ],
);

pub(crate) static REQUEST_BODY: Object = component(
    "Request Body Object",
    "requestBodies",
    &[
        may("description", String),
        must("content", Content(&OrReference(&MEDIA_TYPE))),
        may("required", Boolean),
    ],
);

pub(crate) static MEDIA_TYPE: Object = component(
    "Media Type Object",
    "mediaTypes",
    &[
        may("schema", OrReference(&SCHEMA)),
        may("itemSchema", OrReference(&SCHEMA)).since(V3_2),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("encoding", Map(&FieldType::Object(&ENCODING))),
        may("prefixEncoding", List(&FieldType::Object(&ENCODING))).since(V3_2),
        may("itemEncoding", FieldType::Object(&ENCODING)).since(V3_2),
    ],
);

pub(crate) static ENCODING: Object = object(
    "Encoding Object",
    &[
        may("contentType", String),
        may("headers", Map(&OrReference(&HEADER))),
        may("style", OneOf(&Location::Query.style_keys::<4>())),
        may("explode", Boolean),
        may("allowReserved", Boolean),
        may("encoding", Map(&FieldType::Object(&ENCODING))).since(V3_2),
        may("prefixEncoding", List(&FieldType::Object(&ENCODING))).since(V3_2),
        may("itemEncoding", FieldType::Object(&ENCODING)).since(V3_2),
    ],
);

pub(crate) static RESPONSES: Object = object(
    "Responses Object",
    &[may("default", OrReference(&RESPONSE))],
)
.with(KeyPattern::Status, OrReference(&RESPONSE));

pub(crate) static RESPONSE: Object = component(
    "Response Object",
    "responses",
    &[
        may("summary", String).since(V3_2),
        must("description", String).until(V3_1),
        may("description", String).since(V3_2),
        may("headers", Map(&OrReference(&HEADER))),
        may("content", Content(&OrReference(&MEDIA_TYPE))),
        may("links", Map(&OrReference(&LINK))),
    ],
);

pub(crate) static CALLBACK: Object = component("Callback Object", "callbacks", &[])
    .with(KeyPattern::Expression, FieldType::Object(&PATH_ITEM));

pub(crate) static EXAMPLE: Object = component(
    "Example Object",
    "examples",
    &[
        may("summary", String),
        may("description", String),
        may("value", Any),
        may("externalValue", String),
        may("dataValue", Any).since(V3_2),
        may("serializedValue", String).since(V3_2),
    ],
);

pub(crate) static LINK: Object = component(
    "Link Object",
    "links",
    &[
        must_unless("operationId", "operationRef", String),
        may("operationId", String),
        may("parameters", Map(&Any)),
        may("requestBody", Any),
        may("description", String),
        may("server", FieldType::Object(&SERVER)),
    ],
);

pub(crate) static HEADER: Object = component(
    "Header Object",
    "headers",
    &[
        may("description", String),
        may("required", Boolean),
        may("deprecated", Boolean),
        may("allowEmptyValue", Boolean),
        may("style", OneOf(&Location::Header.style_keys::<1>())),
        may("explode", Boolean),
        may("allowReserved", Boolean),
        must_unless("content", "schema", OrReference(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("content", Content(&OrReference(&MEDIA_TYPE))),
    ],
);

pub(crate) static TAG: Object = object(
    "Tag Object",
    &[
        must("name", String),
        may("summary", String).since(V3_2),
        may("parent", String).since(V3_2),
        may("kind", String).since(V3_2),
        may("description", String),
        may("externalDocs", FieldType::Object(&EXTERNAL_DOCS)),
    ],
);

pub(crate) static SCHEMA: Object = component(
    "Schema Object",
    "schemas",
    &[
        may("title", String),
        may("multipleOf", Number),
        may("maximum", Number),
        may("exclusiveMaximum", Boolean).until(V3_0),
        may("exclusiveMaximum", Number).since(V3_1),
        may("minimum", Number),
        may("exclusiveMinimum", Boolean).until(V3_0),
        may("exclusiveMinimum", Number).since(V3_1),
        may("maxLength", Count),
        may("minLength", Count),
        may("pattern", String),
        may("maxItems", Count),
        may("minItems", Count),
        may("uniqueItems", Boolean),
        may("maxProperties", Count),
        may("minProperties", Count),
        may("required", List(&String)),
        may("enum", Enumeration),
        may("type", OneOf(JsonType::KEYS)).until(V3_0),
        may("type", OneOrMoreOf(&JsonType::KEYS_AND_NULL)).since(V3_1),
        may("allOf", List(&OrReference(&SCHEMA))),
        may("oneOf", List(&OrReference(&SCHEMA))),
        may("anyOf", List(&OrReference(&SCHEMA))),
        may("not", OrReference(&SCHEMA)),
        must_if(("type", "array"), "items", OrReference(&SCHEMA)).until(V3_0),
        may("items", OrReference(&SCHEMA)).since(V3_1),
        may("properties", Map(&OrReference(&SCHEMA))),
        may("additionalProperties", BooleanOr(&SCHEMA)),
        may("description", String),
        may("format", String),
        may("default", Any),
        may("nullable", Boolean).until(V3_0),
        may("discriminator", FieldType::Object(&DISCRIMINATOR)),
        may("readOnly", Boolean),
        may("writeOnly", Boolean),
        may("xml", FieldType::Object(&XML)),
        may("externalDocs", FieldType::Object(&EXTERNAL_DOCS)),
        may("example", Any),
        may("deprecated", Boolean),
        may("const", Any).since(V3_1),
        may("examples", List(&Any)).since(V3_1),
        may("prefixItems", List(&OrReference(&SCHEMA))).since(V3_1),
        may("contains", OrReference(&SCHEMA)).since(V3_1),
        may("minContains", Count).since(V3_1),
        may("maxContains", Count).since(V3_1),
        may("unevaluatedItems", OrReference(&SCHEMA)).since(V3_1),
        may("patternProperties", Map(&OrReference(&SCHEMA))).since(V3_1),
        may("propertyNames", OrReference(&SCHEMA)).since(V3_1),
        may("unevaluatedProperties", OrReference(&SCHEMA)).since(V3_1),
        may("dependentRequired", Map(&List(&String))).since(V3_1),
        may("dependentSchemas", Map(&OrReference(&SCHEMA))).since(V3_1),
        may("if", OrReference(&SCHEMA)).since(V3_1),
        may("then", OrReference(&SCHEMA)).since(V3_1),
        may("else", OrReference(&SCHEMA)).since(V3_1),
        may("contentEncoding", String).since(V3_1),
        may("contentMediaType", String).since(V3_1),
        may("contentSchema", OrReference(&SCHEMA)).since(V3_1),
        may("$defs", Map(&OrReference(&SCHEMA))).since(V3_1),
        may("$id", String).since(V3_1),
        may("$anchor", String).since(V3_1),
        may("$dynamicRef", String).since(V3_1),
        may("$dynamicAnchor", String).since(V3_1),
        may("$schema", String).since(V3_1),
        may("$vocabulary", Map(&Boolean)).since(V3_1),
        may("$comment", String).since(V3_1),
    ],
);

pub(crate) static DISCRIMINATOR: Object = object(
    "Discriminator Object",
    &[
        must("propertyName", String),
        may("mapping", Map(&String)),
        may("defaultMapping", String).since(V3_2),
    ],
);

pub(crate) static XML: Object = object(
    "XML Object",
    &[
        may("name", String),
        may("namespace", String),
        may("prefix", String),
        may("attribute", Boolean),
        may("wrapped", Boolean),
        may("nodeType", String).since(V3_2),
    ],
);

pub(crate) static SECURITY_SCHEME: Object = component(
    "Security Scheme Object",
    "securitySchemes",
    &[
        must(
            "type",
            OneOf(&["apiKey", "http", "oauth2", "openIdConnect"]),
        )
        .until(V3_0),
        must(
            "type",
            OneOf(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]),
        )
        .since(V3_1),
        may("description", String),
        must_if(("type", "apiKey"), "name", String),
        must_if(
            ("type", "apiKey"),
            "in",
            OneOf(&["query", "header", "cookie"]),
        ),
        must_if(("type", "http"), "scheme", String),
        may("bearerFormat", String),
        must_if(("type", "oauth2"), "flows", FieldType::Object(&OAUTH_FLOWS)),
        must_if(("type", "openIdConnect"), "openIdConnectUrl", String),
        may("oauth2MetadataUrl", String).since(V3_2),
        may("deprecated", Boolean).since(V3_2),
    ],
);

pub(crate) static OAUTH_FLOWS: Object = object(
    "OAuth Flows Object",
    &[
        may("implicit", FieldType::Object(&IMPLICIT_FLOW)),
        may("password", FieldType::Object(&TOKEN_FLOW)),
        may("clientCredentials", FieldType::Object(&TOKEN_FLOW)),
        may("authorizationCode", FieldType::Object(&CODE_FLOW)),
        may("deviceAuthorization", FieldType::Object(&CODE_FLOW)).since(V3_2),
    ],
);

pub(crate) static IMPLICIT_FLOW: Object = object(
    "OAuth Flow Object",
    &[
        must("authorizationUrl", String),
        may("tokenUrl", String),
        may("refreshUrl", String),
        must("scopes", Map(&String)),
    ],
);

pub(crate) static TOKEN_FLOW: Object = object(
    "OAuth Flow Object",
    &[
        may("authorizationUrl", String),
        must("tokenUrl", String),
        may("refreshUrl", String),
        must("scopes", Map(&String)),
    ],
);

pub(crate) static CODE_FLOW: Object = object(
    "OAuth Flow Object",
    &[
        must("authorizationUrl", String),
        may("deviceAuthorizationUrl", String).since(V3_2),
        must("tokenUrl", String),
        may("refreshUrl", String),
        must("scopes", Map(&String)),
    ],
);

/// Every object, for naming the one that a misplaced key belongs to; the likeliest first.
pub(crate) static OBJECTS: &[&Object] = &[
    &OPERATION,
    &PARAMETER,
    &SCHEMA,
    &MEDIA_TYPE,
    &RESPONSE,
    &REQUEST_BODY,
    &PATH_ITEM,
    &COMPONENTS,
    &INFO,
    &OPENAPI,
    &SECURITY_SCHEME,
    &SERVER,
    &SERVER_VARIABLE,
    &EXAMPLE,
    &ENCODING,
    &LINK,
    &DISCRIMINATOR,
    &CODE_FLOW,
    &XML,
];
