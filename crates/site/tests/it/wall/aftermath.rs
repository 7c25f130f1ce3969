//! The end of every story: what a site leaves behind.

use super::ground::Ground;
use super::people::{in_threes, pin_in};
use super::*;
use vestibule_core::code::token;
use vestibule_site::store::DATABASE;
use vestibule_site::store::load::{decode, for_each_event};

impl Wall {
    /// Stops the site and looks at what it leaves behind.
    pub async fn end(self) {
        self.end_but_for(&[]).await;
    }

    /// The same, where the story expects these words in ERROR lines.
    pub async fn end_but_for(mut self, expected: &[&str]) {
        for mail in self.ground.mail.messages() {
            let text = mail.mail.text.as_deref().unwrap_or_default();
            if let Some((_, rest)) = text.split_once(LINK) {
                let link = rest.chars().take(token::TOKEN_LENGTH).collect();
                self.ground.live.lock().expect("held briefly").push(link);
            }
            self.ground.live.lock().expect("held briefly").extend(pin_in(text));
        }
        self.stop_runners().await;
        let live_state = self.read(Site::clone).await;
        assert_eq!(live_state.check_invariants(), [""; 0]);
        let ground = self.stop().await;
        replays_to(&ground, &live_state);
        let lines = traces::lines();
        let errors: Vec<_> = lines
            .lines()
            .filter(|line| line.contains("ERROR") && !expected.iter().any(|words| line.contains(words)))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        assert!(lines.contains(traces::KEPT_LINE), "everything is traced");
        holds_no_code(&ground, &lines);
    }
}

/// The ledger's chain holds and replaying it gives the live state.
fn replays_to(ground: &Ground, live: &Site) {
    let options = ground.options();
    let connection = rusqlite::Connection::open(options.folder.join(DATABASE)).expect("the database opens");
    let mut replayed = Site::default();
    let mut chain = vestibule_ledger::Verifier::new(options.site.clone());
    for_each_event(&connection, (&options.site, 0), |sealed| {
        chain.push(sealed.envelope.view(), &sealed.hash).expect("the chain holds");
        replayed.evolve(&decode(&sealed.envelope)?, Timestamp(sealed.envelope.recorded_at));
        Ok(())
    })
    .expect("every event decodes");
    assert!(replayed == *live, "the ledger replays to another state than was live");
}

/// I15: in nothing kept, said or traced is a code that was ever alive.
fn holds_no_code(ground: &Ground, traced: &str) {
    let live = ground.live.lock().expect("held briefly");
    assert!(!live.is_empty(), "a story issues codes");
    let said = ground.said.lock().expect("held briefly").join("\n");
    let kept = everything_kept(ground);
    for code in live.iter() {
        for written in [code.clone(), in_threes(code), code.to_ascii_lowercase()] {
            for (what, text) in [("an answer", said.as_str()), ("a table", &kept), ("a trace line", traced)] {
                assert!(!text.contains(&written), "{what} holds a code: {}", around(text, &written));
            }
        }
    }
}

fn around(text: &str, code: &str) -> String {
    let at = text.find(code).expect("found");
    let (from, to) = (text.floor_char_boundary(at.saturating_sub(200)), text.ceil_char_boundary(at + 60));
    text[from..to].replace(code, "******")
}

/// Every row of every table as text, and the bare bytes of every file in the folder.
fn everything_kept(ground: &Ground) -> String {
    let folder = ground.options().folder;
    let connection = rusqlite::Connection::open(folder.join(DATABASE)).expect("the database opens");
    let mut kept = String::new();
    let mut tables =
        connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").expect("a query");
    let names: Vec<String> =
        tables.query_map([], |row| row.get(0)).expect("runs").map(|name| name.expect("a name")).collect();
    assert!(names.len() > 15, "{names:?}");
    for name in names {
        let mut all = connection.prepare(&format!("SELECT * FROM {name}")).expect("a query");
        let columns = all.column_count();
        let mut rows = all.query([]).expect("runs");
        while let Some(row) = rows.next().expect("reads") {
            for column in 0..columns {
                match row.get_ref(column).expect("a column") {
                    rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => {
                        kept.push_str(&String::from_utf8_lossy(bytes));
                    }
                    rusqlite::types::ValueRef::Integer(number) => kept.push_str(&number.to_string()),
                    rusqlite::types::ValueRef::Real(_) | rusqlite::types::ValueRef::Null => {}
                }
                kept.push('|');
            }
        }
    }
    for file in std::fs::read_dir(folder).expect("the folder") {
        let path = file.expect("an entry").path();
        if path.is_file() && path.file_name().is_some_and(|name| name != "reserve") {
            kept.push_str(&String::from_utf8_lossy(&std::fs::read(path).expect("reads")));
        }
    }
    kept
}
