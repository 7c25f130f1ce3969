//! Settings of the site that are words, not policy: its name, how it is reached, whom to call, languages.
//!
//! Typed reading and writing of the `setting` table. Rules and times are in core's policy, an event, and not here.

use crate::rows::Row;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use vestibule_core::Timestamp;
use vestibule_core::time::{WeekWindow, Zone, within};
use vestibule_notices::Language;

const SITE_NAME: &str = "site_name";
const PUBLIC_URL: &str = "public_url";
const HELP_LINES: &str = "help_lines";
const LANGUAGES: &str = "languages";
const DEMO: &str = "demo";
const COUNTRY_CODE: &str = "country_code";
const ADDRESSES: &str = "addresses";
const EVIDENCE_DAYS: &str = "evidence_days";
/// Days after a parcel ended for which its evidence is kept, unless the site says otherwise.
const EVIDENCE_USUAL: u16 = 30;
const EVIDENCE_MOST: u16 = 365;
const TEXT_AT_MOST: usize = 120;

/// Whom people call, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpLine {
    /// When this line answers.
    pub windows: Vec<WeekWindow>,
    /// What people read: `Front desk`.
    pub text: String,
    /// The number as people dial it; may be empty where the text says it all.
    pub phone: String,
}

/// Where one building of the property stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuildingAddress {
    /// The building, as its units name it; empty where one is enough.
    #[serde(default)]
    pub building: String,
    /// Street and house number, as people write them.
    #[serde(default)]
    pub street: String,
    /// Postal code.
    #[serde(default)]
    pub postal: String,
}

/// The settings as they are, with what holds where nothing was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// What the site calls itself.
    pub site_name: String,
    /// How people reach it from elsewhere, without a slash at the end; links in messages need it.
    pub public_url: Option<String>,
    /// Whom people call; the first that answers at an hour is shown.
    pub help_lines: Vec<HelpLine>,
    /// Languages offered at kiosks and in forms; never empty.
    pub languages: Vec<Language>,
    /// A demonstration.
    pub demo: bool,
    /// Put before phone numbers written without one: `1`, `34`.
    pub country_code: Option<String>,
    /// Where the buildings stand: labels for other houses are told by it.
    pub addresses: Vec<BuildingAddress>,
    /// Days after a parcel ended for which what its label said is kept.
    pub evidence_days: u16,
}

/// Why a setting is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingFault(pub String);

impl Default for Settings {
    fn default() -> Self {
        Self {
            site_name: "Parcels".to_owned(),
            public_url: None,
            help_lines: Vec::new(),
            languages: Language::ALL.to_vec(),
            demo: false,
            country_code: None,
            addresses: Vec::new(),
            evidence_days: EVIDENCE_USUAL,
        }
    }
}

impl Settings {
    /// Reads all settings. A value that cannot be read counts as not set.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn load(conn: &Connection) -> rusqlite::Result<Self> {
        let mut query = conn.prepare_cached("SELECT key, value FROM setting")?;
        let table: BTreeMap<String, String> =
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let usual = Self::default();
        let languages: Vec<Language> = parsed(&table, LANGUAGES).unwrap_or_default();
        Ok(Self {
            site_name: table.get(SITE_NAME).cloned().unwrap_or(usual.site_name),
            public_url: table.get(PUBLIC_URL).cloned(),
            help_lines: parsed(&table, HELP_LINES).unwrap_or_default(),
            languages: if languages.is_empty() { usual.languages } else { languages },
            demo: parsed(&table, DEMO).unwrap_or(false),
            country_code: table.get(COUNTRY_CODE).cloned(),
            addresses: parsed(&table, ADDRESSES).unwrap_or_default(),
            evidence_days: parsed(&table, EVIDENCE_DAYS).unwrap_or(EVIDENCE_USUAL),
        })
    }

    /// The help line that answers at this hour.
    pub fn help_line_at(&self, now: Timestamp, zone: &Zone) -> Option<&HelpLine> {
        self.help_lines.iter().find(|line| within(&line.windows, now, zone))
    }
}

/// What the site calls itself, if that was set.
///
/// # Errors
/// What SQLite says.
pub fn site_name(conn: &Connection) -> rusqlite::Result<Option<String>> {
    one(conn, SITE_NAME)
}

/// How people reach it from elsewhere, if that was set.
///
/// # Errors
/// What SQLite says.
pub fn public_url(conn: &Connection) -> rusqlite::Result<Option<String>> {
    one(conn, PUBLIC_URL)
}

fn one(conn: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    let mut query = conn.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
    query.query_row([key], |row| row.get(0)).optional()
}

fn parsed<T: DeserializeOwned>(table: &BTreeMap<String, String>, key: &str) -> Option<T> {
    serde_json::from_str(table.get(key)?).ok()
}

/// Sets the site's name.
///
/// # Errors
/// What a name must be.
pub fn set_site_name(name: &str) -> Result<Row, SettingFault> {
    line_of_text(name, "a name").map(|value| row(SITE_NAME, value))
}

/// Sets how people reach the site from elsewhere, or that they cannot.
///
/// # Errors
/// What the address must look like.
pub fn set_public_url(url: Option<&str>) -> Result<Row, SettingFault> {
    let Some(url) = url.map(str::trim).filter(|url| !url.is_empty()) else {
        return Ok(Row::ForgetSetting { key: PUBLIC_URL.to_owned() });
    };
    let url = url.trim_end_matches('/');
    if is_public_url(url) {
        Ok(row(PUBLIC_URL, url.to_owned()))
    } else {
        Err(SettingFault(format!(
            "'{url}' cannot be used: write https:// and the host, such as https://parcels.example.com"
        )))
    }
}

/// Whether links can begin with that: https and a host, without a slash at the end; http for this machine itself alone.
pub fn is_public_url(url: &str) -> bool {
    let host =
        url.strip_prefix("https://").or_else(|| url.strip_prefix("http://").filter(|host| is_loopback(host)));
    let is_host = |host: &str| {
        !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
    };
    host.is_some_and(is_host)
}

fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

/// Sets whom people call.
///
/// # Errors
/// Which line lacks what.
pub fn set_help_lines(lines: &[HelpLine]) -> Result<Row, SettingFault> {
    for line in lines {
        line_of_text(&line.text, "a text")?;
        if line.windows.is_empty() {
            return Err(SettingFault(format!("'{}' answers at no hour; give it hours", line.text)));
        }
        if !line.phone.chars().all(|c| c.is_ascii_digit() || "+-() .#*".contains(c)) {
            return Err(SettingFault(format!("'{}' is not a number that can be dialled", line.phone)));
        }
    }
    Ok(json(HELP_LINES, &lines))
}

/// Sets the languages offered.
///
/// # Errors
/// There must be one.
pub fn set_languages(languages: &[Language]) -> Result<Row, SettingFault> {
    if languages.is_empty() {
        return Err(SettingFault("offer one language at least".to_owned()));
    }
    Ok(json(LANGUAGES, &languages))
}

/// Marks the site as a demonstration.
pub fn set_demo(demo: bool) -> Row {
    json(DEMO, &demo)
}

/// Sets the country code of phone numbers written without one.
///
/// # Errors
/// One to three digits are needed.
pub fn set_country_code(code: &str) -> Result<Row, SettingFault> {
    let digits = code.trim().trim_start_matches('+');
    if (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(row(COUNTRY_CODE, digits.to_owned()))
    } else {
        Err(SettingFault("a country code has one to three digits, such as 1 or 34".to_owned()))
    }
}

/// Sets where the buildings stand; one without street and postal code is left out.
///
/// # Errors
/// What an address must be.
pub fn set_addresses(addresses: &[BuildingAddress]) -> Result<Row, SettingFault> {
    let mut kept: Vec<BuildingAddress> = Vec::new();
    for address in addresses {
        let [street, postal] = [&address.street, &address.postal].map(|part| part.trim().to_owned());
        let good =
            |part: &str, most: usize| part.chars().count() <= most && !part.chars().any(char::is_control);
        if !good(&street, TEXT_AT_MOST) || !good(&postal, 12) {
            return Err(SettingFault(format!(
                "an address has a street of at most {TEXT_AT_MOST} characters and a postal code of at most 12"
            )));
        }
        if !street.is_empty() && !street.contains(|c: char| c.is_ascii_digit()) {
            return Err(SettingFault(format!(
                "'{street}' has no house number; write it as on a letter, 5 Lake Street"
            )));
        }
        if !street.is_empty() || !postal.is_empty() {
            kept.retain(|known| known.building != address.building);
            kept.push(BuildingAddress { building: address.building.clone(), street, postal });
        }
    }
    Ok(json(ADDRESSES, &kept))
}

/// Sets for how many days after a parcel ended what its label said is kept.
///
/// # Errors
/// 1 to 365 are possible.
pub fn set_evidence_days(days: u16) -> Result<Row, SettingFault> {
    if (1..=EVIDENCE_MOST).contains(&days) {
        Ok(json(EVIDENCE_DAYS, &days))
    } else {
        Err(SettingFault(format!("evidence is kept for 1 to {EVIDENCE_MOST} days")))
    }
}

fn line_of_text(text: &str, what: &str) -> Result<String, SettingFault> {
    let text = text.trim();
    let good = (1..=TEXT_AT_MOST).contains(&text.chars().count()) && !text.chars().any(char::is_control);
    if good {
        Ok(text.to_owned())
    } else {
        Err(SettingFault(format!("{what} of 1 to {TEXT_AT_MOST} characters on one line is needed")))
    }
}

fn row(key: &str, value: String) -> Row {
    Row::Setting { key: key.to_owned(), value }
}

fn json(key: &str, value: &impl Serialize) -> Row {
    row(key, serde_json::to_string(value).expect("settings are plain data"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::sample::{put, tables};

    #[test]
    fn settings_come_back_as_they_were_set() {
        let conn = tables();
        assert_eq!(Settings::load(&conn).unwrap(), Settings::default());
        let desk = HelpLine {
            windows: vec![WeekWindow::ALWAYS],
            text: "Desk".to_owned(),
            phone: "555 0100".to_owned(),
        };
        let lake = BuildingAddress {
            building: "A".to_owned(),
            street: "5 Lake Street".to_owned(),
            postal: "10013".to_owned(),
        };
        let lake_less = BuildingAddress::default;
        put(
            &conn,
            [
                set_site_name(" Maple Court ").unwrap(),
                set_public_url(Some("https://parcels.example.com/")).unwrap(),
                set_help_lines(std::slice::from_ref(&desk)).unwrap(),
                set_languages(&[Language::Es]).unwrap(),
                set_demo(true),
                set_country_code("+34").unwrap(),
                set_addresses(&[lake.clone(), BuildingAddress { building: "B".to_owned(), ..lake_less() }])
                    .unwrap(),
                set_evidence_days(7).unwrap(),
            ],
        );
        let expected = Settings {
            site_name: "Maple Court".to_owned(),
            public_url: Some("https://parcels.example.com".to_owned()),
            help_lines: vec![desk],
            languages: vec![Language::Es],
            demo: true,
            country_code: Some("34".to_owned()),
            addresses: vec![lake],
            evidence_days: 7,
        };
        assert_eq!(Settings::load(&conn).unwrap(), expected);
        put(
            &conn,
            [
                set_public_url(None).unwrap(),
                Row::Setting { key: LANGUAGES.to_owned(), value: "?".to_owned() },
            ],
        );
        let settings = Settings::load(&conn).unwrap();
        assert_eq!((settings.public_url, settings.languages.len()), (None, 2));
    }

    #[test]
    fn what_cannot_be_used_is_refused_in_words() {
        for url in [
            "parcels.example.com",
            "http://parcels.example.com",
            "https://",
            "https://a/b",
            "https://a b",
            "ftp://a",
        ] {
            assert!(set_public_url(Some(url)).is_err(), "{url}");
        }
        assert!(set_public_url(Some("http://localhost:8080")).is_ok());
        assert!(set_site_name(" ").is_err() && set_languages(&[]).is_err() && set_country_code("x").is_err());
        let nowhere = BuildingAddress { street: "Lake Street".to_owned(), ..BuildingAddress::default() };
        assert!(set_addresses(&[nowhere]).err().unwrap().0.contains("house number"));
        assert!(set_evidence_days(0).is_err() && set_evidence_days(366).is_err());
        let silent = HelpLine { windows: vec![], text: "Desk".to_owned(), phone: String::new() };
        assert!(set_help_lines(&[silent]).err().unwrap().0.contains("Desk"));
    }

    #[test]
    fn the_help_line_is_the_one_of_this_hour() {
        let line = |text: &str, from, to| HelpLine {
            windows: vec![WeekWindow { days: 0x7F, from, to }],
            text: text.to_owned(),
            phone: String::new(),
        };
        let settings = Settings {
            help_lines: vec![line("desk", 9 * 60, 17 * 60), line("night", 22 * 60, 6 * 60)],
            ..Settings::default()
        };
        let at = |hour: i64| {
            let now = Timestamp(1_772_409_600_000 + hour * 3_600_000); // 2026-03-02 00:00 UTC
            settings.help_line_at(now, &Zone::utc()).map(|line| line.text.as_str())
        };
        assert_eq!([at(10), at(23), at(3), at(20)], [Some("desk"), Some("night"), Some("night"), None]);
    }
}
