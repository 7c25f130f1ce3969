//! A past for the site: parcels deposited and collected long ago, through the real writer, many kiosks at a time.

use crate::founding::{DEPOSITS_A_VISIT, Founding};
use crate::post;
use anyhow::{Context, Result, bail};
use vestibule_core::code::{pin, token};
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::{ParcelWords, Proof, RecipientChoice};
use vestibule_core::vocabulary::observation::PulseOutcome;
use vestibule_core::{
    Actor, Answer, Command, CompartmentId, NoticeId, Observation, OpeningId, Span, Timestamp, VisitId,
};
use vestibule_devices::PulseIntent;
use vestibule_site::handle::Request;
use vestibule_site::rows::Row;
use vestibule_site::store::DurableIntent;
use vestibule_site::writer::Incoming;

/// Between two rounds: a parcel leaves the live state a day after its end.
const ROUND: Span = Span::hours(12);

/// When a past of so many parcels has to begin to be over now.
pub fn begins(now: Timestamp, parcels: usize, kiosks: usize) -> Timestamp {
    let rounds = parcels.div_ceil(kiosks * DEPOSITS_A_VISIT) as i64;
    Timestamp(now.0 - (rounds + 3) * ROUND.0)
}

/// Plays rounds of one courier visit a kiosk and all its collections, until there are so many parcels.
pub fn play(site: &mut Founding, parcels: usize) -> Result<()> {
    let a_round = site.stations.len() * DEPOSITS_A_VISIT;
    for _ in 0..parcels.div_ceil(a_round) {
        round(site)?;
        site.wait(ROUND);
    }
    site.wait(Span::days(1));
    site.step(Vec::new())?;
    Ok(())
}

fn round(site: &mut Founding) -> Result<()> {
    let visits = log_in(site)?;
    for n in 0..DEPOSITS_A_VISIT {
        let units: Vec<_> = site.stations.iter().map(|station| station.households[n].unit).collect();
        let deposits = visits.iter().zip(units).map(|(visit, unit)| {
            let recipient = RecipientChoice::Household { unit, addressee: None };
            let words = ParcelWords {
                recipient,
                size: Size::S,
                heavy: false,
                reach: false,
                together: None,
                label: None,
                class: None,
            };
            Request::new(Actor::Visit(*visit), Command::Deposit { visit: *visit, words })
        });
        let (_, intents) = site.ask_all(deposits.collect())?;
        doors(site, &intents)?;
    }
    finish(site, &visits)?;
    let letters = post::waiting(&connection(site)?, &site.keys, 0)?;
    for n in 0..DEPOSITS_A_VISIT {
        collect(site, n, &letters)?;
    }
    let done = letters.iter().map(|letter| Row::OutboxDone { notice: letter.notice }).collect();
    let told = letters
        .iter()
        .map(|letter| Incoming::Observe(Observation::NoticeHandedOver { notice: NoticeId(letter.notice) }));
    site.step(told.chain([Incoming::Write(done)]).collect()).map(drop)
}

fn connection(site: &Founding) -> Result<rusqlite::Connection> {
    Ok(rusqlite::Connection::open(site.options.folder.join(vestibule_site::store::DATABASE))?)
}

fn log_in(site: &mut Founding) -> Result<Vec<VisitId>> {
    let requests = site.stations.iter().map(|station| {
        let proof = scan(site, &station.badge)?;
        let command = Command::CourierLogIn { kiosk: station.kiosk, proof };
        Ok(Request::new(Actor::Kiosk(station.kiosk), command))
    });
    let requests = requests.collect::<Result<Vec<_>>>()?;
    site.ask_all(requests)?.0.into_iter().map(visit_of).collect()
}

fn scan(site: &Founding, text: &str) -> Result<Proof> {
    let (_, token) = token::read(text, site.tag).ok().context("a token of this site")?;
    Ok(Proof::Token(pin::token_hash(&*site.keys, &token)))
}

fn visit_of(answer: Answer) -> Result<VisitId> {
    match answer {
        Answer::Visit { visit } | Answer::PickUp { visit, .. } => Ok(visit),
        other => bail!("a visit was expected: {other:?}"),
    }
}

fn collect(site: &mut Founding, n: usize, letters: &[post::Letter]) -> Result<()> {
    let requests = site.stations.iter().map(|station| {
        let person = station.households[n].person;
        let letter = letters.iter().find(|letter| letter.person == person).context("everybody was told")?;
        let command = Command::PickUp { kiosk: station.kiosk, proof: scan(site, &letter.qr)? };
        Ok(Request::new(Actor::Kiosk(station.kiosk), command))
    });
    let requests = requests.collect::<Result<Vec<_>>>()?;
    let (answers, intents) = site.ask_all(requests)?;
    doors(site, &intents)?;
    let visits = answers.into_iter().map(visit_of).collect::<Result<Vec<_>>>()?;
    finish(site, &visits)
}

fn finish(site: &mut Founding, visits: &[VisitId]) -> Result<()> {
    let finish = |visit: &VisitId| Request::new(Actor::Visit(*visit), Command::Finish { visit: *visit });
    site.ask_all(visits.iter().map(finish).collect()).map(drop)
}

/// All doors spring open, and all are pushed shut.
fn doors(site: &mut Founding, intents: &[DurableIntent]) -> Result<()> {
    let opened = intents.iter().flat_map(|intent| {
        let (opening, attempt) = (OpeningId(intent.opening()), intent.attempt());
        let compartment = CompartmentId(intent.point());
        [
            Incoming::Observe(Observation::DoorSeen { compartment, open: true }),
            Incoming::Observe(Observation::Pulse { opening, attempt, outcome: PulseOutcome::Opened }),
        ]
    });
    site.step(opened.collect())?;
    let shut = intents.iter().map(|intent| {
        Incoming::Observe(Observation::DoorSeen { compartment: CompartmentId(intent.point()), open: false })
    });
    site.step(shut.collect()).map(drop)
}
