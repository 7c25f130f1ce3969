//! The passphrase of a backup: from a file, the environment, or typed.

use crate::failure::Failure;
use clap::Args;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

const AT_LEAST: usize = 12;

#[derive(Args)]
pub struct PassphraseArguments {
    /// A file with the passphrase and nothing else.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// The passphrase; better in a file or typed, as others may see the environment.
    #[arg(long, env = "VESTIBULE_PASSPHRASE", hide = true, hide_env_values = true)]
    passphrase: Option<String>,
}

impl PassphraseArguments {
    /// The passphrase. A new one has to be long enough, since a stolen backup can be tried at leisure.
    pub fn read(&self, is_new: bool) -> Result<String, Failure> {
        let passphrase = match (&self.passphrase_file, &self.passphrase) {
            (Some(path), _) => std::fs::read_to_string(path)
                .map_err(|error| Failure::failed(format!("{}: {error}", path.display())))?,
            (None, Some(given)) => given.clone(),
            (None, None) => typed()?,
        };
        let passphrase = passphrase.trim_end_matches(['\r', '\n']).to_owned();
        if is_new && passphrase.chars().count() < AT_LEAST {
            return Err(Failure::failed(format!("choose a passphrase of at least {AT_LEAST} characters")));
        }
        Ok(passphrase)
    }
}

/// Asks for one line on the terminal, which does not show what is typed.
fn typed() -> Result<String, Failure> {
    let terminal = std::io::stdin();
    if !terminal.is_terminal() {
        return Err(Failure::Usage(
            "a passphrase is needed: --passphrase-file FILE, or VESTIBULE_PASSPHRASE".to_owned(),
        ));
    }
    eprint!("Passphrase: ");
    std::io::stderr().flush()?;
    let shown = tcgetattr(&terminal).map_err(std::io::Error::from)?;
    let mut hidden = shown.clone();
    hidden.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&terminal, OptionalActions::Flush, &hidden).map_err(std::io::Error::from)?;
    let mut line = String::new();
    let read = terminal.lock().read_line(&mut line);
    tcsetattr(&terminal, OptionalActions::Now, &shown).map_err(std::io::Error::from)?;
    eprintln!();
    read?;
    Ok(line)
}
