//! What is said and shown of parcels: deliveries that carriers claim, photos that cameras take or not, holds, and the sweep that
//! erases what is over.

use crate::mouth::Given;
use crate::world::{STAFF, World};
use vestibule_core::custody::delivered::{ClaimSource, Explanation};
use vestibule_core::custody::label::LabelMark;
use vestibule_core::evidence::{Held, HoldReason, PhotoAsked, PhotoHash, PhotoMedia, PhotoTrouble};
use vestibule_core::vocabulary::command::{ClaimHouse, ClaimStep, DeliveryWords};
use vestibule_core::*;
use vestibule_site::evidence::photos::stored;

/// Photos that one sweep looks at.
const SWEPT: u32 = 64;

impl World {
    /// A carrier says that a number was delivered: here or at another house, by this company or that one; or staff know more.
    pub(super) fn claims(&mut self) {
        if self.chance.once_in(4) {
            return self.settles_a_claim();
        }
        let carrier = self.chance.pick(&[None, Some(CarrierId(1)), Some(CarrierId(1)), Some(CarrierId(2))]);
        let before = Span::minutes(-i64::try_from(self.chance.below(600)).expect("small"));
        let at = Some(self.model.now + before).filter(|_| self.chance.once_in(3));
        let number = self.chance.below(14);
        let house = if self.chance.once_in(8) { ClaimHouse::Another } else { ClaimHouse::Ours };
        self.claims_delivery((number, carrier.expect("some")), at, house);
    }

    /// Says that this number was delivered.
    pub fn claims_delivery(
        &mut self,
        (number, carrier): (u64, Option<CarrierId>),
        at: Option<Timestamp>,
        house: ClaimHouse,
    ) {
        let label = LabelMark::of(&**self.keys(), &format!("TBA{number:012}"));
        let words = DeliveryWords { label, carrier, at, source: ClaimSource::Staff, unit: None, house };
        let answer = self.answer(STAFF, Command::ClaimDelivery { words });
        let is_anothers = house == ClaimHouse::Another;
        assert!(
            !(is_anothers && matches!(answer, Some(Ok(_)))),
            "what was delivered to another house became a claim of this one"
        );
    }

    fn settles_a_claim(&mut self) {
        let known = &self.site().claims.known;
        let open: Vec<_> = known.iter().filter(|(_, claim)| claim.is_open()).map(|(id, _)| *id).collect();
        let Some(claim) = self.chance.pick(&open) else { return };
        let here = self.parcels(|at| !at.is_final());
        let found = self.chance.pick(&here).map(|parcel| ClaimStep::Here { parcel, recipient: None });
        let explained = ClaimStep::Explain { why: Explanation::Corrected };
        let steps = [ClaimStep::AskCarrier, explained.clone(), found.unwrap_or(explained)];
        let step = self.chance.pick(&steps).expect("three");
        self.answer(STAFF, Command::SettleClaim { claim, step });
    }

    /// Cameras answer, or do not; somebody looks at a photo, holds one or what is of a parcel, or lets it go.
    pub(super) fn photographs(&mut self) {
        for asked in std::mem::take(&mut self.wishes) {
            self.camera_answers(asked);
        }
        let photos = self.site().counters.next_photo().0;
        let photo = PhotoId(1 + self.chance.below(photos));
        let parcels: Vec<_> = self.model.things.keys().copied().collect();
        let parcel = self.chance.pick(&parcels).filter(|_| self.chance.once_in(2));
        let what = parcel.map_or(Held::Photo(photo), Held::Parcel);
        match self.chance.below(4) {
            0 => drop(self.answer(STAFF, Command::ViewPhoto { photo })),
            1 => drop(self.answer(STAFF, Command::ReleaseEvidence { what })),
            _ => {
                let hours = self.chance.pick(&[1, 8, 100]).expect("some");
                let until = self.model.now + Span::hours(hours);
                let reason = HoldReason::Dispute;
                self.answer(STAFF, Command::HoldEvidence { what, reason, until });
            }
        }
        self.sweeps();
    }

    fn camera_answers(&mut self, asked: PhotoAsked) {
        let asked = Box::new(asked);
        let observation = if self.chance.once_in(4) {
            Observation::PhotoMissing { asked, trouble: PhotoTrouble::NoAnswer }
        } else {
            let (hash, media) = (PhotoHash(self.chance.bytes()), PhotoMedia::Jpeg);
            Observation::PhotoTaken { asked, hash, media, taken_ms: None, clock_offset_ms: None }
        };
        self.give(Given::Observe(observation));
    }

    /// All that is stored is shown to the rules, whether its time is over or not: they say what goes.
    pub fn sweeps(&mut self) {
        self.start();
        let moment = self.moment();
        let Some(process) = &self.process else { return };
        let now = process.writer.time_at(moment);
        match stored(process.reader(), (PhotoId(0), now), SWEPT) {
            Ok(photos) if photos.is_empty() => {}
            Ok(photos) => drop(self.give(Given::Observe(Observation::PhotosStored { photos }))),
            Err(_) => self.dead_by_another(),
        }
    }
}
