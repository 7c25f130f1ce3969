//! `vestibule import residents FILE [--dry-run]`: the same plan and the same work as on the staff pages.

use super::console::ask;
use crate::failure::Failure;
use crate::place::PlaceArguments;
use crate::{output, progress};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};
use std::path::PathBuf;
use vestibule_core::Actor;
use vestibule_site::assembly::console::{Ask, ImportChoices};
use vestibule_site::directory::import::{FileFault, Known, Options, Plan, Strangers, plan};
use vestibule_site::directory::settings::Settings;
use vestibule_site::handle::{Request, SiteHandle};

#[derive(Subcommand)]
pub enum Import {
    /// Units, tenancies and residents from a CSV file. All or nothing.
    Residents(ResidentsArguments),
}

#[derive(Args)]
pub struct ResidentsArguments {
    /// The CSV file.
    file: PathBuf,
    #[command(flatten)]
    place: PlaceArguments,
    /// Show what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Import the good rows although there are bad ones.
    #[arg(long)]
    skip_bad_rows: bool,
    /// The file names everybody: whoever is missing from it moves out.
    #[arg(long)]
    complete_list: bool,
    /// New people in an apartment whose present people the file does not mention.
    #[arg(long, value_enum, default_value_t = Beside::Ask)]
    strangers: Beside,
    /// One line of JSON: imported, why, plan.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Beside {
    /// Import neither; list them as a conflict.
    Ask,
    /// They are new tenants: the people there now move out.
    Replace,
    /// They are room-mates: everybody stays.
    Join,
}

pub async fn run(import: Import) -> Result<(), Failure> {
    let Import::Residents(arguments) = import;
    let path = &arguments.file;
    let bytes =
        std::fs::read(path).map_err(|error| Failure::failed(format!("{}: {error}", path.display())))?;
    let choices = ImportChoices {
        dry_run: arguments.dry_run,
        skip_bad_rows: arguments.skip_bad_rows,
        complete_list: arguments.complete_list,
        strangers: match arguments.strangers {
            Beside::Ask => Strangers::Ask,
            Beside::Replace => Strangers::Replace,
            Beside::Join => Strangers::Join,
        },
    };
    let question = Ask::ImportResidents { file: STANDARD.encode(bytes), choices };
    let place = arguments.place.place()?;
    let waiting = progress::waiting("Comparing with the directory");
    let answer = ask(&place, question).await;
    waiting.finish_and_clear();
    let answer = answer?;
    if arguments.json {
        output::json(&answer)?;
    } else {
        for line in in_words(&answer["plan"]) {
            output::line(line)?;
        }
    }
    match answer["why"].as_str() {
        Some(why) => Err(Failure::failed(why)),
        None if arguments.json || arguments.dry_run => Ok(()),
        None => output::line("Imported."),
    }
}

/// Draws the plan, and carries it out unless it is only to be shown.
pub async fn import(site: &SiteHandle, bytes: Vec<u8>, choices: ImportChoices) -> Result<Value, Failure> {
    let (zone, now, counters) =
        site.read(|site, now| (site.policy.zone.clone(), now, site.counters.clone())).await?;
    let drawn = site.query(move |connection| {
        let settings = Settings::load(connection)?;
        let options = Options {
            skip_bad_rows: choices.skip_bad_rows,
            complete_list: choices.complete_list,
            strangers: choices.strangers,
            country_code: settings.country_code,
            language: settings.languages.first().map_or("en", |language| language.tag()).to_owned(),
            ..Options::new(now, zone)
        };
        let known = Known::load(connection)?;
        Ok(plan(&bytes, &known, &options, &mut |_, _| {}))
    });
    let plan: Plan = drawn.await?.map_err(|fault: FileFault| Failure::failed(fault))?;
    let answer =
        |imported: bool, why: Option<String>| json!({ "imported": imported, "why": why, "plan": plan });
    if choices.dry_run {
        return Ok(answer(false, None));
    }
    let (command, rows) = match plan.command(&counters) {
        Ok(work) => work,
        Err(not) => return Ok(answer(false, Some(not.to_string()))),
    };
    if plan.changes_anything() {
        let asked = site.ask(Request::new(Actor::Console, command).with_rows(move |_| rows)).await?;
        if let Err(refusal) = asked.answer {
            let why = format!("the site refused ({}): it changed meanwhile; import again", refusal.code());
            return Ok(answer(false, Some(why)));
        }
    }
    Ok(answer(true, None))
}

/// The plan as lines a person checks: what changes, then what does not work and where.
fn in_words(plan: &Value) -> Vec<String> {
    let list = |name: &str| plan[name].as_array().cloned().unwrap_or_default();
    let at = |value: &Value| format!("{} {}", text(&value["at"]["building"]), text(&value["at"]["label"]));
    let mut lines = vec![format!("{} rows read", plan["rows"])];
    for unit in list("new_units") {
        lines.push(format!("new apartment   {} (keypad {})", at(&unit).trim(), text(&unit["keypad"])));
    }
    for (name, words) in [
        ("new_people", "moves in"),
        ("changed", "changes"),
        ("moved_out", "moves out"),
        ("without_channel", "cannot be told"),
    ] {
        for person in list(name) {
            lines.push(format!("{words:<15} {}, {}", text(&person["name"]), at(&person).trim()));
        }
    }
    for (name, words) in [
        ("moving_in_later", "later"),
        ("conflicts", "needs a decision"),
        ("bad_rows", "NOT UNDERSTOOD"),
        ("notes", "note"),
    ] {
        for note in list(name) {
            lines.push(format!("{words:<15} line {}: {}", note["line"], text(&note["words"])));
        }
    }
    lines.push(format!("{} as they are, {} not in the file", plan["unchanged"], plan["not_in_file"]));
    lines
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
