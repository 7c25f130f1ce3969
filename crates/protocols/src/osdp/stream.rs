//! Frames out of a stream of bytes: noise before a frame is skipped, a frame that is not whole yet is waited for.

/// Start byte.
const START: u8 = 0x53;
const HEAD: usize = 5;
/// A reader's frame is no longer: OSDP's largest on a bus.
const FRAME_MAX: usize = 1_440;

/// What a stream begins with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing, or the beginning of a frame.
    Incomplete,
    /// A right frame, taken off the stream.
    Frame(Vec<u8>),
}

/// Takes the next right frame off `received`, and everything that is none before it.
pub(super) fn next(received: &mut Vec<u8>) -> Next {
    let mut start = 0;
    while let Some(at) = received[start..].iter().position(|byte| *byte == START).map(|at| start + at) {
        let rest = &received[at..];
        let Some(head) = rest.get(..HEAD) else {
            return keep(received, at);
        };
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        if (HEAD + 2..=FRAME_MAX).contains(&length) {
            match rest.get(..length) {
                None if could_end(rest, length) => return keep(received, at),
                Some(frame) if super::decode(frame).is_ok() => {
                    let frame = frame.to_vec();
                    received.drain(..at + length);
                    return Next::Frame(frame);
                }
                None | Some(_) => {}
            }
        }
        start = at + 1;
    }
    received.clear();
    Next::Incomplete
}

/// Whether bytes that promise `length` may still be a frame: none is hidden further on.
fn could_end(rest: &[u8], length: usize) -> bool {
    let hidden = (1..rest.len()).any(|at| {
        let later = &rest[at..];
        let said = later.get(2..4).map(|said| usize::from(u16::from_le_bytes([said[0], said[1]])));
        said.and_then(|said| later.get(..said)).is_some_and(|frame| super::decode(frame).is_ok())
    });
    !hidden && length <= FRAME_MAX
}

fn keep(received: &mut Vec<u8>, at: usize) -> Next {
    received.drain(..at);
    Next::Incomplete
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACK: [u8; 8] = [0x53, 0x85, 0x08, 0x00, 0x06, 0x40, 0x6C, 0xE9];

    #[test]
    fn a_frame_is_found_behind_noise_and_in_pieces() {
        for cut in 0..ACK.len() {
            let mut received = vec![0xFF, 0x53, 0x00, 0x11];
            received.extend(&ACK[..cut]);
            assert_eq!(next(&mut received), Next::Incomplete, "{cut}");
            received.extend(&ACK[cut..]);
            assert_eq!(next(&mut received), Next::Frame(ACK.to_vec()), "{cut}");
            assert!(received.is_empty());
        }
    }

    #[test]
    fn a_broken_frame_hides_no_right_one() {
        let mut broken = ACK.to_vec();
        broken[5] ^= 1;
        broken.extend(ACK);
        assert_eq!(next(&mut broken), Next::Frame(ACK.to_vec()));
        // A length that never comes true.
        let mut promising = vec![0x53, 0x85, 0xF0, 0x00, 0x06];
        promising.extend(ACK);
        assert_eq!(next(&mut promising), Next::Frame(ACK.to_vec()));
    }
}
