//! The staff pages' sentences: one key, one sentence, in the language of whoever reads.
//!
//! Owns: looking a key of `locales/<language>/staff.ftl` up. Never: decides which sentence is due.

pub mod times;

use crate::web::words::{self, Arg, Language};

/// A value put into a sentence; numbers pick plural forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// A number.
    Count(u32),
    /// A text.
    Text(String),
}

impl From<&str> for Put {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Put {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Put {
    fn from(count: usize) -> Self {
        Self::Count(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

impl From<u32> for Put {
    fn from(count: u32) -> Self {
        Self::Count(count)
    }
}

impl From<i64> for Put {
    fn from(count: i64) -> Self {
        Self::Count(u32::try_from(count.max(0)).unwrap_or(u32::MAX))
    }
}

/// Sentences in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Say {
    /// The reader's.
    pub language: Language,
}

impl Say {
    /// In this language.
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    /// The sentence of a key without anything to put in.
    pub fn t(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The sentence of a key with what it wants put in.
    pub fn with(&self, key: &str, put: &[(&'static str, Put)]) -> String {
        let args: Vec<(&'static str, Arg<'_>)> = put
            .iter()
            .map(|(name, put)| match put {
                Put::Count(count) => (*name, Arg::Count(*count)),
                Put::Text(text) => (*name, Arg::Text(text)),
            })
            .collect();
        words::t(self.language, key, &args)
    }
}
