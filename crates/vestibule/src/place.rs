//! Which site a command is about: its folder, directly or by its configuration.

use crate::failure::Failure;
use clap::Args;
use std::path::{Path, PathBuf};
use vestibule_site::assembly::SitePlace;
use vestibule_site::config::Config;

const USUAL: &str = "vestibule.toml";

/// Names a site.
#[derive(Args, Clone)]
pub struct PlaceArguments {
    /// The site's configuration file; vestibule.toml here if neither is given.
    #[arg(long, value_name = "FILE", env = "VESTIBULE_CONFIG")]
    pub config: Option<PathBuf>,
    /// The site's folder, instead of a configuration.
    #[arg(long, value_name = "DIR", conflicts_with = "config")]
    pub data: Option<PathBuf>,
}

impl PlaceArguments {
    /// The configuration, if one is named or lies here.
    pub fn config(&self) -> Result<Option<Config>, Failure> {
        if self.data.is_some() {
            return Ok(None);
        }
        match &self.config {
            Some(path) => Ok(Some(Config::load(path)?)),
            None if Path::new(USUAL).exists() => Ok(Some(Config::load(Path::new(USUAL))?)),
            None => Ok(None),
        }
    }

    /// The site's place.
    pub fn place(&self) -> Result<SitePlace, Failure> {
        match (&self.data, self.config()?) {
            (Some(folder), _) => Ok(SitePlace { folder: folder.clone(), head_file: None, site: None }),
            (None, Some(config)) => Ok(SitePlace::of(&config)),
            (None, None) => Err(Failure::Usage(format!(
                "which site? name it with --config FILE or --data DIR, or run this where {USUAL} lies"
            ))),
        }
    }
}
