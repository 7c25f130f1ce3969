//! Photos of labels that are uploaded: who reads them, and that they are read one at a time.
//!
//! Owns: the border to the reader, which the program brings; the site knows no decoder. Never: keeps a photo, writes it
//! anywhere or sends it on: it is gone with the answer.

use std::fmt;
use std::sync::Arc;
use tokio::sync::Semaphore;
use vestibule_intake::printed::House;
use vestibule_intake::{Carrier, Problem, Recipient};

/// What a photo says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhotoRecord {
    /// The number of the one parcel.
    pub tracking: Option<String>,
    /// Its company.
    pub carrier: Option<Carrier>,
    /// Whom symbols or print name.
    pub recipient: Recipient,
    /// Why there is no number.
    pub problem: Option<Problem>,
    /// Two recipients are printed, and nothing tells which of them is meant.
    pub several_recipients: bool,
    /// Nobody read whom it names: they fit worn print best of all who live here. It is asked about.
    pub is_likened: bool,
    /// Its symbols as a scanner would type them, a line each.
    pub scan: String,
}

/// Why a file is not read as a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPicture {
    /// Nothing in it.
    Empty,
    /// Neither PNG nor JPEG.
    OtherKind,
    /// It begins like one and is broken.
    Damaged,
    /// Too many bytes or pixels.
    TooLarge,
}

impl NoPicture {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Empty, Self::OtherKind, Self::Damaged, Self::TooLarge];

    /// The stable code: lower case letters and `-`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::OtherKind => "other-kind",
            Self::Damaged => "broken",
            Self::TooLarge => "too-large",
        }
    }
}

type Read = dyn Fn(&[u8], &House) -> Result<PhotoRecord, NoPicture> + Send + Sync;

/// Whoever reads photos. One at a time: a photo is anybody's, and each takes a processor for up to some seconds.
#[derive(Clone)]
pub struct PictureReader {
    read: Arc<Read>,
    turn: Arc<Semaphore>,
}

impl fmt::Debug for PictureReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PictureReader(..)")
    }
}

impl PictureReader {
    /// A reader from the function that does it.
    pub fn new(
        read: impl Fn(&[u8], &House) -> Result<PhotoRecord, NoPicture> + Send + Sync + 'static,
    ) -> Self {
        Self { read: Arc::new(read), turn: Arc::new(Semaphore::new(1)) }
    }

    /// Reads a photo for a house. A reader that panics has met a picture it cannot read.
    ///
    /// # Errors
    /// Why it is no picture.
    pub async fn read(&self, photo: axum::body::Bytes, house: House) -> Result<PhotoRecord, NoPicture> {
        let _turn = self.turn.acquire().await.map_err(|_| NoPicture::Damaged)?;
        let read = Arc::clone(&self.read);
        let done = tokio::task::spawn_blocking(move || read(&photo, &house)).await;
        done.unwrap_or(Err(NoPicture::Damaged))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn a_reader_that_panics_has_met_a_broken_picture_and_reads_on() {
        let reader = PictureReader::new(|bytes, _| match bytes {
            b"hostile" => panic!("an index out of its bounds"),
            _ => Ok(PhotoRecord::default()),
        });
        assert_eq!(
            reader.read(Bytes::from_static(b"hostile"), House::default()).await,
            Err(NoPicture::Damaged)
        );
        assert_eq!(
            reader.read(Bytes::from_static(b"good"), House::default()).await,
            Ok(PhotoRecord::default())
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn photos_are_read_one_at_a_time() {
        static READING: AtomicUsize = AtomicUsize::new(0);
        let reader = PictureReader::new(|_, _| {
            assert_eq!(READING.fetch_add(1, Ordering::SeqCst), 0, "two photos at once");
            std::thread::yield_now();
            READING.fetch_sub(1, Ordering::SeqCst);
            Ok(PhotoRecord::default())
        });
        let photos = (0..20).map(|_| reader.read(Bytes::from_static(b"photo"), House::default()));
        let read = futures_util::future::join_all(photos).await;
        assert!(read.iter().all(Result::is_ok));
    }
}
