//! Where the models are kept with which printed text is read.

use std::path::{Path, PathBuf};

/// Names their folder.
const VARIABLE: &str = "VESTIBULE_MODELS";
/// Where an installed product keeps them.
const INSTALLED: &str = "/usr/share/vestibule/models";
/// Beside the program, or in the working folder.
const FOLDER: &str = "models";

/// The folder that was named, on the command line or by the environment, or else the first that there is.
pub fn folder(named: Option<&Path>) -> PathBuf {
    let by_environment = || std::env::var_os(VARIABLE).map(PathBuf::from);
    if let Some(named) = named.map(Path::to_owned).or_else(by_environment) {
        return named;
    }
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join(FOLDER)));
    let places = [Some(PathBuf::from(FOLDER)), beside].into_iter().flatten();
    places.into_iter().find(|folder| folder.is_dir()).unwrap_or_else(|| PathBuf::from(INSTALLED))
}
