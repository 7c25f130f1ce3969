//! `vestibule staff reset EMAIL`: a link with which an account chooses a new password.

use super::console::ask;
use crate::failure::Failure;
use crate::output;
use crate::place::PlaceArguments;
use clap::{Args, Subcommand};
use vestibule_site::assembly::console::Ask;

#[derive(Subcommand)]
pub enum Staff {
    /// Print a one-time link with which a member of staff chooses a new password.
    Reset(ResetArguments),
}

#[derive(Args)]
pub struct ResetArguments {
    /// The account's mail address.
    email: String,
    #[command(flatten)]
    place: PlaceArguments,
    /// One line of JSON: path.
    #[arg(long)]
    json: bool,
}

pub async fn run(staff: Staff) -> Result<(), Failure> {
    let Staff::Reset(arguments) = staff;
    let answer = ask(&arguments.place.place()?, Ask::StaffReset { email: arguments.email }).await?;
    if arguments.json {
        return output::json(&answer);
    }
    let path = answer["path"].as_str().unwrap_or_default();
    output::line(format!("Open this within 30 minutes, at the site's address:\n{path}"))
}
