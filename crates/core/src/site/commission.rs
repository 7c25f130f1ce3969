//! Setting a site up: policy, banks, shelves, drop places, desk hours, carriers, kiosks, designation.

use super::Site;
use super::decider::Decider;
use super::drawing;
use crate::code::token::SiteTag;
use crate::ids::*;
use crate::place::compartment::CompartmentSpec;
use crate::place::shelf::ShelfLimits;
use crate::time::WeekWindow;
use crate::visit::{VisitEnd, lifecycle};
use crate::vocabulary::answer::Answer;
use crate::vocabulary::command::Command;
use crate::vocabulary::event::Event;
use crate::vocabulary::refusal::Refusal;
use std::collections::BTreeSet;

pub(crate) fn decide(d: &mut Decider<'_>, actor: Actor, command: &Command) -> Result<Answer, Refusal> {
    match command {
        Command::Found { policy } => {
            if d.site.tag.is_some() {
                return Err(Refusal::AlreadyFounded);
            }
            policy.is_sound().map_err(|why| Refusal::Invalid { why })?;
            let tag = SiteTag::draw(&mut d.draw);
            d.push(Event::SiteFounded { tag });
            d.push(Event::PolicySet { policy: Box::new(policy.clone()) });
            Ok(Answer::Done)
        }
        Command::SetPolicy { policy } => {
            policy.is_sound().map_err(|why| Refusal::Invalid { why })?;
            d.push(Event::PolicySet { policy: Box::new(policy.clone()) });
            Ok(Answer::Done)
        }
        Command::InstallBank { compartments } => install_bank(d, actor, compartments),
        Command::InstallShelf { label } => install_shelf(d, label),
        Command::DescribeShelf { shelf, limits } => describe_shelf(d, *shelf, limits),
        Command::NameDropPlace { label } => {
            let (label, area) =
                (fresh_label(d.site.layout.areas.values(), label)?, d.site.counters.next_area());
            d.push(Event::DropPlaceNamed { area, label });
            Ok(Answer::Area(area))
        }
        Command::NameCarrier { name } => {
            let (name, carrier) =
                (fresh_label(d.site.layout.carriers.values(), name)?, d.site.counters.next_carrier());
            d.push(Event::CarrierNamed { carrier, name });
            Ok(Answer::Carrier(carrier))
        }
        Command::SetDeskHours { hours } => {
            if !hours.iter().all(WeekWindow::is_sound) {
                let why = "desk hours need at least one weekday and hours within the day".to_owned();
                return Err(Refusal::Invalid { why });
            }
            d.push(Event::DeskHoursSet { hours: hours.clone() });
            Ok(Answer::Done)
        }
        Command::SetKioskBanks { kiosk, banks } => {
            known_banks(d.site, banks)?;
            known_kiosk(d.site, *kiosk)?;
            d.push(Event::KioskBanksSet { kiosk: *kiosk, banks: banks.clone() });
            Ok(Answer::Done)
        }
        Command::UnpairKiosk { kiosk } => unpair(d, *kiosk),
        Command::Designate { compartment, designation } => {
            if d.site.compartments.get(*compartment).is_none()
                || designation.is_some_and(|x| !d.site.directory.units.contains_key(&x.unit))
            {
                return Err(Refusal::NotFound);
            }
            d.push(Event::CompartmentDesignated { compartment: *compartment, designation: *designation });
            Ok(Answer::Done)
        }
        Command::EnrolStaff => {
            let staff = d.site.counters.next_staff();
            d.push(Event::StaffEnrolled { staff });
            Ok(Answer::Staff(staff))
        }
        _ => Err(Refusal::Invalid { why: "this command is not one of the site's".to_owned() }),
    }
}

fn install_shelf(d: &mut Decider<'_>, label: &str) -> Result<Answer, Refusal> {
    let layout = &d.site.layout;
    let label = fresh_label(layout.shelves.values().chain(layout.gone_shelves.values()), label)?;
    let shelf = d.site.counters.next_shelf();
    d.push(Event::ShelfInstalled { shelf, label });
    Ok(Answer::Shelf(shelf))
}

fn describe_shelf(d: &mut Decider<'_>, shelf: ShelfId, limits: &ShelfLimits) -> Result<Answer, Refusal> {
    if !d.site.layout.shelves.contains_key(&shelf) {
        return Err(Refusal::NotFound);
    }
    limits.is_sound().map_err(|why| Refusal::Invalid { why })?;
    let limits = ShelfLimits { zone: limits.zone.trim().to_owned(), ..limits.clone() };
    d.push(Event::ShelfDescribed { shelf, limits });
    Ok(Answer::Done)
}

fn fresh_label<'a>(mut taken: impl Iterator<Item = &'a String>, label: &str) -> Result<String, Refusal> {
    let label = label.trim();
    if label.is_empty() || label.chars().count() > 40 {
        return Err(Refusal::Invalid { why: "a name of 1 to 40 characters is needed".to_owned() });
    }
    if taken.any(|other| other.eq_ignore_ascii_case(label)) {
        return Err(Refusal::Invalid { why: format!("'{label}' is taken; choose another name") });
    }
    Ok(label.to_owned())
}

/// Who draws a bank answers for its large and low compartments; what the configuration file puts up is asked about when
/// somebody draws it anew.
fn install_bank(d: &mut Decider<'_>, actor: Actor, specs: &[CompartmentSpec]) -> Result<Answer, Refusal> {
    let bearers = drawing::bearers(d.site);
    let mut labels: BTreeSet<&str> = BTreeSet::new();
    for spec in specs {
        drawing::is_sound(spec)?;
        if bearers.contains_key(spec.label.as_str()) || !labels.insert(&spec.label) {
            return Err(Refusal::CompartmentNumber { label: spec.label.clone() });
        }
    }
    if specs.is_empty() {
        return Err(Refusal::Invalid { why: "a bank has at least one compartment".to_owned() });
    }
    let is_asked = |spec: &&CompartmentSpec| spec.may_shut_a_child_in() && !spec.inside_release;
    let unreleased: Vec<String> = specs.iter().filter(is_asked).map(|spec| spec.label.clone()).collect();
    if matches!(actor, Actor::Staff(_)) && !unreleased.is_empty() {
        return Err(Refusal::InsideRelease { labels: unreleased });
    }
    let bank = d.site.counters.next_bank();
    let first = d.site.counters.next_compartment().0;
    let compartments = (first..).map(CompartmentId).zip(specs.iter().cloned()).collect();
    d.push(Event::BankInstalled { bank, compartments });
    Ok(Answer::Bank(bank))
}

pub(crate) fn known_banks(site: &Site, banks: &[BankId]) -> Result<(), Refusal> {
    if banks.iter().all(|bank| site.layout.banks.contains_key(bank)) {
        Ok(())
    } else {
        Err(Refusal::NotFound)
    }
}

fn known_kiosk(site: &Site, kiosk: KioskId) -> Result<(), Refusal> {
    if site.layout.kiosks.contains_key(&kiosk) { Ok(()) } else { Err(Refusal::NotFound) }
}

fn unpair(d: &mut Decider<'_>, kiosk: KioskId) -> Result<Answer, Refusal> {
    known_kiosk(d.site, kiosk)?;
    let visits: Vec<_> =
        d.site.visits.live.iter().filter(|(_, v)| v.kiosk == kiosk).map(|(id, _)| *id).collect();
    for visit in visits {
        lifecycle::end(d, visit, VisitEnd::Finished);
    }
    d.push(Event::KioskUnpaired { kiosk });
    Ok(Answer::Done)
}
