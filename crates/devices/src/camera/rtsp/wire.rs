//! Answers of RTSP and packets between them, out of the bytes of one line (RFC 2326, 10.12).

use crate::HttpError;

/// No head of an answer is longer, in bytes.
const HEAD_MAX: usize = 16 * 1024;
/// No description of a stream is longer, in bytes.
const BODY_MAX: usize = 64 * 1024;

/// What comes over the line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Answer(Answer),
    /// A packet of a stream.
    Packet {
        channel: u8,
        bytes: Vec<u8>,
    },
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// By its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn challenges(&self) -> Vec<String> {
        let named = self.headers.iter().filter(|(name, _)| name == "www-authenticate");
        named.map(|(_, value)| value.clone()).collect()
    }
}

/// The channel of a stream, as the camera chose it.
pub(super) fn channel(transport: &str) -> Option<u8> {
    let chosen = transport.split(';').find_map(|part| part.trim().strip_prefix("interleaved="))?;
    chosen.split('-').next()?.parse().ok()
}

/// The next piece, if all of it has come.
pub(super) fn take(received: &mut Vec<u8>) -> Result<Option<Piece>, HttpError> {
    let (piece, taken) = match received.as_slice() {
        [] => return Ok(None),
        [b'$', channel, high, low, rest @ ..] => {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            match rest.get(..length) {
                Some(bytes) => (Piece::Packet { channel: *channel, bytes: bytes.to_vec() }, 4 + length),
                None => return Ok(None),
            }
        }
        [b'$', ..] => return Ok(None),
        bytes => match answer(bytes)? {
            Some((answer, taken)) => (Piece::Answer(answer), taken),
            None => return Ok(None),
        },
    };
    received.drain(..taken);
    Ok(Some(piece))
}

fn answer(bytes: &[u8]) -> Result<Option<(Answer, usize)>, HttpError> {
    let begun = b"RTSP/1.0 ";
    if !bytes.iter().zip(begun).all(|(seen, wanted)| seen == wanted) {
        return Err(HttpError::NotHttp);
    }
    let Some(head_end) = bytes.windows(4).take(HEAD_MAX).position(|four| four == b"\r\n\r\n") else {
        return if bytes.len() > HEAD_MAX { Err(HttpError::NotHttp) } else { Ok(None) };
    };
    let head = std::str::from_utf8(&bytes[..head_end]).map_err(|_| HttpError::NotHttp)?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let header = |line: &str| {
        line.split_once(':').map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned()))
    };
    let headers: Vec<_> = lines.filter_map(header).collect();
    let mut answer = Answer { status: status.ok_or(HttpError::NotHttp)?, headers, body: Vec::new() };
    let length: usize = match answer.header("content-length") {
        None => 0,
        Some(length) => length.parse().map_err(|_| HttpError::NotHttp)?,
    };
    if length > BODY_MAX {
        return Err(HttpError::TooLarge { most: BODY_MAX });
    }
    let start = head_end + 4;
    let Some(body) = bytes.get(start..start + length) else { return Ok(None) };
    answer.body = body.to_vec();
    Ok(Some((answer, start + length)))
}

#[cfg(test)]
mod tests {
    use super::{Piece, channel, take};

    const LINE: &[u8] = b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 3\r\n\r\nv=0$\x01\x00\x02ab$\x00";

    #[test]
    fn answers_and_packets_are_told_apart_however_they_come() {
        let mut received = Vec::new();
        let mut pieces = Vec::new();
        for byte in LINE {
            received.push(*byte);
            pieces.extend(take(&mut received).unwrap());
        }
        assert_eq!(pieces.len(), 2);
        assert!(matches!(&pieces[0], Piece::Answer(answer) if answer.status == 200 && answer.body == b"v=0"));
        assert_eq!(pieces[1], Piece::Packet { channel: 1, bytes: b"ab".to_vec() });
        assert_eq!(received, b"$\x00");
    }

    #[test]
    fn what_is_neither_is_an_error_at_once() {
        assert!(take(&mut b"HTTP".to_vec()).is_err());
        assert!(take(&mut b"RTSP/1.0 x\r\n\r\n".to_vec()).is_err());
        assert!(take(&mut b"RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n".to_vec()).is_err());
    }

    #[test]
    fn the_camera_chooses_the_channel() {
        assert_eq!(channel("RTP/AVP/TCP;unicast;interleaved=4-5;ssrc=1"), Some(4));
        assert_eq!(channel("RTP/AVP;unicast"), None);
    }
}
