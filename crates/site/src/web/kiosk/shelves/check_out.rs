//! A resident carries parcels away from the shelves: each by a scan of its label or by a tap, and on a photo where one can be taken.
//!
//! Owns: which of their parcels a scanned label is, and the picture that the screen takes where no camera looks. Never: waits for a
//! photo, or says of a label that is not theirs whose it is.

use super::super::act::{Done, Hand};
use super::super::door::caller::{fitted, kept, to_its_end};
use crate::handle::Request;
use crate::web::App;
use crate::web::given::symbols::claim;
use crate::web::problem::Fault;
use vestibule_core::evidence::photo::sees_carried;
use vestibule_core::evidence::{PhotoAsked, PhotoReason, PhotoSubject};
use vestibule_core::visit::collection;
use vestibule_core::vocabulary::command::CheckOut;
use vestibule_core::{Actor, Answer, CameraId, Command, Refusal, VisitId};

impl Hand<'_> {
    /// The parcel with this number that whoever stands here may carry away from a shelf.
    pub(in crate::web::kiosk) async fn on_their_shelf(
        &self,
        tracking: &str,
    ) -> Result<Option<CheckOut>, Fault> {
        let (Some(resident), Some(claim)) = (&self.facts.resident, claim(&*self.app.keys, tracking, false))
        else {
            return Ok(None);
        };
        let visit = resident.visit;
        let found =
            self.app.site.read(move |site, _| collection::on_a_shelf(site, visit, claim.mark)).await?;
        Ok(found.map(CheckOut::by_scan))
    }

    /// One parcel leaves its shelf.
    pub(in crate::web::kiosk) async fn check_out(&self, out: CheckOut) -> Done {
        let Some(visit) = self.facts.resident.as_ref().map(|resident| resident.visit) else {
            return self.refused(Refusal::VisitOver);
        };
        // Where a camera looks, the page's own picture is not believed.
        let (kiosk, parcel) = (self.kiosk, out.parcel);
        let is_seen = self.app.site.read(move |site, _| sees_carried(site, kiosk, parcel)).await?;
        let picture = if is_seen { None } else { fitted(self.app, &self.picture).await? };
        match to_its_end(taken(self.app.clone(), (visit, out), picture)).await? {
            Ok(_) => Ok(()),
            Err(refusal) => self.refused(refusal),
        }
    }
}

/// Asks for it, and keeps the picture of what was granted: once the parcel is theirs, its photo is there or is said to be missing.
async fn taken(
    app: App,
    (visit, out): (VisitId, CheckOut),
    picture: Option<Vec<u8>>,
) -> Result<Result<Answer, Refusal>, Fault> {
    let command = Command::TakeFromShelf { visit, out: CheckOut { is_pictured: picture.is_some(), ..out } };
    let answer = app.site.ask(Request::new(Actor::Visit(visit), command)).await?.answer;
    if let (Ok(_), Some(jpeg)) = (&answer, picture) {
        kept(&app, asked(visit, out), jpeg).await?;
    }
    Ok(answer)
}

fn asked(visit: VisitId, out: CheckOut) -> PhotoAsked {
    let subject = PhotoSubject { visit: Some(visit), parcels: vec![out.parcel], ..PhotoSubject::default() };
    PhotoAsked { camera: CameraId::OF_THE_SCREEN, reason: PhotoReason::CheckOut, subject }
}
