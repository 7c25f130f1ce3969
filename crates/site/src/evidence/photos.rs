//! Photos as the tables know them: which there are of a parcel, a visit, a camera; which of them are kept.
//!
//! Owns: the queries. Never: shows a photo; who may see it is said by the rules, and that staff look is recorded first.

use rusqlite::{Connection, OptionalExtension, Row, params};
use vestibule_core::evidence::retention::StoredPhoto;
use vestibule_core::evidence::{InView, PhotoAsked, PhotoGone, PhotoHash, PhotoMedia, PhotoReason};
use vestibule_core::{CameraId, EntryId, ParcelId, PhotoId, RingId, TenancyId, Timestamp};

/// One photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Which.
    pub photo: PhotoId,
    /// When it was recorded.
    pub at: Timestamp,
    /// Whether people are in view.
    pub in_view: InView,
    /// Its name.
    pub hash: PhotoHash,
    /// Which camera, what of, why.
    pub asked: PhotoAsked,
    /// The household its parcels were for at that time.
    pub household: Option<TenancyId>,
    /// What its bytes are.
    pub media: PhotoMedia,
    /// When the camera says it took it, by its own clock.
    pub taken_ms: Option<i64>,
    /// The camera's clock minus ours, in ms.
    pub clock_offset_ms: Option<i64>,
    /// Why it is not there any more.
    pub gone: Option<PhotoGone>,
}

const COLUMNS: &str =
    "SELECT p.photo, p.taken_at, p.in_view, p.hash, p.asked, p.household, p.media, p.taken_ms,
  p.clock_offset_ms, p.gone FROM photo p";

fn photo(row: &Row<'_>) -> rusqlite::Result<Photo> {
    Ok(Photo {
        photo: PhotoId(row.get::<_, i64>(0)?.unsigned_abs()),
        at: Timestamp(row.get(1)?),
        in_view: word(row, 2)?,
        hash: PhotoHash(row.get(3)?),
        asked: json(4, &row.get::<_, String>(4)?)?,
        household: row.get::<_, Option<u32>>(5)?.map(TenancyId),
        media: word(row, 6)?,
        taken_ms: row.get(7)?,
        clock_offset_ms: row.get(8)?,
        gone: match row.get_ref(9)? {
            rusqlite::types::ValueRef::Null => None,
            _ => Some(word(row, 9)?),
        },
    })
}

/// A closed choice, kept as its word in the ledger.
fn word<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    json(column, &format!("\"{}\"", row.get::<_, String>(column)?))
}

fn json<T: serde::de::DeserializeOwned>(column: usize, text: &str) -> rusqlite::Result<T> {
    let wrong = |error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    };
    serde_json::from_str(text).map_err(wrong)
}

/// One photo, gone or not.
///
/// # Errors
/// What SQLite says.
pub fn one(tables: &Connection, id: PhotoId) -> rusqlite::Result<Option<Photo>> {
    let sql = format!("{COLUMNS} WHERE p.photo = ?1");
    tables.prepare_cached(&sql)?.query_row([id.0.cast_signed()], photo).optional()
}

/// The photos that belong to a parcel's history, oldest first: its own, and those of the visits that brought it.
///
/// # Errors
/// What SQLite says.
pub fn of_parcel(tables: &Connection, parcel: ParcelId, most: u32) -> rusqlite::Result<Vec<Photo>> {
    let sql = format!(
        "{COLUMNS} WHERE p.photo IN (SELECT photo FROM photo_parcel WHERE parcel = ?1)
           OR (p.visit IN (SELECT visit FROM parcel WHERE parcel = ?1
                 UNION ALL SELECT visit FROM parcel_earlier_visit WHERE parcel = ?1)
               AND NOT EXISTS (SELECT 1 FROM photo_parcel x WHERE x.photo = p.photo)
               AND json_extract(p.asked, '$.reason') = ?3)
         ORDER BY p.photo DESC LIMIT ?2"
    );
    let of_the_visit = serde_json::to_value(PhotoReason::OF_THE_VISIT).expect("plain data");
    let mut statement = tables.prepare_cached(&sql)?;
    let mut found = statement
        .query_map(params![parcel.0.cast_signed(), most, of_the_visit.as_str()], photo)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    found.reverse();
    Ok(found)
}

/// The photos of an entry, oldest first.
///
/// # Errors
/// What SQLite says.
pub fn of_entry(tables: &Connection, entry: EntryId, most: u32) -> rusqlite::Result<Vec<Photo>> {
    let sql = format!(
        "{COLUMNS} WHERE p.photo IN (SELECT photo FROM photo_entry WHERE entry = ?1) ORDER BY p.photo LIMIT ?2"
    );
    tables.prepare_cached(&sql)?.query_map(params![entry.0.cast_signed(), most], photo)?.collect()
}

/// The picture of who rang that is there to be shown, if any is. Looked for among the newest: who rings is answered in minutes.
///
/// # Errors
/// What SQLite says.
pub fn of_ring(tables: &Connection, ring: RingId) -> rusqlite::Result<Option<Photo>> {
    let sql = format!(
        "{COLUMNS} WHERE p.photo > (SELECT coalesce(max(photo), 0) - 500 FROM photo) AND p.gone IS NULL
           AND p.media = 'jpeg' AND json_extract(p.asked, '$.subject.ring') = ?1 ORDER BY p.photo LIMIT 1"
    );
    tables.prepare_cached(&sql)?.query_row([ring.0.cast_signed()], photo).optional()
}

/// What these cameras saw since then, newest first.
///
/// # Errors
/// What SQLite says.
pub fn of_cameras(
    tables: &Connection,
    cameras: &[CameraId],
    (since, most): (Timestamp, u32),
) -> rusqlite::Result<Vec<Photo>> {
    let list = serde_json::to_string(cameras).expect("numbers");
    let sql = format!(
        "{COLUMNS} WHERE p.camera IN (SELECT value FROM json_each(?1)) AND p.taken_at >= ?2
         ORDER BY p.photo DESC LIMIT ?3"
    );
    tables.prepare_cached(&sql)?.query_map(params![list, since.0, most], photo)?.collect()
}

/// The photos of these parcels that are kept, oldest first.
///
/// # Errors
/// What SQLite says.
pub fn kept_of(tables: &Connection, parcels: &[ParcelId]) -> rusqlite::Result<Vec<Photo>> {
    let list = serde_json::to_string(parcels).expect("numbers");
    let sql = format!(
        "{COLUMNS} WHERE p.gone IS NULL AND p.photo IN
           (SELECT photo FROM photo_parcel WHERE parcel IN (SELECT value FROM json_each(?1))) ORDER BY p.photo"
    );
    tables.prepare_cached(&sql)?.query_map([list], photo)?.collect()
}

/// The parcels that any of these photos belongs to the history of.
///
/// # Errors
/// What SQLite says.
pub fn parcels_on(tables: &Connection, photos: &[Photo]) -> rusqlite::Result<Vec<ParcelId>> {
    let list: Vec<PhotoId> = photos.iter().map(|photo| photo.photo).collect();
    let list = serde_json::to_string(&list).expect("numbers");
    let sql = "SELECT DISTINCT parcel FROM photo_parcel WHERE photo IN (SELECT value FROM json_each(?1)) ORDER BY parcel";
    let mut statement = tables.prepare_cached(sql)?;
    let rows = statement.query_map([list], |row| Ok(ParcelId(row.get::<_, i64>(0)?.unsigned_abs())))?;
    rows.collect()
}

/// The last photo of a camera that was recorded.
///
/// # Errors
/// What SQLite says.
pub fn last_of_camera(
    tables: &Connection,
    camera: CameraId,
) -> rusqlite::Result<Option<(PhotoId, Timestamp)>> {
    let sql = "SELECT photo, taken_at FROM photo WHERE camera = ?1 ORDER BY photo DESC LIMIT 1";
    let row = |row: &Row<'_>| Ok((PhotoId(row.get::<_, i64>(0)?.unsigned_abs()), Timestamp(row.get(1)?)));
    tables.prepare_cached(sql)?.query_row([camera.0], row).optional()
}

/// How many photos are kept.
///
/// # Errors
/// What SQLite says.
pub fn count(tables: &Connection) -> rusqlite::Result<u32> {
    tables.prepare_cached("SELECT count(*) FROM photo WHERE gone IS NULL")?.query_row([], |row| row.get(0))
}

/// What a photo's name was salted with, while it is kept.
///
/// # Errors
/// What SQLite says.
pub fn salt(tables: &Connection, hash: PhotoHash) -> rusqlite::Result<Option<[u8; 32]>> {
    let sql = "SELECT salt FROM photo_salt WHERE hash = ?1";
    tables.prepare_cached(sql)?.query_row([hash.0], |row| row.get(0)).optional()
}

/// Name and kind of every photo that is kept, with its number.
///
/// # Errors
/// What SQLite says.
pub fn recorded(tables: &Connection) -> rusqlite::Result<Vec<(PhotoId, PhotoHash, PhotoMedia)>> {
    let mut statement =
        tables.prepare_cached("SELECT photo, hash, media FROM photo WHERE gone IS NULL ORDER BY photo")?;
    let rows = statement.query_map([], |row| {
        Ok((PhotoId(row.get::<_, i64>(0)?.unsigned_abs()), PhotoHash(row.get(1)?), word(row, 2)?))
    })?;
    rows.collect()
}

/// Photos that are kept and were recorded by then, as the rules on their time want to know them: at most so many after one.
///
/// # Errors
/// What SQLite says.
pub fn stored(
    tables: &Connection,
    (after, until): (PhotoId, Timestamp),
    most: u32,
) -> rusqlite::Result<Vec<StoredPhoto>> {
    let sql = format!(
        "{COLUMNS} WHERE p.gone IS NULL AND p.photo > ?1 AND p.taken_at <= ?2 ORDER BY p.photo LIMIT ?3"
    );
    let mut statement = tables.prepare_cached(&sql)?;
    let found = statement
        .query_map(params![after.0.cast_signed(), until.0, most], photo)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    found.into_iter().map(|photo| as_stored(tables, &photo)).collect()
}

/// Name and kind of those of these photos that are gone.
///
/// # Errors
/// What SQLite says.
pub fn gone_of(tables: &Connection, photos: &[PhotoId]) -> rusqlite::Result<Vec<(PhotoHash, PhotoMedia)>> {
    let list = serde_json::to_string(photos).expect("numbers");
    let sql = "SELECT hash, media FROM photo
      WHERE gone IS NOT NULL AND photo IN (SELECT value FROM json_each(?1)) ORDER BY photo";
    let row = |row: &Row<'_>| Ok((PhotoHash(row.get(0)?), word(row, 1)?));
    tables.prepare_cached(sql)?.query_map([list], row)?.collect()
}

/// A photo as the rules on its time want to know it: of every parcel and entry whose page shows it, as [`of_parcel`] and
/// [`of_entry`] find it.
///
/// # Errors
/// What SQLite says.
pub fn as_stored(tables: &Connection, photo: &Photo) -> rusqlite::Result<StoredPhoto> {
    let id = photo.photo.0.cast_signed();
    let sql = "SELECT count(*) = count(ended_at), max(ended_at) FROM parcel
      WHERE parcel IN (SELECT parcel FROM photo_parcel WHERE photo = ?1)";
    let (all_ended, last): (bool, Option<i64>) =
        tables.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let ended = last.filter(|_| all_ended).map(Timestamp);
    let parcels = numbers(tables, "SELECT parcel FROM photo_parcel WHERE photo = ?1 ORDER BY parcel", id)?;
    let subject = &photo.asked.subject;
    let is_of_the_visit = parcels.is_empty() && photo.asked.reason == PhotoReason::OF_THE_VISIT;
    let shown_with = match subject.visit.filter(|_| is_of_the_visit) {
        Some(visit) => {
            let sql = "SELECT parcel FROM parcel WHERE visit = ?1
              UNION SELECT parcel FROM parcel_earlier_visit WHERE visit = ?1 ORDER BY parcel";
            numbers(tables, sql, visit.0.cast_signed())?
        }
        None => Vec::new(),
    };
    let entries = subject.entries().collect();
    let (photo, in_view, taken) = (photo.photo, photo.in_view, photo.at);
    Ok(StoredPhoto { photo, in_view, taken, parcels, shown_with, entries, ended })
}

fn numbers(tables: &Connection, sql: &str, of: i64) -> rusqlite::Result<Vec<ParcelId>> {
    let mut statement = tables.prepare_cached(sql)?;
    let rows = statement.query_map([of], |row| Ok(ParcelId(row.get::<_, i64>(0)?.unsigned_abs())))?;
    rows.collect()
}
