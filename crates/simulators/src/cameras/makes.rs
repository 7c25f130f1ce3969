//! What each make of camera answers, from its vendor's paper.

use super::{CameraDevice, onvif, stream};
use crate::http::{Question, Reply};

/// Whose camera it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CameraMake {
    /// A picture at `/shot.jpg`.
    #[default]
    Snapshot,
    /// ONVIF at `/onvif/device_service`.
    Onvif,
    /// 2N, with the last 30 seconds.
    TwoN,
    /// DoorBird.
    DoorBird,
    /// Hikvision's ISAPI, channel 101.
    Hikvision,
    /// A stream over RTSP and no picture.
    Rtsp,
}

/// How far 2N's buffer reaches back, in seconds.
const BUFFER_S: i64 = 30;
/// The size of those that have one only.
const PLAIN: (u16, u16) = (640, 480);

impl CameraMake {
    /// What stands behind the address in a configuration.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            CameraMake::Snapshot => "/shot.jpg",
            CameraMake::Rtsp => "/live",
            CameraMake::Onvif | CameraMake::TwoN | CameraMake::DoorBird | CameraMake::Hikvision => "/",
        }
    }

    /// What its address begins with.
    pub(super) fn scheme(self) -> &'static str {
        if self == CameraMake::Rtsp { "rtsp" } else { "http" }
    }

    /// SOAP says itself who asks.
    pub(super) fn is_open(self, question: &Question) -> bool {
        self == CameraMake::Onvif && question.method == "POST"
    }
}

pub(super) fn answer(device: &CameraDevice, question: &Question, now_ms: i64) -> Reply {
    let is_get = question.method == "GET";
    match (device.make, question.path.as_str()) {
        (CameraMake::Rtsp, _) => stream::answer(device, question, now_ms),
        (CameraMake::Onvif, path) if question.method == "POST" => {
            onvif::answer(device, path, question, now_ms)
        }
        (CameraMake::Onvif, onvif::PICTURE) if is_get && question.parameter("channel") == Some("1") => {
            device.picture(now_ms, PLAIN)
        }
        (CameraMake::Snapshot, "/shot.jpg") | (CameraMake::DoorBird, "/bha-api/image.cgi") if is_get => {
            device.picture(now_ms, PLAIN)
        }
        (CameraMake::Hikvision, "/ISAPI/Streaming/channels/101/picture") if is_get => {
            device.picture(now_ms, PLAIN)
        }
        (CameraMake::Hikvision, "/ISAPI/System/deviceInfo") if is_get => {
            let info = r#"<?xml version="1.0" encoding="UTF-8"?><DeviceInfo version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema"><deviceName>IP CAMERA</deviceName><model>DS-2CD2043G0-I</model><firmwareVersion>V5.5.82</firmwareVersion><firmwareReleasedDate>build 190318</firmwareReleasedDate></DeviceInfo>"#;
            Reply::new(200, "application/xml", info.into())
        }
        (CameraMake::Hikvision, _) => hikvision_refusal(),
        (CameraMake::DoorBird, "/bha-api/info.cgi") if is_get => {
            let info = r#"{"BHA": {"RETURNCODE": "1", "VERSION": [{"FIRMWARE": "000139", "BUILD_NUMBER": "15870439", "DEVICE-TYPE": "DoorBird D2101V"}]}}"#;
            Reply::new(200, "application/json", info.into())
        }
        (CameraMake::TwoN, "/api/system/info") => {
            let info = r#"{"success" : true,"result" : {"variant" : "2N IP Verso","serialNumber" : "00-0000-0005","hwVersion" : "570v1","swVersion" : "2.35.0.45.0","buildType" : "release","deviceName" : "2N IP Verso"}}"#;
            Reply::new(200, "application/json", info.into())
        }
        (CameraMake::TwoN, "/api/camera/snapshot") => two_n_picture(device, question, now_ms),
        (CameraMake::TwoN, "/api/camera/caps") => two_n_caps(device),
        (CameraMake::TwoN, _) => two_n_refusal(2, "invalid request path"),
        _ => Reply::new(404, "text/html", b"<html><body>404</body></html>".to_vec()),
    }
}

fn hikvision_refusal() -> Reply {
    let body = r#"<?xml version="1.0" encoding="UTF-8"?><ResponseStatus version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema"><requestURL></requestURL><statusCode>4</statusCode><statusString>Invalid Operation</statusString><subStatusCode>notSupport</subStatusCode></ResponseStatus>"#;
    Reply::new(403, "application/xml", body.into())
}

fn two_n_refusal(code: u16, description: &str) -> Reply {
    let body = format!(r#"{{"success":false,"error":{{"code":{code},"description":"{description}"}}}}"#);
    Reply::new(200, "application/json", body.into_bytes())
}

fn two_n_caps(device: &CameraDevice) -> Reply {
    let sizes =
        device.sizes.iter().map(|(width, height)| format!(r#"{{"width":{width},"height":{height}}}"#));
    let sizes = sizes.collect::<Vec<_>>().join(",");
    let body = format!(
        r#"{{"success":true,"result":{{"jpegResolution":[{sizes}],"sources":[{{"source":"internal"}}]}}}}"#
    );
    Reply::new(200, "application/json", body.into_bytes())
}

fn two_n_picture(device: &CameraDevice, question: &Question, now_ms: i64) -> Reply {
    let number = |name: &str| question.parameter(name).map(str::parse::<i64>);
    let (Some(width), Some(height)) = (number("width"), number("height")) else {
        return two_n_refusal(11, "missing mandatory parameter");
    };
    let side =
        |number: Result<i64, _>| number.ok().and_then(|number| u16::try_from(number).ok()).unwrap_or(0);
    let size = (side(width), side(height));
    let back_s = number("time").unwrap_or(Ok(0)).map_or(1, |time| time);
    if !device.sizes.contains(&size) || !(-BUFFER_S..=0).contains(&back_s) {
        return two_n_refusal(12, "invalid parameter value");
    }
    let moment_ms = now_ms + back_s * 1_000;
    if moment_ms < device.on_since_ms {
        return two_n_refusal(15, "no data available");
    }
    device.picture(moment_ms, size)
}
