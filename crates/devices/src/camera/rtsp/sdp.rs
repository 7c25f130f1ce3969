//! The description of a stream (SDP, RFC 8866), as far as one finds H.264 in it (RFC 6184, 8.1).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The first stream of H.264 pictures.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Video {
    pub(super) control: String,
    /// Packets of other types are not the picture.
    pub(super) payload_type: u8,
    /// Sequence and picture parameter sets, if told beforehand.
    pub(super) parameter_sets: Vec<Vec<u8>>,
}

pub(super) fn video(text: &str) -> Option<Video> {
    let mut sections = text.split("\nm=").skip(1);
    sections.find_map(|section| {
        let mut lines = section.lines().map(str::trim_end);
        let media = lines.next()?.strip_prefix("video ")?;
        let types: Vec<u8> = media.split(' ').skip(2).filter_map(|word| word.parse().ok()).collect();
        let attributes: Vec<&str> = lines.filter_map(|line| line.strip_prefix("a=")).collect();
        let of_type = |name: &str, wanted: u8| {
            attributes
                .iter()
                .find_map(|attribute| attribute.strip_prefix(name)?.strip_prefix(&format!("{wanted} ")))
        };
        let is_h264 = |wanted: &u8| {
            of_type("rtpmap:", *wanted).is_some_and(|map| map.to_uppercase().starts_with("H264/"))
        };
        let payload_type = types.into_iter().find(is_h264)?;
        let control = attributes.iter().find_map(|attribute| attribute.strip_prefix("control:"));
        let sets = of_type("fmtp:", payload_type).map(parameter_sets).unwrap_or_default();
        Some(Video { control: control.unwrap_or_default().to_owned(), payload_type, parameter_sets: sets })
    })
}

fn parameter_sets(format: &str) -> Vec<Vec<u8>> {
    let named = format.split(';').find_map(|part| part.trim().strip_prefix("sprop-parameter-sets="));
    let sets = named.unwrap_or_default().split(',').filter_map(|set| STANDARD.decode(set.trim()).ok());
    sets.filter(|set| !set.is_empty()).collect()
}

impl Video {
    /// Where the stream is set up (RFC 2326, C.1.1).
    pub(super) fn control_at(&self, base: &str) -> String {
        match self.control.as_str() {
            "" | "*" => base.to_owned(),
            whole if whole.starts_with("rtsp://") => whole.to_owned(),
            part => format!("{}/{part}", base.trim_end_matches('/')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::video;

    const SDP: &str = "v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=x\r\na=control:*\r\nm=audio 0 RTP/AVP 0\r\na=control:audio\r\n\
        m=video 0 RTP/AVP 26 96\r\na=rtpmap:26 JPEG/90000\r\na=rtpmap:96 h264/90000\r\n\
        a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0IAHg==,aM48gA==;profile-level-id=42001e\r\na=control:trackID=1\r\n";

    #[test]
    fn the_first_h264_is_found() {
        let found = video(SDP).unwrap();
        assert_eq!(found.payload_type, 96);
        assert_eq!(found.parameter_sets, [vec![0x67, 0x42, 0x00, 0x1E], vec![0x68, 0xCE, 0x3C, 0x80]]);
        assert_eq!(found.control_at("rtsp://c/stream/"), "rtsp://c/stream/trackID=1");
    }

    #[test]
    fn a_stream_without_it_is_none() {
        for text in
            ["", "<html>", "v=0\nm=audio 0 RTP/AVP 96\na=rtpmap:96 H264/90000", &SDP.replace("h264", "H265")]
        {
            assert_eq!(video(text), None);
        }
    }
}
