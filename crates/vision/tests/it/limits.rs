//! Files that are no photos, too large, or made to be too large.

use crate::chance::Chance;
use crate::payload::{Kind, ups};
use crate::scene::printed;
use crate::{nowhere, png, sheet};
use proptest::prelude::*;
use vestibule_vision::photo::decode;
use vestibule_vision::{Grey, Unreadable, read};

/// A label as a camera's JPEG, of one of the invented numbers.
const PHOTO: &[u8] = include_bytes!("../fixtures/ups.jpg");

#[test]
fn a_jpeg_is_read() {
    let label = read(PHOTO, None, &nowhere()).unwrap();
    assert_eq!(label.tracking, Some(ups(&mut Chance::new(11))));
}

#[test]
fn what_is_no_picture_is_said() {
    assert_eq!(decode(b""), Err(Unreadable::Empty));
    assert_eq!(decode(b"#!/bin/sh\nrm -rf /\n"), Err(Unreadable::NotAPicture));
    assert_eq!(decode(&PHOTO[..PHOTO.len() / 40]), Err(Unreadable::Damaged));
    assert_eq!(decode(&vec![0; (32 << 20) + 1]), Err(Unreadable::TooLarge));
}

/// A PNG's beginning, of any size it claims, with the check sum that belongs to it.
fn header(width: u32, height: u32) -> Vec<u8> {
    let mut file = png(&Grey::new(8, 8, Vec::new()));
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let mut sum = !0_u32;
    for byte in &file[12..29] {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    file[29..33].copy_from_slice(&(!sum).to_be_bytes());
    file
}

#[test]
fn a_file_that_would_unpack_to_gigabytes_is_refused_by_its_header() {
    for (width, height) in [(60_000, 60_000), (1, 30_000), (30_000, 2), (8_000, 8_000), (u32::MAX / 2, 1)] {
        assert_eq!(decode(&header(width, height)), Err(Unreadable::TooLarge), "{width} x {height}");
    }
    assert_eq!(decode(&header(4_000, 4_000)), Err(Unreadable::Damaged), "it is not as long as it says");
}

#[test]
fn forty_million_pixels_are_read() {
    let number = ups(&mut Chance::new(12));
    let small = sheet(&[printed(Kind::Ups, &number, 14)]);
    let mut pixels = Vec::with_capacity(7_300 * 5_500);
    for y in 0..5_500 {
        let row = small.pixels().get(y * small.width()..(y + 1) * small.width()).unwrap_or_default();
        pixels.extend_from_slice(row);
        pixels.resize((y + 1) * 7_300, 255);
    }
    let label = read(&png(&Grey::new(7_300, 5_500, pixels)), None, &nowhere()).unwrap();
    assert_eq!(label.tracking, Some(number));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn no_file_ends_the_process(at in 2_usize..6_000, byte: u8, end in 100_usize..6_000) {
        let mut file = PHOTO[..end.min(PHOTO.len())].to_vec();
        let at = at % file.len();
        file[at] = byte;
        if let Ok(label) = read(&file, None, &nowhere()) {
            let number = ups(&mut Chance::new(11));
            prop_assert!(label.tracking.is_none_or(|read| read == number));
        }
    }
}
