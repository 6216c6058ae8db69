//! Parameters of every style, byte for byte.

use golden_parameters::types::*;
use golden_parameters::{Call, Client, ErrorKind, Empty};
use serde_json::json;
use crate::server::{CannedResponse, RecordedRequest, Server};

const COLORS: [&str; 3] = ["blue", "black", "brown"];

/// Strings with characters that have a meaning in URLs or in a style.
const NASTY: [&str; 3] = ["a,b;c", "d.e:f/g?", "h&i=j#k+l%m ö"];

fn colors() -> Vec<String> {
    COLORS.map(String::from).into()
}

fn nasty() -> Vec<String> {
    NASTY.map(String::from).into()
}

fn rgb() -> Rgb {
    Rgb::new(100, 200, 150)
}

struct Wire(Server, Client);

impl Wire {
    fn new() -> Self {
        let server = Server::start(CannedResponse::empty(204));
        let client = Client::builder().base_url(server.origin());
        Wire(server, client.build().unwrap())
    }

    async fn request(&self, call: Call<(), Empty>) -> RecordedRequest {
        call.await.unwrap();
        self.0.take_request()
    }

    /// Path and query.
    async fn target(&self, call: Call<(), Empty>) -> String {
        let request = self.request(call).await;
        let line = request.request_line();
        line.split(' ').nth(1).unwrap().to_owned()
    }

    async fn refused(&self, call: Call<(), Empty>) -> String {
        let error = call.await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidInput, 0)
        );
        assert!(self.0.take_requests().is_empty());
        error.to_string()
    }
}

/// The rows `matrix`, `label` and `simple` of the specification's table.
#[tokio::test]
async fn table_of_paths() {
    let wire = Wire::new();
    let client = &wire.1;
    for (call, target) in [
        (
            client.simple("blue", colors(), rgb()),
            "/simple/blue/blue,black,brown/R,100,G,200,B,150",
        ),
        (
            client.simple_exploded("blue", colors(), rgb()),
            "/simple-exploded/blue/blue,black,brown/R=100,G=200,B=150",
        ),
        (
            client.label("blue", colors(), rgb()),
            "/label/.blue/.blue.black.brown/.R.100.G.200.B.150",
        ),
        (
            client.label_exploded("blue", colors(), rgb()),
            "/label-exploded/.blue/.blue.black.brown/.R=100.G=200.B=150",
        ),
        (
            client.matrix("blue", colors(), rgb()),
            "/matrix;color=blue;colors=blue,black,brown;rgb=R,100,G,200,B,150",
        ),
        (
            client.matrix_exploded("blue", colors(), rgb()),
            "/matrix-exploded;color=blue;colors=blue;colors=black;colors=brown;R=100;G=200;B=150",
        ),
        // Empty texts.
        (
            client.matrix("", vec!["".to_owned(), "a".to_owned()], rgb()),
            "/matrix;color;colors=,a;rgb=R,100,G,200,B,150",
        ),
        (
            client.matrix_exploded("", vec!["".to_owned(), "a".to_owned()], rgb()),
            "/matrix-exploded;color;colors;colors=a;R=100;G=200;B=150",
        ),
    ] {
        assert_eq!(wire.target(call).await, target);
    }
}

/// The rows `form`, `spaceDelimited`, `pipeDelimited` and `deepObject`.
#[tokio::test]
async fn table_of_queries() {
    let wire = Wire::new();
    let client = &wire.1;
    let form = |color: &str| FormParams::new().color(color);
    let exploded = |color: &str| FormExplodedParams::new().color(color);
    let all_of_form = form("blue").colors(COLORS).rgb(rgb());
    let all_of_exploded = exploded("blue").colors(COLORS).rgb(rgb());
    let space = SpaceParams::new().colors(COLORS).rgb(rgb());
    let pipe = PipeParams::new().colors(COLORS).rgb(rgb());
    for (call, target) in [
        (
            client.form(&all_of_form),
            "/form?color=blue&colors=blue,black,brown&rgb=R,100,G,200,B,150",
        ),
        (client.form(&form("")), "/form?color="),
        (client.form(&FormParams::new()), "/form"),
        (
            client.form_exploded(&all_of_exploded),
            "/form-exploded?color=blue&colors=blue&colors=black&colors=brown&R=100&G=200&B=150",
        ),
        (client.form_exploded(&exploded("")), "/form-exploded?color="),
        (
            client.space(&space),
            "/space?colors=blue%20black%20brown&rgb=R%20100%20G%20200%20B%20150",
        ),
        (
            client.pipe(&pipe),
            "/pipe?colors=blue%7Cblack%7Cbrown&rgb=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (
            client.pipe_exploded(&PipeExplodedParams::new().colors(COLORS)),
            "/pipe-exploded?colors=blue&colors=black&colors=brown",
        ),
        (
            client.deep(rgb(), &DeepParams::new()),
            "/deep?rgb%5BR%5D=100&rgb%5BG%5D=200&rgb%5BB%5D=150",
        ),
    ] {
        assert_eq!(wire.target(call).await, target);
    }
}

#[tokio::test]
async fn headers_and_cookies() {
    let wire = Wire::new();
    let params = HeadersParams::new().x_color("blue").x_colors(COLORS);
    let params = params.x_rgb(rgb()).x_rgb_exploded(rgb());
    let request = wire.request(wire.1.headers(&params)).await;
    assert_eq!(request.header("x-color"), Some("blue"));
    assert_eq!(request.header("x-colors"), Some("blue,black,brown"));
    assert_eq!(request.header("x-rgb"), Some("R,100,G,200,B,150"));
    assert_eq!(request.header("x-rgb-exploded"), Some("R=100,G=200,B=150"));

    let params = CookiesParams::new().colors(COLORS).rgb(rgb());
    let params = params.exploded(["a", "b"]);
    let request = wire.request(wire.1.cookies("blue", &params)).await;
    assert_eq!(
        request.header("cookie"),
        Some("color=blue; colors=blue,black,brown; rgb=R,100,G,200,B,150; exploded=a; exploded=b")
    );
    let call = wire.1.cookies("a+/= ;\"%ö", &CookiesParams::new());
    let request = wire.request(call).await;
    assert_eq!(
        request.header("cookie"),
        Some("color=a+/=%20%3B%22%25%C3%B6")
    );
}

/// What has a meaning in a style is encoded where it is part of a value.
#[tokio::test]
async fn reserved_characters() {
    let wire = Wire::new();
    let client = &wire.1;
    let items = [
        "a%2Cb%3Bc",
        "d.e%3Af%2Fg%3F",
        "h%26i%3Dj%23k%2Bl%25m%20%C3%B6",
    ];
    let dots = items.map(|item| item.replace('.', "%2E"));
    let text = NASTY[1];
    for (call, target) in [
        (
            client.simple(text, nasty(), rgb()),
            format!("/simple/{}/{}/R,100,G,200,B,150", items[1], items.join(",")),
        ),
        (
            client.label_exploded(text, nasty(), rgb()),
            format!(
                "/label-exploded/.{}/.{}/.R=100.G=200.B=150",
                items[1],
                dots.join(".")
            ),
        ),
        (
            client.matrix(text, nasty(), rgb()),
            format!(
                "/matrix;color={};colors={};rgb=R,100,G,200,B,150",
                items[1],
                items.join(",")
            ),
        ),
        (
            client.form(&FormParams::new().colors(NASTY)),
            format!("/form?colors={}", items.join(",")),
        ),
        (
            client.pipe(&PipeParams::new().colors(NASTY)),
            format!("/pipe?colors={}", items.join("%7C")),
        ),
        (
            client.deep(
                rgb(),
                &DeepParams::new().where_([("a&b".to_owned(), NASTY[2].to_owned())].into()),
            ),
            format!(
                "/deep?rgb%5BR%5D=100&rgb%5BG%5D=200&rgb%5BB%5D=150&where%5Ba%26b%5D={}",
                items[2]
            ),
        ),
        (
            client.reserved(
                "https://a.example/b?c=d&e=[f]#g",
                &ReservedParams::new().urls(["a/b,c", "d:e"]),
            ),
            "/reserved?url=https://a.example/b?c=d%26e=[f]%23g&urls=a/b%2Cc,d:e".to_owned(),
        ),
    ] {
        assert_eq!(wire.target(call).await, target);
    }
    // Encoded or not, a separator ends the item, and a bracket the key.
    let call = client.pipe(&PipeParams::new().colors(["a|b"]));
    assert!(wire.refused(call).await.contains("`colors`"));
    let keys = [("a]".to_owned(), "b".to_owned())];
    let call = client.deep(rgb(), &DeepParams::new().where_(keys.into()));
    assert!(wire.refused(call).await.contains("a key contains a bracket"));
    let refused = wire
        .refused(client.space(&SpaceParams::new().colors(["a b"])))
        .await;
    let reason = "`colors` does not serialize: an item contains the separator of the items";
    assert_eq!(refused, format!("space: {reason}"));
    // Nothing is encoded in a header.
    let call = client.headers(&HeadersParams::new().x_colors(["a,b"]));
    assert!(wire.refused(call).await.contains("`X-Colors`"));
    let call = client.headers(&HeadersParams::new().x_color("a,b"));
    assert_eq!(wire.request(call).await.header("x-color"), Some("a,b"));
}

#[tokio::test]
async fn values_that_would_change_the_path() {
    let wire = Wire::new();
    let client = &wire.1;
    let list = |items: &[&str]| {
        items
            .iter()
            .map(|item| (*item).to_owned())
            .collect::<Vec<_>>()
    };
    for call in [
        client.simple("", colors(), rgb()),
        client.simple("blue", Vec::new(), rgb()),
        client.simple("blue", list(&[""]), rgb()),
        client.simple(".", colors(), rgb()),
        client.simple("..", colors(), rgb()),
        client.simple("blue", list(&[".."]), rgb()),
        client.label("", colors(), rgb()),
        client.label(".", colors(), rgb()),
        client.label("blue", list(&[""]), rgb()),
        client.matrix("blue", Vec::new(), rgb()),
    ] {
        wire.refused(call).await;
    }
}

#[tokio::test]
async fn empty_lists_and_objects() {
    let wire = Wire::new();
    let none: [&str; 0] = [];
    let call = wire.1.form(&FormParams::new().colors(none));
    assert_eq!(wire.target(call).await, "/form");
    let call = wire
        .1
        .form_exploded(&FormExplodedParams::new().colors(none));
    assert_eq!(wire.target(call).await, "/form-exploded");
    let call = wire.1.headers(&HeadersParams::new().x_colors(none));
    assert_eq!(wire.request(call).await.header("x-colors"), None);
    let call = wire.1.deep(rgb(), &DeepParams::new().where_([].into()));
    assert_eq!(
        wire.target(call).await,
        "/deep?rgb%5BR%5D=100&rgb%5BG%5D=200&rgb%5BB%5D=150"
    );
}

#[tokio::test]
async fn values_of_each_type() {
    let wire = Wire::new();
    let client = &wire.1;
    let day: chrono::NaiveDate = "2024-02-29".parse().unwrap();
    let instant: chrono::DateTime<chrono::Utc> = "2024-02-29T23:59:59Z".parse().unwrap();
    let call = client.plain(
        "i d",
        9007199254740993,
        day,
        instant,
        vec![0, 255],
        true,
        0.5,
    );
    let target =
        "/plain/i%20d/9007199254740993/2024-02-29/2024-02-29T23%3A59%3A59.000Z/AP8%3D/true/0.5";
    assert_eq!(wire.target(call).await, target);

    let instants = vec![instant, instant];
    let call = client.required(
        ["a", "b,c"],
        instants,
        vec![1, -2],
        json!([1.5, "x", null]),
        "",
    );
    let target = "/required?ids=a,b%2Cc&instants=2024-02-29T23%3A59%3A59.000Z,\
                  2024-02-29T23%3A59%3A59.000Z&each=1&each=-2&anything=1.5&anything=x&nothing=";
    assert_eq!(wire.target(call).await, target);
    let nested = client.required(["a"], Vec::new(), Vec::new(), json!([[1, null]]), "");
    let target = "/required?ids=a&anything=%5B1%2Cnull%5D&nothing=";
    assert_eq!(wire.target(nested).await, target);

    let params = OptionalParams::new()
        .day(day)
        .instant(instant)
        .bytes(vec![0, 255]);
    let params = params
        .nothing("")
        .anything(json!({"a": "b\"\\:,", "c": null, "d": 12345678901234567890_u64}));
    let params = params.sparse(vec![Some("a".to_owned()), None, Some("b".to_owned())]);
    let target = "/optional?day=2024-02-29&instant=2024-02-29T23%3A59%3A59.000Z&bytes=AP8%3D&nothing=\
                  &a=b%22%5C%3A%2C&d=12345678901234567890&sparse=a,b&size=large";
    let call = client.optional(&params.size(Size::Large));
    assert_eq!(wire.target(call).await, target);
}

#[tokio::test]
async fn json_in_parameters() {
    let wire = Wire::new();
    let filter = || Filter::new().name("ö \"1\"").tags(["a", "b"]);
    let params = ContentParams::new().filter2(filter()).x_filter(filter());
    let params = params.filter3(filter());
    let request = wire.request(wire.1.content(filter(), &params)).await;
    let encoded =
        "%7B%22name%22%3A%22%C3%B6%20%5C%221%5C%22%22%2C%22tags%22%3A%5B%22a%22%2C%22b%22%5D%7D";
    let line = format!("GET /content/{encoded}?filter={encoded} HTTP/1.1");
    assert_eq!(request.request_line(), line);
    let json = r#"{"name":"\u00f6 \"1\"","tags":["a","b"]}"#;
    assert_eq!(request.header("x-filter"), Some(json));
    let cookie =
        "filter={%22name%22:%22%C3%B6%20%5C%221%5C%22%22%2C%22tags%22:[%22a%22%2C%22b%22]}";
    assert_eq!(request.header("cookie"), Some(cookie));
}

#[tokio::test]
async fn shared_and_overridden() {
    let wire = Wire::new();
    let params = SharedParams::new()
        .id2("query")
        .id3("header")
        .id4("cookie")
        .limit(5);
    let request = wire.request(wire.1.shared("path", &params)).await;
    assert_eq!(
        request.request_line(),
        "GET /shared/path?id=query&limit=5 HTTP/1.1"
    );
    assert_eq!(request.header("id"), Some("header"));
    assert_eq!(request.header("cookie"), Some("id=cookie"));
    let call = wire.1.overridden("path", "none", &OverriddenParams::new());
    assert_eq!(wire.target(call).await, "/shared/path?limit=none");
}

fn tree() -> Tree {
    let child = Tree::new().name("c,d]").sizes(vec![1, 2]);
    Tree::new().name("a&b").children(vec![Tree::new(), child.clone()]).child(child)
}

#[tokio::test]
async fn nested_values() {
    let wire = Wire::new();
    let params = DeepNestedParams::new().filter(tree()).ids(vec![7, 8]).one("x").page_size(3);
    let target = "/deep-nested?filter%5Bname%5D=a%26b\
                  &filter%5Bchild%5D%5Bname%5D=c%2Cd%5D\
                  &filter%5Bchild%5D%5Bsizes%5D%5B0%5D=1&filter%5Bchild%5D%5Bsizes%5D%5B1%5D=2\
                  &filter%5Bchildren%5D%5B1%5D%5Bname%5D=c%2Cd%5D\
                  &filter%5Bchildren%5D%5B1%5D%5Bsizes%5D%5B0%5D=1\
                  &filter%5Bchildren%5D%5B1%5D%5Bsizes%5D%5B1%5D=2\
                  &ids%5B0%5D=7&ids%5B1%5D=8&one=x&page%5Bsize%5D=3";
    assert_eq!(wire.target(wire.1.deep_nested(&params)).await, target);

    let small = || Tree::new().name("n").sizes(vec![1, 2]);
    let params = NestedParams::new()
        .trees(vec![small()])
        .tree(small())
        .exploded(small())
        .single("a b")
        .x_trees(vec![Tree::new().name("n")]);
    let request = wire.request(wire.1.nested(vec![vec![1], vec![]], &params)).await;
    let target = "/nested/;lists=%5B1%5D,%5B%5D\
                  ?trees=%7B%22name%22%3A%22n%22%2C%22sizes%22%3A%5B1%2C2%5D%7D\
                  &tree=name,n,sizes,%5B1%2C2%5D\
                  &name=n&sizes=%5B1%2C2%5D&single=a%20b";
    assert_eq!(request.request_line(), format!("GET {target} HTTP/1.1"));
    assert_eq!(request.header("x-trees"), Some(r#"{"name":"n"}"#));

    let params = EncodedParams::new().words("a b").xml("<a/>");
    let target = "/encoded?words=a%20b&xml=%3Ca%2F%3E";
    assert_eq!(wire.target(wire.1.encoded(&params)).await, target);
}

#[tokio::test]
async fn unusual_paths() {
    let wire = Wire::new();
    let call = wire.1.twice("a/b", "c");
    assert_eq!(wire.target(call).await, "/twice/a%2Fb/of/.c/a%2Fb");
    let call = wire.1.literal("k&?", &LiteralParams::new().page(2));
    assert_eq!(wire.target(call).await, "/literal?action=list&kind=k%26%3F&page=2");
    assert_eq!(wire.target(wire.1.fragment()).await, "/literal");
}

/// The proxy sees the whole URL.
#[tokio::test]
async fn servers_of_operations() {
    let Wire(server, own) = Wire::new();
    let described = Client::builder().proxy(server.origin()).danger_allow_http();
    let described = described.build().unwrap();
    for (client, method, url) in [
        (&described, "GET", "http://upload.example/v1/upload"),
        (&described, "PUT", "http://eu.example/upload"),
        (&own, "GET", "/upload"),
        (&own, "PUT", "/upload"),
        (&own, "POST", "/upload"),
    ] {
        match method {
            "GET" => client.server_of_path().await.unwrap(),
            "PUT" => client.server_of_operation().await.unwrap(),
            _ => client.relative_server().await.unwrap(),
        }
        let request = server.take_request();
        assert_eq!(request.request_line(), format!("{method} {url} HTTP/1.1"));
    }
    // Never without encryption to a server that the caller did not choose.
    let careful = Client::builder().proxy(server.origin()).build().unwrap();
    let error = careful.server_of_path().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let reason = "the operation has the server `http://upload.example/v1/`, which cannot be used";
    assert!(error.to_string().contains(reason), "{error}");
    assert!(server.take_requests().is_empty());
}
