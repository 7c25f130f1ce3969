//! Writes the frozen fixture of every event kind that has none yet, and adds the samples an existing one lacks. Never changes a
//! line that is there.
#![allow(clippy::disallowed_methods, reason = "this tool writes files; the rules never do")]

#[path = "../tests/it/samples.rs"]
mod samples;

use std::collections::BTreeMap;
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/event-fixtures");
    let mut files: BTreeMap<PathBuf, String> = BTreeMap::new();
    for event in samples::all() {
        let path = folder.join(event.kind()).join(format!("v{}.json", event.version()));
        let text = files.entry(path).or_default();
        text.push_str(&String::from_utf8_lossy(&event.encode()));
        text.push('\n');
    }
    for (path, text) in files {
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder"))?;
        let mut frozen = if path.exists() { std::fs::read_to_string(&path)? } else { String::new() };
        let missing: Vec<_> = text.lines().filter(|line| !frozen.lines().any(|old| old == *line)).collect();
        if missing.is_empty() {
            continue;
        }
        frozen.extend(missing.iter().map(|line| format!("{line}\n")));
        std::fs::write(&path, frozen)?;
        println!("froze {} in {}", missing.len(), path.display());
    }
    Ok(())
}
