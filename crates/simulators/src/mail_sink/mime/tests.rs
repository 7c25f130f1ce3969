use super::*;

fn message(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

#[test]
fn nested_parts_are_found_and_decoded() {
    let mail = read(&message(
        "From: \"Maple Court\" <p@example.com>\n\
         Subject: =?utf-8?b?MiBwYXF1ZXRlcyBlbiBlbCBjYXNpbGxlcm8=?=\n =?utf-8?q?_14_=E2=80?= =?utf-8?q?=93_hoy?=\n\
         Content-Type: multipart/alternative;\n boundary=\"out er\"\n\
         \n\
         preamble\n\
         --out er\n\
         Content-Type: text/plain; charset=utf-8\n\
         Content-Transfer-Encoding: quoted-printable\n\
         \n\
         C=C3=B3digo 482 913=20=\n905\n\
         --out er\n\
         Content-Type: multipart/related; boundary=inner; type=text/html\n\
         \n\
         --inner\n\
         Content-Type: text/html; charset=\"utf-8\"\n\
         Content-Transfer-Encoding: base64\n\
         \n\
         PHA+aG9s\nYTwvcD4=\n\
         --inner\n\
         Content-Type: image/png\n\
         Content-ID: <pickup-code>\n\
         Content-Transfer-Encoding: base64\n\
         \n\
         iVBORw0KGgo=\n\
         --inner--\n\
         --out er--\n\
         epilogue\n",
    ));
    assert_eq!(mail.subject(), "2 paquetes en el casillero 14 – hoy");
    assert_eq!(mail.header("from"), Some("\"Maple Court\" <p@example.com>"));
    assert_eq!(mail.text.as_deref(), Some("Código 482 913 905"));
    assert_eq!(mail.html.as_deref(), Some("<p>hola</p>"));
    assert_eq!(mail.images.len(), 1);
    assert_eq!(mail.images[0].cid, "pickup-code");
    assert_eq!(mail.images[0].bytes, b"\x89PNG\r\n\x1a\n");
}

#[test]
fn plain_messages_need_no_mime() {
    let mail = read(&message("Subject: hello\n\nfirst\n\nsecond\n"));
    assert_eq!((mail.subject(), mail.text.as_deref()), ("hello", Some("first\r\n\r\nsecond\r\n")));
    assert_eq!(read(b"\r\nonly a body").text.as_deref(), Some("only a body"));
    assert_eq!(read(b"Subject: only a header").subject(), "only a header");
}

#[test]
fn latin_1_is_read() {
    let mail = read(
        b"Subject: =?iso-8859-1?q?c=F3digo?=\r\nContent-Type: text/plain; charset=ISO-8859-1\r\n\r\nse\xf1or",
    );
    assert_eq!((mail.subject(), mail.text.as_deref()), ("código", Some("señor")));
}

#[test]
fn broken_messages_are_shown_as_far_as_they_go() {
    for raw in [
        &b""[..],
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n--\r\n",
        b"Content-Type: multipart/mixed; boundary=\"x\r\n\r\n--x\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x--\r\n",
        b"Subject: =?utf-8?b?\r\n\r\n=?=?=",
        b"Content-Transfer-Encoding: base64\r\n\r\n====!!!!",
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n=Z=4",
    ] {
        let mail = read(raw);
        assert!(mail.images.is_empty() && mail.html.is_none());
    }
    let mut nested = String::new();
    for depth in 0..40 {
        nested.push_str(&format!("Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"));
    }
    assert_eq!(read(&message(&nested)).text, None);
}

#[test]
fn debug_shows_no_content() {
    let mail = read(b"Subject: x\r\n\r\nOn the keypad: 1202, then 482 913 905");
    assert!(!format!("{mail:?}").contains("482"));
}
