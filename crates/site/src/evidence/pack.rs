//! A pack of evidence: what happened in one incident, so that somebody without the site can check it.
//!
//! Owns: which events, in which files, and the page people read. Never: a code, an address, or anything its exporter may not
//! see; the form of a pack and its check are `vestibule_ledger::pack`.

pub mod archive;
mod choice;
mod paper;
mod photos;
mod stored_tree;

pub use choice::{Choice, MOST_EVENTS, Subject, moment};
pub use photos::{Candidate, MOST_PHOTO_BYTES, MOST_PHOTOS, WholePhoto, candidates, read as read_photos};

use crate::directory::settings::site_name;
use crate::store::StoreError;
use crate::store::ledger_checkpoints::newest;
use crate::store::load::{decode, one_event, stored_key};
use crate::web::staff::banks::audits::report::{self, Report};
use crate::web::staff::history::{self, Told};
use crate::web::staff::names::Names;
use crate::web::staff::say::Say;
use crate::web::staff::story::Recorded;
use rusqlite::Connection;
use stored_tree::StoredTree;
use vestibule_core::Timestamp;
use vestibule_ledger::merkle::proof::inclusion;
use vestibule_ledger::pack::{self, Files};
use vestibule_ledger::{Checkpoint, NoteSigner, Sealed, SiteKey};

/// The page that people read and print.
pub const PAGE: &str = "incident.html";
/// Who was told of what, one notice a line.
pub const NOTICES: &str = "notices.jsonl";

/// What a pack is to be of.
pub struct Order {
    /// Which events.
    pub choice: Choice,
    /// What is installed; the rest is looked up.
    pub names: Names,
    /// The language of the page.
    pub say: Say,
    /// Who wants it, as the page names them.
    pub by: String,
    /// The site's key.
    pub signer: NoteSigner,
    /// Photos of these events; the view of each is on the record.
    pub photos: Vec<WholePhoto>,
}

/// A pack.
pub struct Made {
    /// The archive.
    pub zip: Vec<u8>,
    /// Events in it.
    pub events: usize,
    /// Photos in it.
    pub photos: usize,
    /// Photos of its events that are kept and are not in it.
    pub left_out: usize,
    /// The fingerprint of the key that signed it.
    pub fingerprint: String,
}

/// Why there is no pack.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Nothing was chosen.
    #[error("there is no event in that choice; choose another parcel, compartment or time")]
    Nothing,
    /// More than anybody reads.
    #[error("that is more than {MOST_EVENTS} events; choose a shorter time")]
    TooMany,
    /// The database.
    #[error("the ledger could not be read: {0}")]
    Database(#[from] rusqlite::Error),
    /// The site it belongs to.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The archive.
    #[error("the archive could not be written: {0}")]
    Archive(#[from] zip::result::ZipError),
}

/// Makes a pack of what is stored, in one look: what a running site adds meanwhile is not half seen.
///
/// # Errors
/// See [`PackError`].
pub fn make(tables: &Connection, order: &Order) -> Result<Made, PackError> {
    let look = tables.unchecked_transaction()?;
    let site = stored_key(&look)?.ok_or(PackError::Nothing)?;
    let seqs = choice::seqs(&look, &order.choice)?;
    let events: Vec<Sealed> =
        seqs.iter().map(|seq| one_event(&look, &site, *seq)).collect::<rusqlite::Result<_>>()?;
    let (checkpoint, note) =
        covering(&look, (&site, &order.signer), *seqs.last().ok_or(PackError::Nothing)?)?;
    let mut tree = StoredTree::read(&look, checkpoint.size)?;
    let mut proofs = Vec::with_capacity(seqs.len());
    for seq in &seqs {
        proofs.push((*seq, inclusion(&mut tree, seq - 1, checkpoint.size)?));
    }
    let story = recorded(&events);
    let told = history::told(&look, &story)?;
    let kept = photos::of_story(&look, &story)?;
    let is_kept = |photo: &&WholePhoto| kept.iter().any(|kept| kept.seq == photo.of.seq);
    let photos: Vec<&WholePhoto> = order.photos.iter().filter(is_kept).collect();
    let left_out = kept.len() - photos.len();
    let mut wanted = history::wanted(&story);
    wanted.people.extend(told.iter().map(|told| told.person));
    let names = order.names.clone().load(&look, &wanted)?;
    let mut files = Files::from([
        (pack::EVENTS.to_owned(), pack::events_file(&events)),
        (pack::PROOFS.to_owned(), pack::proofs_file(&proofs)),
        (pack::CHECKPOINT.to_owned(), note.into_bytes()),
        (NOTICES.to_owned(), notices(&told, &names, order.say)),
    ]);
    add_photos(&mut files, &photos);
    let report = match order.choice.subject {
        Subject::Audit(_) => Report::of(&story).map(|report| report::content(&report, &names, order.say)),
        _ => None,
    };
    let page = paper::page(&paper::Content {
        report,
        title: order.choice.subject.title(&names, order.say),
        site_name: site_name(&look)?.unwrap_or_default(),
        by: &order.by,
        story: &story,
        told: &told,
        photos: &photos,
        left_out,
        names: &names,
        say: order.say,
        checkpoint: &checkpoint,
        public: order.signer.public(),
    });
    files.insert(PAGE.to_owned(), page.into_string().into_bytes());
    pack::seal(&mut files, &site, &order.signer);
    let fingerprint = order.signer.public().fingerprint();
    Ok(Made {
        zip: archive::write(&files)?,
        events: events.len(),
        photos: photos.len(),
        left_out,
        fingerprint,
    })
}

fn add_photos(files: &mut Files, photos: &[&WholePhoto]) {
    if photos.is_empty() {
        return;
    }
    let packed: Vec<_> = photos.iter().map(|photo| photo.packed()).collect();
    files.insert(pack::PHOTO_LIST.to_owned(), pack::photos_file(&packed));
    files.extend(packed.iter().zip(photos).map(|(packed, photo)| (packed.file(), photo.bytes().to_vec())));
}

/// The chosen events, in the order of the ledger.
///
/// # Errors
/// See [`PackError`].
pub fn story(tables: &Connection, choice: &Choice) -> Result<Vec<Recorded>, PackError> {
    let look = tables.unchecked_transaction()?;
    let site = stored_key(&look)?.ok_or(PackError::Nothing)?;
    let seqs = choice::seqs(&look, choice)?;
    let events = seqs.iter().map(|seq| one_event(&look, &site, *seq));
    Ok(recorded(&events.collect::<rusqlite::Result<Vec<_>>>()?))
}

/// A checkpoint over event `seq`: the stored one, or, where the last events are not signed yet, one over all there is. What is
/// read is committed, so the site's own next checkpoint goes on from it.
fn covering(
    look: &Connection,
    (site, signer): (&SiteKey, &NoteSigner),
    seq: u64,
) -> Result<(Checkpoint, String), PackError> {
    if let Some(stored) = newest(look)?
        && stored.size >= seq
        && let Ok(checkpoint) = Checkpoint::open(&stored.note, signer.public())
    {
        return Ok((checkpoint, stored.note));
    }
    let (size, epoch) =
        look.query_row("SELECT seq, epoch FROM event ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let root = StoredTree::read(look, size)?.root()?;
    let checkpoint = Checkpoint { site: site.clone(), epoch, size, root };
    let note = checkpoint.sign(signer);
    Ok((checkpoint, note))
}

fn recorded(events: &[Sealed]) -> Vec<Recorded> {
    let known = |sealed: &Sealed| {
        // A kind this program does not know is of a newer one: its bytes are in the pack, its sentence is not.
        let event = decode(&sealed.envelope).ok()?;
        Some(Recorded { seq: sealed.envelope.seq, at: Timestamp(sealed.envelope.recorded_at), event })
    };
    events.iter().filter_map(known).collect()
}

fn notices(told: &[Told], names: &Names, say: Say) -> Vec<u8> {
    let line = |told: &Told| {
        serde_json::json!({
            "person": told.person.0,
            "name": names.person(say, told.person),
            "what": told.what,
            "requested_at": told.requested.0,
            "handed_over_at": told.handed_over.map(|at| at.0),
            "trouble": told.trouble,
        })
        .to_string()
            + "\n"
    };
    told.iter().map(line).collect::<String>().into_bytes()
}
