//! QR pictures of tokens: PNG for mail, SVG for pages and slips. Knows nothing of what the text means.
//!
//! Error correction M, quiet zone 4 modules (ISO/IEC 18004), 8 pixels a module: read from a phone screen
//! at arm's length and from a printed slip.

use fast_qr::qr::QRCode;
use fast_qr::{ECL, QRBuilder};

const QUIET_MODULES: usize = 4;
const MODULE_PIXELS: usize = 8;

fn encode(text: &str) -> QRCode {
    QRBuilder::new(text).ecl(ECL::M).build().unwrap_or_else(|_| {
        // Version 40-M holds 2331 bytes; tokens have 31 characters and links a few hundred.
        panic!("a QR text is shorter than 2331 bytes, got {}", text.len())
    })
}

/// Dark or light at a place of the picture counted in modules, quiet zone included.
fn is_dark(code: &QRCode, row: usize, column: usize) -> bool {
    let inside = QUIET_MODULES..QUIET_MODULES + code.size;
    inside.contains(&row)
        && inside.contains(&column)
        && code[row - QUIET_MODULES][column - QUIET_MODULES].value()
}

/// A black-on-white PNG, one bit a pixel. Panics on texts over 2331 bytes.
pub fn qr_png(text: &str) -> Vec<u8> {
    let code = encode(text);
    let modules = code.size + 2 * QUIET_MODULES;
    let side = modules * MODULE_PIXELS;
    let mut pixels = Vec::with_capacity(modules * side);
    for row in 0..modules {
        // One module is eight pixels wide, so it is exactly one byte of a one-bit picture.
        let line: Vec<u8> =
            (0..modules).map(|column| if is_dark(&code, row, column) { 0x00 } else { 0xFF }).collect();
        for _ in 0..MODULE_PIXELS {
            pixels.extend_from_slice(&line);
        }
    }
    let side = u32::try_from(side).expect("a QR picture is at most 185 modules of 8 pixels");
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().expect("writing into memory does not fail");
    writer.write_image_data(&pixels).expect("the rows fit the header");
    writer.finish().expect("writing into memory does not fail");
    png
}

/// A black-on-white SVG that scales to its container; one path, no script, no text. Panics as [`qr_png`] does.
pub fn qr_svg(text: &str) -> String {
    use std::fmt::Write as _;
    let code = encode(text);
    let modules = code.size + 2 * QUIET_MODULES;
    let mut path = String::new();
    for row in 0..modules {
        let mut column = 0;
        while column < modules {
            let start = column;
            while column < modules && is_dark(&code, row, column) {
                column += 1;
            }
            if column > start {
                let run = column - start;
                write!(path, "M{start} {row}h{run}v1h-{run}z").expect("writing into a String does not fail");
            }
            column += 1;
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {modules} {modules}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{modules}v{modules}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "VP7K0123456789ABCDEFGHJKMNPQRST";

    fn pixels(png: &[u8]) -> (usize, Vec<bool>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut buffer).unwrap();
        assert_eq!(info.width, info.height);
        let side = info.width as usize;
        let dark = (0..side * side)
            .map(|at| {
                let (row, column) = (at / side, at % side);
                buffer[row * info.line_size + column / 8] & (0x80 >> (column % 8)) == 0
            })
            .collect();
        (side, dark)
    }

    #[test]
    fn token_is_a_version_two_picture_with_quiet_zone_and_large_modules() {
        let (side, dark) = pixels(&qr_png(TOKEN));
        assert_eq!(side, (25 + 8) * 8);
        let at = |row: usize, column: usize| dark[row * side + column];
        let edge = 4 * 8;
        assert!((0..side).all(|i| !at(i, edge - 1) && !at(edge - 1, i) && !at(i, side - edge)));
        // The finder pattern: seven dark modules from the corner, a light one, then anything.
        assert!((edge..edge + 7 * 8).all(|i| at(edge, i) && at(i, edge)));
        assert!((edge + 7 * 8..edge + 8 * 8).all(|i| !at(edge, i)));
    }

    #[test]
    fn svg_and_png_are_the_same_picture() {
        let (side, dark) = pixels(&qr_png(TOKEN));
        let svg = qr_svg(TOKEN);
        assert!(svg.contains("viewBox=\"0 0 33 33\""));
        let path = svg.rsplit("d=\"").next().unwrap().split('"').next().unwrap();
        let mut drawn = vec![false; 33 * 33];
        for run in path.split('M').skip(1) {
            let numbers: Vec<usize> =
                run.split([' ', 'h', 'v']).take(3).map(|number| number.parse().unwrap()).collect();
            for column in numbers[0]..numbers[0] + numbers[2] {
                drawn[numbers[1] * 33 + column] = true;
            }
        }
        for row in 0..33 {
            for column in 0..33 {
                assert_eq!(drawn[row * 33 + column], dark[row * 8 * side + column * 8], "{row} {column}");
            }
        }
    }
}
