//! The two models as files: which ones they are, and opening them.

use super::read::is_on_labels;
use rten::{Model, ModelOptions};
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files and their SHA-256, as `sha256sum` writes them: where the text stands, and what it says.
const PINNED: &str = include_str!("../../models.sha256");
/// The names begin so in the order in which they are used.
const NAMES: [&str; 2] = ["PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"];
/// More than either has.
const FILE_MOST: u64 = 64 << 20;
/// Under this key the second model carries its letters, a line each.
const LETTERS: &str = "character";

/// Why printed text cannot be read. The rest works without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoModels {
    /// No such file.
    Missing(PathBuf),
    /// Not the file that was pinned: another version, or damaged.
    Other(PathBuf),
    /// It is the right file and could not be loaded.
    Unloadable(String),
}

impl fmt::Display for NoModels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "{} is not there", path.display()),
            Self::Other(path) => write!(f, "{} is not the file that belongs to this version", path.display()),
            Self::Unloadable(why) => write!(f, "a model could not be loaded: {why}"),
        }
    }
}

impl std::error::Error for NoModels {}

/// Finds text, and reads lines of it.
pub struct Models {
    pub finds: Model,
    pub reads: Model,
    /// Of the second's classes those that labels can hold, none at all before them.
    pub classes: Vec<usize>,
    /// Their letters.
    pub letters: Arc<[char]>,
}

/// Opens both.
///
/// # Errors
/// Which of them is missing or not the right one.
pub fn open(folder: &Path) -> Result<Models, NoModels> {
    let [finds, reads] = NAMES.map(|name| load(&folder.join(name), name));
    let (finds, reads) = (finds?, reads?);
    let letters =
        reads.metadata().get(LETTERS).ok_or_else(|| NoModels::Unloadable("it names no letters".into()))?;
    // A class before them is no letter, and one behind them the space.
    let letters = std::iter::once('\0')
        .chain(letters.split('\n').map(|line| line.trim_end_matches('\r').chars().next().unwrap_or('\0')))
        .chain(std::iter::once(' '));
    let (classes, letters): (Vec<usize>, Vec<char>) =
        letters.enumerate().filter(|(class, letter)| *class == 0 || is_on_labels(*letter)).unzip();
    Ok(Models { finds, reads, classes, letters: letters.into() })
}

fn load(path: &Path, name: &str) -> Result<Model, NoModels> {
    let missing = || NoModels::Missing(path.to_owned());
    let size = std::fs::metadata(path).map_err(|_| missing())?.len();
    let other = || NoModels::Other(path.to_owned());
    if size > FILE_MOST {
        return Err(other());
    }
    let bytes = std::fs::read(path).map_err(|_| missing())?;
    let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let pinned = PINNED.lines().filter_map(|line| line.split_once("  ")).find(|(_, file)| *file == name);
    if pinned.is_none_or(|(pinned, _)| pinned != sum) {
        return Err(other());
    }
    let mut options = ModelOptions::with_all_ops();
    options.prepack_weights(true);
    options.load(bytes).map_err(|error| NoModels::Unloadable(error.to_string()))
}
