//! ONVIF as a camera speaks it (ONVIF Core and Media service specifications): the four questions that lead to a picture.

use super::CameraDevice;
use crate::http::soap::{device_information, fault, said, time};
use crate::http::{Question, Reply, text};

/// Where the picture is.
pub(super) const PICTURE: &str = "/onvif/picture";
const DEVICE: &str = "/onvif/device_service";
const MEDIA: &str = "/onvif/media_service";
const PROFILE: &str = "Profile_1";

pub(super) fn answer(device: &CameraDevice, path: &str, question: &Question, now_ms: i64) -> Reply {
    let asked = String::from_utf8_lossy(&question.body);
    let clock_ms = device.clock(now_ms);
    if path == DEVICE && asked.contains("GetSystemDateAndTime") {
        return said(&time(clock_ms));
    }
    if !device.gate.knows_token(&asked, clock_ms) {
        return fault(400, "ter:NotAuthorized", "Sender not Authorized");
    }
    // A camera names itself by the address its own network gave it.
    let own = if device.faults.names_https { "https://192.0.2.10" } else { "http://192.0.2.10" };
    let port = question.header("host").and_then(|host| host.rsplit_once(':')).map_or("80", |(_, port)| port);
    match path {
        DEVICE if asked.contains("<GetDeviceInformation") => {
            said(&device_information("Dahua", "IPC-HDW2431T", "2.800.0000000.29.R"))
        }
        DEVICE if asked.contains("GetCapabilities") => said(&format!(
            "<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media><tt:XAddr>{own}:{port}{MEDIA}</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse>"
        )),
        MEDIA if asked.contains("GetProfiles") => said(&format!(
            r#"<trt:GetProfilesResponse><trt:Profiles fixed="true" token="{PROFILE}"><tt:Name>main</tt:Name></trt:Profiles><trt:Profiles token="Profile_2"><tt:Name>sub</tt:Name></trt:Profiles></trt:GetProfilesResponse>"#
        )),
        MEDIA if asked.contains("GetSnapshotUri") => match text::between(&asked, "ProfileToken") {
            Some(profile) if profile == PROFILE => said(&format!(
                "<trt:GetSnapshotUriResponse><trt:MediaUri><tt:Uri>{own}:{port}{PICTURE}?channel=1&amp;profile={PROFILE}</tt:Uri><tt:InvalidAfterConnect>false</tt:InvalidAfterConnect><tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout></trt:MediaUri></trt:GetSnapshotUriResponse>"
            )),
            _ => fault(400, "ter:NoProfile", "The requested profile does not exist"),
        },
        _ => fault(500, "ter:ActionNotSupported", "Optional Action Not Implemented"),
    }
}
