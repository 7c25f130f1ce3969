//! Photos on the disk: a file each, named by a salted hash of what is in it.
//!
//! Owns: the folder, and the order in which a photo becomes durable (steps P1 to P5 of `docs/durability.md`): file, folder,
//! salt, and only then the event. Never: decides which photo is taken, who may see it, or when its time is over.

pub mod pack;
pub mod photos;
pub mod retention;
pub mod thumbnail;

use crate::keys::fresh_bytes;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use vestibule_core::evidence::{PhotoHash, PhotoMedia};

/// The folder of photos within the site's.
pub const PHOTOS: &str = "photos";
const UNFINISHED: &str = ".new-";

/// A photo that was written.
pub struct KeptPhoto {
    /// Its name.
    pub hash: PhotoHash,
    /// What its name was salted with.
    pub salt: [u8; 32],
}

/// Why a photo cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PhotoFault {
    /// There is no such file, or no salt.
    #[error("the photo is not on the disk")]
    Gone,
    /// What is in it is not what was recorded.
    #[error("the photo on the disk is not the one that was recorded")]
    Changed,
    /// The disk.
    #[error("the photo cannot be read")]
    Io(#[from] io::Error),
}

/// What a look through the folder found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files without an event, now removed.
    pub strays: usize,
    /// Photos that should be there.
    pub lost: BTreeSet<PhotoHash>,
}

/// The folder of a site's photos. Cheap to clone.
#[derive(Debug, Clone)]
pub struct PhotoFolder {
    path: PathBuf,
    at_step: Option<fn(&'static str)>,
}

impl PhotoFolder {
    /// Opens it, or makes it for this account alone.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(site: &Path, at_step: Option<fn(&'static str)>) -> io::Result<Self> {
        let path = site.join(PHOTOS);
        if !path.is_dir() {
            DirBuilder::new().recursive(true).mode(0o700).create(&path)?;
            sync_folder(site)?;
        }
        Ok(Self { path, at_step })
    }

    /// Steps P1 and P2: writes a photo. Its salt is not durable yet, and nothing speaks of it.
    ///
    /// # Errors
    /// What the file system says; what was written of it is removed.
    pub fn keep(&self, bytes: &[u8], media: PhotoMedia) -> io::Result<KeptPhoto> {
        let salt = fresh_bytes::<32>();
        let hash = hash_of(&salt, bytes);
        let unfinished = self.path.join(format!("{UNFINISHED}{hash}"));
        let written = self.write(&unfinished, bytes).and_then(|()| {
            self.step("P1");
            std::fs::rename(&unfinished, self.file(hash, media))?;
            sync_folder(&self.path)
        });
        if let Err(error) = written {
            // The next sweep removes what cannot be removed now.
            let _ = std::fs::remove_file(&unfinished);
            return Err(error);
        }
        self.step("P2");
        Ok(KeptPhoto { hash, salt })
    }

    /// Step P3: the salt is durable; the event may follow.
    pub fn salted(&self) {
        self.step("P3");
    }

    /// What is in a photo, if it is what was recorded.
    ///
    /// # Errors
    /// See [`PhotoFault`].
    pub fn read(&self, hash: PhotoHash, media: PhotoMedia, salt: &[u8]) -> Result<Vec<u8>, PhotoFault> {
        let mut bytes = Vec::new();
        let opened = File::open(self.file(hash, media)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => PhotoFault::Gone,
            _ => PhotoFault::Io(error),
        });
        opened?.read_to_end(&mut bytes)?;
        if hash_of(salt, &bytes) == hash { Ok(bytes) } else { Err(PhotoFault::Changed) }
    }

    /// Steps P4 and P5: removes photos for good, of which nothing speaks any more; one that is not there is none the less gone.
    ///
    /// # Errors
    /// What the file system says; those before it are removed.
    pub fn erase(&self, photos: &[(PhotoHash, PhotoMedia)]) -> io::Result<()> {
        self.step("P4");
        for (hash, media) in photos {
            match std::fs::remove_file(self.file(*hash, *media)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        sync_folder(&self.path)?;
        self.step("P5");
        Ok(())
    }

    /// Looks through the folder at a start, while no photo is taken: removes what no event speaks of, and says what is missing.
    ///
    /// # Errors
    /// What the file system says.
    pub fn sweep(&self, recorded: &[(PhotoHash, PhotoMedia)]) -> io::Result<Swept> {
        let mut swept = Swept::default();
        let mut missing: BTreeSet<PathBuf> =
            recorded.iter().map(|(hash, media)| self.file(*hash, *media)).collect();
        for entry in std::fs::read_dir(&self.path)? {
            let path = entry?.path();
            if !missing.remove(&path) {
                std::fs::remove_file(&path)?;
                swept.strays += 1;
            }
        }
        if swept.strays > 0 {
            sync_folder(&self.path)?;
        }
        let is_missing =
            |(hash, media): &&(PhotoHash, PhotoMedia)| missing.contains(&self.file(*hash, *media));
        swept.lost = recorded.iter().filter(is_missing).map(|(hash, _)| *hash).collect();
        Ok(swept)
    }

    /// How many bytes all photos take.
    ///
    /// # Errors
    /// What the file system says.
    pub fn bytes(&self) -> io::Result<u64> {
        let entries = std::fs::read_dir(&self.path)?;
        entries.map(|entry| entry?.metadata().map(|file| file.len())).sum()
    }

    fn file(&self, hash: PhotoHash, media: PhotoMedia) -> PathBuf {
        self.path.join(format!("{hash}.{}", media.ending()))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn step(&self, step: &'static str) {
        if let Some(at_step) = self.at_step {
            at_step(step);
        }
    }
}

fn hash_of(salt: &[u8], bytes: &[u8]) -> PhotoHash {
    PhotoHash(Sha256::new().chain_update(salt).chain_update(bytes).finalize().into())
}

fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    const JPEG: PhotoMedia = PhotoMedia::Jpeg;

    fn folder() -> (tempfile::TempDir, PhotoFolder) {
        let site = tempfile::tempdir().unwrap();
        let photos = PhotoFolder::open(site.path(), None).unwrap();
        (site, photos)
    }

    #[test]
    fn a_photo_is_read_back_and_a_changed_one_is_not_shown() {
        let (site, photos) = folder();
        let kept = photos.keep(b"a picture", JPEG).unwrap();
        let again = photos.keep(b"a picture", JPEG).unwrap();
        assert_ne!(kept.hash, again.hash, "the same picture has another name each time");
        assert_eq!(photos.read(kept.hash, JPEG, &kept.salt).unwrap(), b"a picture");
        assert!(matches!(photos.read(kept.hash, JPEG, &again.salt), Err(PhotoFault::Changed)));
        let file = site.path().join(PHOTOS).join(format!("{}.jpg", kept.hash));
        std::fs::write(&file, b"another picture").unwrap();
        assert!(matches!(photos.read(kept.hash, JPEG, &kept.salt), Err(PhotoFault::Changed)));
        photos.erase(&[(kept.hash, JPEG), (kept.hash, PhotoMedia::H264KeyFrame)]).unwrap();
        assert!(matches!(photos.read(kept.hash, JPEG, &kept.salt), Err(PhotoFault::Gone)));
    }

    #[test]
    fn a_sweep_removes_what_no_event_speaks_of_and_names_what_is_missing() {
        let (site, photos) = folder();
        let (kept, stray) = (photos.keep(b"one", JPEG).unwrap(), photos.keep(b"two", JPEG).unwrap());
        let (gone, unfinished) = (PhotoHash([9; 32]), site.path().join(PHOTOS).join(".new-half"));
        std::fs::write(&unfinished, b"hal").unwrap();
        let swept = photos.sweep(&[(kept.hash, JPEG), (gone, JPEG)]).unwrap();
        assert_eq!(swept, Swept { strays: 2, lost: BTreeSet::from([gone]) });
        assert!(!unfinished.exists());
        assert!(photos.read(kept.hash, JPEG, &kept.salt).is_ok());
        assert!(matches!(photos.read(stray.hash, JPEG, &stray.salt), Err(PhotoFault::Gone)));
        assert_eq!(photos.bytes().unwrap(), 3);
    }

    #[test]
    fn nobody_else_on_the_machine_reads_photos() {
        use std::os::unix::fs::PermissionsExt;
        let (site, photos) = folder();
        let kept = photos.keep(b"one", JPEG).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = site.path().join(PHOTOS);
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join(format!("{}.jpg", kept.hash))), 0o600);
    }
}
