//! One try of one notice: build it anew from what is true now, hand it over, say how that ended.

use super::TextSink;
use super::words::{NoWords, Words, words};
use crate::handle::SiteHandle;
use crate::keys::{Keys, fresh_bytes, seal_with};
use crate::rows::Row;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use vestibule_core::code::token::{TokenKind, draw_token};
use vestibule_core::code::{Draw, Seed};
use vestibule_core::{NoticeId, Span};
use vestibule_notices::SecretText;
use vestibule_notices::address::MailAddress;
use vestibule_notices::delivery::TryResult;
use vestibule_notices::notice::{render_mail, render_sms};
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
}

/// How a try ended.
pub(super) struct Tried {
    pub result: Result<(), Problem>,
    /// The link it carries, for the next try.
    pub link: Option<Arc<SecretText>>,
}

pub(super) enum Problem {
    /// Nothing to say any more: collected meanwhile, or its code is dead.
    Pointless,
    /// Not handed over.
    Failed { result: TryResult, why: String },
}

impl Attempt {
    pub(super) async fn run(&self, notice: NoticeId, link: Option<Arc<SecretText>>) -> Tried {
        let words = match words(self, notice).await {
            Ok(words) => words,
            Err(NoWords::Pointless) => return Tried { result: Err(Problem::Pointless), link },
            Err(NoWords::Tables(why)) => {
                return Tried { result: Err(Problem::Failed { result: TryResult::Later, why }), link };
            }
        };
        let mut words = words;
        let link = match (link, &words.answer) {
            (Some(link), _) => Some(link),
            (None, Some(token)) => self.answering(&words, token),
            (None, None) => self.new_link(notice, &words).await,
        };
        words.notice.link = link.as_ref().map(|link| SecretText::new(link.expose()));
        Tried { result: self.hand_over(notice, &words).await, link }
    }

    async fn hand_over(&self, notice: NoticeId, words: &Words) -> Result<(), Problem> {
        let tag = words.tag.map_or_else(|| "0".to_owned(), String::from);
        let key = format!("{tag}-{}-{notice}", words.epoch);
        if let Some(email) = &words.letter.email {
            let to: MailAddress = email.parse().map_err(|error| Problem::Failed {
                result: TryResult::AddressRefused,
                why: format!("{error}"),
            })?;
            let Some(smtp) = &self.smtp else {
                let why = "No mail server is configured. Add [mail] to the configuration file.".to_owned();
                return Err(Problem::Failed { result: TryResult::ServerRefuses, why });
            };
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
