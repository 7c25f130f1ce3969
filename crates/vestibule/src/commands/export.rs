//! `vestibule export incident`: a signed pack of evidence. Reads only; the site may run meanwhile. So it holds no photos: the view
//! of a photo is an event.

use crate::commands::check::read_only;
use crate::failure::Failure;
use crate::output;
use crate::place::PlaceArguments;
use crate::site::moment;
use clap::{Args, Subcommand};
use serde_json::json;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use vestibule_core::{CompartmentId, ParcelId, Site};
use vestibule_notices::Language;
use vestibule_site::assembly::{KEYS, stored_site_key};
use vestibule_site::evidence::pack::{self as evidence_pack, Choice, Order, Subject};
use vestibule_site::keys::Keys;
use vestibule_site::store::{DATABASE, load};
use vestibule_site::web::staff::names::Names;
use vestibule_site::web::staff::say::Say;

#[derive(Subcommand)]
pub enum Export {
    /// What happened to a parcel, at a compartment or in a time, as a signed zip file for `vestibule verify`.
    Incident(IncidentArguments),
}

#[derive(Args)]
pub struct IncidentArguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// The parcel's number.
    #[arg(long, value_name = "N", conflicts_with = "compartment")]
    parcel: Option<u64>,
    /// The compartment, as printed on its door.
    #[arg(long, value_name = "LABEL")]
    compartment: Option<String>,
    /// From this moment, in the building's time: 2026-11-28 or 2026-11-28T14:00.
    #[arg(long, value_name = "MOMENT")]
    from: Option<String>,
    /// Up to this moment; a day alone means its end.
    #[arg(long, value_name = "MOMENT")]
    to: Option<String>,
    /// The language of the page in it: en or es.
    #[arg(long, default_value = "en", value_name = "LANGUAGE")]
    language: String,
    /// The file to write, which must not exist.
    file: PathBuf,
    /// One line of JSON: file, events, photos_left_out, fingerprint.
    #[arg(long)]
    json: bool,
}

pub fn run(export: &Export) -> Result<(), Failure> {
    let Export::Incident(arguments) = export;
    let folder = arguments.place.place()?.folder;
    let site = stored_site_key(&folder)?.ok_or_else(|| {
        Failure::failed(format!(
            "there is no site in {}; name its folder with --data or its configuration with --config",
            folder.display()
        ))
    })?;
    let key_file = folder.join(KEYS);
    let keys = Keys::load(&key_file)?;
    let connection = read_only(&folder.join(DATABASE))?;
    let state = load::state(&connection, &site)?;
    let language = Language::ALL.into_iter().find(|known| known.tag() == arguments.language);
    let language = language.ok_or_else(|| Failure::Usage("--language is en or es".to_owned()))?;
    let say = Say::new(language);
    let order = Order {
        choice: choice(arguments, &state)?,
        names: Names::of_site(&state, moment().wall),
        say,
        by: say.t("staff-console-name"),
        signer: keys.note_signer(),
        photos: Vec::new(),
    };
    let made = evidence_pack::make(&connection, &order).map_err(Failure::failed)?;
    let refused = |error: std::io::Error| Failure::failed(format!("{}: {error}", arguments.file.display()));
    let mut file = File::create_new(&arguments.file).map_err(refused)?;
    file.write_all(&made.zip).and_then(|()| file.sync_all()).map_err(refused)?;
    if arguments.json {
        return output::json(&json!({
            "file": arguments.file, "events": made.events, "photos_left_out": made.left_out,
            "fingerprint": made.fingerprint,
        }));
    }
    output::line(format!("{}: {} events", arguments.file.display(), made.events))?;
    if made.left_out > 0 {
        let photos = if made.left_out == 1 { "1 photo" } else { &format!("{} photos", made.left_out) };
        output::line(format!(
            "without {photos}: looking at a photo is recorded, and this command records nothing; \
             the parcel's page on the staff pages gives a pack with its photos"
        ))?;
    }
    output::line(format!("signed with {}", made.fingerprint))
}

fn choice(arguments: &IncidentArguments, state: &Site) -> Result<Choice, Failure> {
    let zone = &state.policy.zone;
    let read = |name: &str, text: &Option<String>, is_end| {
        let moment = text.as_deref().map(|text| evidence_pack::moment(text, zone, is_end)).transpose();
        moment.map_err(|why| Failure::Usage(format!("{name}: {why}")))
    };
    let (from, to) = (read("--from", &arguments.from, false)?, read("--to", &arguments.to, true)?);
    let subject = match (arguments.parcel, &arguments.compartment) {
        (Some(parcel), _) => Subject::Parcel(ParcelId(parcel)),
        (None, Some(label)) => Subject::Compartment(compartment(label, state)?),
        (None, None) if from.is_some() || to.is_some() => Subject::Everything,
        (None, None) => {
            return Err(Failure::Usage(
                "which incident? --parcel N, --compartment LABEL, or --from MOMENT --to MOMENT".to_owned(),
            ));
        }
    };
    Ok(Choice { subject, from, to })
}

fn compartment(label: &str, state: &Site) -> Result<CompartmentId, Failure> {
    let named = state.compartments.all.iter().filter(|(_, one)| one.spec.label == label);
    let ids: Vec<CompartmentId> = named.map(|(id, _)| *id).collect();
    match ids.as_slice() {
        [one] => Ok(*one),
        [] => Err(Failure::failed(format!("no door has the label {label}"))),
        _ => Err(Failure::failed(format!(
            "{} doors have the label {label}; choose by parcel or by time",
            ids.len()
        ))),
    }
}
