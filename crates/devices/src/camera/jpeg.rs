//! Whether bytes are a whole JPEG of a sensible size. Looks at the frame around the picture (ITU-T T.81, annex B), not at the picture.

use super::STILL_SIDE_MAX;

/// Pictures smaller than this, in pixels a side, show nothing.
const SIDE_MIN: u16 = 16;
/// Some cameras put zeros or a line end after the last byte; no more of them than this.
const PADDING_MAX: usize = 4_096;

/// Width and height in pixels; nothing unless it is a JPEG that begins, has a size and ends.
pub(super) fn size(bytes: &[u8]) -> Option<(u16, u16)> {
    let body = bytes.strip_prefix(&[0xFF, 0xD8])?;
    if !ends(bytes) {
        return None;
    }
    let (width, height) = frame(body)?;
    let sensible = SIDE_MIN..=STILL_SIDE_MAX;
    (sensible.contains(&width) && sensible.contains(&height)).then_some((width, height))
}

fn ends(bytes: &[u8]) -> bool {
    let padding =
        bytes.iter().rev().take(PADDING_MAX).take_while(|byte| matches!(byte, 0 | b'\r' | b'\n')).count();
    bytes[..bytes.len() - padding].ends_with(&[0xFF, 0xD9])
}

/// Walks the segments to the frame header, past thumbnails, which lie inside segments. A picture follows it.
fn frame(mut rest: &[u8]) -> Option<(u16, u16)> {
    let mut size = None;
    loop {
        let (marker, after) = marker(rest)?;
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        let segment = after.get(2..length)?;
        match marker {
            // SOF0 to SOF15 without DHT, JPG and DAC.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let side = |at: usize| Some(u16::from_be_bytes([*segment.get(at)?, *segment.get(at + 1)?]));
                size = Some((side(3)?, side(1)?));
            }
            // The picture itself begins.
            0xDA => return size,
            // A second beginning, or the end, before any picture.
            0xD8 | 0xD9 => return None,
            _ => {}
        }
        rest = &after[length..];
    }
}

/// The next marker, past any fill bytes.
fn marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let rest = bytes.strip_prefix(&[0xFF])?;
    let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
    let (&marker, after) = rest[fill..].split_first()?;
    Some((marker, after))
}

#[cfg(test)]
mod tests {
    use super::size;

    /// The frame of a JPEG of 640 x 480 with a thumbnail in its first segment, and three bytes of picture.
    fn picture() -> Vec<u8> {
        let mut bytes = vec![0xFF, 0xD8];
        bytes.extend([0xFF, 0xE1, 0x00, 0x08, 0xFF, 0xD8, 0xFF, 0xD9, 0x00, 0x00]);
        bytes.extend([0xFF, 0xFF, 0xC0, 0x00, 0x0B, 8, 0x01, 0xE0, 0x02, 0x80, 1, 1, 0x11, 0]);
        bytes.extend([0xFF, 0xDA, 0x00, 0x08, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xFF, 0xD9]);
        bytes
    }

    #[test]
    fn a_whole_picture_has_a_size() {
        assert_eq!(size(&picture()), Some((640, 480)));
        let mut padded = picture();
        padded.extend([0, 0, b'\r', b'\n']);
        assert_eq!(size(&padded), Some((640, 480)));
    }

    #[test]
    fn no_cut_picture_has_one() {
        let whole = picture();
        assert!((0..whole.len()).all(|length| size(&whole[..length]).is_none()));
    }

    #[test]
    fn what_is_no_picture_has_none() {
        let mut tiny = picture();
        tiny[18..22].copy_from_slice(&[0, 1, 0, 1]);
        let mut headless = picture();
        headless.drain(12..26);
        let mut followed = picture();
        followed.extend(b"<html>");
        let mut vast = picture();
        vast[18..20].copy_from_slice(&(super::STILL_SIDE_MAX + 1).to_be_bytes());
        for bytes in
            [&b"<html></html>"[..], b"", &[0xFF, 0xD8, 0xFF, 0xD9], &tiny, &vast, &headless, &followed]
        {
            assert_eq!(size(bytes), None, "{bytes:x?}");
        }
    }

    #[test]
    fn changed_bytes_never_panic() {
        let whole = picture();
        for index in 0..whole.len() {
            for value in [0, 0x7F, 0xD9, 0xFF] {
                let mut changed = whole.clone();
                changed[index] = value;
                let _ = size(&changed);
            }
        }
    }
}
