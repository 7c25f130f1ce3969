//! *A carrier says it delivered, and nothing is here*: a resident asks after a number from the page of their link.
//!
//! Owns: the form and `/l/{token}/missing`. Never: says whose a number is, or whether it came: only that it is looked for.

use super::{in_their_language, stored};
use crate::look::form::{self, Field, FieldKind};
use crate::look::message::done;
use crate::look::{Press, button_secondary};
use crate::web::App;
use crate::web::face::{SiteFace, phone_page};
use crate::web::given::deliveries::{Told, claimed};
use crate::web::guard::Reader;
use crate::web::problem::Fault;
use crate::web::staff::blocks::unfold;
use crate::web::words::{Language, say};
use axum::Form;
use axum::extract::{Path, State};
use maud::{Markup, html};
use serde::Deserialize;
use vestibule_core::Actor;
use vestibule_core::custody::delivered::ClaimSource;

/// What is asked after.
#[derive(Deserialize)]
pub(super) struct Asked {
    tracking: String,
}

/// The form, folded.
pub(super) fn content(language: Language, here: &str) -> Markup {
    let word = |key: &str| say(language, key);
    html! {
        (unfold(&word("link-missing"), form::form(&format!("{here}/missing"), "", html! {
            (form::field(&Field::new("tracking", &word("link-missing-number"), FieldKind::Text).hint(&word("link-missing-hint")).required()))
            (button_secondary(&word("link-missing-do"), Press::Submit))
        })))
    }
}

/// `POST /l/{token}/missing`
pub(super) async fn ask(
    State(app): State<App>,
    reader: Reader,
    Path(token): Path<String>,
    Form(asked): Form<Asked>,
) -> Result<Markup, Fault> {
    let stored = stored(&app, &token).await?;
    let reader = in_their_language(reader, &stored);
    claimed(&app, Actor::Person(stored.person), Told::new(asked.tracking, ClaimSource::Resident)).await?;
    let (title, here) = (say(reader.language, "link-missing-title"), format!("/l/{token}"));
    let back = button_secondary(&say(reader.language, "link-missing-back"), Press::Follow(&here));
    let content = html! {
        h1 class="visually-hidden" { (title) }
        (done(&title, &say(reader.language, "link-missing-said"), Some(back)))
    };
    Ok(phone_page(&reader, &SiteFace::of(&app).await?, (&title, &here), content))
}
