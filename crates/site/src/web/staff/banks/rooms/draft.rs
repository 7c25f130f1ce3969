//! A room as somebody draws it: read from the site or from the fields of the editor, changed by presses, and made the drawing
//! that the rules are asked about.
//!
//! Owns: the fields' names. Never: asks.

use std::collections::BTreeMap;

use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::compartment::Size;
use vestibule_core::place::room::{Ground, Rack, Room, RoomPlan, RoomZone, ShelfPlace, Side, Spot, ZoneFor};
use vestibule_core::site::rooms::{LEVELS_MOST, RACKS_MOST, SHELVES_MOST};
use vestibule_core::vocabulary::command::DrawnRoom;
use vestibule_core::{AccessPointId, CarrierId, RoomId, ShelfId, Site};

use super::super::super::desk_page::Fields;
use super::super::super::say::Say;
use super::moves::Move;
use super::takes::{self, TakesDraft};

/// A level of a rack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelDraft {
    /// Its height in mm.
    pub height_mm: u32,
    /// The labels of its shelves from left to right.
    pub shelves: Vec<String>,
    /// The zone of all of them, from 0.
    pub zone: Option<u16>,
    /// What each of them takes.
    pub takes: TakesDraft,
}

/// A rack; its levels from the lowest up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RackDraft {
    /// Its name.
    pub label: String,
    /// Where it stands.
    pub ground: Ground,
    /// Its open side.
    pub front: Side,
    /// Its lowest board, mm.
    pub foot_mm: u32,
    /// From the lowest up.
    pub levels: Vec<LevelDraft>,
}

impl Default for LevelDraft {
    fn default() -> Self {
        Self { height_mm: 0, shelves: Vec::new(), zone: None, takes: TakesDraft::MEASURED }
    }
}

impl RackDraft {
    fn drawn(&self) -> Rack {
        Rack {
            label: self.label.clone(),
            ground: self.ground,
            front: self.front,
            foot_mm: self.foot_mm,
            levels: self.levels.iter().map(|level| level.height_mm).collect(),
        }
    }

    /// What one of its levels takes by its measures.
    pub fn largest_on(&self, level: usize) -> Size {
        self.drawn().largest_on(u16::try_from(level).unwrap_or(u16::MAX))
    }
}

/// A spot on the floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpotDraft {
    /// Its label.
    pub label: String,
    /// Where it is.
    pub ground: Ground,
    /// Its zone, from 0.
    pub zone: Option<u16>,
    /// What it takes.
    pub takes: TakesDraft,
}

/// A whole room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which; None: a new one.
    pub room: Option<RoomId>,
    /// The drawing it began with.
    pub was: u32,
    /// Its name.
    pub label: String,
    /// The door that leads to it.
    pub door: Option<AccessPointId>,
    /// The middle of the door from the left, mm.
    pub door_mm: u32,
    /// From left to right, mm.
    pub width_mm: u32,
    /// From the door to the wall across, mm.
    pub depth_mm: u32,
    /// Racks.
    pub racks: Vec<RackDraft>,
    /// Spots on the floor.
    pub spots: Vec<SpotDraft>,
    /// Zones.
    pub zones: Vec<RoomZone>,
}

/// The word of what a zone is for, in the editor's choice.
pub fn use_word(suits: &ZoneFor) -> String {
    match suits {
        ZoneFor::Anything => "anything".to_owned(),
        ZoneFor::Class(class) => format!("class-{}", class.word()),
        ZoneFor::Carrier(carrier) => format!("carrier-{carrier}"),
        ZoneFor::Keypads { .. } => "keypads".to_owned(),
    }
}

fn suits(word: &str, (from, to): (u32, u32)) -> ZoneFor {
    let class = || ParcelClass::ALL.into_iter().find(|class| format!("class-{}", class.word()) == word);
    let carrier = || word.strip_prefix("carrier-")?.parse().ok();
    match (word, class(), carrier()) {
        ("keypads", ..) => ZoneFor::Keypads { from, to },
        (_, Some(class), _) => ZoneFor::Class(class),
        (_, _, Some(carrier)) => ZoneFor::Carrier(CarrierId(carrier)),
        _ => ZoneFor::Anything,
    }
}

/// Whether two places are on one level of one rack.
fn is_beside(one: Spot, other: Spot) -> bool {
    let level = |spot| match spot {
        Spot::Rack { rack, level, .. } => Some((rack, level)),
        Spot::Floor { .. } => None,
    };
    level(one).is_some() && level(one) == level(other)
}

struct Read<'a>(BTreeMap<&'a str, &'a str>);

impl Read<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).copied()
    }

    fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// 0 where it cannot be read: no measure is 0, so the rules name it.
    fn number(&self, name: &str) -> u32 {
        self.get(name).and_then(|value| value.parse().ok()).unwrap_or_default()
    }

    fn ground(&self, kind: &str, at: usize) -> Ground {
        Ground {
            left_mm: self.number(&format!("{kind}-left-{at}")),
            top_mm: self.number(&format!("{kind}-top-{at}")),
            width_mm: self.number(&format!("{kind}-width-{at}")),
            depth_mm: self.number(&format!("{kind}-depth-{at}")),
        }
    }

    fn takes(&self, [largest, holds]: [String; 2]) -> TakesDraft {
        TakesDraft::read(self.get(&largest), self.get(&holds))
    }

    fn zone(&self, name: &str) -> Option<u16> {
        self.get(name).and_then(|zone| zone.parse().ok())
    }

    fn rack(&self, at: usize) -> Option<RackDraft> {
        let label = self.get(&format!("rack-label-{at}"))?.to_owned();
        let front = self.text(&format!("rack-front-{at}"));
        let mut levels = Vec::new();
        while let Some(shelves) = self.get(&format!("shelves-{at}-{}", levels.len())) {
            if levels.len() > LEVELS_MOST {
                break;
            }
            let level = levels.len();
            let shelves = shelves.split(',').map(str::trim).filter(|label| !label.is_empty());
            levels.push(LevelDraft {
                height_mm: self.number(&format!("height-{at}-{level}")),
                shelves: shelves.map(str::to_owned).collect(),
                zone: self.zone(&format!("level-zone-{at}-{level}")),
                takes: self.takes(takes::of_level(at, level)),
            });
        }
        Some(RackDraft {
            label,
            ground: self.ground("rack", at),
            front: Side::ALL.into_iter().find(|side| side.word() == front).unwrap_or(Side::Down),
            foot_mm: self.number(&format!("rack-foot-{at}")),
            levels,
        })
    }

    fn spot(&self, at: usize) -> Option<SpotDraft> {
        let label = self.get(&format!("spot-label-{at}"))?.to_owned();
        Some(SpotDraft {
            label,
            ground: self.ground("spot", at),
            zone: self.zone(&format!("spot-zone-{at}")),
            takes: self.takes(takes::of_spot(at)),
        })
    }

    fn room_zone(&self, at: usize) -> Option<RoomZone> {
        let label = self.get(&format!("zone-label-{at}"))?.to_owned();
        let range = (self.number(&format!("zone-from-{at}")), self.number(&format!("zone-to-{at}")));
        Some(RoomZone { label, suits: suits(&self.text(&format!("zone-use-{at}")), range) })
    }
}

fn ground_fields(kind: &str, at: usize, ground: Ground) -> [(String, String); 4] {
    let Ground { left_mm, top_mm, width_mm, depth_mm } = ground;
    [("left", left_mm), ("top", top_mm), ("width", width_mm), ("depth", depth_mm)]
        .map(|(name, value)| (format!("{kind}-{name}-{at}"), value.to_string()))
}

fn zone_field(zone: Option<u16>) -> String {
    zone.map(|zone| zone.to_string()).unwrap_or_default()
}

impl Draft {
    /// An empty room of usual size.
    pub fn new(label: &str) -> Self {
        let (racks, spots, zones) = (Vec::new(), Vec::new(), Vec::new());
        let (label, width_mm, depth_mm) = (label.to_owned(), 4_000, 3_000);
        Self {
            room: None,
            was: 0,
            label,
            door: None,
            door_mm: 2_000,
            width_mm,
            depth_mm,
            racks,
            spots,
            zones,
        }
    }

    /// A room as it stands.
    pub fn of_site(site: &Site, id: RoomId) -> Option<Self> {
        let Room { plan, version, shelves } = site.layout.rooms.get(&id)?;
        let rack = |rack: &Rack| RackDraft {
            label: rack.label.clone(),
            ground: rack.ground,
            front: rack.front,
            foot_mm: rack.foot_mm,
            levels: rack
                .levels
                .iter()
                .map(|height| LevelDraft { height_mm: *height, ..LevelDraft::default() })
                .collect(),
        };
        let mut draft = Self {
            room: Some(id),
            was: *version,
            label: plan.label.clone(),
            door: plan.door,
            door_mm: plan.door_mm,
            width_mm: plan.width_mm,
            depth_mm: plan.depth_mm,
            racks: plan.racks.iter().map(rack).collect(),
            spots: Vec::new(),
            zones: plan.zones.clone(),
        };
        let mut in_order: Vec<_> = shelves.iter().collect();
        in_order.sort_by_key(|(id, place)| (place.spot, **id));
        for (id, place) in &in_order {
            let (id, place) = (*id, *place);
            let label = site.layout.shelves.get(id).cloned().unwrap_or_default();
            match place.spot {
                Spot::Floor { left_mm, top_mm, width_mm, depth_mm } => {
                    let ground = Ground { left_mm, top_mm, width_mm, depth_mm };
                    let takes = TakesDraft::of_site(site, &[*id], plan.largest_at(place.spot));
                    draft.spots.push(SpotDraft { label, ground, zone: place.zone, takes });
                }
                Spot::Rack { rack, level, .. } => {
                    let beside = in_order.iter().filter(|(_, other)| is_beside(other.spot, place.spot));
                    let beside: Vec<ShelfId> = beside.map(|(id, _)| **id).collect();
                    let takes = TakesDraft::of_site(site, &beside, plan.largest_at(place.spot));
                    let rack = draft.racks.get_mut(usize::from(rack));
                    if let Some(level) = rack.and_then(|rack| rack.levels.get_mut(usize::from(level))) {
                        level.shelves.push(label);
                        level.zone = level.zone.or(place.zone);
                        level.takes = takes;
                    }
                }
            }
        }
        Some(draft)
    }

    /// What is written in the editor.
    pub fn from_fields(room: Option<RoomId>, fields: &Fields) -> Self {
        let pairs = fields.0.iter().map(|(name, value)| (name.as_str(), value.trim()));
        let read = Read(pairs.collect());
        Self {
            room,
            was: read.number("was"),
            label: read.text("label"),
            door: read.get("door").and_then(|door| door.parse().ok()),
            door_mm: read.number("door_mm"),
            width_mm: read.number("width"),
            depth_mm: read.number("depth"),
            racks: (0..=RACKS_MOST).map_while(|at| read.rack(at)).collect(),
            spots: (0..=SHELVES_MOST).map_while(|at| read.spot(at)).collect(),
            zones: (0..=RACKS_MOST).map_while(|at| read.room_zone(at)).collect(),
        }
    }

    /// Everything as fields, as the editor names them.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = [
            ("was", self.was.to_string()),
            ("label", self.label.clone()),
            ("door", self.door.map(|door| door.to_string()).unwrap_or_default()),
            ("door_mm", self.door_mm.to_string()),
            ("width", self.width_mm.to_string()),
            ("depth", self.depth_mm.to_string()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        for (at, rack) in self.racks.iter().enumerate() {
            fields.push((format!("rack-label-{at}"), rack.label.clone()));
            fields.extend(ground_fields("rack", at, rack.ground));
            fields.push((format!("rack-front-{at}"), rack.front.word().to_owned()));
            fields.push((format!("rack-foot-{at}"), rack.foot_mm.to_string()));
            for (level, one) in rack.levels.iter().enumerate() {
                fields.push((format!("height-{at}-{level}"), one.height_mm.to_string()));
                fields.push((format!("shelves-{at}-{level}"), one.shelves.join(", ")));
                fields.push((format!("level-zone-{at}-{level}"), zone_field(one.zone)));
                fields.extend(one.takes.fields(takes::of_level(at, level)));
            }
        }
        for (at, spot) in self.spots.iter().enumerate() {
            fields.push((format!("spot-label-{at}"), spot.label.clone()));
            fields.extend(ground_fields("spot", at, spot.ground));
            fields.push((format!("spot-zone-{at}"), zone_field(spot.zone)));
            fields.extend(spot.takes.fields(takes::of_spot(at)));
        }
        for (at, zone) in self.zones.iter().enumerate() {
            let (from, to) = range(&zone.suits);
            fields.push((format!("zone-label-{at}"), zone.label.clone()));
            fields.push((format!("zone-use-{at}"), use_word(&zone.suits)));
            fields.push((format!("zone-from-{at}"), from));
            fields.push((format!("zone-to-{at}"), to));
        }
        fields
    }

    /// The drawing the rules are asked about.
    pub fn drawn(&self) -> DrawnRoom {
        let number = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let mut shelves = Vec::new();
        for (rack, one) in self.racks.iter().enumerate() {
            for (level, of_level) in one.levels.iter().enumerate() {
                for (slot, label) in of_level.shelves.iter().enumerate() {
                    let spot = Spot::Rack { rack: number(rack), level: number(level), slot: number(slot) };
                    let place = ShelfPlace { spot, zone: of_level.zone };
                    shelves.push(of_level.takes.drawn(label, place, one.largest_on(level)));
                }
            }
        }
        for SpotDraft { label, ground, zone, takes } in &self.spots {
            let Ground { left_mm, top_mm, width_mm, depth_mm } = *ground;
            let spot = Spot::Floor { left_mm, top_mm, width_mm, depth_mm };
            shelves.push(takes.drawn(label, ShelfPlace { spot, zone: *zone }, Size::XL));
        }
        let plan = RoomPlan {
            label: self.label.clone(),
            door: self.door,
            door_mm: self.door_mm,
            width_mm: self.width_mm,
            depth_mm: self.depth_mm,
            racks: self.racks.iter().map(RackDraft::drawn).collect(),
            zones: self.zones.clone(),
        };
        DrawnRoom { room: self.room, was: self.was, plan, shelves }
    }

    /// Does what a press asks; what is not there stays as it is. `site` tells which labels are taken; what comes has its name in
    /// the language of who draws.
    pub fn moved(&mut self, what: Move, (site, say): (&Site, Say)) {
        match what {
            Move::Preset(which) => self.preset(which, (site, say)),
            Move::NewRack => self.new_rack((site, say)),
            Move::RackOut(at) => drop_at(&mut self.racks, at),
            Move::NewLevel(at) => {
                let label = self.fresh(site, "S");
                if let Some(rack) = self.racks.get_mut(at) {
                    rack.levels.push(LevelDraft {
                        height_mm: 400,
                        shelves: vec![label],
                        ..LevelDraft::default()
                    });
                }
            }
            Move::LevelOut(at) => {
                if let Some(rack) = self.racks.get_mut(at).filter(|rack| rack.levels.len() > 1) {
                    rack.levels.pop();
                }
            }
            Move::NewSpot => self.new_spot(site),
            Move::SpotOut(at) => drop_at(&mut self.spots, at),
            Move::NewZone => {
                let taken: Vec<&str> = self.zones.iter().map(|zone| zone.label.as_str()).collect();
                let label = numbered("staff-room-zone-n", &taken, say);
                self.zones.push(RoomZone { label, suits: ZoneFor::Anything });
            }
            Move::ZoneOut(at) => self.zone_out(at),
        }
    }

    fn preset(&mut self, which: u16, (site, say): (&Site, Say)) {
        (self.racks, self.spots) = (Vec::new(), Vec::new());
        match which {
            0 => self.new_rack((site, say)),
            1 => (0..2).for_each(|_| self.new_rack((site, say))),
            _ => (0..3).for_each(|_| self.new_spot(site)),
        }
    }

    /// A rack of four levels right of the others, with a shelf on each.
    fn new_rack(&mut self, (site, say): (&Site, Say)) {
        let taken: Vec<&str> = self.racks.iter().map(|rack| rack.label.as_str()).collect();
        let label = numbered("staff-room-rack-n", &taken, say);
        let right = self.racks.iter().map(|rack| rack.ground.left_mm.saturating_add(rack.ground.width_mm));
        let left_mm = right.max().map_or(0, |right| right.saturating_add(200));
        let ground = Ground { left_mm, top_mm: 0, width_mm: 1_000, depth_mm: 500 };
        let rack = RackDraft { label, ground, front: Side::Down, foot_mm: 150, levels: Vec::new() };
        self.racks.push(rack);
        for _ in 0..4 {
            self.moved(Move::NewLevel(self.racks.len() - 1), (site, say));
        }
    }

    /// A spot beside the others, along the left wall in front of the racks.
    fn new_spot(&mut self, site: &Site) {
        let label = self.fresh(site, "F");
        let right = self.spots.iter().map(|spot| spot.ground.left_mm.saturating_add(spot.ground.width_mm));
        let left_mm = right.max().map_or(0, |right| right.saturating_add(100));
        let ground = Ground { left_mm, top_mm: 1_200, width_mm: 900, depth_mm: 900 };
        self.spots.push(SpotDraft { label, ground, zone: None, takes: TakesDraft::MEASURED });
    }

    fn zone_out(&mut self, at: usize) {
        let levels = self.racks.iter_mut().flat_map(|rack| &mut rack.levels).map(|level| &mut level.zone);
        for zone in levels.chain(self.spots.iter_mut().map(|spot| &mut spot.zone)) {
            *zone = zone.filter(|zone| usize::from(*zone) != at);
            *zone = zone.map(|zone| if usize::from(zone) > at { zone - 1 } else { zone });
        }
        drop_at(&mut self.zones, at);
    }

    /// `S7`: a label that is on no shelf, was on none and is in no field.
    fn fresh(&self, site: &Site, letter: &str) -> String {
        let drawn = self.drawn();
        let known = site.layout.shelves.values().chain(site.layout.gone_shelves.values());
        let taken: Vec<&String> = known.chain(drawn.shelves.iter().map(|one| &one.label)).collect();
        let is_free = |label: &String| !taken.iter().any(|other| other.eq_ignore_ascii_case(label));
        (1_u32..).map(|n| format!("{letter}{n}")).find(is_free).unwrap_or_default()
    }
}

/// `Rack 2`: the first such name that no other has.
fn numbered(key: &str, taken: &[&str], say: Say) -> String {
    let mut names = (1_u32..).map(|n| say.with(key, &[("n", n.to_string().into())]));
    let is_free = |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    names.find(is_free).unwrap_or_default()
}

/// The range of a zone, as the editor writes it.
pub fn range(suits: &ZoneFor) -> (String, String) {
    match suits {
        ZoneFor::Keypads { from, to } => (from.to_string(), to.to_string()),
        ZoneFor::Anything | ZoneFor::Class(_) | ZoneFor::Carrier(_) => (String::new(), String::new()),
    }
}

fn drop_at<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::super::takes::Largest;
    use super::*;
    use crate::web::words::Language;

    const ENGLISH: Say = Say { language: Language::En };

    #[test]
    fn what_is_written_comes_back_as_fields_and_as_a_drawing() {
        let mut draft = Draft::new("Room");
        let site = Site::default();
        draft.moved(Move::Preset(1), (&site, ENGLISH));
        draft.moved(Move::NewSpot, (&site, ENGLISH));
        draft.moved(Move::NewZone, (&site, ENGLISH));
        draft.zones[0].suits = ZoneFor::Keypads { from: 100, to: 199 };
        draft.racks[1].levels[2].zone = Some(0);
        draft.racks[0].levels[1].takes = TakesDraft { largest: Largest::Chosen(Size::S), holds: Some(6) };
        assert_eq!(Draft::from_fields(None, &Fields(draft.fields())), draft);
        let drawn = draft.drawn();
        assert_eq!((drawn.plan.racks.len(), drawn.shelves.len()), (2, 9));
        assert_eq!(drawn.shelves.iter().filter(|one| one.place.zone == Some(0)).count(), 1);
        let takes: Vec<_> = drawn.shelves[..3].iter().map(|one| takes::short(one.takes)).collect();
        assert_eq!(takes, ["M", "S, 6", "M"], "400 mm high and 500 mm deep");
        assert_eq!(takes::short(drawn.shelves[8].takes), "XL", "a spot on the floor");
        vestibule_core::site::rooms::foresee(&site, &drawn).expect("a preset can be saved");
    }

    #[test]
    fn zones_that_go_take_their_places_along_and_the_others_keep_theirs() {
        let mut draft = Draft::new("Room");
        let site = Site::default();
        draft.moved(Move::Preset(0), (&site, ENGLISH));
        (0..2).for_each(|_| draft.moved(Move::NewZone, (&site, ENGLISH)));
        (draft.racks[0].levels[0].zone, draft.racks[0].levels[1].zone) = (Some(0), Some(1));
        draft.moved(Move::ZoneOut(0), (&site, ENGLISH));
        assert_eq!((draft.racks[0].levels[0].zone, draft.racks[0].levels[1].zone), (None, Some(0)));
        assert_eq!(draft.zones.len(), 1);
    }

    #[test]
    fn what_comes_is_named_in_the_language_of_who_draws_and_by_no_name_twice() {
        let site = Site::default();
        for (language, names) in [
            (Language::En, ["Rack 1", "Rack 2", "Rack 3", "Zone 1", "Zone 2"]),
            (Language::Es, ["Estantería 1", "Estantería 2", "Estantería 3", "Zona 1", "Zona 2"]),
        ] {
            let (mut draft, say) = (Draft::new("Room"), Say { language });
            for what in [Move::Preset(1), Move::NewRack, Move::NewZone, Move::NewZone] {
                draft.moved(what, (&site, say));
            }
            let labels = |draft: &Draft| {
                let racks = draft.racks.iter().map(|rack| rack.label.clone());
                racks.chain(draft.zones.iter().map(|zone| zone.label.clone())).collect::<Vec<_>>()
            };
            assert_eq!(labels(&draft), names);
            // The first goes; the name that is free is the next one's.
            for what in [Move::RackOut(0), Move::NewRack, Move::ZoneOut(0), Move::NewZone] {
                draft.moved(what, (&site, say));
            }
            assert_eq!(labels(&draft), [names[1], names[2], names[0], names[4], names[3]]);
        }
    }
}
