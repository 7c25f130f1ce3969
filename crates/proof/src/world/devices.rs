//! What the runners of a process do beside the halves that are driven here: the bus follows the map, cameras are asked.

use super::{DOORS, World};
use crate::line::Heard;
use vestibule_core::evidence::{PhotoAsked, PhotoReason};
use vestibule_core::{Effect, Event};

/// Photos that wait for their cameras; what is asked for beyond is forgotten.
const WISHES_MOST: usize = 8;

impl World {
    /// A bus runs by the map that holds, as its runner sees to. What it says to that at once.
    pub(super) fn follows_the_map(&mut self) -> Vec<Heard> {
        let is_another = self.last.iter().any(|event| matches!(event, Event::WiringSet { .. }));
        let Some(process) = self.process.as_mut().filter(|_| is_another) else { return Vec::new() };
        self.truth.trouble();
        process.rewires(&mut self.line, DOORS, self.now_ms)
    }

    /// Photos the site asks for. Of a pile one is asked for wherever a camera sees it, or it is said why not.
    pub(super) fn wishes_for(&mut self, photos: Vec<Effect>) {
        let asked = photos.into_iter().filter_map(|effect| match effect {
            Effect::TakePhoto { asked, .. } => Some(*asked),
            _ => None,
        });
        let asked: Vec<_> = asked.collect();
        let sees = self.process.as_ref().is_some_and(|p| !p.writer.site().evidence.cameras.is_empty());
        for event in self.last.iter().filter(|_| sees) {
            let Event::ParcelsDropped { drop, parcels } = event else { continue };
            let of_pile =
                |a: &PhotoAsked| a.reason == PhotoReason::QuickDrop && a.subject.parcels == *parcels;
            let is_missing =
                |event: &Event| matches!(event, Event::PhotoMissing { asked: Some(a), .. } if of_pile(a));
            let is_told = asked.iter().any(of_pile) || self.last.iter().any(is_missing);
            assert!(is_told, "pile {drop} is nobody's and no photo of it was asked for");
        }
        self.wishes.extend(asked);
        self.wishes.truncate(WISHES_MOST);
    }
}
