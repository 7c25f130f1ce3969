//! The password of a device: read from its file, never shown.

use std::io;
use std::path::Path;

use zeroize::Zeroizing;

/// A password longer than this is some other file, in bytes.
const MAX_BYTES: usize = 1_024;

/// A password. It is wiped when it goes, and shows nothing of itself.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// A password as somebody typed it.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The first line of a file.
    ///
    /// # Errors
    /// The file cannot be read, is empty, has several lines, or is longer than a password.
    pub fn read(path: &Path) -> io::Result<Self> {
        let text = Zeroizing::new(std::fs::read_to_string(path)?);
        let line = text.strip_suffix('\n').unwrap_or(&text);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let wrong = |why| Err(io::Error::new(io::ErrorKind::InvalidData, why));
        match line {
            "" => wrong("the file is empty; it must hold the password"),
            line if line.len() > MAX_BYTES => wrong("the file is longer than a password"),
            line if line.contains(['\n', '\r']) => {
                wrong("the file has several lines; it must hold the password alone")
            }
            line => Ok(Self(Zeroizing::new(line.to_owned()))),
        }
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::Password;

    #[test]
    fn a_file_holds_the_password_alone() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let read = |content: &str| {
            std::fs::write(file.path(), content).unwrap();
            Password::read(file.path()).map(|password| password.reveal().to_owned()).ok()
        };
        assert_eq!(read("s3 cret\n").as_deref(), Some("s3 cret"));
        assert_eq!(read("s3cret\r\n").as_deref(), Some("s3cret"));
        assert_eq!(read("s3cret").as_deref(), Some("s3cret"));
        for wrong in ["", "\n", "one\ntwo\n", &"x".repeat(2_000)] {
            assert_eq!(read(wrong), None);
        }
    }

    #[test]
    fn a_password_shows_nothing() {
        assert_eq!(format!("{:?}", Password::new("hunter2".to_owned())), "Password(..)");
    }
}
