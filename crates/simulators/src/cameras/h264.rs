//! The simplest H.264 there is: every block of a picture as its bare samples (I_PCM), in the baseline profile. Large, exact, and
//! shown by every player (ITU-T H.264, 7.3).

/// Samples of a block a side.
const BLOCK: usize = 16;

/// Sequence and picture parameter set of pictures of this size, in whole blocks.
pub(super) fn parameter_sets(width: u16, height: u16) -> [Vec<u8>; 2] {
    // Baseline, constrained, level 3.0.
    let mut bits = Bits::of(&[0x67, 66, 0xC0, 30]);
    bits.number(0); // seq_parameter_set_id
    bits.number(0); // log2_max_frame_num - 4
    bits.number(2); // pic_order_cnt_type: as decoded
    bits.number(0); // max_num_ref_frames: every picture stands alone
    bits.put(0, 1);
    bits.number(u32::from(width) / 16 - 1);
    bits.number(u32::from(height) / 16 - 1);
    bits.put(0b1000, 4); // frames, no direct inference, no cropping, no display hints
    let sequence_set = bits.end();
    let mut bits = Bits::of(&[0x68]);
    bits.number(0); // pic_parameter_set_id
    bits.number(0); // seq_parameter_set_id
    bits.put(0, 2); // variable length codes, no field order
    bits.number(0); // one slice group
    bits.number(0);
    bits.number(0);
    bits.put(0, 3); // no weights
    bits.number(0); // quantisers as they are
    bits.number(0);
    bits.number(0);
    bits.put(0, 3); // no deblocking control, no constraints, no redundancy
    [sequence_set, bits.end()]
}

/// One picture of RGB pixels as the slice of a key frame.
pub(super) fn key_slice(pixels: &[u8], width: u16, height: u16) -> Vec<u8> {
    let (width, height) = (usize::from(width), usize::from(height));
    let mut bits = Bits::of(&[0x65]);
    bits.number(0); // first block
    bits.number(7); // nothing but intra blocks
    bits.number(0); // pic_parameter_set_id
    bits.put(0, 4); // frame_num
    bits.number(0); // idr_pic_id
    bits.put(0, 2); // no reference marking
    bits.number(0); // slice_qp_delta
    for top in (0..height).step_by(BLOCK) {
        for left in (0..width).step_by(BLOCK) {
            bits.number(25); // I_PCM
            bits.align();
            block(&mut bits, |x, y| {
                let at = ((top + y) * width + left + x) * 3;
                [pixels[at], pixels[at + 1], pixels[at + 2]]
            });
        }
    }
    bits.end()
}

/// Luma of each pixel, then the two chromas of each second one (ITU-R BT.601, limited range).
fn block(bits: &mut Bits, pixel: impl Fn(usize, usize) -> [u8; 3]) {
    for y in 0..BLOCK {
        for x in 0..BLOCK {
            bits.byte(mixed(pixel(x, y), [66, 129, 25], 16));
        }
    }
    for weights in [[-38, -74, 112], [112, -94, -18]] {
        for y in (0..BLOCK).step_by(2) {
            for x in (0..BLOCK).step_by(2) {
                bits.byte(mixed(pixel(x, y), weights, 128));
            }
        }
    }
}

fn mixed(pixel: [u8; 3], weights: [i32; 3], offset: i32) -> u8 {
    let sum: i32 = pixel.iter().zip(weights).map(|(part, weight)| i32::from(*part) * weight).sum();
    // Zero and 255 are kept for the decoder.
    u8::try_from(((sum + 128) / 256 + offset).clamp(1, 254)).unwrap_or(1)
}

/// Bits from the highest down, behind a whole first byte or more.
struct Bits {
    bytes: Vec<u8>,
    /// Bits free in the last byte.
    free: u8,
}

impl Bits {
    fn of(head: &[u8]) -> Self {
        Self { bytes: head.to_vec(), free: 0 }
    }

    fn put(&mut self, value: u32, count: u8) {
        for at in (0..count).rev() {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            self.free -= 1;
            if let Some(last) = self.bytes.last_mut() {
                *last |= u8::from(value >> at & 1 == 1) << self.free;
            }
        }
    }

    /// An Exp-Golomb number (9.1).
    fn number(&mut self, value: u32) {
        let length = u8::try_from(31 - (value + 1).leading_zeros()).unwrap_or(0);
        self.put(0, length);
        self.put(value + 1, length + 1);
    }

    fn align(&mut self) {
        self.free = 0;
    }

    fn byte(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// The stop bit, and a 3 wherever the rest would look like a start code (7.4.1).
    fn end(mut self) -> Vec<u8> {
        self.put(1, 1);
        let mut unit = Vec::with_capacity(self.bytes.len());
        let mut zeros = 0;
        for byte in self.bytes {
            if zeros >= 2 && byte <= 3 {
                unit.push(3);
                zeros = 0;
            }
            zeros = if byte == 0 { zeros + 1 } else { 0 };
            unit.push(byte);
        }
        unit
    }
}

#[cfg(test)]
mod tests {
    use super::{Bits, key_slice, parameter_sets};

    #[test]
    fn numbers_are_as_published() {
        // ITU-T H.264, table 9-2.
        for (value, text) in [(0, "1"), (1, "010"), (2, "011"), (5, "00110"), (25, "000011010")] {
            let mut bits = Bits::of(&[]);
            bits.number(value);
            let written: String = bits.bytes.iter().map(|byte| format!("{byte:08b}")).collect();
            assert!(written.starts_with(text), "{value}: {written}");
        }
    }

    #[test]
    fn a_picture_is_its_samples_and_holds_no_start_code() {
        let slice = key_slice(&vec![0; 32 * 16 * 3], 32, 16);
        assert!(slice.len() > 2 * 384 && slice.len() < 2 * 384 + 32, "{}", slice.len());
        for unit in parameter_sets(320, 240).into_iter().chain([slice]) {
            assert!(!unit.windows(3).any(|three| three[..2] == [0, 0] && three[2] < 3), "{unit:x?}");
        }
    }
}
