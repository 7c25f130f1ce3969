//! Cameras as the ledger has them, each with how it is doing in this process, for pages and the API.

use crate::runners::cameras::queue::CameraHealth;
use crate::web::App;
use crate::web::problem::Fault;
use vestibule_core::evidence::Camera;
use vestibule_core::{CameraId, Timestamp};
use vestibule_devices::DeviceHealth;

/// One camera.
#[derive(Debug, Clone)]
pub struct KnownCamera {
    /// Which.
    pub id: CameraId,
    /// As the rules know it.
    pub camera: Camera,
    /// How it is doing; None: this process does not reach it.
    pub health: Option<CameraHealth>,
    /// Its firmware and its last exchanges; None: this process does not reach it.
    pub device: Option<DeviceHealth>,
    /// So long ago it answered last, in ms.
    pub answered_ago_ms: Option<u64>,
}

/// All of them by number, and the site's time.
///
/// # Errors
/// The site is about to end.
pub async fn known(app: &App) -> Result<(Vec<KnownCamera>, Timestamp), Fault> {
    let (installed, now) = app.site.read(|site, now| (site.evidence.cameras.clone(), now)).await?;
    let looked = app.web.cameras.as_ref().map(|board| board.look());
    let known = |(id, camera)| {
        let health = looked.as_ref().and_then(|(all, _)| all.get(&id).cloned());
        let answered = health.as_ref().and_then(|health| health.answered);
        let answered_ago_ms =
            answered.zip(looked.as_ref()).map(|(at, (_, clock))| clock.0.saturating_sub(at.0));
        let device = app.web.cameras.as_ref().and_then(|board| board.device(id));
        KnownCamera { id, camera, health, device, answered_ago_ms }
    };
    Ok((installed.into_iter().map(known).collect(), now))
}
