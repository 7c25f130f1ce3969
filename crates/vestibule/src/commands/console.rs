//! What can be asked of a site at its console, whether it runs or not: through its socket if it runs, else by opening it.

use crate::failure::Failure;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use vestibule_site::accounts::{enrolment, link};
use vestibule_site::assembly::console::{Ask, ImportChoices, Reply, ask as ask_running};
use vestibule_site::assembly::{Assembled, AssemblyError, SitePlace};
use vestibule_site::handle::SiteHandle;

/// Asks a site, running or not.
pub async fn ask(place: &SitePlace, question: Ask) -> Result<serde_json::Value, Failure> {
    let reply = match Assembled::open(place) {
        Ok(site) => {
            let reply = answer(&site.handle, "", question).await;
            site.stop().await;
            reply
        }
        Err(AssemblyError::InUse(vestibule_site::assembly::InUse::Running { .. })) => {
            ask_running(&place.folder, &question).await?
        }
        Err(error) => return Err(error.into()),
    };
    match reply {
        Reply::Done(value) => Ok(value),
        Reply::Refused(why) => Err(Failure::Failed(why)),
    }
}

/// Answers a question on a running writer. Links begin with `base`.
pub async fn answer(site: &SiteHandle, base: &str, question: Ask) -> Reply {
    let answered = match question {
        Ask::SetupLink => setup_link(site, base).await,
        Ask::StaffReset { email } => staff_reset(site, base, &email).await,
        Ask::ImportResidents { file, choices } => import(site, &file, choices).await,
    };
    match answered {
        Ok(value) => Reply::Done(value),
        Err(Failure::Failed(why) | Failure::Usage(why)) => Reply::Refused(why),
        Err(Failure::Found) => Reply::Refused(String::new()),
    }
}

/// A fresh set-up link. `link` is null once there is an owner.
pub async fn setup_link(site: &SiteHandle, base: &str) -> Result<serde_json::Value, Failure> {
    let now = site.now();
    let Some(fresh) = site.query(move |connection| link::setup_link(connection, now)).await? else {
        return Ok(json!({ "path": null }));
    };
    site.write(vec![fresh.row]).await?;
    Ok(json!({ "path": format!("{base}/setup?token={}", fresh.token) }))
}

async fn staff_reset(site: &SiteHandle, base: &str, email: &str) -> Result<serde_json::Value, Failure> {
    let token = enrolment::reset(site, email).await?;
    Ok(json!({ "path": format!("{base}/reset?token={token}") }))
}

async fn import(site: &SiteHandle, file: &str, choices: ImportChoices) -> Result<serde_json::Value, Failure> {
    let bytes = STANDARD.decode(file).map_err(Failure::failed)?;
    super::import::import(site, bytes, choices).await
}
