//! One try of one notice: build it anew from what is true now, hand it over, say how that ended.

use super::TextSink;
use super::words::{NoWords, Words, words};
use super::{moments, sql};
use crate::directory::settings::Settings;
use crate::evidence::PhotoFolder;
use crate::evidence::thumbnail::Thumbnails;
use crate::handle::SiteHandle;
use crate::keys::{Keys, fresh_bytes, seal_with};
use crate::rows::Row;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use vestibule_core::code::token::{SiteTag, TokenKind, draw_token};
use vestibule_core::code::{Draw, Seed};
use vestibule_core::{NoticeId, Span, Timestamp};
use vestibule_notices::SecretText;
use vestibule_notices::address::MailAddress;
use vestibule_notices::delivery::TryResult;
use vestibule_notices::notice::{TestMail, render_mail, render_sms, render_test_mail};
use vestibule_notices::smtp::SmtpSender;

/// A link whose parcels are never held (a site without a hold time) lives so long.
const LINK_LIVES: Span = Span::days(14);

/// What a try needs.
pub(super) struct Attempt {
    pub site: SiteHandle,
    pub keys: Arc<Keys>,
    pub smtp: Option<SmtpSender>,
    pub public_url: Option<String>,
    pub texts: Option<Arc<dyn TextSink>>,
    pub photos: Option<PhotoFolder>,
    pub fitting: Thumbnails,
}

/// How a try ended.
pub(super) struct Tried {
    pub result: Result<(), Problem>,
    /// The link it carries, for the next try.
    pub link: Option<Arc<SecretText>>,
    /// What was said to a test mail.
    pub said: Option<String>,
}

pub(super) enum Problem {
    /// Nothing to say any more: collected meanwhile, or its code is dead.
    Pointless,
    /// Not handed over.
    Failed { result: TryResult, why: String },
}

impl Problem {
    /// It could not be tried just now.
    fn later(why: String) -> Self {
        Self::Failed { result: TryResult::Later, why }
    }
}

/// The idempotency key of a notice: a repeat has the same Message-ID.
fn key(tag: Option<SiteTag>, epoch: u32, notice: NoticeId) -> String {
    format!("{}-{epoch}-{notice}", tag.map_or_else(|| "0".to_owned(), String::from))
}

fn address(email: &str) -> Result<MailAddress, Problem> {
    email
        .parse()
        .map_err(|error| Problem::Failed { result: TryResult::AddressRefused, why: format!("{error}") })
}

impl Attempt {
    pub(super) async fn run(&self, notice: NoticeId, link: Option<Arc<SecretText>>) -> Tried {
        let words = match words(self, notice).await {
            Ok(words) => words,
            Err(NoWords::Pointless) => return Tried { result: Err(Problem::Pointless), link, said: None },
            Err(NoWords::Tables(why)) => return Tried { result: Err(Problem::later(why)), link, said: None },
        };
        let mut words = words;
        let link = match (link, &words.answer) {
            (Some(link), _) => Some(link),
            (None, Some(token)) => self.answering(&words, token),
            (None, None) => self.new_link(notice, &words).await,
        };
        words.notice.link = link.as_ref().map(|link| SecretText::new(link.expose()));
        Tried { result: self.hand_over(notice, &words).await, link, said: None }
    }

    /// Hands a test mail to the server, and keeps what that says to it.
    pub(super) async fn run_test(&self, notice: NoticeId) -> Tried {
        let (result, said) = match self.test(notice).await {
            Ok(reply) => (Ok(()), Some(reply)),
            Err(Problem::Pointless) => (Err(Problem::Pointless), None),
            Err(Problem::Failed { result, why }) => {
                (Err(Problem::Failed { result, why: why.clone() }), Some(why))
            }
        };
        Tried { result, link: None, said }
    }

    async fn test(&self, notice: NoticeId) -> Result<String, Problem> {
        let read = self.site.query(move |connection| {
            Ok((sql::test_letter(connection, notice.0)?, Settings::load(connection)?))
        });
        let (letter, settings) = read.await.map_err(|error| Problem::later(error.to_string()))?;
        let (name, email, asked_ms) = letter.ok_or(Problem::Pointless)?;
        let facts = self.site.read(|site, _| (site.tag, site.epoch, site.policy.zone.clone()));
        let (tag, epoch, zone) = facts.await.map_err(|gone| Problem::later(gone.to_string()))?;
        let language = settings.languages.first().copied().unwrap_or_default();
        let asked = Timestamp(i64::try_from(asked_ms).unwrap_or(0));
        let mail = render_test_mail(&TestMail {
            site_name: &settings.site_name,
            language,
            name: &name,
            when: &moments::moment(language, asked, &zone),
            public_url: self.public_url.as_deref().or(settings.public_url.as_deref()),
        });
        let (to, smtp) = (address(&email)?, self.server()?);
        let sent = smtp.send(&mail, &to, &key(tag, epoch, notice)).await;
        sent.map(|accepted| accepted.reply)
            .map_err(|error| Problem::Failed { result: error.try_result(), why: error.text })
    }

    fn server(&self) -> Result<&SmtpSender, Problem> {
        self.smtp.as_ref().ok_or_else(|| {
            let why = "No mail server is configured. Add [mail] to the configuration file.".to_owned();
            Problem::Failed { result: TryResult::ServerRefuses, why }
        })
    }

    async fn hand_over(&self, notice: NoticeId, words: &Words) -> Result<(), Problem> {
        let key = key(words.tag, words.epoch, notice);
        if let Some(email) = &words.letter.email {
            let (to, smtp) = (address(email)?, self.server()?);
            smtp.send(&render_mail(&words.notice), &to, &key)
                .await
                .map_err(|error| Problem::Failed { result: error.try_result(), why: error.text })?;
        }
        if let Some(texts) = &self.texts {
            texts.show(&key, words.letter.phone.as_deref(), render_sms(&words.notice));
        }
        Ok(())
    }

    /// The link that answers who stands at a door. Its token is the rules' own: they know its keyed hash.
    fn answering(&self, words: &Words, token: &SecretText) -> Option<Arc<SecretText>> {
        let base = self.public_url.as_ref().or(words.public_url.as_ref())?;
        Some(Arc::new(SecretText::new(format!("{base}/d/{}", token.expose()))))
    }

    /// Makes the page behind a link: what it reveals is sealed under a key that only the link's holder can derive.
    async fn new_link(&self, notice: NoticeId, words: &Words) -> Option<Arc<SecretText>> {
        let base = self.public_url.as_ref().or(words.public_url.as_ref())?;
        let (tag, code) = (words.tag?, words.notice.code.as_ref()?);
        let token = draw_token(&mut Draw::new(Seed(fresh_bytes())), TokenKind::Link, tag);
        let shown = SecretText::new(
            serde_json::json!({ "pin": code.pin.expose(), "qr": code.qr.expose() }).to_string(),
        );
        let row = Row::LinkPage {
            token: Sha256::digest(token.expose().as_bytes()).into(),
            notice: notice.0,
            person: words.letter.person,
            credential: words.has_credential,
            sealed: seal_with(&Keys::derive("link", token.expose()), shown.expose().as_bytes()),
            created_at: words.now,
            expires_at: words.hold_until.unwrap_or(words.now) + LINK_LIVES,
        };
        // Whoever could not write ends the try or tries again by itself; a message without link is complete.
        self.site.write(vec![row]).await.ok()?;
        Some(Arc::new(SecretText::new(format!("{base}/l/{}", token.expose()))))
    }
}
