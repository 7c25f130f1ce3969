//! A configuration that is read anew while the site runs: doors, cameras and printers become those it names.
//!
//! Owns: that all of it is taken or nothing. Never: touches a device that has not changed.

use super::{Assembled, AssemblyError};
use crate::config::Config;
use crate::runners::printing::Printers;

/// What a configuration read anew can change while the site runs. All else in it is for the next start.
pub struct Reread {
    /// As it was read.
    pub config: Config,
    /// The printers that pages use.
    pub printers: Printers,
}

impl Assembled {
    /// Makes doors, cameras and printers those of the configuration.
    ///
    /// # Errors
    /// What cannot be used as configured; then everything runs on as it did.
    pub async fn take_over(&mut self, reread: &Reread) -> Result<(), AssemblyError> {
        let Reread { config, printers } = reread;
        let cameras = self.opened_cameras(&config.camera)?;
        let doors = self.new_doors(&config.doors).await?;
        let named = self.install_cameras(&config.camera).await?;
        self.change_cameras(&named, cameras);
        printers.become_those_of(&config.printer);
        self.change_doors(&config.doors, doors).await
    }
}
