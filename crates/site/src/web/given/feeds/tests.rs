use super::*;
use axum::http::HeaderName;

const EASYPOST: &[u8] = include_bytes!("../../../../tests/feeds/easypost.json");
const SHIPPO: &[u8] = include_bytes!("../../../../tests/feeds/shippo.json");
const AFTERSHIP: &[u8] = include_bytes!("../../../../tests/feeds/aftership.json");
/// Monday 2026-03-02 09:00 UTC, when all three were sent.
const SENT: Timestamp = Timestamp(1_772_442_000_000);

// Made by `openssl dgst -sha256 -hmac a-secret-of-the-feed` over the files, for Shippo with `1772442000.` before it.
const SIGNED: [(Provider, &str, &str, &[u8]); 3] = [
    (
        Provider::EasyPost,
        "x-hmac-signature",
        "hmac-sha256-hex=88a75e0774329fcb5a5b8080e0405f6d9c03861a89e22c87dc1837cc9eb839b0",
        EASYPOST,
    ),
    (
        Provider::Shippo,
        "shippo-auth-signature",
        "t=1772442000,v1=5cb6da8cdc2e757e05993b5a561b71bbd5390f50497cf2213f783f051182c6ce",
        SHIPPO,
    ),
    (Provider::AfterShip, "aftership-hmac-sha256", "+op55WBmd4l/moLKJ3XyXwbbrZx2TrDN0am9MP3ihgg=", AFTERSHIP),
];

fn feed(provider: Provider, secret: &str) -> Feed {
    Feed { provider, secret: Zeroizing::new(secret.to_owned()) }
}

fn headers(name: &'static str, value: &str) -> HeaderMap {
    HeaderMap::from_iter([(HeaderName::from_static(name), value.parse().unwrap())])
}

fn hear(
    provider: Provider,
    signed: (&'static str, &str),
    body: &[u8],
    now: Timestamp,
) -> Result<Option<Delivered>, Unheard> {
    let headers = headers(signed.0, signed.1);
    feed(provider, "a-secret-of-the-feed").hear(&headers, body, (&Zone::utc(), now))
}

#[test]
fn each_provider_is_heard_by_its_own_signature() {
    for (provider, name, value, body) in SIGNED {
        let heard = hear(provider, (name, value), body, SENT).unwrap().unwrap();
        assert_eq!(heard.number, "1Z999AA10123456784", "{provider:?}");
        assert!(heard.company.is_some_and(|company| company.eq_ignore_ascii_case("ups")));
        assert_eq!(heard.at, Some(Timestamp(SENT.0 - 30 * 60_000)), "{provider:?}");
        assert!(heard.postal.is_some_and(|postal| postal.starts_with("10013")));
    }
}

#[test]
fn what_is_not_signed_with_the_secret_is_not_listened_to() {
    for (provider, name, value, body) in SIGNED {
        let mut changed = body.to_vec();
        changed[body.len() / 2] ^= 1;
        assert_eq!(hear(provider, (name, value), &changed, SENT), Err(Unheard::BadSignature), "{provider:?}");
        let other = feed(provider, "another-secret-of-a-feed");
        let heard = other.hear(&headers(name, value), body, (&Zone::utc(), SENT));
        assert_eq!(heard, Err(Unheard::BadSignature), "{provider:?}");
        for wrong in
            ["", "hmac-sha256-hex=", "hmac-sha256-hex=zz", "t=1,v1=", "t=x,v1=00", "t=1", "AA==", "é"]
        {
            let Ok(value) = axum::http::HeaderValue::from_str(wrong) else { continue };
            let headers = HeaderMap::from_iter([(HeaderName::from_static(name), value)]);
            let heard = feed(provider, "a-secret-of-the-feed").hear(&headers, body, (&Zone::utc(), SENT));
            assert_eq!(heard, Err(Unheard::BadSignature), "{provider:?}: {wrong}");
        }
        let bare = feed(provider, "a-secret-of-the-feed");
        let heard = bare.hear(&HeaderMap::new(), body, (&Zone::utc(), SENT));
        assert_eq!(heard, Err(Unheard::BadSignature));
    }
}

#[test]
fn the_time_that_shippo_signs_cannot_be_changed() {
    let (provider, name, value, body) = SIGNED[1];
    let later = value.replace("t=1772442000", "t=1772442001");
    assert_eq!(hear(provider, (name, &later), body, SENT), Err(Unheard::BadSignature));
}

#[test]
fn what_was_recorded_and_is_sent_again_much_later_is_not_listened_to() {
    for (provider, name, value, body) in SIGNED {
        let at = |ms: i64| hear(provider, (name, value), body, Timestamp(SENT.0 + ms));
        assert!(at(SENT_WITHIN.0).unwrap().is_some(), "{provider:?}: providers try again for days");
        assert_eq!(at(SENT_WITHIN.0 + 1), Err(Unheard::NotNow), "{provider:?}");
        assert_eq!(at(-AHEAD.0 - 1), Err(Unheard::NotNow), "{provider:?}");
    }
}

/// A body, signed as AfterShip does.
fn signed(body: &[u8]) -> Result<Option<Delivered>, Unheard> {
    let mut mac = Hmac::<Sha256>::new_from_slice(b"a-secret-of-the-feed").unwrap();
    mac.update(body);
    let value = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
    hear(Provider::AfterShip, ("aftership-hmac-sha256", &value), body, SENT)
}

#[test]
fn what_is_not_delivered_and_what_is_no_message_say_nothing() {
    for body in [
        r#"{"msg":{"tag":"InTransit","tracking_number":"1Z999AA10123456784"}}"#,
        r#"{"msg":{"tag":"Delivered"}}"#,
        r#"{"msg":{"tag":"Delivered","tracking_number":17}}"#,
        r#"{"msg":{"tag":["Delivered"],"tracking_number":"1Z999AA10123456784"}}"#,
        "[]",
        "null",
    ] {
        assert_eq!(signed(body.as_bytes()), Ok(None), "{body}");
    }
    let long =
        format!(r#"{{"msg":{{"tag":"Delivered","tracking_number":"{}"}}}}"#, "1".repeat(FIELD_MOST + 1));
    assert_eq!(signed(long.as_bytes()), Ok(None));
    assert_eq!(signed(b"not json"), Err(Unheard::Unreadable));
    let deep = "[".repeat(100_000);
    assert_eq!(signed(deep.as_bytes()), Err(Unheard::Unreadable), "no deeper than it is read");
    let test = br#"{"test":true,"data":{"tracking_status":{"status":"DELIVERED"},"tracking_number":"SHIPPO_DELIVERED1"}}"#;
    let message: Value = serde_json::from_slice(test).unwrap();
    assert_eq!(shippo(&message, &Zone::utc()), None, "a test of the provider is no parcel");
}
