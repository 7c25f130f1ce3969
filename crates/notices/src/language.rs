//! The languages people are addressed in, and the catalogues of what is said to them.
//!
//! Owns the list of languages, of text keys and the Fluent catalogues under `locales/`.
//! Never decides which text is sent. Fluent's isolating marks are off: they are invisible characters
//! that would end up inside codes people copy.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use serde::{Deserialize, Serialize};

static_loader! {
    static CATALOGUES = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ENGLISH: LanguageIdentifier = langid!("en");
static SPANISH: LanguageIdentifier = langid!("es");

/// A language every text exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "en")]
    En,
    #[serde(rename = "es")]
    Es,
}

/// The tag names no language this product speaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("language \"{0}\" is not known; use en or es")]
pub struct UnknownLanguage(pub String);

impl Language {
    pub const ALL: [Language; 2] = [Language::En, Language::Es];

    /// The BCP 47 tag, also right for HTML's `lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Es => "es",
        }
    }

    /// What the language calls itself, for a language switch.
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::Es => "Español",
        }
    }

    /// For looking up a catalogue of one's own.
    pub fn identifier(self) -> &'static LanguageIdentifier {
        match self {
            Language::En => &ENGLISH,
            Language::Es => &SPANISH,
        }
    }

    /// The first known language of an `Accept-Language` header by its quality values; None if none is known.
    pub fn negotiate(accept_language: &str) -> Option<Self> {
        let mut best: Option<(f32, Language)> = None;
        for part in accept_language.split(',') {
            let mut fields = part.split(';');
            let Ok(language) = fields.next().unwrap_or_default().parse::<Language>() else { continue };
            let quality = fields
                .find_map(|field| field.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.trim().parse::<f32>().unwrap_or(0.0));
            if quality > 0.0 && best.is_none_or(|(known, _)| quality > known) {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Takes a BCP 47 tag in any case; region and script are ignored (`es-MX`, `EN_us`).
    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.tag()))
            .ok_or_else(|| UnknownLanguage(tag.trim().to_owned()))
    }
}

/// A value put into a text. `Count` picks the plural form.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    Count(u32),
    Text(&'a str),
}

/// The text of `key` in `language`. A variable the text wants and `args` lacks is a mistake in this crate
/// (found by a debug build); a release build then says it in English or shows the key, and goes on.
pub fn text(language: Language, key: Key, args: &[(&'static str, Arg<'_>)]) -> String {
    let values: HashMap<Cow<'static, str>, FluentValue<'_>> = args
        .iter()
        .map(|(name, arg)| {
            let value = match arg {
                Arg::Count(count) => FluentValue::from(*count),
                Arg::Text(text) => FluentValue::from(*text),
            };
            (Cow::Borrowed(*name), value)
        })
        .collect();
    let found = CATALOGUES.lookup_single_language(language.identifier(), key.id(), Some(&values));
    debug_assert!(found.is_ok(), "{} in {language}: {:?}", key.id(), found.as_ref().err());
    found.unwrap_or_else(|_| CATALOGUES.lookup_complete(language.identifier(), key.id(), Some(&values)))
}

macro_rules! keys {
    ($($name:ident = $id:literal,)+) => {
        /// Every text of the catalogues.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Key { $($name,)+ }

        impl Key {
            pub const ALL: &'static [Key] = &[$(Key::$name,)+];

            /// The name in the catalogues.
            pub const fn id(self) -> &'static str {
                match self { $(Key::$name => $id,)+ }
            }
        }
    };
}

keys! {
    PlaceCompartment = "place-compartment",
    PlaceShelf = "place-shelf",
    PlaceShelfAlone = "place-shelf-alone",
    PlaceDesk = "place-desk",
    PlaceDrop = "place-drop",
    AtCompartment = "at-compartment",
    AtShelf = "at-shelf",
    AtDesk = "at-desk",
    AtDrop = "at-drop",
    AtSeveral = "at-several",
    ListAnd = "list-and",
    Parcels = "parcels",
    FromCarriers = "from-carriers",
    AddressedTo = "addressed-to",
    SubjectArrived = "subject-arrived",
    SubjectMoved = "subject-moved",
    SubjectHandedOver = "subject-handed-over",
    SubjectReturned = "subject-returned",
    SubjectWrittenOff = "subject-written-off",
    SubjectCollected = "subject-collected",
    SubjectCollectedBy = "subject-collected-by",
    SubjectNewCode = "subject-new-code",
    SubjectCollectSoon = "subject-collect-soon",
    SubjectCardUsed = "subject-card-used",
    SubjectAtDoor = "subject-at-door",
    SubjectLetIn = "subject-let-in",
    Greeting = "greeting",
    IntroArrived = "intro-arrived",
    IntroMoved = "intro-moved",
    IntroHandedOver = "intro-handed-over",
    IntroReturned = "intro-returned",
    IntroWrittenOff = "intro-written-off",
    IntroCollected = "intro-collected",
    IntroCollectedBy = "intro-collected-by",
    IntroNewCode = "intro-new-code",
    IntroCollectSoon = "intro-collect-soon",
    IntroCardUsed = "intro-card-used",
    IntroAtDoor = "intro-at-door",
    IntroLetIn = "intro-let-in",
    IntroLetInBy = "intro-let-in-by",
    UnitLine = "unit-line",
    HeadingWhere = "heading-where",
    HeadingWas = "heading-was",
    HeadingCode = "heading-code",
    HeadingHow = "heading-how",
    CodeKeypad = "code-keypad",
    CodeQrText = "code-qr-text",
    CodeQrHtml = "code-qr-html",
    CodeQrAlt = "code-qr-alt",
    CodeCare = "code-care",
    StepCode = "step-code",
    StepDoor = "step-door",
    StepShelf = "step-shelf",
    StepDesk = "step-desk",
    StepDeskHours = "step-desk-hours",
    StepDrop = "step-drop",
    HoldUntil = "hold-until",
    HelpLine = "help-line",
    LinkLine = "link-line",
    LinkLabel = "link-label",
    LinkAnswerLine = "link-answer-line",
    LinkAnswerLabel = "link-answer-label",
    PictureAttached = "picture-attached",
    PictureNone = "picture-none",
    PictureAlt = "picture-alt",
    NotRight = "not-right",
    CodeNotYou = "code-not-you",
    CardNotYou = "card-not-you",
    SubjectTest = "subject-test",
    TestIntro = "test-intro",
    TestAsked = "test-asked",
    TestLinks = "test-links",
    TestNoLinks = "test-no-links",
    Footer = "footer",
    SmsCompartment = "sms-compartment",
    SmsCompartmentBank = "sms-compartment-bank",
    SmsShelf = "sms-shelf",
    SmsDesk = "sms-desk",
    SmsSeveral = "sms-several",
    SmsWaiting = "sms-waiting",
    SmsMoved = "sms-moved",
    SmsNewCode = "sms-new-code",
    SmsCollectSoon = "sms-collect-soon",
    SmsHandedOver = "sms-handed-over",
    SmsReturned = "sms-returned",
    SmsWrittenOff = "sms-written-off",
    SmsCollected = "sms-collected",
    SmsCollectedBy = "sms-collected-by",
    SmsCardUsed = "sms-card-used",
    SmsAtDoor = "sms-at-door",
    SmsLetIn = "sms-let-in",
    SmsCode = "sms-code",
    SmsUntil = "sms-until",
    SmsHelp = "sms-help",
    SlipTitleWaiting = "slip-title-waiting",
    SlipTitleAbout = "slip-title-about",
    SlipQr = "slip-qr",
    SlipKeep = "slip-keep",
    SlipDesk = "slip-desk",
    SlipDeskHours = "slip-desk-hours",
}

#[cfg(test)]
mod tests;
