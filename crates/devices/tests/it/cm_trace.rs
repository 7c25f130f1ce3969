//! Hears everything that is traced on this thread.

use std::io;
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::MakeWriter;

/// While it lives, every trace of this thread is kept.
pub struct Trace {
    kept: Kept,
    _guard: tracing::subscriber::DefaultGuard,
}

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Trace {
    pub fn start() -> Self {
        let kept = Kept::default();
        let everything = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(kept.clone())
            .finish();
        Self { kept, _guard: tracing::subscriber::set_default(everything) }
    }

    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.kept.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Kept {
    type Writer = Kept;

    fn make_writer(&self) -> Kept {
        self.clone()
    }
}
