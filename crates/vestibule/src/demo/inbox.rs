//! The inbox of a demonstration: what the mail sink got, with the text message each would be, kept in its folder.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;
use vestibule_simulators::mail_sink::ReceivedMail;
use vestibule_site::runners::messages::TextSink;
use vestibule_site::web::demo::DemoMail;

const KEPT: usize = 200;

/// A message as it is kept.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Kept {
    number: u64,
    key: String,
    to: String,
    subject: String,
    text: String,
    html: Option<String>,
    pictures: Vec<(String, String, Vec<u8>)>,
    text_message: Option<(Option<String>, String)>,
}

/// The inbox.
pub struct Inbox {
    folder: PathBuf,
    /// By number.
    kept: Mutex<BTreeMap<u64, Kept>>,
    changed: Arc<watch::Sender<u64>>,
}

impl Inbox {
    /// With what the folder kept from before.
    pub fn open(folder: &Path, changed: Arc<watch::Sender<u64>>) -> std::io::Result<Self> {
        let folder = folder.join("inbox");
        std::fs::create_dir_all(&folder)?;
        let mut kept = BTreeMap::new();
        for entry in std::fs::read_dir(&folder)? {
            let bytes = std::fs::read(entry?.path())?;
            // One that a kill cut short is not shown.
            if let Ok(mail) = serde_json::from_slice::<Kept>(&bytes) {
                kept.insert(mail.number, mail);
            }
        }
        Ok(Self { folder, kept: Mutex::new(kept), changed })
    }

    /// Newest first.
    pub fn mails(&self) -> Vec<DemoMail> {
        let shown = |kept: &Kept| DemoMail {
            number: kept.number,
            to: kept.to.clone(),
            subject: kept.subject.clone(),
            text: kept.text.clone(),
            html: kept.html.clone(),
            pictures: kept.pictures.clone(),
            text_message: kept.text_message.clone(),
        };
        self.lock().values().rev().map(shown).collect()
    }

    /// A mail came.
    pub fn take(&self, received: &ReceivedMail) {
        let mail = &received.mail;
        let id = mail.header("Message-ID").unwrap_or_default();
        let key = id.trim_start_matches('<').split('@').next().unwrap_or_default().to_owned();
        self.change(&key, |kept| {
            kept.to = received.envelope.recipients.join(", ");
            kept.subject = mail.subject().to_owned();
            kept.text = mail.text.as_deref().unwrap_or_default().replace("\r\n", "\n");
            kept.html.clone_from(&mail.html);
            let pictures = mail.images.iter();
            kept.pictures = pictures
                .map(|image| (image.cid.clone(), image.content_type.clone(), image.bytes.clone()))
                .collect();
        });
    }

    fn change(&self, key: &str, change: impl FnOnce(&mut Kept)) {
        let mut all = self.lock();
        let known = all.values().find(|kept| kept.key == key).map(|kept| kept.number);
        let number = known.unwrap_or_else(|| all.keys().next_back().copied().unwrap_or(0) + 1);
        let kept =
            all.entry(number).or_insert_with(|| Kept { number, key: key.to_owned(), ..Kept::default() });
        change(kept);
        let written = self.write(kept);
        while all.len() > KEPT
            && let Some((oldest, _)) = all.pop_first()
        {
            let _ = std::fs::remove_file(self.path(oldest));
        }
        drop(all);
        if let Err(error) = written {
            tracing::warn!(%error, "a mail of the demonstration could not be kept");
        }
        self.changed.send_modify(|count| *count += 1);
    }

    fn write(&self, kept: &Kept) -> std::io::Result<()> {
        let path = self.path(kept.number);
        let mut file =
            std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.write_all(&serde_json::to_vec(kept)?)
    }

    fn path(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{number:06}.json"))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TextSink for Inbox {
    fn show(&self, key: &str, phone: Option<&str>, text: String) {
        self.change(key, |kept| {
            if kept.to.is_empty() {
                kept.to = phone.unwrap_or_default().to_owned();
            }
            kept.text_message = Some((phone.map(str::to_owned), text));
        });
    }
}
