//! ONVIF door control as a device speaks it (Door Control Service Specification): the clock, a release, the state of a door.

use super::DoorDevice;
use crate::http::soap::{device_information, fault, said, time};
use crate::http::{Question, Reply, text};

/// Where the doors are asked.
pub(super) const DOORS: &str = "/onvif/doorcontrol_service";
const DEVICE: &str = "/onvif/device_service";

pub(super) fn answer(device: &mut DoorDevice, question: &Question, now_ms: i64) -> Reply {
    let asked = String::from_utf8_lossy(&question.body).into_owned();
    let clock_ms = device.clock(now_ms);
    if question.path == DEVICE && asked.contains("GetSystemDateAndTime") {
        return said(&time(clock_ms));
    }
    if !device.gate.knows_token(&asked, clock_ms) {
        return fault(400, "ter:NotAuthorized", "Sender not Authorized");
    }
    if question.path == DEVICE && asked.contains("<GetDeviceInformation") {
        return said(&device_information("Axis", "A1601", "1.84.6"));
    }
    if question.path != DOORS {
        return fault(500, "ter:ActionNotSupported", "Optional Action Not Implemented");
    }
    let (says_no, broken) = (device.faults.says_no, device.faults.contact_broken);
    let token = text::between(&asked, "Token").unwrap_or_default();
    let Some(leaf) = device.leaf_mut(&token) else {
        return fault(400, "ter:InvalidArgVal", "Door not found");
    };
    if asked.contains("<AccessDoor") {
        if says_no {
            return fault(500, "ter:Failure", "Failed to go to Accessed state and unlock the door");
        }
        let set_ms = leaf.set_ms;
        leaf.release(now_ms, Some(set_ms));
        return said("<tdc:AccessDoorResponse/>");
    }
    if asked.contains("<UnlockDoor") {
        leaf.release(now_ms, None);
        return said("<tdc:UnlockDoorResponse/>");
    }
    if asked.contains("<GetDoorState") {
        let physical = match (broken, leaf.open) {
            (true, _) => "Fault",
            (false, true) => "Open",
            (false, false) => "Closed",
        };
        let mode = if leaf.is_released(now_ms) { "Accessed" } else { "Locked" };
        return said(&format!(
            "<tdc:GetDoorStateResponse><tdc:DoorState><tdc:DoorPhysicalState>{physical}</tdc:DoorPhysicalState><tdc:DoorMode>{mode}</tdc:DoorMode></tdc:DoorState></tdc:GetDoorStateResponse>"
        ));
    }
    fault(500, "ter:ActionNotSupported", "Optional Action Not Implemented")
}
