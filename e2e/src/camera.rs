//! What a camera or a 2D scanner reads off a screen: a QR picture as it is drawn, by a reader nobody here wrote.

use std::io::Cursor;

use rxing::BarcodeFormat;
use rxing::helpers::detect_in_luma;

use crate::browser::Browser;

impl Browser {
    /// The text of the QR picture that a selector finds, read from the pixels on the screen.
    pub async fn read_qr(&self, css: &str) -> String {
        let picture = self.find(css).await.screenshot().await;
        let picture = picture.unwrap_or_else(|error| panic!("no picture of {css}: {error}"));
        let (luma, width, height) = luma(&picture);
        match detect_in_luma(luma, width, height, Some(BarcodeFormat::QR_CODE)) {
            Ok(found) => found.getText().to_owned(),
            Err(error) => self.fail(&format!("no QR code could be read in {css}: {error}")).await,
        }
    }
}

/// Brightness a pixel, with width and height, of a PNG as browsers write them: eight bits a channel.
fn luma(picture: &[u8]) -> (Vec<u8>, u32, u32) {
    let mut reader = png::Decoder::new(Cursor::new(picture)).read_info().expect("a browser writes PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a screen fits into memory")];
    let info = reader.next_frame(&mut pixels).expect("a browser writes whole PNGs");
    let channels = info.color_type.samples();
    // Green carries most of the brightness; black on white needs no more.
    let green = if channels >= 3 { 1 } else { 0 };
    let luma = pixels.chunks_exact(channels).map(|pixel| pixel[green]).collect();
    (luma, info.width, info.height)
}
