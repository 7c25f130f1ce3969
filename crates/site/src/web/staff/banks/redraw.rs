//! Drawing a bank anew: an editor of columns and doors with its drawing, then what would change, then the change.
//!
//! Owns: `/staff/banks/{id}/edit`. Never: decides what may change; `foresee` tells, and the command decides.

pub mod draft;
mod face;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;
use vestibule_core::site::drawing::{DrawingChange, foresee};
use vestibule_core::vocabulary::command::DrawnCompartment;
use vestibule_core::{BankId, Command, Refusal, Site};

use super::super::desk_page::{Desk, Fields, Section, done};
use super::super::history;
use super::super::names::{Names, Wanted};
use super::super::story::Recorded;
use super::install::fault_words;
use crate::web::guard::Csrf;
use crate::web::problem::{Fault, words_of};
use draft::{Draft, Move};

/// How many drawings of a bank are listed.
const DRAWINGS_MOST: u32 = 20;

/// All that the editor and the page of differences show.
pub(super) struct RedrawView {
    /// Which bank.
    pub bank: BankId,
    /// What somebody draws.
    pub draft: Draft,
    /// What it would change; why it cannot be drawn so.
    pub foreseen: Result<DrawingChange, String>,
    /// Its locks are known, so that a new door waits for one.
    pub is_wired: bool,
    /// Why it was refused just now.
    pub refused: Option<String>,
    /// Drawings of the bank, oldest first.
    pub drawings: Vec<Recorded>,
    /// Names.
    pub names: Names,
}

/// `GET /staff/banks/{id}/edit`
pub async fn page(desk: Desk, Path(bank): Path<BankId>) -> Result<Markup, Fault> {
    desk.may_install()?;
    let draft = desk.read(move |site, _| Draft::of_site(site, bank)).await?.ok_or(Refusal::NotFound)?;
    let view = view(&desk, bank, draft).await?;
    Ok(shown(&desk, face::editor(&view, desk.say, &desk.csrf)))
}

fn shown(desk: &Desk, content: Markup) -> Markup {
    desk.page(Section::Banks, &desk.say.t("staff-redraw"), content)
}

async fn view(desk: &Desk, bank: BankId, draft: Draft) -> Result<RedrawView, Fault> {
    let look = move |site: &Site, _| {
        site.layout.banks.contains_key(&bank).then(|| site.wiring.maps.contains_key(&bank))
    };
    let is_wired = desk.read(look).await?.ok_or(Refusal::NotFound)?;
    let foreseen = match draft.drawn() {
        Ok(drawn) => match foreseen(desk, bank, drawn).await? {
            Ok(change) => Ok(change),
            Err(refusal) => Err(words_of(&desk.app, desk.say.language, &refusal.into()).await),
        },
        Err(fault) => Err(fault_words(&fault, desk.say)),
    };
    let drawings = desk.query(move |tables| history::of_bank(tables, bank, DRAWINGS_MOST)).await?;
    let names = desk.names(Wanted::default()).await?;
    Ok(RedrawView { bank, draft, foreseen, is_wired, refused: None, drawings, names })
}

async fn foreseen(
    desk: &Desk,
    bank: BankId,
    drawn: Vec<DrawnCompartment>,
) -> Result<Result<DrawingChange, Refusal>, Fault> {
    desk.read(move |site, now| foresee(site, bank, &drawn, now)).await
}

/// `POST /staff/banks/{id}/edit/drawing`: the drawing that follows the fields.
pub async fn drawing_now(
    desk: Desk,
    Path(bank): Path<BankId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Markup, Fault> {
    desk.may_install()?;
    let view = view(&desk, bank, Draft::from_fields(&Fields(fields))).await?;
    Ok(face::drawing(&view, desk.say))
}

/// `POST /staff/banks/{id}/edit`: a press in the editor, or on the page of differences.
pub async fn act(
    desk: Desk,
    Path(bank): Path<BankId>,
    Csrf(fields): Csrf<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    desk.may_install()?;
    let fields = Fields(fields);
    let mut draft = Draft::from_fields(&fields);
    match fields.get("do") {
        "see" => {
            let (draft, refused) = caught_up(&desk, bank, draft).await?;
            let view = RedrawView { refused, ..view(&desk, bank, draft).await? };
            Ok(shown(&desk, face::differences(&view, desk.say, &desk.csrf)).into_response())
        }
        "save" => save(&desk, bank, draft, fields.ticked("released")).await,
        word => {
            if let Some(what) = Move::read(word) {
                draft = desk
                    .read(move |site, _| {
                        draft.moved(what, site);
                        draft
                    })
                    .await?;
            }
            let view = view(&desk, bank, draft).await?;
            Ok(shown(&desk, face::editor(&view, desk.say, &desk.csrf)).into_response())
        }
    }
}

/// The draft against the drawing that holds, and the word if that is another than it began with: which doors of it somebody
/// took out meanwhile, if any, and what can be done about them.
async fn caught_up(desk: &Desk, bank: BankId, mut draft: Draft) -> Result<(Draft, Option<String>), Fault> {
    let was = draft.was;
    let look = move |site: &Site, _| {
        let gone = draft.begin_with(site, bank);
        (draft, gone)
    };
    let (draft, gone) = desk.read(look).await?;
    if draft.was == was {
        return Ok((draft, None));
    }
    let refusal = Refusal::DrawnMeanwhile { version: draft.was };
    let mut why = words_of(&desk.app, desk.say.language, &refusal.into()).await;
    if !gone.is_empty() {
        let doors = [("n", gone.len().into()), ("doors", gone.join(", ").into())];
        why = format!("{why} {}", desk.say.with("staff-redraw-gone", &doors));
    }
    Ok((draft, Some(why)))
}

/// Asks for the change. What is refused comes back as it was drawn, with the word why.
async fn save(desk: &Desk, bank: BankId, mut draft: Draft, released: bool) -> Result<Response, Fault> {
    let refusal = match draft.drawn() {
        Err(_) => None,
        Ok(drawn) => {
            let change = foreseen(desk, bank, drawn).await?.unwrap_or_default();
            if released {
                draft.release(&change.unreleased);
            }
            let compartments = draft.drawn().unwrap_or_default();
            match desk.ask(Command::ChangeBank { bank, was: draft.was, compartments }).await {
                Ok(_) => return Ok(saved(desk, bank, &change).await?.into_response()),
                Err(Fault::Refused(refusal)) => Some(refusal),
                Err(fault) => return Err(fault),
            }
        }
    };
    let refused = match &refusal {
        Some(refusal) => Some(words_of(&desk.app, desk.say.language, &refusal.clone().into()).await),
        None => None,
    };
    let (caught, late) = caught_up(desk, bank, draft).await?;
    draft = caught;
    let refused = late.or(refused);
    let view = RedrawView { refused, ..view(desk, bank, draft).await? };
    let page = shown(desk, face::differences(&view, desk.say, &desk.csrf));
    let code = refusal.map_or(StatusCode::UNPROCESSABLE_ENTITY, |refusal| Fault::from(refusal).http_code());
    Ok((code, page).into_response())
}

/// Back to the banks; to the wiring test where a door waits for its lock.
async fn saved(desk: &Desk, bank: BankId, change: &DrawingChange) -> Result<axum::response::Redirect, Fault> {
    let is_wired = desk.read(move |site, _| site.wiring.maps.contains_key(&bank)).await?;
    Ok(if is_wired && !change.added.is_empty() {
        done(&format!("/staff/banks/{bank}/wiring"), "redrawn-test")
    } else {
        done("/staff/banks", "redrawn")
    })
}
