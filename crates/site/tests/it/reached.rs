//! How a site is reached: what the pages say of it, the certificate devices install, and who is served behind a proxy.

use crate::live::{Call, LiveSite};
use axum::http::StatusCode;
use std::sync::Arc;
use vestibule_site::web::WebSettings;
use vestibule_site::web::server::listener::OwnAuthority;

const CONNECTION: &str = "/staff/settings/connection";

fn own() -> WebSettings {
    let authority = OwnAuthority { der: vec![0x30, 0x03, 1, 2, 3], fingerprint: "AB:CD:EF".to_owned() };
    WebSettings { tls: true, authority: Some(Arc::new(authority)), ..WebSettings::default() }
}

async fn connection(site: &LiveSite) -> String {
    let (session, _) = site.staff("manager").await;
    let said = Call::get(CONNECTION).bearer(&session).to(site).await;
    assert_eq!(said.code, StatusCode::OK, "{}", said.text);
    said.text
}

#[tokio::test]
async fn a_device_finds_the_certificate_and_what_to_compare_it_with() {
    let site = LiveSite::founded_with(own()).await;
    let page = Call::get("/trust").to(&site).await;
    assert_eq!(page.code, StatusCode::OK);
    assert!(page.text.contains("AB:CD:EF") && page.text.contains("/trust/authority.crt"), "{}", page.text);
    let file = Call::get("/trust/authority.crt").to(&site).await;
    assert_eq!(file.headers["content-type"], "application/x-x509-ca-cert");
    assert_eq!(file.bytes, [0x30, 0x03, 1, 2, 3]);
    let shown = connection(&site).await;
    assert!(shown.contains("https://localhost:8080/trust") && shown.contains("AB:CD:EF"), "{shown}");
    assert!(shown.contains("class=\"qr\""), "to be scanned with the phone that is to trust it");
}

#[tokio::test]
async fn a_site_without_an_authority_of_its_own_has_nothing_to_trust() {
    let site = LiveSite::founded().await;
    for path in ["/trust", "/trust/authority.crt"] {
        assert_eq!(Call::get(path).to(&site).await.code, StatusCode::NOT_FOUND, "{path}");
    }
    let shown = connection(&site).await;
    assert!(shown.contains("from this machine alone") && shown.contains("No other machine"), "{shown}");
}

#[tokio::test]
async fn behind_a_proxy_nobody_goes_round_it_and_it_alone_is_believed() {
    let trusted_proxies = vec!["192.168.1.2".parse().unwrap()];
    let web = WebSettings { behind_proxy: true, trusted_proxies, ..WebSettings::default() };
    let site = LiveSite::founded_with(web).await;
    for peer in ["127.0.0.1", "::1", "192.168.1.2", "::ffff:192.168.1.2"] {
        assert_eq!(Call::get("/sign-in").from(peer).to(&site).await.code, StatusCode::OK, "{peer}");
    }
    for peer in ["192.168.1.3", "10.0.0.1", "2001:db8::1"] {
        let said = Call::get("/sign-in").from(peer).header("x-forwarded-for", "127.0.0.1").to(&site).await;
        assert_eq!(said.code, StatusCode::FORBIDDEN, "{peer}");
        assert!(said.text.contains("trusted_proxies"), "in words: {}", said.text);
    }
    let (session, _) = site.staff("manager").await;
    let page = |proto: &str| {
        let call = Call::get(CONNECTION).bearer(&session).from("192.168.1.2");
        call.header("x-forwarded-proto", proto).to(&site)
    };
    let (safe, plain) = (page("https").await.text, page("http").await.text);
    assert!(safe.contains("192.168.1.2") && !safe.contains("in the clear"), "{safe}");
    assert!(plain.contains("in the clear") && plain.contains("no camera"), "{plain}");
}
