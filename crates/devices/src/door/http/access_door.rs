//! ONVIF door control (Profiles A and C): `AccessDoor` releases a door for the time set in the device, `GetDoorState` tells how it
//! stands. Several questions an order: who asks is told by the device's own clock.

use quick_xml::escape::escape;

use super::HttpDoor;
use super::verdict::{of_failure, of_status};
use crate::http::soap::{SoapDevice, text, text_at};
use crate::{DeviceError, HttpAnswer};

const NAMESPACE: &str = "http://www.onvif.org/ver10/doorcontrol/wsdl";

/// A device with doors.
pub(super) struct AccessDoor {
    pub(super) device: SoapDevice,
}

impl AccessDoor {
    pub(super) async fn release(&self, door: &HttpDoor) -> Result<(), DeviceError> {
        let answer = self.ask("AccessDoor", door).await?;
        let is_taken = text_at(&text(&answer), &["Body", "AccessDoorResponse"]).is_some();
        if is_taken && answer.status == 200 { Ok(()) } else { Err(refusal(&answer)) }
    }

    pub(super) async fn look(&self, door: &HttpDoor) -> Result<Option<bool>, DeviceError> {
        let answer = self.ask("GetDoorState", door).await?;
        let xml = text(&answer);
        let state = ["GetDoorStateResponse", "DoorState"];
        if answer.status != 200 || text_at(&xml, &state).is_none() {
            return Err(refusal(&answer));
        }
        if door.contact.is_none() {
            return Ok(None);
        }
        let physical = text_at(&xml, &[state[0], state[1], "DoorPhysicalState"]);
        match physical.as_deref().map(str::trim) {
            Some("Open") => Ok(Some(true)),
            Some("Closed") => Ok(Some(false)),
            _ => Err(DeviceError::Unsupported),
        }
    }

    /// Asks what its firmware is. It says so or not.
    pub(super) async fn learn_firmware(&self) {
        let place = self.device.device_service();
        let Ok(offset_ms) = self.device.offset_ms(&place).await else { return };
        if let Some(firmware) = self.device.firmware((offset_ms, &place)).await {
            self.device.http().keeper().health().says_firmware(firmware);
        }
    }

    async fn ask(&self, word: &str, door: &HttpDoor) -> Result<HttpAnswer, DeviceError> {
        let failed = |error| of_failure(self.device.http(), &error);
        let offset_ms = self.device.offset_ms(&self.device.device_service()).await.map_err(failed)?;
        let token = escape(door.relay.as_str());
        let body = format!(r#"<{word} xmlns="{NAMESPACE}"><Token>{token}</Token></{word}>"#);
        self.device.call(&self.device.configured(), &body, (offset_ms, false)).await.map_err(failed)
    }
}

/// A fault is a no, with whatever status it came.
fn refusal(answer: &HttpAnswer) -> DeviceError {
    let xml = text(answer);
    let Some(value) = text_at(&xml, &["Fault", "Code", "Subcode", "Value"]) else { return of_status(answer) };
    match value.rsplit(':').next().unwrap_or_default().trim() {
        "ActionNotSupported" | "InvalidArgVal" | "NotFound" => DeviceError::Unsupported,
        _ => DeviceError::Vendor { code: answer.status },
    }
}
