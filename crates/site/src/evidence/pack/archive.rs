//! Packs as zip archives. Owns what an archive may be: deflate, plain names, bounded sizes, nothing beside its files; an archive
//! of strangers is refused before anything of it is believed, and nothing of it is ever written to a disk.

use std::io::{Cursor, Read};
use vestibule_ledger::pack::{Files, is_name};
use zip::result::{ZipError, ZipResult};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// An archive is at most so long, in bytes.
pub const LONGEST_ARCHIVE: u64 = 1 << 30;
const MOST_FILES: usize = 10_000;
const LONGEST_FILE: u64 = 64 << 20;
const MOST_BYTES: u64 = 512 << 20;
/// The record at the end of an archive, without a comment.
const END: usize = 22;
const END_MARK: [u8; 4] = *b"PK\x05\x06";

/// How the first bytes of an archive with files in it look.
pub const MARK: [u8; 4] = *b"PK\x03\x04";

/// Why an archive is not read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveFault {
    /// Not an archive, or damaged; with the file if it is known.
    #[error("{file}: it cannot be unpacked: {why}")]
    Damaged {
        /// Which file in it, or `the archive`.
        file: String,
        /// Why.
        why: String,
    },
    /// A name that could lead out of a folder, or stands twice.
    #[error("{0}: no pack has a file of this name, or it stands twice; do not unpack this archive")]
    Name(String),
    /// It would unpack to more than any pack is.
    #[error("{0}: it unpacks to more than a pack may hold; do not unpack this archive")]
    TooLarge(String),
    /// Bytes that belong to no file, where something could hide.
    #[error("the archive holds bytes that belong to no file of it")]
    Beside,
}

/// Files as an archive, the same bytes for the same files.
///
/// # Errors
/// What the writer says.
pub fn write(files: &Files) -> ZipResult<Vec<u8>> {
    use std::io::Write;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// The files of an archive.
///
/// # Errors
/// See [`ArchiveFault`].
pub fn read(bytes: &[u8]) -> Result<Files, ArchiveFault> {
    read_up_to(bytes, MOST_BYTES)
}

/// The same, of at most so many bytes in all.
fn read_up_to(bytes: &[u8], mut left: u64) -> Result<Files, ArchiveFault> {
    let damaged =
        |why: ZipError| ArchiveFault::Damaged { file: "the archive".to_owned(), why: why.to_string() };
    let listed = listed(bytes).ok_or(ArchiveFault::Beside)?;
    if listed > MOST_FILES {
        return Err(ArchiveFault::TooLarge("the archive".to_owned()));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    // The reader keeps one file of a name; another program might show the other.
    if archive.len() != listed || archive.offset() != 0 || !archive.comment().is_empty() {
        return Err(ArchiveFault::Beside);
    }
    let mut files = Files::new();
    for at in 0..listed {
        let mut file = archive.by_index(at).map_err(damaged)?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        if !is_name(&name) || file.is_dir() || file.is_symlink() || files.contains_key(&name) {
            return Err(ArchiveFault::Name(name.escape_default().to_string()));
        }
        // What the archive says of its sizes is a claim: so much is unpacked and no more.
        let most = LONGEST_FILE.min(left);
        let mut content = Vec::new();
        let unpacked = file.by_ref().take(most + 1).read_to_end(&mut content);
        let why = unpacked.map_err(|why| ArchiveFault::Damaged { file: name.clone(), why: why.to_string() });
        if why? as u64 > most {
            return Err(ArchiveFault::TooLarge(name));
        }
        left -= content.len() as u64;
        files.insert(name, content);
    }
    Ok(files)
}

/// How many files the record at the end names, if it is the last thing in the archive and the list ends right before it.
fn listed(bytes: &[u8]) -> Option<usize> {
    let end = bytes.len().checked_sub(END)?;
    let record = &bytes[end..];
    let short = |at: usize| usize::from(u16::from_le_bytes([record[at], record[at + 1]]));
    let long = |at: usize| {
        let four = [record[at], record[at + 1], record[at + 2], record[at + 3]];
        usize::try_from(u32::from_le_bytes(four)).ok()
    };
    let is_end = record.starts_with(&END_MARK) && short(20) == 0 && short(8) == short(10);
    let list_ends = long(12)?.checked_add(long(16)?)? == end;
    (is_end && list_ends).then(|| short(10))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn sample() -> Files {
        Files::from([
            ("events.jsonl".to_owned(), b"one\ntwo\n".repeat(40)),
            ("photos/ab12".to_owned(), (0..=255).collect()),
        ])
    }

    fn with(name: &str, content: &[u8]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn files_come_back_and_the_same_files_are_the_same_bytes() {
        let bytes = write(&sample()).unwrap();
        assert!(bytes.starts_with(&MARK));
        assert_eq!(read(&bytes).unwrap(), sample());
        assert_eq!(write(&sample()).unwrap(), bytes);
    }

    #[test]
    fn names_that_lead_out_of_a_folder_are_refused() {
        for name in ["../x", "/etc/passwd", "a/../../x", "a\\b", "C:/x", ".hidden", "photos//x"] {
            let refused = read(&with(name, b"x"));
            assert!(matches!(refused, Err(ArchiveFault::Name(_))), "{name}: {refused:?}");
        }
    }

    #[test]
    fn an_archive_that_unpacks_to_more_than_a_pack_is_refused() {
        let bomb = with("bomb", &vec![0; usize::try_from(LONGEST_FILE).unwrap() + 1]);
        assert!(bomb.len() < 200_000, "{}", bomb.len());
        assert!(matches!(read(&bomb), Err(ArchiveFault::TooLarge(name)) if name == "bomb"));
    }

    #[test]
    fn many_files_are_refused_that_are_not_refused_one_by_one() {
        let two = write(&sample()).unwrap();
        let all: u64 = sample().values().map(|file| file.len() as u64).sum();
        assert_eq!(read_up_to(&two, all).unwrap(), sample());
        assert!(
            matches!(read_up_to(&two, all - 1), Err(ArchiveFault::TooLarge(name)) if name == "photos/ab12")
        );
        let files = |count: usize| -> Files { (0..count).map(|at| (format!("f{at}"), Vec::new())).collect() };
        assert_eq!(read(&write(&files(MOST_FILES)).unwrap()).unwrap().len(), MOST_FILES);
        let refused = read(&write(&files(MOST_FILES + 1)).unwrap());
        assert!(matches!(refused, Err(ArchiveFault::TooLarge(name)) if name == "the archive"));
    }

    #[test]
    fn nothing_hides_beside_the_files() {
        let good = write(&sample()).unwrap();
        let refused = |bytes: &[u8]| assert!(read(bytes).is_err());
        refused(&[b"hello".as_slice(), &good].concat());
        refused(&[good.as_slice(), b"hello"].concat());
        refused(b"PK\x03\x04");
        refused(b"");
        // The same name twice: the second copy of the list's only entry.
        let one = with("aaaa", b"first");
        let two = with("bbbb", b"other");
        let mut both = joined(&one, &two);
        assert_eq!(read(&both).unwrap().len(), 2);
        for at in 0..both.len() - 4 {
            if &both[at..at + 4] == b"bbbb" {
                both[at..at + 4].copy_from_slice(b"aaaa");
            }
        }
        refused(&both);
    }

    /// Two archives of one file each as one of two, made by hand.
    fn joined(one: &[u8], two: &[u8]) -> Vec<u8> {
        let parts = |bytes: &[u8]| {
            let end = bytes.len() - END;
            let at =
                usize::try_from(u32::from_le_bytes(bytes[end + 16..end + 20].try_into().unwrap())).unwrap();
            (bytes[..at].to_vec(), bytes[at..end].to_vec(), bytes[end..].to_vec())
        };
        let ((file, list, mut end), (other, mut others, _)) = (parts(one), parts(two));
        others[42..46].copy_from_slice(&u32::try_from(file.len()).unwrap().to_le_bytes());
        end[8..10].copy_from_slice(&2_u16.to_le_bytes());
        end[10..12].copy_from_slice(&2_u16.to_le_bytes());
        end[12..16].copy_from_slice(&u32::try_from(list.len() + others.len()).unwrap().to_le_bytes());
        end[16..20].copy_from_slice(&u32::try_from(file.len() + other.len()).unwrap().to_le_bytes());
        [file, other, list, others, end].concat()
    }

    #[test]
    fn any_bytes_are_read_without_a_panic() {
        let good = write(&sample()).unwrap();
        for at in 0..good.len() {
            for change in [0xff, 1] {
                let mut bytes = good.clone();
                bytes[at] ^= change;
                if let Ok(files) = read(&bytes) {
                    assert!(files.values().all(|file| file.len() < 10_000));
                }
            }
            let _ = read(&good[..at]);
        }
    }
}
