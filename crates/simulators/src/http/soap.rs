//! Answers in SOAP 1.2, as small devices write them.

use super::calendar::Moment;
use super::question::Reply;

/// What time it is.
pub(crate) fn time(clock_ms: i64) -> String {
    let Moment { year, month, day, hour, minute, second } = Moment::of(clock_ms);
    format!(
        "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:UTCDateTime><tt:Time><tt:Hour>{hour}</tt:Hour><tt:Minute>{minute}</tt:Minute><tt:Second>{second}</tt:Second></tt:Time><tt:Date><tt:Year>{year}</tt:Year><tt:Month>{month}</tt:Month><tt:Day>{day}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
    )
}

/// Who made it and what runs on it.
pub(crate) fn device_information(maker: &str, model: &str, firmware: &str) -> String {
    format!(
        "<tds:GetDeviceInformationResponse><tds:Manufacturer>{maker}</tds:Manufacturer><tds:Model>{model}</tds:Model><tds:FirmwareVersion>{firmware}</tds:FirmwareVersion><tds:SerialNumber>ACCC8E000001</tds:SerialNumber><tds:HardwareId>714</tds:HardwareId></tds:GetDeviceInformationResponse>"
    )
}

/// A yes.
pub(crate) fn said(body: &str) -> Reply {
    envelope(200, body)
}

/// A no.
pub(crate) fn fault(status: u16, code: &str, reason: &str) -> Reply {
    envelope(
        status,
        &format!(
            r#"<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>{code}</env:Value></env:Subcode></env:Code><env:Reason><env:Text xml:lang="en">{reason}</env:Text></env:Reason></env:Fault>"#
        ),
    )
}

fn envelope(status: u16, body: &str) -> Reply {
    let body = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tdc="http://www.onvif.org/ver10/doorcontrol/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:ter="http://www.onvif.org/ver10/error"><env:Body>{body}</env:Body></env:Envelope>"#
    );
    Reply::new(status, "application/soap+xml; charset=utf-8", body.into_bytes())
}
