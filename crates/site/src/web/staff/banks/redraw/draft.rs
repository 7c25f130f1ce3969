//! A bank as somebody draws it anew: read from the site or from the fields of the editor, moved about, and made the drawing
//! that the rules are asked about.
//!
//! Owns: the fields' names. Never: asks.

use std::collections::BTreeMap;

use vestibule_core::place::compartment::{CompartmentSpec, Size};
use vestibule_core::site::drawing::DOORS_MOST;
use vestibule_core::vocabulary::command::DrawnCompartment;
use vestibule_core::{BankId, CompartmentId, Site};

use super::super::super::desk_page::Fields;
use super::super::install::next_number;
use super::super::plan::{Measures, PRESETS, PlanFault, plan};

/// A door of the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorDraft {
    /// Which one of the bank it is; None: a new one.
    pub compartment: Option<CompartmentId>,
    /// The number on it.
    pub label: String,
    /// Its size.
    pub size: Size,
    /// Its height in mm; 0: none that can be read.
    pub height_mm: u32,
    /// What lies between it and the next lower one, in mm.
    pub gap_mm: u32,
    /// Whether it has an occupancy sensor.
    pub sensor: bool,
    /// Whether somebody made sure that it can be opened from inside.
    pub released: bool,
}

/// A column, its doors from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnDraft {
    /// Its width in mm; 0: none that can be read.
    pub width_mm: u32,
    /// The lower edge of its lowest door above the floor, in mm.
    pub foot_mm: u32,
    /// Its doors.
    pub doors: Vec<DoorDraft>,
}

/// A whole drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The drawing it began with.
    pub was: u32,
    /// From left to right.
    pub columns: Vec<ColumnDraft>,
    /// The column somebody works at.
    pub at: Option<usize>,
}

/// What a press on a button of the editor does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// A new column at the right.
    NewColumn,
    /// A new door below the others of this column.
    NewDoor(usize),
    /// This column one to the left.
    Left(usize),
    /// Door up: column, row.
    Up(usize, usize),
    /// Door out of the drawing: column, row.
    Out(usize, usize),
    /// Hung as this preset says.
    Preset(usize),
}

impl Move {
    /// From the value of a button.
    pub fn read(word: &str) -> Option<Self> {
        let mut parts = word.split('-');
        let (kind, mut number) = (parts.next()?, || parts.next()?.parse().ok());
        Some(match kind {
            "column" => Self::NewColumn,
            "door" => Self::NewDoor(number()?),
            "left" => Self::Left(number()?),
            "up" => Self::Up(number()?, number()?),
            "out" => Self::Out(number()?, number()?),
            "preset" => Self::Preset(number()?),
            _ => return None,
        })
    }
}

fn size_word(size: Size) -> &'static str {
    super::super::super::story::size_word(size)
}

impl Draft {
    /// The bank as it hangs.
    pub fn of_site(site: &Site, bank: BankId) -> Option<Self> {
        let ids = site.layout.banks.get(&bank)?;
        let hung = ids.iter().filter_map(|id| Some((*id, &site.compartments.get(*id)?.spec)));
        let mut columns: BTreeMap<u32, Vec<(CompartmentId, &CompartmentSpec)>> = BTreeMap::new();
        hung.for_each(|(id, spec)| columns.entry(spec.column).or_default().push((id, spec)));
        let columns = columns.into_values().map(ColumnDraft::of).collect();
        Some(Self { was: site.layout.drawing(bank), columns, at: None })
    }

    /// What is written in the editor.
    pub fn from_fields(fields: &Fields) -> Self {
        let by_name: BTreeMap<&str, &str> =
            fields.0.iter().map(|(name, value)| (name.as_str(), value.trim())).collect();
        let get = |name: String| by_name.get(name.as_str()).copied();
        let number = |name: String| get(name).and_then(|value| value.parse().ok()).unwrap_or_default();
        let mut columns = Vec::new();
        while get(format!("width-{}", columns.len())).is_some() && columns.len() < DOORS_MOST {
            let c = columns.len();
            let mut doors: Vec<DoorDraft> = Vec::new();
            while let Some(label) =
                get(format!("label-{c}-{}", doors.len())).filter(|_| doors.len() <= DOORS_MOST)
            {
                let at = format!("{c}-{}", doors.len());
                let size =
                    Size::ALL.into_iter().find(|size| Some(size_word(*size)) == get(format!("size-{at}")));
                doors.push(DoorDraft {
                    compartment: get(format!("id-{at}")).and_then(|id| id.parse().ok()).map(CompartmentId),
                    label: label.to_owned(),
                    size: size.unwrap_or(Size::S),
                    height_mm: number(format!("height-{at}")),
                    gap_mm: number(format!("gap-{at}")),
                    sensor: get(format!("sensor-{at}")) == Some("yes"),
                    released: get(format!("released-{at}")) == Some("yes"),
                });
            }
            let (width_mm, foot_mm) = (number(format!("width-{c}")), number(format!("foot-{c}")));
            columns.push(ColumnDraft { width_mm, foot_mm, doors });
        }
        Self { was: number("was".to_owned()), columns, at: None }
    }

    /// Its doors in order, column by column.
    pub fn doors(&self) -> impl Iterator<Item = &DoorDraft> {
        self.columns.iter().flat_map(|column| &column.doors)
    }

    fn doors_mut(&mut self) -> impl Iterator<Item = &mut DoorDraft> {
        self.columns.iter_mut().flat_map(|column| &mut column.doors)
    }

    /// Says of these doors that somebody made sure of them.
    pub fn release(&mut self, labels: &[String]) {
        self.doors_mut().filter(|door| labels.contains(&door.label)).for_each(|door| door.released = true);
    }

    /// The drawing begins with the one that holds. Doors that somebody took out of the bank meanwhile are new ones here: the
    /// numbers they bear, which no door is given again.
    pub fn begin_with(&mut self, site: &Site, bank: BankId) -> Vec<String> {
        self.was = site.layout.drawing(bank);
        let hangs = site.layout.banks.get(&bank);
        let is_gone = |id: CompartmentId| hangs.is_none_or(|ids| !ids.contains(&id));
        let mut gone = Vec::new();
        for door in self.doors_mut() {
            if door.compartment.is_some_and(is_gone) {
                door.compartment = None;
                gone.push(door.label.clone());
            }
        }
        gone
    }

    /// Does what a press asks; a place that is not there stays as it is. `site` tells which numbers are free.
    pub fn moved(&mut self, what: Move, site: &Site) {
        match what {
            Move::NewColumn => {
                let usual = Measures::default();
                let (width_mm, foot_mm) = self
                    .columns
                    .last()
                    .map_or((usual.width_mm, usual.foot_mm), |column| (column.width_mm, column.foot_mm));
                let doors = vec![self.fresh(site, Size::S, usual.heights_mm[0])];
                self.columns.push(ColumnDraft { width_mm, foot_mm, doors });
                self.at = Some(self.columns.len() - 1);
            }
            Move::NewDoor(column) => {
                let like = self.columns.get(column).and_then(|column| column.doors.last());
                let (size, height_mm) = like.map_or((Size::S, 150), |door| (door.size, door.height_mm));
                let door = self.fresh(site, size, height_mm);
                if let Some(column) = self.columns.get_mut(column) {
                    column.doors.push(door);
                }
                self.at = Some(column);
            }
            Move::Left(column) => {
                if (1..self.columns.len()).contains(&column) {
                    self.columns.swap(column - 1, column);
                }
                self.at = column.checked_sub(1);
            }
            Move::Up(column, row) => {
                self.at = Some(column);
                if let Some(column) =
                    self.columns.get_mut(column).filter(|c| (1..c.doors.len()).contains(&row))
                {
                    column.doors.swap(row - 1, row);
                }
            }
            Move::Out(column, row) => {
                self.at = Some(column);
                if let Some(column) = self.columns.get_mut(column).filter(|c| row < c.doors.len()) {
                    column.doors.remove(row);
                }
                self.columns.retain(|column| !column.doors.is_empty());
            }
            Move::Preset(preset) => self.hang_as(preset, site),
        }
    }

    /// A new door with the first number that is free.
    fn fresh(&self, site: &Site, size: Size, height_mm: u32) -> DoorDraft {
        let here = self.doors().filter_map(|door| door.label.parse::<u32>().ok()).max().unwrap_or(0);
        let label = next_number(site).max(here.saturating_add(1)).to_string();
        DoorDraft { compartment: None, label, size, height_mm, gap_mm: 0, sensor: false, released: false }
    }

    /// The doors in their order, hung as a preset says: what is too many goes, what is missing is new.
    fn hang_as(&mut self, preset: usize, site: &Site) {
        let Some((_, text)) = PRESETS.get(preset) else { return };
        let Ok(specs) = plan(text, &Measures::default()) else { return };
        let mut known = self.doors().cloned().collect::<Vec<_>>().into_iter();
        let mut columns: Vec<ColumnDraft> = Vec::new();
        let mut all = Self { was: self.was, columns: Vec::new(), at: None };
        for spec in specs {
            let column = spec.column as usize;
            if column == columns.len() {
                columns.push(ColumnDraft {
                    width_mm: spec.width_mm,
                    foot_mm: Measures::default().foot_mm,
                    doors: vec![],
                });
            }
            let mut door = known.next().unwrap_or_else(|| {
                all.columns.clone_from(&columns);
                all.fresh(site, spec.size, spec.height_mm)
            });
            (door.size, door.height_mm, door.gap_mm) = (spec.size, spec.height_mm, 0);
            columns[column].doors.push(door);
        }
        self.columns = columns;
    }

    /// The drawing for the rules.
    ///
    /// # Errors
    /// The first side that has no length.
    pub fn drawn(&self) -> Result<Vec<DrawnCompartment>, PlanFault> {
        let mut drawn = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            if !(1..=3_000).contains(&column.width_mm) {
                return Err(PlanFault::Width);
            }
            let mut bottoms = Vec::new();
            let mut bottom_mm = column.foot_mm.min(10_000);
            for door in column.doors.iter().rev() {
                if !(1..=3_000).contains(&door.height_mm) {
                    return Err(PlanFault::Height { word: door.label.clone() });
                }
                bottom_mm += door.gap_mm.min(3_000);
                bottoms.push(bottom_mm);
                bottom_mm += door.height_mm;
            }
            for (door, bottom_mm) in column.doors.iter().zip(bottoms.into_iter().rev()) {
                let spec = CompartmentSpec {
                    label: door.label.clone(),
                    size: door.size,
                    column: u32::try_from(at).unwrap_or(u32::MAX),
                    width_mm: column.width_mm,
                    height_mm: door.height_mm,
                    bottom_mm,
                    occupancy_sensor: door.sensor,
                    inside_release: door.released,
                };
                drawn.push(DrawnCompartment { compartment: door.compartment, spec });
            }
            if drawn.len() > DOORS_MOST {
                return Err(PlanFault::TooMany);
            }
        }
        if drawn.is_empty() { Err(PlanFault::Empty) } else { Ok(drawn) }
    }

    /// The fields that carry it, by name and value, as the editor and the page of differences write them.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields = vec![("was".to_owned(), self.was.to_string())];
        for (c, column) in self.columns.iter().enumerate() {
            fields.push((format!("width-{c}"), column.width_mm.to_string()));
            fields.push((format!("foot-{c}"), column.foot_mm.to_string()));
            for (r, door) in column.doors.iter().enumerate() {
                let at = format!("{c}-{r}");
                fields.extend(door.kept(&at));
                fields.push((format!("label-{at}"), door.label.clone()));
                fields.push((format!("size-{at}"), size_word(door.size).to_owned()));
                fields.push((format!("height-{at}"), door.height_mm.to_string()));
                if door.sensor {
                    fields.push((format!("sensor-{at}"), "yes".to_owned()));
                }
            }
        }
        fields
    }
}

impl ColumnDraft {
    /// Doors of one column, in any order.
    fn of(mut doors: Vec<(CompartmentId, &CompartmentSpec)>) -> Self {
        doors.sort_by_key(|(_, spec)| spec.bottom_mm);
        let foot_mm = doors.first().map_or(0, |(_, spec)| spec.bottom_mm);
        let mut top = foot_mm;
        let mut drafts = Vec::new();
        for (id, spec) in &doors {
            drafts.push(DoorDraft {
                compartment: Some(*id),
                label: spec.label.clone(),
                size: spec.size,
                height_mm: spec.height_mm,
                gap_mm: spec.bottom_mm.saturating_sub(top),
                sensor: spec.occupancy_sensor,
                released: spec.inside_release,
            });
            top = spec.bottom_mm + spec.height_mm;
        }
        drafts.reverse();
        let width_mm = doors.iter().map(|(_, spec)| spec.width_mm).max().unwrap_or(0);
        Self { width_mm, foot_mm, doors: drafts }
    }
}

impl DoorDraft {
    /// What the editor keeps of a door without showing it.
    pub fn kept(&self, at: &str) -> Vec<(String, String)> {
        let id = self.compartment.map(|id| id.to_string()).unwrap_or_default();
        let mut kept = vec![(format!("id-{at}"), id), (format!("gap-{at}"), self.gap_mm.to_string())];
        if self.released {
            kept.push((format!("released-{at}"), "yes".to_owned()));
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vestibule_core::{Event, Timestamp};

    const BANK: BankId = BankId(1);

    fn spec(label: &str, column: u32, bottom_mm: u32, height_mm: u32) -> CompartmentSpec {
        let (size, width_mm, occupancy_sensor, inside_release) = (Size::M, 450, true, bottom_mm == 0);
        CompartmentSpec {
            label: label.to_owned(),
            size,
            column,
            width_mm,
            height_mm,
            bottom_mm,
            occupancy_sensor,
            inside_release,
        }
    }

    /// Two columns; between the doors of the first there is a gap.
    fn site() -> Site {
        let mut site = Site::default();
        let hung = [spec("1", 0, 900, 200), spec("2", 0, 0, 600), spec("3", 1, 150, 300)];
        let compartments = (1..).map(CompartmentId).zip(hung).collect();
        site.evolve(&Event::BankInstalled { bank: BANK, compartments }, Timestamp(0));
        site
    }

    fn labels(draft: &Draft) -> Vec<Vec<&str>> {
        fn of_column(column: &ColumnDraft) -> Vec<&str> {
            column.doors.iter().map(|door| door.label.as_str()).collect()
        }
        draft.columns.iter().map(of_column).collect()
    }

    #[test]
    fn what_hangs_comes_back_from_the_fields_as_it_hangs() {
        let site = site();
        let draft = Draft::of_site(&site, BANK).unwrap();
        assert_eq!(labels(&draft), [vec!["1", "2"], vec!["3"]]);
        let read = Draft::from_fields(&Fields(draft.fields()));
        assert_eq!(read, draft);
        for one in read.drawn().unwrap() {
            let hangs = &site.compartments.get(one.compartment.unwrap()).unwrap().spec;
            assert_eq!(&one.spec, hangs, "nobody changed anything");
        }
    }

    #[test]
    fn doors_and_columns_are_moved_about_and_new_ones_get_free_numbers() {
        let site = site();
        let mut draft = Draft::of_site(&site, BANK).unwrap();
        for (word, seen) in [
            ("up-0-1", vec![vec!["2", "1"], vec!["3"]]),
            ("up-0-0", vec![vec!["2", "1"], vec!["3"]]),
            ("left-1", vec![vec!["3"], vec!["2", "1"]]),
            ("door-0", vec![vec!["3", "4"], vec!["2", "1"]]),
            ("column", vec![vec!["3", "4"], vec!["2", "1"], vec!["5"]]),
            ("out-2-0", vec![vec!["3", "4"], vec!["2", "1"]]),
            ("out-9-9", vec![vec!["3", "4"], vec!["2", "1"]]),
            ("left-9", vec![vec!["3", "4"], vec!["2", "1"]]),
            ("preset-3", vec![vec!["3", "4", "2"], vec!["1", "5", "6"]]),
        ] {
            draft.moved(Move::read(word).unwrap(), &site);
            assert_eq!(labels(&draft), seen, "{word}");
        }
        assert_eq!(Move::read("out-1"), None);
        assert_eq!(Move::read("burn-1-1"), None);
        let known: Vec<_> = draft.doors().map(|door| door.compartment.map(|id| id.0)).collect();
        assert_eq!(known, [Some(3), None, Some(2), Some(1), None, None]);
    }

    #[test]
    fn a_side_without_a_length_is_named() {
        let mut draft = Draft::of_site(&site(), BANK).unwrap();
        draft.columns[0].doors[1].height_mm = 0;
        assert_eq!(draft.drawn(), Err(PlanFault::Height { word: "2".into() }));
        draft.columns[0].width_mm = 0;
        assert_eq!(draft.drawn(), Err(PlanFault::Width));
        draft.columns.clear();
        assert_eq!(draft.drawn(), Err(PlanFault::Empty));
    }
}
