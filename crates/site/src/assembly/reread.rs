//! A configuration that is read anew while the site runs: buses, doors, cameras, scanners and printers become those it names.
//!
//! Owns: that all of it is taken or nothing, and that a port is free before another device takes it. Never: touches a device that
//! has not changed.

use super::buses::CheckedBuses;
use super::doors::NewDoors;
use super::ground::Ground;
use super::{Assembled, AssemblyError, all_ended, put_up_banks};
use crate::config::{Config, ScannerConfig};
use crate::runners::devices::{DeviceChange, DeviceKind, Taken, changes};
use crate::runners::printing::Printers;
use crate::runners::scanning::Scanners;
use crate::web::App;
use std::collections::BTreeMap;
use vestibule_core::CameraId;

/// What a configuration read anew can change while the site runs. All else in it is for the next start.
pub struct Reread {
    /// As it was read.
    pub config: Config,
    /// The printers that pages use.
    pub printers: Printers,
}

impl Assembled {
    /// Makes buses, doors, cameras, scanners and printers those of the configuration, and puts up banks and passages it names for
    /// the first time. An order on a bus that changes ends first. What has changed, and what of it could not be started; that is
    /// tried again when the file is read the next time.
    ///
    /// # Errors
    /// What cannot be used as configured; then everything runs on as it did.
    pub async fn take_over(&mut self, reread: &Reread) -> Result<Taken, AssemblyError> {
        let end = self.taken_over(reread).await;
        match &end {
            Ok(taken) => self.devices.was_read(Ok(taken.clone())),
            Err(error) => self.could_not_read(&error.to_string()),
        }
        end
    }

    /// Says on the pages why a configuration was not taken.
    pub fn could_not_read(&self, problem: &str) {
        self.devices.was_read(Err(problem.to_owned()));
    }

    async fn taken_over(&mut self, Reread { config, printers }: &Reread) -> Result<Taken, AssemblyError> {
        let cameras = self.opened_cameras(&config.camera)?;
        self.usable_doors(&config.doors)?;
        let buses = self.checked_buses((&config.bus, &config.bank), &config.profiles).await?;
        // On a copy first: what the rules refuse at the end is not half recorded by then.
        self.put_up_all(&mut Ground::copy_of(&self.handle, &self.keys).await?, config).await?;
        let (doors, named) = self.put_up_all(&mut Ground::of(&self.handle), config).await?;
        let changed = self.changed((config, printers), (&buses, &doors), &cameras);
        self.change_cameras(&named, cameras);
        printers.become_those_of(&config.printer);
        let not_started = self.change_lines(config, buses, doors).await?;
        Ok(Taken { changed, not_started })
    }

    /// Banks, then the doors that may lead to them, then the cameras that may look at both: which controllers are to be started,
    /// and the cameras by name.
    async fn put_up_all(
        &self,
        ground: &mut Ground,
        config: &Config,
    ) -> Result<(NewDoors, BTreeMap<String, CameraId>), AssemblyError> {
        put_up_banks(ground, &config.bank).await?;
        let doors = self.new_doors(ground, &config.doors).await?;
        let cameras = self.install_cameras(ground, &config.camera).await?;
        Ok((doors, cameras))
    }

    /// What has a line of its own: all that is over ends before anything new begins, whatever was on that port before. One that
    /// cannot be started keeps no other from it. Which these are, in words.
    ///
    /// # Errors
    /// The writer is gone.
    async fn change_lines(
        &mut self,
        config: &Config,
        buses: CheckedBuses,
        doors: NewDoors,
    ) -> Result<Vec<String>, AssemblyError> {
        if let Some(scanners) = &mut self.scanners {
            let over = scanners.end_others(&config.scanner);
            all_ended(over).await;
        }
        let doors_without = self.end_other_doors(&config.doors, &doors).await;
        let buses_without = self.end_other_buses(&buses).await;
        let mut not_started = self.start_new_buses(&buses).await;
        not_started.extend(self.start_new_doors(doors));
        if let Some(scanners) = &mut self.scanners {
            scanners.start_new(&config.scanner);
        }
        self.tell_left_banks(buses_without).await?;
        self.tell_left_doors(doors_without).await?;
        Ok(not_started)
    }

    fn changed(
        &self,
        (config, printers): (&Config, &Printers),
        (buses, doors): (&CheckedBuses, &NewDoors),
        cameras: &super::cameras::OpenedCameras,
    ) -> Vec<DeviceChange> {
        let mut all = self.changed_buses(buses);
        all.extend(self.changed_doors(&config.doors, doors));
        all.extend(self.changed_cameras(cameras));
        let scanners = self.scanners.as_ref().map(|scanners| scanners.changes(&config.scanner));
        all.extend(scanners.into_iter().flatten());
        let by_name = config.printer.iter().map(|printer| (printer.name.clone(), printer.clone()));
        let (before, after) = (printers.configured(), by_name.collect::<BTreeMap<_, _>>());
        all.extend(changes(DeviceKind::Printer, (&before, &after), |was, now| was == now));
        all
    }

    /// Starts the scanners of a configuration: what they read is done at the kiosks of these pages.
    pub fn hear_scanners(&mut self, app: App, configured: &[ScannerConfig]) {
        let mut scanners = Scanners::new(app);
        scanners.start_new(configured);
        self.scanners = Some(scanners);
    }
}

#[cfg(test)]
mod tests;
