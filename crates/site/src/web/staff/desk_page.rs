//! The frame of every staff page: navigation, who is signed in, what was just done; and reading and asking in one line.
//!
//! Owns: [`Desk`], the extractor each staff handler takes. Never: a rule, a table of its own.

pub mod refused;

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::site::reached::Reached;
use vestibule_core::{Actor, Answer, Command, Site, StaffId, Timestamp};

use super::names::{Names, Wanted};
use super::needs::getting_ready::{self, Ready};
use super::say::Say;
use crate::accounts::{Permission, Role};
use crate::directory::settings;
use crate::handle::{Outcome, Request, Revealed};
use crate::look::listing::{self, NavItem};
use crate::look::message::{self, NoticeKind};
use crate::look::switches::{self, ThemeWords};
use crate::look::{Frame, Icon, Post, Press, button_quiet, desk_frame, page};
use crate::rows::Row;
use crate::web::App;
use crate::web::guard::{Reader, StaffSession};
use crate::web::problem::{Fault, Trouble};
use crate::web::words::Language;

/// Where in the navigation a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What needs me.
    Needs,
    /// The banks.
    Banks,
    /// Parcels.
    Parcels,
    /// Intake and hand-over.
    Desk,
    /// Doors one walks through.
    Doors,
    /// Units and people.
    Residents,
    /// Companies and their codes.
    Couriers,
    /// Kiosks.
    Kiosks,
    /// Cameras.
    Cameras,
    /// Whether devices answer.
    Devices,
    /// The site's own choices.
    Settings,
}

const SECTIONS: [(Section, &str, &str, Icon); 11] = [
    (Section::Needs, "/staff", "staff-nav-needs", Icon::Tasks),
    (Section::Banks, "/staff/banks", "staff-nav-banks", Icon::Bank),
    (Section::Parcels, "/staff/parcels", "staff-nav-parcels", Icon::Parcel),
    (Section::Desk, "/staff/desk", "staff-nav-desk", Icon::Hand),
    (Section::Doors, "/staff/doors", "staff-nav-passages", Icon::DoorOpen),
    (Section::Residents, "/staff/residents", "staff-nav-residents", Icon::Users),
    (Section::Couriers, "/staff/couriers", "staff-nav-couriers", Icon::Truck),
    (Section::Kiosks, "/staff/kiosks", "staff-nav-kiosks", Icon::Kiosk),
    (Section::Cameras, "/staff/cameras", "staff-nav-cameras", Icon::Camera),
    (Section::Devices, "/staff/devices", "device-nav", Icon::Wrench),
    (Section::Settings, "/staff/settings", "staff-nav-settings", Icon::Settings),
];

impl Section {
    /// The section a path belongs to.
    pub fn of(path: &str) -> Self {
        let is_in = |(_, url, ..): &&(Self, &str, &str, Icon)| *url != "/staff" && path.starts_with(url);
        let found = SECTIONS.iter().find(is_in).map(|(section, ..)| *section);
        let beside = [
            ("/staff/entries", Self::Doors),
            ("/staff/passes", Self::Doors),
            ("/staff/shelves", Self::Settings),
            ("/staff/compartments", Self::Banks),
            ("/staff/audits", Self::Banks),
            ("/staff/units", Self::Residents),
            ("/staff/people", Self::Residents),
            ("/staff/import", Self::Residents),
            ("/staff/intake", Self::Desk),
            ("/staff/photos", Self::Parcels),
            ("/staff/delivered", Self::Parcels),
            ("/staff/incident", Self::Parcels),
        ];
        let beside =
            beside.into_iter().find(|(start, _)| path.starts_with(start)).map(|(_, section)| section);
        found.or(beside).unwrap_or(Self::Needs)
    }
}

/// Words said after a redirect: a closed list, so that an address cannot put words into our mouth.
pub const SAID: &[&str] = &[
    "accepted",
    "all-accepted",
    "opened",
    "service",
    "checked",
    "designated",
    "installed",
    "corrected",
    "placed",
    "shelved",
    "shelved-other-room",
    "handed-over",
    "given-back",
    "written-off",
    "turned-up",
    "not-there",
    "task-done",
    "let-in",
    "ring-refused",
    "pauses-lifted",
    "clock-confirmed",
    "saved",
    "person-saved",
    "person-left",
    "imported",
    "card-revoked",
    "code-ended",
    "unpaired",
    "told-again",
    "taken-out",
    "account-changed",
    "held",
    "released",
    "wiring-kept",
    "wiring-stopped",
    "adopted",
    "claim-found",
    "claim-explained",
    "redrawn",
    "redrawn-test",
    "room-drawn",
    "key-announced",
    "reader-awaited",
    "label-renewed",
    "door-removed",
    "explained",
    "trying",
];

/// What of the site's state stands around every page.
#[derive(Debug, Clone)]
struct Around {
    /// How many tasks are open.
    open_tasks: usize,
    /// What is left before the first parcel.
    ready: Ready,
}

impl Around {
    fn of(site: &Site, reached: Reached) -> Self {
        Self { open_tasks: site.tasks.open.len(), ready: Ready::of(site, reached) }
    }
}

/// Whoever looks at a staff page, and the site they look at.
#[derive(Clone)]
pub struct Desk {
    /// The site.
    pub app: App,
    /// Who is signed in.
    pub staff: StaffId,
    /// Their name.
    pub staff_name: String,
    /// What they may do.
    pub role: Role,
    /// The token of their forms.
    pub csrf: String,
    /// Their language, as sentences.
    pub say: Say,
    /// How the answer is to be written.
    pub reader: Reader,
    /// What the site calls itself.
    pub site_name: String,
    /// What stands around every page. A page that answers a press shows it as it is after that press.
    around: Arc<Mutex<Around>>,
    /// What was just done, as a key.
    pub said: Option<&'static str>,
    /// The page's own path, to come back to.
    pub path: String,
    /// How this reader reached the site, such as `https://parcels.example.com`: for links shown once.
    pub origin: String,
    /// How the site was reached when this page was asked for.
    reached: Reached,
}

impl FromRequestParts<App> for Desk {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let session = StaffSession::from_request_parts(parts, app).await?;
        let reader = Reader::of(&parts.headers, &parts.uri, parts.extensions.get());
        let (site_name, is_url_set) = app
            .site
            .query(|tables| Ok((settings::site_name(tables)?, settings::public_url(tables)?.is_some())))
            .await?;
        let reached = app.web.reached(&parts.headers, is_url_set, app.site.now());
        let around = app.site.read(move |site, _| Around::of(site, reached)).await?;
        let say = Say::new(reader.language);
        let desk = Self {
            app: app.clone(),
            staff: session.staff,
            staff_name: session.name,
            role: session.role,
            csrf: session.csrf,
            say,
            reader,
            site_name: site_name.unwrap_or_else(|| say.t("staff-site-unnamed")),
            around: Arc::new(Mutex::new(around)),
            said: said(parts.uri.query().unwrap_or_default()),
            path: parts.uri.path().to_owned(),
            origin: origin(parts, app),
            reached,
        };
        if let Some(reader) = parts.extensions.get::<refused::Reader>() {
            reader.is(&desk);
        }
        Ok(desk)
    }
}

/// The address the reader used; the outer layer has checked that the site is called that.
fn origin(parts: &Parts, app: &App) -> String {
    let host = parts.headers.get(axum::http::header::HOST).and_then(|host| host.to_str().ok());
    let scheme = if app.web.is_secure() { "https" } else { "http" };
    host.map_or_else(String::new, |host| format!("{scheme}://{host}"))
}

fn said(query: &str) -> Option<&'static str> {
    let word = query.split('&').find_map(|pair| pair.strip_prefix("said="))?;
    SAID.iter().copied().find(|known| *known == word)
}

impl Desk {
    /// A whole page.
    pub fn page(&self, section: Section, title: &str, content: Markup) -> Markup {
        let Around { open_tasks, ready } = self.around();
        let ready = Some(ready).filter(|_| self.sees_getting_ready());
        let way_back = ready.and_then(|ready| getting_ready::way_back(&ready, &self.path, self.say));
        let shown = html! {
            @if let Some(way_back) = way_back { (way_back) }
            @if let Some(said) = self.said {
                (message::notice_banner(NoticeKind::Done, &self.say.t(&format!("staff-said-{said}"))))
            }
            (content)
        };
        let navigation = self.navigation(section, open_tasks);
        let framed = desk_frame(&self.site_name, navigation, self.aside(), shown);
        let title = format!("{title} - {}", self.site_name);
        page(&self.reader.head(&title, &self.say.t("staff-skip"), Frame::Desk), framed)
    }

    /// A whole page whose content is sent again at every change that alters it.
    pub fn live(&self, section: Section, title: &str, stream: &str, content: Markup) -> Markup {
        self.page(section, title, live(stream, content))
    }

    /// Something to print, without the frame.
    pub fn paper(&self, title: &str, content: Markup) -> Markup {
        page(&self.reader.head(title, &self.say.t("staff-skip"), Frame::Paper), content)
    }

    fn around(&self) -> Around {
        self.around.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// After a press: a page that answers it would else show what was before.
    async fn look_around(&self) {
        let reached = self.reached();
        if let Ok(around) = self.app.site.read(move |site, _| Around::of(site, reached)).await {
            *self.around.lock().unwrap_or_else(PoisonError::into_inner) = around;
        }
    }

    /// How the site is reached, as this reader finds it. A live page outlives a certificate: the way is as it is now.
    pub fn reached(&self) -> Reached {
        Reached { way: self.app.web.way(self.now()), ..self.reached }
    }

    /// Whether this reader is told what is left before the first parcel.
    pub fn sees_getting_ready(&self) -> bool {
        self.role.may(Permission::Install)
    }

    fn navigation(&self, current: Section, open_tasks: usize) -> Markup {
        let labels = SECTIONS.map(|(_, _, key, _)| self.say.t(key));
        let open = open_tasks.to_string();
        let badge = (open_tasks > 0).then_some(open.as_str());
        let items: Vec<NavItem<'_>> = SECTIONS
            .iter()
            .zip(&labels)
            .map(|((section, url, _, icon), label)| NavItem {
                label,
                url,
                icon: *icon,
                current: *section == current,
                badge: if *section == Section::Needs { badge } else { None },
            })
            .collect();
        listing::nav(&self.say.t("staff-nav"), &items)
    }

    fn aside(&self) -> Markup {
        let say = self.say;
        let look = format!("/look?back={}", self.path);
        let languages: Vec<(&str, &str)> =
            Language::ALL.iter().map(|language| (language.tag(), language.own_name())).collect();
        let (name, device, light, dark, contrast) = (
            say.t("staff-theme"),
            say.t("staff-theme-device"),
            say.t("staff-theme-light"),
            say.t("staff-theme-dark"),
            say.t("staff-theme-contrast"),
        );
        let words =
            ThemeWords { name: &name, device: &device, light: &light, dark: &dark, contrast: &contrast };
        html! {
            (switches::language_switch(&look, &self.csrf, &say.t("staff-language"), say.language.tag(), &languages))
            (switches::theme_switch(&look, &self.csrf, self.reader.theme, &words))
            p { (self.staff_name) }
            (button_quiet(&say.t("staff-sign-out"), Press::Post(&Post::page("/sign-out", &self.csrf))))
        }
    }

    /// Refuses unless this member of staff may put up banks, name places and pair kiosks.
    ///
    /// # Errors
    /// Not allowed.
    pub fn may_install(&self) -> Result<(), Fault> {
        self.may(Permission::Install)
    }

    /// Refuses unless this member of staff may change people and units.
    ///
    /// # Errors
    /// Not allowed.
    pub fn may_change_people(&self) -> Result<(), Fault> {
        self.may(Permission::ChangePeople)
    }

    /// Refuses unless this member of staff may issue courier codes.
    ///
    /// # Errors
    /// Not allowed.
    pub fn may_issue_courier_codes(&self) -> Result<(), Fault> {
        self.may(Permission::IssueCourierCodes)
    }

    /// Refuses unless this member of staff may change the site's choices.
    ///
    /// # Errors
    /// Not allowed.
    pub fn may_set(&self) -> Result<(), Fault> {
        self.may(Permission::ChangeSettings)
    }

    /// Refuses unless this member of staff may keep evidence beyond its time.
    ///
    /// # Errors
    /// Not allowed.
    pub fn may_hold_evidence(&self) -> Result<(), Fault> {
        self.may(Permission::HoldEvidence)
    }

    /// Refuses unless this member of staff may manage accounts.
    ///
    /// # Errors
    /// Not allowed.
    pub fn may_manage_accounts(&self) -> Result<(), Fault> {
        self.may(Permission::ManageAccounts)
    }

    fn may(&self, what: Permission) -> Result<(), Fault> {
        if self.role.may(what) { Ok(()) } else { Err(Trouble::NotAllowed.into()) }
    }

    /// Reads the state after the last commit.
    ///
    /// # Errors
    /// The site is leaving.
    pub async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Site, Timestamp) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        Ok(self.app.site.read(look).await?)
    }

    /// Site time at this moment.
    pub fn now(&self) -> Timestamp {
        self.app.site.now()
    }

    /// Reads the tables.
    ///
    /// # Errors
    /// What SQLite says, as broken.
    pub async fn query<T: Send + 'static>(
        &self,
        query: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        Ok(self.app.site.query(query).await?)
    }

    /// Names for what a page speaks of.
    ///
    /// # Errors
    /// As reading.
    pub async fn names(&self, wanted: Wanted) -> Result<Names, Fault> {
        let names = self.read(Names::of_site).await?;
        self.query(move |tables| names.load(tables, &wanted)).await
    }

    /// Asks as this member of staff.
    ///
    /// # Errors
    /// Why not.
    pub async fn ask(&self, command: Command) -> Result<(Answer, Vec<Revealed>), Fault> {
        self.request(Request::new(Actor::Staff(self.staff), command)).await
    }

    /// Asks, and writes rows beside the events if it is granted.
    ///
    /// # Errors
    /// Why not.
    pub async fn ask_with(
        &self,
        command: Command,
        rows: impl FnOnce(&Answer) -> Vec<Row> + Send + 'static,
    ) -> Result<(Answer, Vec<Revealed>), Fault> {
        self.request(Request::new(Actor::Staff(self.staff), command).with_rows(rows)).await
    }

    async fn request(&self, request: Request) -> Result<(Answer, Vec<Revealed>), Fault> {
        let Outcome { answer, revealed, .. } = self.app.site.ask(request).await?;
        let answer = answer?;
        self.look_around().await;
        Ok((answer, revealed))
    }

    /// Asks, keeps staff's own words about the subject, and goes back with a word on what was done.
    ///
    /// # Errors
    /// Why not.
    pub async fn act(&self, act: Act) -> Result<Redirect, Fault> {
        let at = self.now();
        let rows = act.words.filter(|words| !words.trim().is_empty()).map(|words| Row::StaffWords {
            staff: self.staff,
            at,
            subject: act.subject,
            words: words.trim().to_owned(),
        });
        self.ask_with(act.command, move |_| rows.into_iter().collect()).await?;
        Ok(done(&act.back, act.said))
    }
}

/// Something a member of staff does from a page.
pub struct Act {
    /// What is asked.
    pub command: Command,
    /// Their own words, if any.
    pub words: Option<String>,
    /// What the words are about, such as `compartment/7`.
    pub subject: String,
    /// Where to go then.
    pub back: String,
    /// What is said there.
    pub said: &'static str,
}

impl Act {
    /// An act without words.
    pub fn new(command: Command, back: impl Into<String>, said: &'static str) -> Self {
        Self { command, words: None, subject: String::new(), back: back.into(), said }
    }

    /// With words about a subject.
    pub fn with_words(self, subject: String, words: String) -> Self {
        Self { words: Some(words), subject, ..self }
    }
}

/// Goes to a page and says there what was done.
pub fn done(back: &str, said: &'static str) -> Redirect {
    let joint = if back.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{back}{joint}said={said}"))
}

/// A part of a page that is sent again at every change that alters it.
pub fn live(stream: &str, content: Markup) -> Markup {
    html! { div class="live-part" hx-sse:connect=(stream) { (content) } }
}

/// The fields of a posted form.
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// A field, without the blanks around it; empty where it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// A field that may be left empty.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// A number, if it is one.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name).parse().ok()
    }

    /// Every value of a repeated field that reads as `T`.
    pub fn all<T: std::str::FromStr>(&self, name: &str) -> Vec<T> {
        self.0.iter().filter(|(known, _)| known == name).filter_map(|(_, value)| value.parse().ok()).collect()
    }

    /// How many presses and keys the page counted for this form; 1 where it counts none.
    pub fn touches(&self) -> u32 {
        self.number::<u32>("touches").unwrap_or(1).clamp(1, 60)
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.get(name) == "yes"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_of_the_list_are_said() {
        assert_eq!(said("q=x&said=opened"), Some("opened"));
        assert_eq!(said("said=Call+this+number"), None);
        assert_eq!(said(""), None);
        for language in Language::ALL {
            for word in SAID {
                assert!(!Say::new(language).t(&format!("staff-said-{word}")).is_empty());
            }
        }
    }

    #[test]
    fn fields_are_trimmed_and_may_repeat() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields =
            Fields(vec![pair("found", "3"), pair("found", "x"), pair("found", "7"), pair("name", "  Ana ")]);
        assert_eq!(fields.all::<u64>("found"), [3, 7]);
        assert_eq!(fields.get("name"), "Ana");
        assert_eq!(fields.some("email"), None);
        assert!(!fields.ticked("heavy"));
    }
}
