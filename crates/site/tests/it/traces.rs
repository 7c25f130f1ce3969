//! Everything this process traces, at TRACE, kept for the search for codes and for ERROR lines.

use std::io::Write;
use std::sync::{Arc, Mutex, Once, PoisonError};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

static KEPT: Mutex<Option<Kept>> = Mutex::new(None);
static BEGUN: Once = Once::new();

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The first line, at the finest level: shows that all levels are kept.
pub const KEPT_LINE: &str = "everything is traced from here on";

/// From now on every trace line of the process is kept.
pub fn keep() {
    BEGUN.call_once(|| {
        let kept = Kept::default();
        *KEPT.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept.clone());
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(kept);
        tracing::subscriber::set_global_default(subscriber.finish()).expect("one subscriber a process");
        tracing::trace!("{KEPT_LINE}");
    });
}

/// All lines so far.
pub fn lines() -> String {
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).clone().unwrap_or_default();
    let bytes = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    String::from_utf8_lossy(&bytes).into_owned()
}
