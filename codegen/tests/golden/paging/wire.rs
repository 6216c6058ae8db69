//! Pages: which requests are made, which items arrive, and that no server makes the pages endless.

use std::future::{Future, poll_fn};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use futures_util::StreamExt as _;
use golden_paging::types::{ListEventsParams, ListLinksParams, ListNumbersParams, ListOffsetsParams};
use golden_paging::{
    Attempt, AttemptOutcome, Client, ClientBuilder, Error, ErrorKind, Interceptor, Items, Pages, RetryPolicy,
};
use crate::server::{CannedResponse, Server};

fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .base_url(format!("{}/v1", server.origin()))
        .key("k-12345678")
        .token("t-12345678")
        .retry(RetryPolicy::none())
}

fn start(pages: impl Into<Vec<CannedResponse>>) -> (Server, Client) {
    let server = Server::start(pages);
    let client = builder(&server).build().unwrap();
    (server, client)
}

fn json(body: impl Into<String>) -> CannedResponse {
    CannedResponse::json(200, body.into())
}

fn linked(link: &str) -> CannedResponse {
    json(r#"["a"]"#).header("Link", link)
}

/// The targets of the requests since the last time.
fn targets(server: &Server) -> Vec<String> {
    let requests = server.take_requests().into_iter();
    let lines = requests.map(|request| {
        let line = request.request_line().strip_prefix("GET ").unwrap();
        line.strip_suffix(" HTTP/1.1").unwrap().to_owned()
    });
    lines.collect()
}

/// All items, and the error at the end.
async fn all<T: serde::de::DeserializeOwned, I>(mut items: Items<T, I>) -> (Vec<I>, Option<Error>) {
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => found.push(item),
            Err(error) => {
                assert!(items.next().await.is_none(), "an error ends the iteration");
                return (found, Some(error));
            }
        }
    }
    assert!(items.next().await.is_none(), "the end stays the end");
    (found, None)
}

#[track_caller]
fn fails(error: Option<Error>, with: &str) {
    let error = error.expect("the pages end with an error");
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    assert_eq!(error.status().unwrap(), 200);
    assert!(error.to_string().contains(with), "{error}");
}

#[tokio::test]
async fn a_cursor_is_sent_until_there_is_none() {
    let (server, client) = start([
        json(r#"{"events":[{"id":1},{"id":2}],"nextCursor":"b&c=/"}"#),
        json(r#"{"events":[],"nextCursor":"d"}"#),
        json(r#"{"events":[{"id":3}]}"#),
    ]);
    let params = ListEventsParams::new().kind(["x", "y"]).after("a").x_team("blue");
    let (items, error) = all(client.list_events_pages(&params).items()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items.iter().map(|event| event.id).collect::<Vec<_>>(), [1, 2, 3]);
    let requests = server.take_requests();
    let head = |target: &str| {
        format!(
            "GET {target} HTTP/1.1\r\nx-key: k-12345678\r\nx-team: blue\r\naccept: application/json\r\n"
        )
    };
    for (request, target) in requests.iter().zip([
        "/v1/events?kind=x&kind=y&after=a",
        "/v1/events?kind=x&kind=y&after=b%26c%3D%2F",
        "/v1/events?kind=x&kind=y&after=d",
    ]) {
        let wanted = head(target);
        let lines: Vec<&str> = wanted.split("\r\n").collect();
        let sent: Vec<&str> = request.head.split("\r\n").collect();
        assert_eq!(sent[0], lines[0]);
        for line in &lines[1..] {
            assert!(sent.contains(line), "{line} in {sent:?}");
        }
        assert!(request.body.is_empty());
    }
    assert_eq!(requests.len(), 3);
}

#[tokio::test]
async fn an_empty_cursor_ends_the_pages() {
    let (server, client) = start(json(r#"{"events":[{"id":1}],"nextCursor":""}"#));
    let (items, error) = all(client.list_events_pages(&ListEventsParams::new()).items()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items.len(), 1);
    assert_eq!(targets(&server), ["/v1/events"]);
}

/// Whatever is null or absent on the way to the items and to the cursor is no item and no cursor.
#[tokio::test]
async fn items_and_cursor_are_in_objects() {
    let (server, client) = start([
        json(r#"{"result":{"members":{"list":[1,2]},"@next.time":"2026-01-02T00:00:00+01:00"}}"#),
        json(r#"{"result":{"members":{"list":null},"@next.time":"2026-01-03T00:00:00Z"}}"#),
        json(r#"{"result":null}"#),
    ]);
    let since = "2026-01-01T00:00:00Z".parse().unwrap();
    let (items, error) = all(client.list_members_pages("a/b", since).items()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [1, 2]);
    assert_eq!(
        targets(&server),
        [
            "/v1/accounts/a%2Fb/members?since=2026-01-01T00%3A00%3A00.000Z",
            "/v1/accounts/a%2Fb/members?since=2026-01-01T23%3A00%3A00.000Z",
            "/v1/accounts/a%2Fb/members?since=2026-01-03T00%3A00%3A00.000Z",
        ]
    );
}

#[tokio::test]
async fn numbers_count_up_to_an_empty_page() {
    let pages = || {
        [
            json(r#"{"numbers":[1,2]}"#),
            json(r#"{"numbers":[3]}"#),
            json(r#"{"numbers":[]}"#),
        ]
    };
    let (server, client) = start(pages());
    let (items, error) = all(client.list_numbers_pages(&ListNumbersParams::new()).items()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [1, 2, 3]);
    // The description's default is 0.
    let numbers = ["/v1/numbers", "/v1/numbers?page=1", "/v1/numbers?page=2"];
    assert_eq!(targets(&server), numbers);

    let (server, client) = start(pages());
    let (items, _) = all(client.list_numbers_pages(&ListNumbersParams::new().page(7)).items()).await;
    assert_eq!(items, [1, 2, 3]);
    let numbers = ["/v1/numbers?page=7", "/v1/numbers?page=8", "/v1/numbers?page=9"];
    assert_eq!(targets(&server), numbers);
}

#[tokio::test]
#[allow(deprecated)]
async fn offsets_grow_by_the_items_of_a_page() {
    let (server, client) = start([
        json(r#"{"numbers":[1,2]}"#),
        json(r#"{"numbers":[3]}"#),
        json("{}"),
    ]);
    let params = ListOffsetsParams::new().filter_skip(10).limit(2);
    let (items, error) = all(client.list_offsets_pages(&params).items()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(
        targets(&server),
        [
            "/v1/offsets?filter%5Bskip%5D=10&limit=2",
            "/v1/offsets?limit=2&filter%5Bskip%5D=12",
            "/v1/offsets?limit=2&filter%5Bskip%5D=13",
        ]
    );
}

#[tokio::test]
async fn a_number_that_cannot_be_counted_on_is_an_error() {
    let (_server, client) = start(json(r#"{"numbers":[1]}"#));
    let params = ListNumbersParams::new().page(i64::MAX);
    let (items, error) = all(client.list_numbers_pages(&params).items()).await;
    assert_eq!(items, [1]);
    fails(error, "`page` cannot be counted on");
}

/// Relative and absolute targets, several headers and links, relations and other parameters.
#[tokio::test]
async fn links_are_followed() {
    let next = [
        ("<?page=2>; rel=next", "/v1/links?page=2"),
        ("</v1/links?page=3>; REL=\"prev NEXT\"", "/v1/links?page=3"),
        (
            r#"<?p=1>; rel="prev"; title="a, <b>; rel=\"next\"" , <4?x=%C3%A4&&y=a+b>;foo;title*=UTF-8''%e2 ; rel = "next""#,
            "/v1/4?x=%C3%A4&&y=a+b",
        ),
        // Of two relations the first counts, and a link with an anchor is another page's.
        ("<?a>; rel=prev; rel=next, <?b>; rel=next; anchor=\"/x\", <?c>; rel=next", "/v1/4?c"),
        (",, <../v1/./links#end>;rel=next,", "/v1/links"),
    ];
    let mut pages: Vec<CannedResponse> = next.iter().map(|(link, _)| linked(link)).collect();
    pages.push(CannedResponse::decide(|request| {
        let host = request.header("host").unwrap();
        let next = format!("<HTTP://u:p@{host}/v1/links?page=6&token=old&t=1>; rel=next");
        linked("<?x>; rel=last").header("link", &next)
    }));
    pages.push(linked("<?x>; rel=prev"));
    let (server, client) = start(pages);
    let params = ListLinksParams::new().limit(1);
    let (items, error) = all(client.list_links_pages(&params).items()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items.len(), 7);
    let mut wanted = vec!["/v1/links?limit=1&token=t-12345678".to_owned()];
    for (_, target) in next {
        let separator = if target.contains('?') { '&' } else { '?' };
        wanted.push(format!("{target}{separator}token=t-12345678"));
    }
    // A credential in the link is replaced by the client's own.
    wanted.push("/v1/links?page=6&t=1&token=t-12345678".to_owned());
    assert_eq!(targets(&server), wanted);
}

/// A path that looks like a host is a path of the same server.
#[tokio::test]
async fn a_base_url_may_have_no_path() {
    let server = Server::start([
        CannedResponse::decide(|request| {
            let host = request.header("host").unwrap();
            linked(&format!("<http://{host}//evil.example/x?page=2>; rel=next"))
        }),
        json("[]"),
    ]);
    let client = builder(&server).base_url(server.origin()).build().unwrap();
    let (_, error) = all(client.list_links_pages(&ListLinksParams::new()).items()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(
        targets(&server),
        ["/links?token=t-12345678", "//evil.example/x?page=2&token=t-12345678"]
    );
}

#[tokio::test]
async fn urls_in_the_body_are_followed() {
    let (server, client) = start([
        json(r#"{"names":["a"],"paging":{"next":"/v1/urls?page=2"}}"#),
        json(r#"{"names":[],"paging":{"next":"?page=3"}}"#),
        json(r#"{"names":["b"],"paging":{"next":null}}"#),
    ]);
    let (items, error) = all(client.list_urls_pages2().items()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, ["a", "b"]);
    assert_eq!(targets(&server), ["/v1/urls", "/v1/urls?page=2", "/v1/urls?page=3"]);
}

/// A credential must not reach another server, or another application of the same server.
#[tokio::test]
async fn pages_elsewhere_are_not_requested() {
    let other = Server::start(json("[]"));
    let elsewhere = [
        format!("{}/v1/links?page=2", other.origin()),
        "//evil.example/v1/links".to_owned(),
        "https://127.0.0.1/v1/links".to_owned(),
        "http://127.0.0.1@evil.example/v1/links".to_owned(),
        "/v2/links".to_owned(),
        "/v1x/links".to_owned(),
        "/v1/%2e%2e/links".to_owned(),
        "/v1".to_owned(),
        "\\\\evil.example\\v1\\links".to_owned(),
        "ftp://evil.example/v1/links".to_owned(),
        "data:text/plain,x".to_owned(),
    ];
    for url in elsewhere {
        let (server, client) = start(linked(&format!("<{url}>; rel=next")));
        let (items, error) = all(client.list_links_pages(&ListLinksParams::new()).items()).await;
        assert_eq!(items, ["a"], "the page before it arrives");
        fails(error, "not below the base URL http://127.0.0.1:");
        assert_eq!(targets(&server).len(), 1, "{url}");

        let body = format!(r#"{{"names":["a"],"paging":{{"next":{url:?}}}}}"#);
        let (server, client) = start(json(body));
        let (items, error) = all(client.list_urls_pages2().items()).await;
        assert_eq!(items, ["a"]);
        fails(error, "not below the base URL http://127.0.0.1:");
        assert_eq!(targets(&server).len(), 1, "{url}");
    }
    assert_eq!(other.stop().connections, 0);
}

#[tokio::test]
async fn an_error_shows_no_credential_that_a_link_has() {
    let link = "<https://evil.example/t-12345678?token=t-12345678>; rel=next";
    let (_server, client) = start(linked(link));
    let (_, error) = all(client.list_links_pages(&ListLinksParams::new()).items()).await;
    let text = error.unwrap().to_string();
    assert!(!text.contains("t-12345678"), "{text}");
    assert!(text.starts_with("listLinks: 200 OK: the next page is not below "), "{text}");
    assert!(text.ends_with("it is at https://evil.example/[hidden]"), "{text}");
}

#[tokio::test]
async fn a_malformed_link_is_an_error() {
    for link in ["?page=2; rel=next", "<?page=2; rel=next", "<?a>; title=\"b", "<?a> <?b>; rel=next", "<?a>; title=\"\\"] {
        let (_server, client) = start(linked(link));
        let (items, error) = all(client.list_links_pages(&ListLinksParams::new()).items()).await;
        assert_eq!(items, ["a"]);
        fails(error, "`Link` is not a list of links");
    }
    let (_server, client) = start(linked("<http://[>; rel=next"));
    let (_, error) = all(client.list_links_pages(&ListLinksParams::new()).items()).await;
    fails(error, "the URL of the next page is invalid");
}

#[tokio::test]
async fn a_page_that_was_requested_before_ends_the_pages() {
    let events = |next: &str| json(format!(r#"{{"events":[{{"id":1}}],"nextCursor":"{next}"}}"#));
    let (server, client) = start([events("a"), events("b"), events("a")]);
    let (items, error) = all(client.list_events_pages(&ListEventsParams::new()).items()).await;
    assert_eq!(items.len(), 3);
    fails(error, "the next page was requested before");
    assert_eq!(targets(&server), ["/v1/events", "/v1/events?after=a", "/v1/events?after=b"]);

    // The first request counts, too.
    let (server, client) = start(events("a"));
    let params = ListEventsParams::new().after("a");
    let (items, error) = all(client.list_events_pages(&params).items()).await;
    assert_eq!(items.len(), 1);
    fails(error, "the next page was requested before");
    assert_eq!(targets(&server).len(), 1);

    let (server, client) = start(linked("<?page=2>; rel=next"));
    let (_, error) = all(client.list_links_pages(&ListLinksParams::new()).items()).await;
    fails(error, "the next page was requested before");
    assert_eq!(targets(&server).len(), 2);
}

/// A server that ignores the number of the page returns the same page for ever.
#[tokio::test]
async fn the_same_page_again_ends_the_pages() {
    let (server, client) = start(json(r#"{"numbers":[1]}"#));
    let (items, error) = all(client.list_numbers_pages(&ListNumbersParams::new()).items()).await;
    assert_eq!(items, [1, 1]);
    fails(error, "the server may ignore the parameter `page`");
    assert_eq!(targets(&server).len(), 2);
}

#[tokio::test]
async fn many_pages_without_items_end_the_pages() {
    let count = AtomicUsize::new(0);
    let (server, client) = start(CannedResponse::decide(move |_| {
        let number = count.fetch_add(1, Ordering::Relaxed);
        json(format!(r#"{{"events":[],"nextCursor":"{number}"}}"#))
    }));
    let (items, error) = all(client.list_events_pages(&ListEventsParams::new()).items()).await;
    assert!(items.is_empty());
    fails(error, "1000 pages in a row have no items");
    assert_eq!(targets(&server).len(), 1000);
}

#[tokio::test]
async fn the_url_of_a_page_has_a_maximum_length() {
    let long = "x".repeat(70_000);
    let (server, client) = start(json(format!(r#"{{"events":[{{"id":1}}],"nextCursor":"{long}"}}"#)));
    let (items, error) = all(client.list_events_pages(&ListEventsParams::new()).items()).await;
    assert_eq!(items.len(), 1);
    fails(error, "at most 65534 are possible");
    assert_eq!(targets(&server).len(), 1);
}

/// Each page is a call like any other: with retries, interceptors and the headers of the first.
#[tokio::test]
async fn a_page_is_a_call() {
    #[derive(Default)]
    struct Statuses(AtomicUsize);
    impl Interceptor for Statuses {
        fn after_attempt(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
            assert_eq!(attempt.operation(), "listEvents");
            let status = outcome.status().unwrap().as_u16();
            self.0.fetch_add(status.into(), Ordering::Relaxed);
        }
    }
    let statuses = Arc::new(Statuses::default());
    struct Shared(Arc<Statuses>);
    impl Interceptor for Shared {
        fn after_attempt(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
            self.0.after_attempt(attempt, outcome);
        }
    }
    let server = Server::start([
        json(r#"{"events":[{"id":1}],"nextCursor":"a"}"#),
        CannedResponse::empty(503),
        json(r#"{"events":[{"id":2}],"nextCursor":"b"}"#),
        CannedResponse::empty(503),
        CannedResponse::empty(503),
    ]);
    let client = builder(&server).interceptor(Shared(Arc::clone(&statuses))).build().unwrap();
    let policy = RetryPolicy::default().base_delay(Duration::ZERO).max_attempts(2);
    let pages = client.list_events_pages(&ListEventsParams::new());
    let mut pages = pages.retry(policy).header("x-run", "7");
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!((first.status().as_u16(), first.attempts()), (200, 1));
    assert_eq!(first.body().next_cursor.as_ref().unwrap().as_str(), "a");
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!(second.attempts(), 2);
    assert_eq!(second.into_body().events[0].id, 2);
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (503, 2));
    assert!(pages.next().await.is_none());
    assert_eq!(statuses.0.load(Ordering::Relaxed), 2 * 200 + 3 * 503);
    let requests = server.take_requests();
    assert_eq!(requests.len(), 5);
    assert!(requests.iter().all(|request| request.header("x-run") == Some("7")));
}

#[tokio::test]
async fn every_page_has_the_time_limit() {
    let (_server, client) = start([
        json(r#"{"events":[],"nextCursor":"a"}"#),
        CannedResponse::none().stalled(),
    ]);
    let pages = client.list_events_pages(&ListEventsParams::new());
    let mut pages = pages.timeout(Duration::from_secs(7));
    pages.next().await.unwrap().unwrap();
    // From here on nothing comes, so that the clock jumps to the time limit.
    tokio::time::pause();
    let before = tokio::time::Instant::now();
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(before.elapsed().as_secs(), 7);
}

#[tokio::test]
async fn an_invalid_request_is_an_error_of_the_first_page() {
    let (server, client) = start(json("{}"));
    let since = "2026-01-01T00:00:00Z".parse().unwrap();
    let mut pages = client.list_members_pages("..", since);
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(pages.next().await.is_none());
    assert!(targets(&server).is_empty());
}

/// A dropped future loses neither a page nor an item, and no request is made twice.
#[tokio::test]
async fn next_can_be_cancelled() {
    let (server, client) = start([
        json(r#"{"events":[{"id":1}],"nextCursor":"a"}"#),
        json(r#"{"events":[{"id":2}]}"#),
    ]);
    let mut items = client.list_events_pages(&ListEventsParams::new()).items();
    let mut found = Vec::new();
    let mut dropped = 0;
    loop {
        let mut next = Box::pin(items.next());
        let polled = poll_fn(|context| Poll::Ready(next.as_mut().poll(context))).await;
        drop(next);
        match polled {
            Poll::Ready(Some(item)) => found.push(item.unwrap().id),
            Poll::Ready(None) => break,
            Poll::Pending => {
                dropped += 1;
                tokio::task::yield_now().await;
            }
        }
    }
    assert_eq!(found, [1, 2]);
    assert!(dropped >= 2, "{dropped}");
    assert_eq!(targets(&server), ["/v1/events", "/v1/events?after=a"]);
}

#[tokio::test]
async fn a_task_can_own_the_pages() {
    let (_server, client) = start(json(r#"{"events":[{"id":1}]}"#));
    let items = client.list_events_pages(&ListEventsParams::new()).items();
    let (items, _) = tokio::spawn(all(items)).await.unwrap();
    assert_eq!(items.len(), 1);
    fn is_sync<T: Sync + Send + 'static>(_: &T) {}
    let pages: Pages<_, _> = client.list_events_pages(&ListEventsParams::new());
    is_sync(&pages);
    assert_eq!(format!("{pages:?}"), "Pages { operation: \"listEvents\", .. }");
}

/// As the documentation says.
#[tokio::test]
async fn unfold_makes_a_stream() {
    let (_server, client) = start([
        json(r#"{"events":[{"id":1}],"nextCursor":"a"}"#),
        json(r#"{"events":[{"id":2}]}"#),
    ]);
    let items = client.list_events_pages(&ListEventsParams::new()).items();
    let stream = futures_util::stream::unfold(items, |mut items| async move {
        let item = items.next().await?;
        Some((item, items))
    });
    let ids: Vec<i32> = stream.map(|item| item.unwrap().id).collect().await;
    assert_eq!(ids, [1, 2]);
}

/// No page is requested before it is asked for.
#[tokio::test]
async fn pages_are_lazy() {
    let (server, client) = start(json(r#"{"events":[{"id":1},{"id":2}],"nextCursor":"a"}"#));
    let mut items = client.list_events_pages(&ListEventsParams::new()).items();
    assert!(targets(&server).is_empty());
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap();
    assert_eq!(targets(&server).len(), 1);
}

#[test]
fn the_blocking_client_has_iterators() {
    let server = Server::start([
        json(r#"{"events":[{"id":1},{"id":2}],"nextCursor":"a"}"#),
        json(r#"{"events":[{"id":3}]}"#),
        json(r#"{"events":[{"id":4}],"nextCursor":"b"}"#),
        CannedResponse::empty(500),
    ]);
    let client = builder(&server).build_blocking().unwrap();
    let params = ListEventsParams::new();
    let mut ids = Vec::new();
    for item in client.list_events_pages(&params).header("x-run", "7").items() {
        ids.push(item.unwrap().id);
    }
    assert_eq!(ids, [1, 2, 3]);
    let requests = server.take_requests();
    assert_eq!(requests.len(), 2);
    for request in &requests {
        assert_eq!(request.header("x-run"), Some("7"));
    }

    let mut pages = client.list_events_pages(&params).retry(RetryPolicy::none());
    assert_eq!(pages.next().unwrap().unwrap().into_body().events[0].id, 4);
    let error = pages.next().unwrap().unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
    assert!(pages.next().is_none());
    assert!(pages.next().is_none());
}

#[test]
fn the_blocking_client_ends_endless_pages() {
    let server = Server::start(linked("<http://evil.example/v1>; rel=next"));
    let client = builder(&server).build_blocking().unwrap();
    let params = ListLinksParams::new();
    let found: Vec<_> = client.list_links_pages(&params).items().collect();
    let [Ok(name), Err(error)] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(name, "a");
    assert!(error.to_string().contains("not below the base URL"), "{error}");

    let server = Server::start(json(r#"{"numbers":[1]}"#));
    let client = builder(&server).build_blocking().unwrap();
    let params = ListNumbersParams::new();
    let pages: Result<Vec<_>, Error> = client.list_numbers_pages(&params).collect();
    assert!(pages.unwrap_err().to_string().contains("may ignore the parameter `page`"));
}
