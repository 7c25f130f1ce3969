//! A stream as a camera sends it: the four questions of RTSP (RFC 2326), then packets of RTP (RFC 3550, RFC 6184) on the same line,
//! a frame between key frames first and then a key frame.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::CameraDevice;
use super::h264;
use crate::http::{Question, Reply};

const PATH: &str = "/live";
const SESSION: &str = "12345678";
const PAYLOAD_TYPE: u8 = 96;
const CHANNEL: u8 = 0;
/// Bytes of a packet, as they fit into a frame of Ethernet.
const PACKET_MAX: usize = 1_400;
/// The stream's clock.
const TICKS: u32 = 3_600;
/// Pixels of its pictures.
const SIZE: (u16, u16) = (320, 240);

pub(super) fn answer(device: &CameraDevice, question: &Question, now_ms: i64) -> Reply {
    if !question.path.ends_with(PATH) && !question.path.ends_with("/track1") {
        return Reply::new(404, "text/plain", Vec::new());
    }
    let reply = |body: Vec<u8>| Reply::new(200, "application/sdp", body);
    match question.method.as_str() {
        "DESCRIBE" if device.faults.says_a_page => {
            Reply::new(200, "text/html", b"<html>Please log in</html>".to_vec())
        }
        "DESCRIBE" => {
            reply(description().into_bytes()).with("Content-Base", question.target.trim_end_matches('/'))
        }
        "SETUP" => reply(Vec::new())
            .with("Session", &format!("{SESSION};timeout=60"))
            .with("Transport", &format!("RTP/AVP/TCP;unicast;interleaved={CHANNEL}-{}", CHANNEL + 1)),
        "PLAY" if question.header("session") == Some(SESSION) => {
            let mut reply = reply(Vec::new()).with("Session", SESSION);
            reply.follows = frames(device, now_ms);
            if device.faults.cut_short.is_some() {
                let half = reply.follows.len() / 2;
                reply.follows.truncate(half);
                reply.hangs_up = true;
            }
            reply
        }
        "PLAY" => Reply::new(454, "text/plain", Vec::new()),
        "TEARDOWN" => reply(Vec::new()),
        _ => Reply::new(405, "text/plain", Vec::new()),
    }
}

fn description() -> String {
    let sets = h264::parameter_sets(SIZE.0, SIZE.1).map(|set| STANDARD.encode(set)).join(",");
    format!(
        "v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=camera\r\nt=0 0\r\na=control:*\r\nm=video 0 RTP/AVP {PAYLOAD_TYPE}\r\na=rtpmap:{PAYLOAD_TYPE} H264/90000\r\na=fmtp:{PAYLOAD_TYPE} packetization-mode=1;profile-level-id=42C01E;sprop-parameter-sets={sets}\r\na=control:track1\r\n"
    )
}

fn frames(device: &CameraDevice, now_ms: i64) -> Vec<u8> {
    if device.faults.huge.is_some() {
        return endless();
    }
    let key = if device.faults.empty {
        Vec::new()
    } else {
        let pixels = device.scene().pixels(device.clock(now_ms), SIZE.0, SIZE.1);
        h264::key_slice(&pixels, SIZE.0, SIZE.1)
    };
    let mut sender = Sender { number: 65_534, bytes: Vec::new() };
    // A slice that only changes a picture before it, which nobody has.
    sender.send(&[0x41, 0x9A, 0x00], TICKS, true);
    if key.is_empty() {
        return sender.bytes;
    }
    let [sequence_set, picture_set] = h264::parameter_sets(SIZE.0, SIZE.1);
    let mut both = vec![0x78];
    for set in [&sequence_set, &picture_set] {
        both.extend(u16::try_from(set.len()).unwrap_or_default().to_be_bytes());
        both.extend(set);
    }
    sender.send(&both, 2 * TICKS, false);
    let pieces: Vec<&[u8]> = key[1..].chunks(PACKET_MAX).collect();
    for (index, piece) in pieces.iter().enumerate() {
        let (first, last) = (index == 0, index + 1 == pieces.len());
        let mut fragment = vec![0x7C, 0x05 | u8::from(first) << 7 | u8::from(last) << 6];
        fragment.extend_from_slice(piece);
        sender.send(&fragment, 2 * TICKS, last);
    }
    sender.bytes
}

/// A key frame that never ends: more of one slice than any camera sends.
fn endless() -> Vec<u8> {
    let mut sender = Sender { number: 0, bytes: Vec::new() };
    let mut fragment = vec![0x7C, 0x85];
    fragment.resize(60_000, 1);
    for _ in 0..200 {
        sender.send(&fragment, TICKS, false);
        fragment[1] = 0x05;
    }
    sender.bytes
}

struct Sender {
    number: u16,
    bytes: Vec<u8>,
}

impl Sender {
    fn send(&mut self, payload: &[u8], timestamp: u32, is_last: bool) {
        let length = u16::try_from(12 + payload.len()).expect("packets are short");
        self.bytes.extend([b'$', CHANNEL]);
        self.bytes.extend(length.to_be_bytes());
        self.bytes.extend([0x80, PAYLOAD_TYPE | u8::from(is_last) << 7]);
        self.bytes.extend(self.number.to_be_bytes());
        self.bytes.extend(timestamp.to_be_bytes());
        self.bytes.extend(0x0BAD_CAFE_u32.to_be_bytes());
        self.bytes.extend_from_slice(payload);
        self.number = self.number.wrapping_add(1);
    }
}
