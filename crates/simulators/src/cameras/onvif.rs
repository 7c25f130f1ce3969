//! ONVIF as a camera speaks it (ONVIF Core and Media service specifications): the four questions that lead to a picture.

use super::CameraDevice;
use super::calendar::Moment;
use super::question::{Question, Reply};
use super::text;

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
    if !device.door.knows_token(&asked, clock_ms) {
        return fault(400, "ter:NotAuthorized", "Sender not Authorized");
    }
    // A camera names itself by the address its own network gave it.
    let own = if device.faults.names_https { "https://192.0.2.10" } else { "http://192.0.2.10" };
    let port = question.header("host").and_then(|host| host.rsplit_once(':')).map_or("80", |(_, port)| port);
    match path {
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

fn time(clock_ms: i64) -> String {
    let Moment { year, month, day, hour, minute, second } = Moment::of(clock_ms);
    format!(
        "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:UTCDateTime><tt:Time><tt:Hour>{hour}</tt:Hour><tt:Minute>{minute}</tt:Minute><tt:Second>{second}</tt:Second></tt:Time><tt:Date><tt:Year>{year}</tt:Year><tt:Month>{month}</tt:Month><tt:Day>{day}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
    )
}

fn said(body: &str) -> Reply {
    envelope(200, body)
}

fn fault(status: u16, code: &str, reason: &str) -> Reply {
    envelope(
        status,
        &format!(
            r#"<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>{code}</env:Value></env:Subcode></env:Code><env:Reason><env:Text xml:lang="en">{reason}</env:Text></env:Reason></env:Fault>"#
        ),
    )
}

fn envelope(status: u16, body: &str) -> Reply {
    let body = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:ter="http://www.onvif.org/ver10/error"><env:Body>{body}</env:Body></env:Envelope>"#
    );
    Reply::new(status, "application/soap+xml; charset=utf-8", body.into_bytes())
}
