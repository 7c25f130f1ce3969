//! What leads to a picture, in the words of ONVIF's media service.

use quick_xml::escape::escape;

use crate::http::soap::{Seen, text_at, unescaped, walk};

pub(super) const GET_CAPABILITIES: &str = r#"<GetCapabilities xmlns="http://www.onvif.org/ver10/device/wsdl"><Category>Media</Category></GetCapabilities>"#;
pub(super) const GET_PROFILES: &str = r#"<GetProfiles xmlns="http://www.onvif.org/ver10/media/wsdl"/>"#;

pub(super) fn get_snapshot_uri(profile: &str) -> String {
    let profile = escape(profile);
    format!(
        r#"<GetSnapshotUri xmlns="http://www.onvif.org/ver10/media/wsdl"><ProfileToken>{profile}</ProfileToken></GetSnapshotUri>"#
    )
}

pub(super) fn media_service(xml: &str) -> Option<String> {
    text_at(xml, &["Media", "XAddr"])
}

/// The token of the first profile: cameras list their best stream first.
pub(super) fn first_profile(xml: &str) -> Option<String> {
    let mut found = None;
    walk(xml, |path, event| {
        if let (Some(&"Profiles"), Seen::Begins(start)) = (path.last(), event) {
            let token = start.try_get_attribute("token").ok().flatten();
            found = token.map(|token| unescaped(&token.value));
        }
        found.is_some()
    })?;
    found.filter(|token| !token.is_empty())
}

pub(super) fn snapshot_uri(xml: &str) -> Option<String> {
    text_at(xml, &["MediaUri", "Uri"]).map(|uri| uri.trim().to_owned()).filter(|uri| !uri.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{first_profile, media_service, snapshot_uri};

    #[test]
    fn answers_are_read_whatever_their_prefixes() {
        let media = "<a><b:Media><c:XAddr>http://192.0.2.1/onvif/Media</c:XAddr></b:Media></a>";
        assert_eq!(media_service(media).as_deref(), Some("http://192.0.2.1/onvif/Media"));
        let profiles =
            "<a><m:Profiles fixed=\"true\" token=\"P&amp;1\"><n/></m:Profiles><m:Profiles token=\"P2\"/></a>";
        assert_eq!(first_profile(profiles).as_deref(), Some("P&1"));
        let uri = "<a><m:MediaUri><s:Uri>http://x/shot?a=1&amp;b=&#50;</s:Uri></m:MediaUri></a>";
        assert_eq!(snapshot_uri(uri).as_deref(), Some("http://x/shot?a=1&b=2"));
    }

    #[test]
    fn what_is_no_xml_says_nothing() {
        for text in ["", "<", "<a", "<html><body>no", "<a></b>", "\u{0}"] {
            assert_eq!((media_service(text), first_profile(text), snapshot_uri(text)), (None, None, None));
        }
    }
}
