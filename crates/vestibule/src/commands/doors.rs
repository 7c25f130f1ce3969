//! `vestibule doors`: what is done to doors one walks through by hand, with the site stopped.

use crate::failure::Failure;
use crate::{output, progress};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;
use vestibule_site::config::Config;
use vestibule_site::runners::doors::installing::{Installed, MINUTES_MOST, install_reader};

/// What to do.
#[derive(Subcommand)]
pub enum Doors {
    /// Let a new OSDP reader in for a few minutes, and give it its own key. Stop the site that drives its line before.
    NewReader(NewReaderArguments),
}

#[derive(Args)]
#[command(
    after_help = "Do it on a cable of its own: for these minutes whoever is on the line and knows the public key is taken for the reader. \
                  Without a key_file a key is drawn first."
)]
pub struct NewReaderArguments {
    /// The site's configuration file.
    #[arg(long, value_name = "FILE", env = "VESTIBULE_CONFIG", default_value = "vestibule.toml")]
    config: PathBuf,
    /// The door, as the configuration names it.
    #[arg(long, value_name = "NAME")]
    door: String,
    /// How long to wait for it.
    #[arg(long, value_name = "N", default_value_t = MINUTES_MOST, value_parser = clap::value_parser!(u64).range(1..=MINUTES_MOST))]
    minutes: u64,
    /// One line of JSON: door, key ("set" now, or "there" already).
    #[arg(long)]
    json: bool,
}

pub async fn run(doors: Doors) -> Result<(), Failure> {
    let Doors::NewReader(arguments) = doors;
    let config = Config::load(&arguments.config)?;
    let waiting = progress::waiting("Waiting for the reader");
    let installed = install_reader(&config.doors, &arguments.door, arguments.minutes).await;
    waiting.finish_and_clear();
    let installed = installed.map_err(Failure::Failed)?;
    if arguments.json {
        let key = if installed == Installed::KeySet { "set" } else { "there" };
        return output::json(&json!({ "door": arguments.door, "key": key }));
    }
    match installed {
        Installed::KeySet => output::line(format!(
            "The reader at \"{}\" has its own key. The public one opens nothing any more.",
            arguments.door
        )),
        Installed::HadItsKey => {
            output::line(format!("The reader at \"{}\" has its own key already.", arguments.door))
        }
    }
}
