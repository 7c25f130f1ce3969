//! The kiosk: one page whose screen is drawn from the committed state and a small draft of what was said so far.
//!
//! ```text
//! press, key, scan --POST /kiosk/<action>--> [action] read --> [act] command to the site | change of the [draft]
//! commit, draft ----------------------------> [facts] + [names] + [draft] = [view] --> [faces] screen --> answer, live stream
//! ```
//! A kiosk has no authority: it sends attempts for its own visits, and shows nothing of anybody else's. It works with touch,
//! a scanner, a keyboard alone, and without scripts (a press then loads the page anew). Read next: [`view`], then [`faces`].

pub mod act;
pub mod action;
pub mod door;
pub mod draft;
pub mod faces;
pub mod facts;
pub mod intake;
pub mod names;
pub mod proof;
pub mod room;
mod scanned;
mod search;
pub mod shelves;
pub mod view;
pub mod wall;

#[cfg(test)]
mod tests;

pub use draft::KioskScreens;
pub use scanned::scanned;

use self::act::Hand;
use self::action::Action;
use self::draft::{Comfort, Said, Trouble};
use self::facts::Facts;
use self::names::Needs;
use self::view::KioskView;
use super::App;
use super::guard::{Csrf, PairedKiosk, Reader, remember_kiosk};
use super::problem::{self, Fault};
use super::security::with_camera;
use super::sse::Picture;
use super::words::{Language, say};
use crate::look::assets::asset;
use crate::look::camera::{Begins, camera_script};
use crate::look::page::{Calibration, Frame, KioskFrame, kiosk_frame, page};
use crate::look::switches::{ThemeWords, language_switch, theme_switch};
use crate::look::{Icon, PageHead, Theme, icon, message, visually_hidden};
use axum::Router;
use axum::extract::{FromRef, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::cookie::CookieJar;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::watch;
use vestibule_core::Site;
use vestibule_core::code::pin::token_hash;
use vestibule_core::code::token::{TokenKind, read};

/// The kiosk's routes.
pub fn router() -> Router<App> {
    let actions = Action::NAMES.into_iter().fold(Router::new(), |router, name| {
        let handler =
            async move |app: State<App>, screens, asked, form| act(name, app, screens, asked, form).await;
        router.route(&format!("/kiosk/{name}"), post(handler))
    });
    actions
        .route("/kiosk", get(whole_page))
        .route("/kiosk/live", get(live))
        .route("/kiosk/visits/{visit}/photos/{photo}", get(shelves::arrival::photo))
        .route("/kiosk/pair", get(pair))
        .route("/kiosk/comfort", post(comfort))
        .merge(door::router())
}

/// A page that counts more touches for one press is not believed.
const TOUCHES_MOST: u32 = 60;

type Screens = State<Arc<KioskScreens>>;

impl FromRef<App> for Arc<KioskScreens> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.screens)
    }
}

/// Who asks, and whether scripts do.
struct Asked {
    kiosk: PairedKiosk,
    reader: Reader,
    by_script: bool,
}

impl axum::extract::FromRequestParts<App> for Asked {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut axum::http::request::Parts, app: &App) -> Result<Self, Fault> {
        let kiosk = PairedKiosk::from_request_parts(parts, app).await?;
        let reader = Reader::of(&parts.headers, &parts.uri, parts.extensions.get());
        Ok(Self { kiosk, reader, by_script: parts.headers.contains_key("hx-request") })
    }
}

/// Everything the screen is drawn from, as it is now.
async fn view(
    app: &App,
    screens: &Arc<KioskScreens>,
    kiosk: &PairedKiosk,
    fallback: Language,
) -> Result<KioskView, Fault> {
    let id = kiosk.kiosk;
    let screens = Arc::clone(screens);
    let look = move |site: &Site, now| {
        let draft = screens.of(id, site.visits.courier_at(id).map(|(visit, _)| visit));
        Some((Facts::of(site, now, (id, &draft.next))?, draft))
    };
    let (mut facts, draft) = app.site.read(look).await?.ok_or(problem::Trouble::NotPaired)?;
    // Where no photo could be kept, none is taken.
    facts.looks_itself &= app.web.photos.is_some();
    facts.looks_at_piles &= app.web.photos.is_some();
    facts.photos = shelves::arrival::waiting(app, &facts).await?;
    let needs = Needs::of(&facts, &draft);
    let names = app.site.query(move |conn| names::load(conn, &needs, id)).await?;
    let refusal = match &draft.said {
        Some(Said::Refused(refusal)) => problem::Facts::of(&app.site, refusal).await,
        Some(Said::Trouble(_)) | None => problem::Facts::default(),
    };
    let language = draft.comfort.language.unwrap_or(fallback);
    Ok(KioskView { facts, draft, names, language, csrf: kiosk.csrf(), refusal })
}

/// Whatever its screen shows now, a later one of the same page may scan.
async fn whole_page(
    State(app): State<App>,
    State(screens): Screens,
    asked: Asked,
) -> Result<Response, Fault> {
    let view = view(&app, &screens, &asked.kiosk, asked.reader.language).await?;
    Ok(with_camera(document(&view, &asked.reader.nonce)))
}

/// A number that grows with every commit and every change of a draft; to be read before the state that is drawn, so that
/// what has it shows at least so much.
///
/// The answer to a press and the live stream travel on two connections: without it, the one that is late would cover what
/// the other has shown since, and nothing would follow. The stream draws again after every change and every answer, and
/// what it draws last has the highest number there is: whatever was dropped or covered before, that picture stays.
fn drawn(app: &App, screens: &KioskScreens) -> Markup {
    let seen = *app.site.changes().borrow() + screens.changed();
    let number = format!("{:x}-{seen}", screens.process());
    html! { span hidden data-drawn=(number) {} }
}

/// The page around the screen.
pub fn document(view: &KioskView, nonce: &str) -> Markup {
    let ease = view.draft.comfort.ease;
    let calibration = Calibration::from_px_per_mm(view.names.px_per_mm as f32);
    let head = PageHead {
        title: &faces::title(view),
        language: view.language.tag(),
        theme: view.draft.comfort.theme,
        frame: Frame::Kiosk { calibration, low_reach: ease, beep: true },
        nonce,
        skip_text: &say(view.language, "skip-to-content"),
    };
    let minute = view.facts.clock.minute;
    let frame = KioskFrame {
        site_name: &view.names.site,
        switches: switches(view),
        clock: &format!("{}:{:02}", minute / 60, minute % 60),
        now_ms: view.facts.now.0,
        zone: &view.facts.zone,
        help: message::help_line(&message::HelpLine {
            label: &view.say("help-label"),
            phone: view.names.help.phone.as_deref(),
            who: &view.names.help.who,
        }),
        lost_text: &view.say("lost"),
    };
    page(
        &head,
        html! {
            (kiosk_frame(&frame, faces::screen(view)))
            @if view.names.camera { (camera_script(nonce, Begins::ByItself)) }
            @if view.facts.looks_itself || view.facts.looks_at_piles { script src=(asset("carried.js")) defer nonce=(nonce) {} }
            div hidden hx-sse:connect="/kiosk/live" hx-target="#screen" hx-swap="innerMorph" {}
        },
    )
}

fn switches(view: &KioskView) -> Markup {
    let (url, csrf) = ("/kiosk/comfort", view.csrf.as_str());
    let word = |key: &str| say(view.language, key);
    let languages: Vec<(&str, &str)> = view.names.languages.iter().map(|l| (l.tag(), l.own_name())).collect();
    let (name, device, light) = (word("theme-switch"), word("theme-device"), word("theme-light"));
    let (dark, contrast) = (word("theme-dark"), word("theme-contrast"));
    let words = ThemeWords { name: &name, device: &device, light: &light, dark: &dark, contrast: &contrast };
    let ease = view.draft.comfort.ease;
    html! {
        (language_switch(url, csrf, &word("language-switch"), view.language.tag(), &languages))
        (theme_switch(url, csrf, view.draft.comfort.theme, &words))
        form class="switch" method="post" action=(url) {
            input type="hidden" name="csrf" value=(csrf);
            button class="switch-choice" type="submit" name="ease" value=(if ease { "no" } else { "yes" })
                title=(view.say("ease")) aria-pressed=(if ease { "true" } else { "false" }) {
                (icon(Icon::Accessibility)) (visually_hidden(&view.say("ease")))
            }
        }
    }
}

async fn act(
    name: &'static str,
    State(app): State<App>,
    State(screens): Screens,
    asked: Asked,
    Csrf(mut fields): Csrf<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let touches = fields.remove("touches").unwrap_or_default();
    let picture = fields.remove("picture").unwrap_or_default();
    let action = Action::read(name, &mut fields).ok_or_else(|| {
        problem::Trouble::Unreadable(format!("/kiosk/{name}: a field is missing or unknown"))
    })?;
    let kiosk = asked.kiosk.kiosk;
    let action = match action {
        Action::Scan(typed) => Action::Scan(scanned::bare(&app, kiosk, typed).await?),
        other => other,
    };
    let touches = touches.parse().map_or(1, |told: u32| told.clamp(1, TOUCHES_MOST));
    let press = screens.press(kiosk).await;
    let carried = match Hand::at(&app, &screens, (kiosk, touches)).await {
        Ok(hand) => Hand { picture, ..hand }.carry_out(action).await,
        Err(fault) => Err(fault),
    };
    if let Err(Fault::Web(problem::Trouble::Leaving)) = &carried {
        screens.change(kiosk, |draft| draft.said = Some(Said::Trouble(Trouble::Away)));
    }
    drop(press);
    carried?;
    if !asked.by_script {
        return Ok(Redirect::to("/kiosk").into_response());
    }
    screens.answering(kiosk);
    let drawn = drawn(&app, &screens);
    let view = view(&app, &screens, &asked.kiosk, asked.reader.language).await?;
    Ok(html! { (faces::screen(&view)) (drawn) }.into_response())
}

/// What the language, theme and ease switches post.
#[derive(Deserialize)]
struct Switched {
    language: Option<String>,
    theme: Option<String>,
    ease: Option<String>,
}

async fn comfort(
    State(_): State<App>,
    State(screens): Screens,
    asked: Asked,
    Csrf(switched): Csrf<Switched>,
) -> Redirect {
    screens.change(asked.kiosk.kiosk, |draft| {
        let before = draft.comfort;
        draft.comfort = Comfort {
            language: switched.language.and_then(|tag| tag.parse().ok()).or(before.language),
            theme: switched.theme.map_or(before.theme, |word| Theme::from_word(&word)),
            ease: switched.ease.map_or(before.ease, |word| word == "yes"),
        };
    });
    Redirect::to("/kiosk")
}

#[derive(Deserialize)]
struct Pairing {
    token: String,
}

/// A screen becomes a kiosk by opening the link staff were shown once.
async fn pair(
    State(app): State<App>,
    jar: CookieJar,
    Query(Pairing { token }): Query<Pairing>,
) -> Result<(CookieJar, Redirect), Fault> {
    let keys = Arc::clone(&app.keys);
    let known = app.site.read(move |site, _| {
        let (kind, text) = read(&token, site.tag?).ok()?;
        let paired = site.layout.kiosk_by_token.contains_key(&token_hash(&*keys, &text));
        (kind == TokenKind::Kiosk && paired).then_some(text)
    });
    let text = known.await?.ok_or(problem::Trouble::LinkOver)?;
    Ok((remember_kiosk(jar, &app.web, text), Redirect::to("/kiosk")))
}

/// The screen, whenever it changes.
async fn live(
    State(app): State<App>,
    State(screens): Screens,
    asked: Asked,
    headers: HeaderMap,
) -> impl IntoResponse {
    let changes = either(app.site.changes(), screens.bell());
    let language = asked.reader.language;
    super::sse::live(changes, move || {
        let (app, screens, headers) = (app.clone(), Arc::clone(&screens), headers.clone());
        async move {
            let kiosk = PairedKiosk::of(&app, &headers).await.ok()?;
            let (aside, answered) = (drawn(&app, &screens), screens.answered(kiosk.kiosk));
            let view = view(&app, &screens, &kiosk, language).await.ok()?;
            let picture = html! { (faces::screen(&view)) span hidden data-answered=(answered) {} };
            Some(Picture { picture, aside })
        }
    })
}

/// Rings when either does, for as long as somebody listens.
fn either(mut first: watch::Receiver<u64>, mut second: watch::Receiver<u64>) -> watch::Receiver<u64> {
    let (ring, rung) = watch::channel(0);
    tokio::spawn(async move {
        loop {
            let goes_on = tokio::select! {
                changed = first.changed() => changed.is_ok(),
                changed = second.changed() => changed.is_ok(),
                () = ring.closed() => false,
            };
            if !goes_on {
                return;
            }
            ring.send_modify(|count| *count += 1);
        }
    });
    rung
}
