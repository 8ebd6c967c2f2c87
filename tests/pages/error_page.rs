//! RFC 6749 §4.1.2.1: what people see where the server must not redirect.

use crate::headers::assert_locked_down;
use crate::visitor::Visitor;

#[tokio::test]
async fn it_says_what_is_wrong_and_links_nowhere() {
    let mut visitor = Visitor::new().await;
    for request in [
        "/authorize",
        "/authorize?client_id=nobody",
        "/authorize?client_id=web&redirect_uri=https%3A%2F%2Fevil.example%2F%3Cscript%3E",
        "/authorize?client_id=web&client_id=web",
    ] {
        let page = visitor.get(request).await;
        page.assert_page(400);
        assert_locked_down(&page);
        assert!(page.text().contains("<code>invalid_request</code>: "), "{}", page.text());
        assert!(!page.text().contains("evil.example") && !page.text().contains("href"), "{}", page.text());
    }
}

#[tokio::test]
async fn what_a_request_contained_is_escaped() {
    let mut visitor = Visitor::new().await;
    let page = visitor.get("/authorize?%3Cb%3E%22=1&%3Cb%3E%22=2").await;
    page.assert_page(400);
    assert!(page.text().contains("&#60;b&#62;") && !page.text().contains("<b>"), "{}", page.text());
}
