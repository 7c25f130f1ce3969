//! `vestibule setup-link`: a fresh link for the first owner.

use super::console::ask;
use crate::failure::Failure;
use crate::output;
use crate::place::PlaceArguments;
use clap::Args;
use vestibule_site::assembly::console::Ask;

#[derive(Args)]
pub struct SetupLinkArguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// One line of JSON: path, null once there is an owner.
    #[arg(long)]
    json: bool,
}

/// Exit code 1 once there is an owner.
pub async fn run(arguments: SetupLinkArguments) -> Result<(), Failure> {
    let answer = ask(&arguments.place.place()?, Ask::SetupLink).await?;
    if arguments.json {
        output::json(&answer)?;
    }
    match answer["path"].as_str() {
        Some(_) if arguments.json => Ok(()),
        Some(path) => output::line(format!("Open this within 30 minutes, at the site's address:\n{path}")),
        None => Err(Failure::failed(
            "the site has an owner already; a forgotten password is reset with: vestibule staff reset EMAIL",
        )),
    }
}
