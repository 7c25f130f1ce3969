//! One key frame out of packets (RTP, RFC 3550; H.264 in it, RFC 6184). A frame with a hole in it is not taken.

use super::sdp::Video;
use crate::HttpError;
use crate::STILL_MAX_BYTES;

const KEY_SLICE: u8 = 5;
const SEQUENCE_SET: u8 = 7;
const PICTURE_SET: u8 = 8;
const AGGREGATE: u8 = 24;
const FRAGMENT: u8 = 28;
/// No stream has more picture sets: their numbers end at 255 (H.264, 7.4.2.2).
const PICTURE_SETS_MAX: usize = 256;

/// A key frame while it comes.
#[derive(Debug)]
pub(super) struct KeyFrame {
    payload_type: u8,
    sequence_set: Option<Vec<u8>>,
    picture_sets: Vec<Vec<u8>>,
    slices: Vec<Vec<u8>>,
    fragment: Option<Vec<u8>>,
    /// Of the packet before.
    last: Option<(u16, u32)>,
    /// Something of this frame was lost: its rest is passed over.
    has_hole: bool,
}

/// One packet of a stream.
struct Packet<'a> {
    payload_type: u8,
    /// The frame ends with it.
    is_last: bool,
    number: u16,
    timestamp: u32,
    payload: &'a [u8],
}

impl<'a> Packet<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(12)?;
        if head[0] >> 6 != 2 {
            return None;
        }
        let mut payload = rest.get(usize::from(head[0] & 0x0F) * 4..)?;
        if head[0] & 0x10 != 0 {
            let words = u16::from_be_bytes([*payload.get(2)?, *payload.get(3)?]);
            payload = payload.get(4 + usize::from(words) * 4..)?;
        }
        if head[0] & 0x20 != 0 {
            let padding = usize::from(*payload.last()?);
            payload = payload.get(..payload.len().checked_sub(padding)?)?;
        }
        Some(Self {
            payload_type: head[1] & 0x7F,
            is_last: head[1] & 0x80 != 0,
            number: u16::from_be_bytes([head[2], head[3]]),
            timestamp: u32::from_be_bytes([head[4], head[5], head[6], head[7]]),
            payload,
        })
    }
}

impl KeyFrame {
    pub(super) fn new(video: Video) -> Self {
        let mut frame = Self {
            payload_type: video.payload_type,
            sequence_set: None,
            picture_sets: Vec::new(),
            slices: Vec::new(),
            fragment: None,
            last: None,
            has_hole: false,
        };
        for set in &video.parameter_sets {
            frame.unit(set);
        }
        frame
    }

    /// Takes one packet; the whole frame once it is there, in Annex B form.
    pub(super) fn packet(&mut self, bytes: &[u8]) -> Result<Option<Vec<u8>>, HttpError> {
        let Some(packet) = Packet::parse(bytes) else { return Err(HttpError::NotHttp) };
        if packet.payload_type != self.payload_type {
            return Ok(None);
        }
        let before = self.last.replace((packet.number, packet.timestamp));
        if let Some((number, timestamp)) = before {
            if timestamp != packet.timestamp {
                self.forget();
            }
            if number.wrapping_add(1) != packet.number {
                self.forget();
                self.has_hole = true;
            }
        }
        if !self.has_hole {
            self.payload(packet.payload);
        }
        let units =
            self.slices.iter().chain(&self.fragment).chain(&self.picture_sets).chain(&self.sequence_set);
        let size = units.map(Vec::len).sum::<usize>();
        if size > STILL_MAX_BYTES {
            return Err(HttpError::TooLarge { most: STILL_MAX_BYTES });
        }
        Ok(if packet.is_last { self.whole() } else { None })
    }

    fn forget(&mut self) {
        self.slices.clear();
        self.fragment = None;
        self.has_hole = false;
    }

    fn payload(&mut self, payload: &[u8]) {
        let Some((&head, rest)) = payload.split_first() else { return };
        match head & 0x1F {
            AGGREGATE => {
                let mut rest = rest;
                while let [high, low, more @ ..] = rest {
                    let length = usize::from(u16::from_be_bytes([*high, *low]));
                    let Some((unit, after)) = more.split_at_checked(length) else { return };
                    self.unit(unit);
                    rest = after;
                }
            }
            FRAGMENT => self.fragment(head, rest),
            _ => self.unit(payload),
        }
    }

    fn fragment(&mut self, head: u8, rest: &[u8]) {
        let Some((&part, bytes)) = rest.split_first() else { return };
        if part & 0x80 != 0 {
            self.fragment = Some(vec![head & 0xE0 | part & 0x1F]);
        }
        // Without its beginning a unit is worth nothing.
        let Some(unit) = self.fragment.as_mut() else { return };
        unit.extend_from_slice(bytes);
        if part & 0x40 != 0
            && let Some(unit) = self.fragment.take()
        {
            self.unit(&unit);
        }
    }

    fn unit(&mut self, unit: &[u8]) {
        match unit.first().map(|head| head & 0x1F) {
            Some(KEY_SLICE) => self.slices.push(unit.to_vec()),
            Some(SEQUENCE_SET) => {
                self.sequence_set = Some(unit.to_vec());
                self.picture_sets.clear();
            }
            Some(PICTURE_SET)
                if self.picture_sets.len() < PICTURE_SETS_MAX
                    && !self.picture_sets.iter().any(|known| known == unit) =>
            {
                self.picture_sets.push(unit.to_vec());
            }
            _ => {}
        }
    }

    /// Parameter sets and slices behind their start codes.
    fn whole(&mut self) -> Option<Vec<u8>> {
        let sequence_set = self
            .sequence_set
            .as_ref()
            .filter(|_| !self.slices.is_empty() && !self.picture_sets.is_empty())?;
        let units = std::iter::once(sequence_set).chain(&self.picture_sets).chain(&self.slices);
        Some(units.flat_map(|unit| [0, 0, 0, 1].into_iter().chain(unit.iter().copied())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::KeyFrame;
    use crate::camera::rtsp::sdp::Video;

    const SETS: [&[u8]; 2] = [&[0x67, 1], &[0x68, 2]];
    const WHOLE: &[u8] = &[0, 0, 0, 1, 0x67, 1, 0, 0, 0, 1, 0x68, 2, 0, 0, 0, 1, 0x65, 1, 2, 3, 4];

    fn packet(number: u16, timestamp: u32, is_last: bool, payload: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x80, 96 | if is_last { 0x80 } else { 0 }];
        bytes.extend(number.to_be_bytes());
        bytes.extend(timestamp.to_be_bytes());
        bytes.extend([0; 4]);
        bytes.extend(payload);
        bytes
    }

    fn frame(told: bool) -> KeyFrame {
        let sets = if told { SETS.map(<[u8]>::to_vec).to_vec() } else { Vec::new() };
        KeyFrame::new(Video { payload_type: 96, parameter_sets: sets, ..Video::default() })
    }

    fn feed(frame: &mut KeyFrame, packets: &[Vec<u8>]) -> Option<Vec<u8>> {
        packets.iter().find_map(|packet| frame.packet(packet).unwrap())
    }

    /// Sets in one packet, then a slice in two.
    fn key(first: u16, timestamp: u32) -> Vec<Vec<u8>> {
        vec![
            packet(first, timestamp, false, &[0x78, 0, 2, 0x67, 1, 0, 2, 0x68, 2]),
            packet(first.wrapping_add(1), timestamp, false, &[0x7C, 0x85, 1, 2]),
            packet(first.wrapping_add(2), timestamp, true, &[0x7C, 0x45, 3, 4]),
        ]
    }

    #[test]
    fn a_key_frame_is_put_together_past_what_is_none() {
        let mut packets = vec![packet(65_533, 1, true, &[0x41, 9])];
        packets.extend(key(65_534, 2));
        assert_eq!(feed(&mut frame(false), &packets).as_deref(), Some(WHOLE));
    }

    #[test]
    fn sets_told_beforehand_count() {
        let slice = packet(7, 1, true, &[0x65, 1, 2, 3, 4]);
        assert_eq!(feed(&mut frame(true), std::slice::from_ref(&slice)).as_deref(), Some(WHOLE));
        assert_eq!(feed(&mut frame(false), &[slice]), None, "nobody could show it");
    }

    #[test]
    fn a_frame_with_a_hole_is_passed_over() {
        for lost in 1..3 {
            let mut packets = key(1, 1);
            packets.remove(lost);
            packets.push(packet(4, 1, true, &[0x65, 8]));
            assert_eq!(feed(&mut frame(true), &packets), None, "{lost}");
            packets.extend(key(5, 2));
            assert_eq!(feed(&mut frame(true), &packets).as_deref(), Some(WHOLE));
        }
    }

    #[test]
    fn sets_without_end_are_refused_and_not_kept() {
        let set = |number: u16, length: usize| {
            let mut set = vec![0x68];
            set.extend(number.to_be_bytes());
            set.resize(length, 1);
            set
        };
        let mut small = frame(false);
        for number in 0..2_000 {
            assert_eq!(small.packet(&packet(number, 1, false, &set(number, 3))), Ok(None));
        }
        assert_eq!(small.picture_sets.len(), super::PICTURE_SETS_MAX);
        let mut large = frame(false);
        let refused =
            (0..200).any(|number| large.packet(&packet(number, 1, false, &set(number, 60_000))).is_err());
        assert!(refused, "12 MB of sets are more than a still");
    }

    #[test]
    fn noise_never_panics() {
        let whole = key(1, 1);
        for (index, bytes) in whole.iter().enumerate() {
            for at in 0..bytes.len() {
                for value in [0, 0x1C, 0x78, 0xFF] {
                    let mut packets = whole.clone();
                    packets[index][at] = value;
                    let mut frame = frame(true);
                    for packet in &packets {
                        let _ = frame.packet(packet);
                        let _ = frame.packet(&packet[..at.min(packet.len())]);
                    }
                }
            }
        }
    }
}
