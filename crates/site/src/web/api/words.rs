//! Bodies several routes share: for whom a parcel is, why staff do something, a code.

use crate::directory::intake::reading::TOUCHES_MOST;
use crate::directory::lookup;
use crate::handle::Request;
use crate::rows::{IntakeMeasure, Row};
use crate::web::App;
use crate::web::given::symbols::claim;
use crate::web::given::{Given, proof};
use crate::web::guard::StaffSession;
use crate::web::problem::{Fault, Trouble};
use serde::Deserialize;
use utoipa::ToSchema;
use vestibule_core::custody::class::ParcelClass;
use vestibule_core::place::compartment::Size;
use vestibule_core::vocabulary::command::{ParcelWords, Proof, RecipientChoice, StaffReason};
use vestibule_core::{Answer, Command, PersonId, Refusal, Timestamp, UnitId};
use vestibule_intake::Decision;
use vestibule_intake::evidence::Confirmed;

/// A parcel as courier or staff describe it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParcelBody {
    /// The unit; absent: nobody knows yet.
    pub unit: Option<u32>,
    /// The person meant, if one is.
    pub addressee: Option<u32>,
    /// `s`, `m`, `l` or `xl`.
    #[schema(value_type = String, example = "m")]
    pub size: Size,
    /// Heavy goes low.
    #[serde(default)]
    pub heavy: bool,
    /// With the parcel of the same household deposited just before: the courier's code, given again.
    pub together: Option<CodeBody>,
    /// What it is: `meal`, `chilled`, `medicine` or `signature`; absent: a usual parcel.
    #[schema(value_type = Option<String>)]
    pub class: Option<ParcelClass>,
    /// The number on its label. One that came today already is refused as `already-here`.
    pub tracking: Option<String>,
    /// It is another parcel with the number of one that came today.
    #[serde(default)]
    pub another: bool,
    /// The name on its label.
    pub addressed_to: Option<String>,
    /// The company that brought it; at the desk only.
    pub carrier: Option<u32>,
    /// How the intake went until now; absent: the parcel is counted without time and touches, as typed.
    pub measured: Option<MeasuredBody>,
}

/// How an intake went, as whoever asks measured it: it counts on *How intake goes* as one at a kiosk does.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasuredBody {
    /// Milliseconds since its label was scanned, or the first key was pressed for it.
    pub began_ms_ago: Option<u32>,
    /// Presses, keys and scans.
    pub touches: Option<u32>,
    /// What the label alone came to: `auto`, `ask` or `none`.
    pub decision: Option<String>,
    /// How the recipient was confirmed: `suggested`, `alternate`, `offered`, `typed`, `scanned`, `letters` or `same_again`.
    pub confirmed: Option<String>,
}

/// A [`MeasuredBody`] whose words are known.
struct Measured {
    began_at: Option<Timestamp>,
    touches: Option<u32>,
    decision: Decision,
    confirmed: Confirmed,
}

impl ParcelBody {
    fn measured(&self, at: Timestamp) -> Result<Measured, Fault> {
        let told = self.measured.as_ref();
        let unknown = |what: &str, word: &str| Refusal::Invalid { why: format!("`{word}` is no {what}") };
        let decision = match told.and_then(|told| told.decision.as_deref()) {
            Some(word) => Decision::of(word).ok_or_else(|| unknown("decision", word))?,
            None => Decision::None,
        };
        let confirmed = match told.and_then(|told| told.confirmed.as_deref()) {
            _ if self.unit.is_none() => Confirmed::Unknown,
            Some(word) => Confirmed::of(word)
                .filter(|way| *way != Confirmed::Unknown)
                .ok_or_else(|| unknown("way to confirm", word))?,
            None => Confirmed::Typed,
        };
        let began_at = told.and_then(|told| told.began_ms_ago).map(|ago| Timestamp(at.0 - i64::from(ago)));
        let touches = told.and_then(|told| told.touches).map(|touches| touches.min(TOUCHES_MOST));
        Ok(Measured { began_at, touches, decision, confirmed })
    }
}

const LABEL_MOST: usize = 200;

impl ParcelBody {
    /// The core's words, with what the directory knows of the recipient's reach.
    pub(super) async fn words(&self, app: &App) -> Result<ParcelWords, Fault> {
        let recipient = recipient(self.unit, self.addressee);
        let reach = match self.unit {
            Some(unit) => {
                let (unit, addressee) = (UnitId(unit), self.addressee.map(PersonId));
                app.site.look_up(|connection| lookup::reach(connection, unit, addressee))?
            }
            None => false,
        };
        let together = match &self.together {
            Some(code) => Some(code.proof(app).await?),
            None => None,
        };
        let label = self.tracking.as_deref().and_then(|tracking| claim(&*app.keys, tracking, self.another));
        let (size, heavy, class) = (self.size, self.heavy, self.class);
        Ok(ParcelWords { recipient, size, heavy, reach, together, label, class })
    }

    /// The request with the label's words and the measure of its intake beside the parcel it registers.
    pub(super) fn labelled(&self, request: Request, at: Timestamp, desk: bool) -> Result<Request, Fault> {
        let too_long = |text: &Option<String>| text.as_ref().is_some_and(|text| text.len() > LABEL_MOST);
        if too_long(&self.tracking) || too_long(&self.addressed_to) {
            return Err(
                Refusal::Invalid { why: format!("label texts take at most {LABEL_MOST} bytes") }.into()
            );
        }
        let (tracking, addressed_to) = (self.tracking.clone(), self.addressed_to.clone());
        let Measured { began_at, touches, decision, confirmed } = self.measured(at)?;
        Ok(request.with_rows(move |answer| {
            let Answer::Parcel { parcel, opening, .. } = answer else { return Vec::new() };
            let (parcel, opening) = (*parcel, *opening);
            let (decision, confirmed) = (decision.code(), confirmed.code());
            let measure = IntakeMeasure { parcel, at, desk, decision, confirmed, began_at, opening, touches };
            let mut rows = vec![Row::IntakeMeasure(Box::new(measure))];
            if tracking.is_some() || addressed_to.is_some() {
                rows.push(Row::ParcelLabel { parcel, tracking, addressed_to });
            }
            rows
        }))
    }
}

/// For whom, as the core says it.
pub(super) fn recipient(unit: Option<u32>, addressee: Option<u32>) -> RecipientChoice {
    match unit {
        Some(unit) => RecipientChoice::Household { unit: UnitId(unit), addressee: addressee.map(PersonId) },
        None => RecipientChoice::Unknown,
    }
}

/// A class of parcels.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassBody {
    /// `meal`, `chilled`, `medicine` or `signature`; absent: the usual ones.
    #[schema(value_type = Option<String>, example = "chilled")]
    pub class: Option<ParcelClass>,
}

/// Why staff do something.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Because {
    /// `inspect`, `help_resident`, `help_courier`, `overdue`, `wrong_recipient`, `maintenance`, `damaged`, `not_found`
    /// or `other`.
    #[schema(value_type = String, example = "inspect")]
    pub reason: StaffReason,
    /// In words; needed with `other`. Kept beside the ledger, never in it.
    pub words: Option<String>,
}

const WORDS_MOST: usize = 2_000;

impl Because {
    /// The request of staff for a command, with the words kept beside its subject.
    pub(super) async fn request(
        self,
        app: &App,
        session: &StaffSession,
        command: Command,
        subject: String,
    ) -> Result<Request, Fault> {
        let words = self.words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
        if self.reason == StaffReason::Other && words.is_none() {
            return Err(Refusal::Invalid { why: "the reason `other` needs words".to_owned() }.into());
        }
        let request = Request::new(session.actor(), command);
        let Some(words) = words else { return Ok(request) };
        if words.len() > WORDS_MOST {
            return Err(Refusal::Invalid { why: format!("words take at most {WORDS_MOST} bytes") }.into());
        }
        let (staff, at) = (session.staff, app.site.now());
        Ok(request.with_rows(move |_| vec![Row::StaffWords { staff, at, subject, words }]))
    }
}

/// A code as it was scanned or typed: `code`, or `selector` and `digits`. No Debug: it opens something.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeBody {
    /// A scanned token, or a courier's digits.
    pub code: Option<String>,
    /// The keypad number of the unit.
    pub selector: Option<String>,
    /// The PIN with its check digit.
    pub digits: Option<String>,
}

impl CodeBody {
    /// Its proof.
    pub(super) async fn proof(&self, app: &App) -> Result<Proof, Fault> {
        let tag = app.tag().await?;
        let given = match (&self.code, &self.selector, &self.digits) {
            (Some(code), None, None) => Given::Code(code),
            (None, Some(selector), Some(digits)) => Given::Digits { selector, digits },
            _ => {
                return Err(
                    Trouble::Unreadable("Give either code, or selector and digits.".to_owned()).into()
                );
            }
        };
        Ok(proof(&given, &*app.keys, tag)?)
    }
}
