//! Files that the product writes about itself and that are checked in, so that a change of the API shows
//! in review.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// The OpenAPI document of one site.
const OPENAPI: &str = "openapi/site.json";

/// Write every generated file.
pub fn write(root: &Path) -> Result<()> {
    let path = root.join(OPENAPI);
    let document = openapi(&mut built(root)?)?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&path, document).with_context(|| format!("cannot write {OPENAPI}"))?;
    eprintln!("wrote {OPENAPI}");
    Ok(())
}

/// Fail when a generated file is not what `write` would write.
pub fn check(root: &Path) -> Result<()> {
    check_with(root, || built(root))
}

/// The same with a command that is already built.
pub fn check_with(root: &Path, command: impl FnOnce() -> Result<Command>) -> Result<()> {
    let path = root.join(OPENAPI);
    let found = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {OPENAPI}; `cargo xtask gen` writes it"))?;
    let wanted = openapi(&mut command()?)?;
    if let Some(line) = first_difference(&found, &wanted) {
        bail!("{OPENAPI}:{line}: differs from what the binary prints; run `cargo xtask gen`");
    }
    Ok(())
}

/// The product's binary through cargo, built if need be.
fn built(root: &Path) -> Result<Command> {
    let mut command = process::cargo(root);
    command.args(["run", "--quiet", "--package", "vestibule", "--"]);
    Ok(command)
}

fn openapi(command: &mut Command) -> Result<String> {
    let mut document = process::output(command.arg("openapi"))?;
    serde_json::from_str::<serde_json::Value>(&document).context("`vestibule openapi` did not print JSON")?;
    if !document.ends_with('\n') {
        document.push('\n');
    }
    Ok(document)
}

/// Number of the first line in which two texts differ, from 1.
fn first_difference(found: &str, wanted: &str) -> Option<usize> {
    if found == wanted {
        return None;
    }
    let same = found.lines().zip(wanted.lines()).take_while(|(left, right)| left == right).count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_different_line_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some(2));
        assert_eq!(first_difference("a", "a\n"), Some(2));
    }
}
