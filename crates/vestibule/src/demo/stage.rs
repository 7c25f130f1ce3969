//! The real writer with a clock that is moved by hand: what days are played on before the doors open.

use crate::failure::Failure;
use std::sync::Arc;
use vestibule_core::code::pin;
use vestibule_core::custody::label::LabelMark;
use vestibule_core::evidence::{PhotoAsked, PhotoMedia};
use vestibule_core::vocabulary::command::Proof;
use vestibule_core::{Actor, Answer, Command, Observation, Refusal, Site, Span, Timestamp};
use vestibule_site::assembly::{KEYS, SitePlace};
use vestibule_site::clock::Moment;
use vestibule_site::evidence::PhotoFolder;
use vestibule_site::handle::{Request, Revealed};
use vestibule_site::keys::Keys;
use vestibule_site::rows::Row;
use vestibule_site::store::DATABASE;
use vestibule_site::writer::{Incoming, Writer};

/// A site on its stage.
pub struct Stage {
    writer: Writer,
    keys: Arc<Keys>,
    moment: Moment,
    outbox: rusqlite::Connection,
    photos: PhotoFolder,
}

impl Stage {
    /// A new site in a folder, at a time.
    pub fn open(place: &SitePlace, at: Timestamp) -> Result<Self, Failure> {
        std::fs::create_dir_all(&place.folder)?;
        let keys = Arc::new(Keys::load_or_create(&place.folder.join(KEYS))?);
        let moment = Moment { wall: at, monotonic_ms: 0 };
        let (writer, _) = Writer::open(place.store_options()?, Arc::clone(&keys), moment)?;
        let outbox = rusqlite::Connection::open(place.folder.join(DATABASE))?;
        let photos = PhotoFolder::open(&place.folder, None)?;
        Ok(Self { writer, keys, moment, outbox, photos })
    }

    pub fn site(&self) -> &Site {
        self.writer.site()
    }

    pub fn now(&self) -> Timestamp {
        self.moment.wall
    }

    /// Lets time pass; what the clock alone brings happens in between.
    pub fn wait(&mut self, span: Span) -> Result<(), Failure> {
        let until = self.moment.wall + span;
        while let Some(due) = self.writer.next_deadline().filter(|due| *due <= until) {
            self.set_clock(due.max(self.moment.wall));
            self.writer.step(Vec::new(), self.moment)?;
            if self.writer.next_deadline() == Some(due) {
                break;
            }
        }
        self.set_clock(until);
        Ok(())
    }

    /// Site time follows the wall clock only in small steps, so both clocks of the stage move together.
    fn set_clock(&mut self, to: Timestamp) {
        let passed = u64::try_from((to - self.moment.wall).0).unwrap_or(0);
        self.moment = Moment { wall: to, monotonic_ms: self.moment.monotonic_ms + passed };
    }

    /// Asks; a refusal is an answer.
    pub fn try_ask(&mut self, actor: Actor, command: Command) -> Result<Result<Answer, Refusal>, Failure> {
        Ok(self.request(Request::new(actor, command))?.0)
    }

    /// Asks at the console for something that must be granted; codes issued with it.
    pub fn ask(&mut self, command: Command) -> Result<(Answer, Vec<Revealed>), Failure> {
        self.granted(Request::new(Actor::Console, command))
    }

    /// The same with rows made from the answer.
    pub fn ask_with(
        &mut self,
        command: Command,
        rows: impl FnOnce(&Answer) -> Vec<Row> + Send + 'static,
    ) -> Result<(Answer, Vec<Revealed>), Failure> {
        self.granted(Request::new(Actor::Console, command).with_rows(rows))
    }

    fn granted(&mut self, request: Request) -> Result<(Answer, Vec<Revealed>), Failure> {
        let (answer, revealed) = self.request(request)?;
        let answer = answer
            .map_err(|refusal| Failure::failed(format!("the demonstration was refused: {refusal:?}")))?;
        Ok((answer, revealed))
    }

    fn request(&mut self, request: Request) -> Result<(Result<Answer, Refusal>, Vec<Revealed>), Failure> {
        let mut stepped = self.writer.step(vec![Incoming::Ask(Box::new(request))], self.moment)?;
        let outcome = stepped.outcomes.remove(0);
        Ok((outcome.answer, outcome.revealed))
    }

    pub fn observe(&mut self, observations: Vec<Observation>) -> Result<(), Failure> {
        let incoming = observations.into_iter().map(Incoming::Observe).collect();
        self.writer.step(incoming, self.moment)?;
        Ok(())
    }

    pub fn write(&mut self, rows: Vec<Row>) -> Result<(), Failure> {
        self.writer.step(vec![Incoming::Write(rows)], self.moment)?;
        Ok(())
    }

    /// Several at once, in one transaction.
    pub fn step(&mut self, incoming: Vec<Incoming>) -> Result<(), Failure> {
        self.writer.step(incoming, self.moment)?;
        Ok(())
    }

    /// A photo was taken: file and salt, then the event.
    pub fn photo(&mut self, asked: PhotoAsked, jpeg: &[u8]) -> Result<(), Failure> {
        let media = PhotoMedia::Jpeg;
        let kept = self.photos.keep(jpeg, media)?;
        self.write(vec![Row::PhotoSalt { hash: kept.hash, salt: kept.salt }])?;
        let (asked, hash) = (Box::new(asked), kept.hash);
        self.observe(vec![Observation::PhotoTaken {
            asked,
            hash,
            media,
            taken_ms: None,
            clock_offset_ms: None,
        }])
    }

    /// What the rules know of a tracking number.
    pub fn mark(&self, number: &str) -> LabelMark {
        LabelMark::of(&*self.keys, number)
    }

    /// A scanned token.
    pub fn scanned(&self, scan: &str) -> Proof {
        Proof::Token(pin::token_hash(&*self.keys, scan))
    }

    /// What waits in the outbox: notice, person, and the token of its code.
    pub fn waiting_notices(&self) -> Result<Vec<WaitingNotice>, Failure> {
        let mut statement = self.outbox.prepare_cached(
            "SELECT o.notice, o.person, o.sealed, p.email IS NOT NULL FROM outbox o JOIN person p ON p.person = o.person",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, u32>(0)?, row.get::<_, u32>(1)?, row.get::<_, Option<Vec<u8>>>(2)?, row.get(3)?))
        })?;
        let mut waiting = Vec::new();
        for row in rows {
            let (notice, person, sealed, has_mail) = row?;
            let token = sealed.and_then(|sealed| self.token_in(&sealed));
            waiting.push(WaitingNotice { notice: notice.into(), person, token, has_mail });
        }
        Ok(waiting)
    }

    fn token_in(&self, sealed: &[u8]) -> Option<String> {
        let codes: serde_json::Value = serde_json::from_str(&self.keys.unseal(sealed)?).ok()?;
        codes["qr"].as_str().map(str::to_owned)
    }
}

/// A row of the outbox.
pub struct WaitingNotice {
    pub notice: u64,
    pub person: u32,
    /// What its QR picture would carry.
    pub token: Option<String>,
    pub has_mail: bool,
}

/// The token among revealed codes.
pub fn token_of(revealed: &[Revealed]) -> String {
    revealed.first().map_or_else(String::new, |code| code.token.expose().to_owned())
}

/// The digits among revealed codes.
pub fn digits_of(revealed: &[Revealed]) -> String {
    revealed.first().and_then(|code| code.digits.as_ref()).map_or_else(String::new, |d| d.expose().to_owned())
}
