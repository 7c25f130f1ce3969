//! Scans of scanners the configuration knows: on the site's own machine, or typing more than the scan in a kiosk's page.
//!
//! Owns: finding the kiosk by the name staff gave it, and taking off what stands around a scan. Never: anything a scan in the
//! page would not do; the screen follows by its live stream.

use super::act::Hand;
use super::action::Action;
use crate::web::App;
use crate::web::problem::Fault;
use rusqlite::OptionalExtension;
use vestibule_core::KioskId;

/// Does at the kiosk of this name what a scan in its page does. False: no such kiosk is paired.
///
/// # Errors
/// The site is going down or cannot read its tables.
pub async fn scanned(app: &App, name: &str, text: String) -> Result<bool, Fault> {
    let name = name.to_owned();
    let named = app.site.query(move |tables| {
        let sql = "SELECT kiosk FROM kiosk_name WHERE name = ?1 ORDER BY kiosk DESC";
        let mut found = tables.prepare_cached(sql)?;
        found.query_row([name], |row| row.get(0)).optional()
    });
    let Some(kiosk) = named.await?.map(KioskId) else { return Ok(false) };
    if !app.site.read(move |site, _| site.layout.kiosks.contains_key(&kiosk)).await? {
        return Ok(false);
    }
    let _press = app.screens.press(kiosk).await;
    Hand::at(app, &app.screens, (kiosk, 1)).await?.carry_out(Action::Scan(text)).await?;
    Ok(true)
}

/// A scan that was typed in this kiosk's page, without what its scanner was set to send around it.
///
/// # Errors
/// The site is going down or cannot read its tables.
pub(super) async fn bare(app: &App, kiosk: KioskId, scan: String) -> Result<String, Fault> {
    if app.web.scan_frames.is_empty() {
        return Ok(scan);
    }
    let named = app.site.query(move |tables| {
        let mut found = tables.prepare_cached("SELECT name FROM kiosk_name WHERE kiosk = ?1")?;
        found.query_row([kiosk.0], |row| row.get::<_, String>(0)).optional()
    });
    let name = named.await?;
    let frame = name.and_then(|name| app.web.scan_frames.at(&name));
    Ok(match frame {
        Some(frame) => String::from_utf8_lossy(frame.bare(scan.as_bytes())).into_owned(),
        None => scan,
    })
}
