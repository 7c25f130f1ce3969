//! Cameras that have a stream and no picture: one key frame of H.264 is taken from it, over RTSP on one TCP line (RFC 2326).
//!
//! Own code, since the library for this sends a readable password to whoever asks for one and makes the rules read the time zones
//! of the machine; and since one key frame needs no more than four questions.

mod key_frame;
mod sdp;
mod wire;

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

use super::{
    Camera, CameraAbilities, CameraKind, LearningFirmware, MediaType, STILL_BUDGET, STILL_MAX_BYTES, Still,
    TakingStill, of_the_present, paths_of,
};
use crate::clock::unix_now_ms;
use crate::http::{Authorisation, Credentials, LastFault, of_status, read_date};
use crate::report::keeper::Keeper;
use crate::{Clock, DeviceError, DeviceHealth, HttpError, HttpQuestion, HttpScheme};
use key_frame::KeyFrame;
use sdp::Video;
use wire::{Answer, Piece};

/// RFC 2326, 3.2.
const PORT: u16 = 554;
const UNAUTHORISED: u16 = 401;
/// What a camera without H.264 would answer if it were asked for it.
const UNSUPPORTED_MEDIA: u16 = 415;

pub(super) struct Rtsp {
    host: String,
    port: u16,
    url: String,
    credentials: Option<Credentials>,
    authorisation: Mutex<Authorisation>,
    last_fault: LastFault,
    keeper: Keeper,
}

/// One line with its camera.
struct Line<'a> {
    camera: &'a Rtsp,
    stream: TcpStream,
    received: Vec<u8>,
    /// Packets that came while an answer was waited for.
    packets: VecDeque<(u8, Vec<u8>)>,
    asked: u32,
    session: Option<String>,
    /// The camera's clock minus ours, in ms, if it says the time with its answers.
    offset_ms: Option<i64>,
}

impl Rtsp {
    /// Nothing if the address is none of RTSP.
    pub(super) fn new(url: &str, credentials: Option<Credentials>, allows_basic: bool) -> Option<Self> {
        let parsed = Url::parse(url).ok().filter(|url| url.scheme() == "rtsp" && !url.cannot_be_a_base())?;
        let host = parsed.host_str().filter(|host| !host.is_empty())?;
        let has_secret = !parsed.username().is_empty() || parsed.password().is_some();
        if has_secret {
            return None;
        }
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let authorisation = Mutex::new(Authorisation::new(HttpScheme::Http, allows_basic));
        Some(Self {
            host,
            port: parsed.port().unwrap_or(PORT),
            url: url.to_owned(),
            credentials,
            authorisation,
            last_fault: LastFault::default(),
            keeper: Keeper::default(),
        })
    }

    async fn take(&self) -> Result<Still, DeviceError> {
        let taken = self.converse().await.inspect(|_| self.last_fault.is_over());
        taken.map_err(|error| {
            if self.last_fault.is_news(&error) {
                tracing::info!(camera = self.host, %error, "a camera gave no key frame");
            }
            error.device_error()
        })
    }

    async fn converse(&self) -> Result<Still, HttpError> {
        let mut line = Line {
            camera: self,
            stream: self.connect().await?,
            received: Vec::new(),
            packets: VecDeque::new(),
            asked: 0,
            session: None,
            offset_ms: None,
        };
        let described = line.ask("DESCRIBE", &self.url, "Accept: application/sdp\r\n").await?;
        let base = described.header("content-base").unwrap_or(&self.url).to_owned();
        let description = String::from_utf8_lossy(&described.body);
        if !description.starts_with("v=0") {
            return Err(HttpError::NotHttp);
        }
        let video = sdp::video(&description).ok_or(HttpError::Refused { status: UNSUPPORTED_MEDIA })?;
        let transport = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n";
        let set_up = line.ask("SETUP", &video.control_at(&base), transport).await?;
        let channel = set_up.header("transport").and_then(wire::channel).unwrap_or(0);
        line.session =
            set_up.header("session").map(|text| text.split(';').next().unwrap_or_default().to_owned());
        line.ask("PLAY", &base, "Range: npt=0.000-\r\n").await?;
        let waiting = self.keeper.asked("RTP", "");
        let bytes = match line.key_frame(video, channel).await {
            Ok(bytes) => {
                waiting.received(bytes.len());
                bytes
            }
            Err(error) => {
                waiting.failed(error.plainly());
                return Err(error);
            }
        };
        let offset_ms = line.offset_ms;
        line.end(&base).await;
        let taken_ms = offset_ms.map(|offset_ms| unix_now_ms().saturating_add(offset_ms));
        Ok(Still { bytes, media: MediaType::H264KeyFrame, taken_ms, clock_offset_ms: offset_ms })
    }

    /// A camera that takes the line is asked at once; one that does not was asked in vain.
    async fn connect(&self) -> Result<TcpStream, HttpError> {
        let asked = self.keeper.asked("DESCRIBE", "");
        match TcpStream::connect((self.host.as_str(), self.port)).await {
            Ok(stream) => {
                asked.forget();
                Ok(stream)
            }
            Err(error) => {
                let error = HttpError::Away(error.kind());
                asked.failed(error.plainly());
                Err(error)
            }
        }
    }

    fn header(
        &self,
        question: &HttpQuestion,
        refused: Option<(&Answer, bool)>,
    ) -> Result<Option<String>, HttpError> {
        let Some(credentials) = &self.credentials else {
            return if refused.is_some() { Err(HttpError::Unauthorised) } else { Ok(None) };
        };
        let mut authorisation = self.authorisation.lock().unwrap_or_else(PoisonError::into_inner);
        let header = match refused {
            None => authorisation.remembered(credentials, question),
            Some((answer, was_told)) => {
                Some(authorisation.challenged(&answer.challenges(), was_told, credentials, question)?)
            }
        };
        Ok(header.and_then(|header| header.to_str().map(str::to_owned).ok()))
    }
}

impl Line<'_> {
    /// Asks, and writes it down.
    async fn ask(&mut self, method: &str, url: &str, headers: &str) -> Result<Answer, HttpError> {
        let camera = self.camera;
        let asked = camera.keeper.asked(method, "");
        let answer = self.converse(method, url, headers).await;
        match &answer {
            Ok(answer) => asked.answered(answer.status, answer.body.len(), None),
            Err(HttpError::Refused { status } | HttpError::Redirect { status }) => {
                asked.answered(*status, 0, Some(of_status(*status)));
            }
            Err(error) => asked.failed(error.plainly()),
        }
        answer
    }

    /// Asks, and says who asks as far as the camera wants to know.
    async fn converse(&mut self, method: &str, url: &str, headers: &str) -> Result<Answer, HttpError> {
        let known = Method::from_bytes(method.as_bytes()).map_err(|_| HttpError::Unsendable)?;
        let question = HttpQuestion { method: known, ..HttpQuestion::get(url, 0, STILL_BUDGET) };
        let mut told = self.camera.header(&question, None)?;
        for _ in 0..3 {
            self.send(method, url, headers, told.as_deref()).await?;
            let answer = self.answer().await?;
            if let Some(date_ms) = answer.header("date").and_then(read_date) {
                self.offset_ms = Some(date_ms.saturating_sub(unix_now_ms()));
            }
            match answer.status {
                200 => return Ok(answer),
                UNAUTHORISED => told = self.camera.header(&question, Some((&answer, told.is_some())))?,
                status @ 300..=399 => return Err(HttpError::Redirect { status }),
                status => return Err(HttpError::Refused { status }),
            }
        }
        Err(HttpError::Unauthorised)
    }

    async fn send(
        &mut self,
        method: &str,
        url: &str,
        headers: &str,
        told: Option<&str>,
    ) -> Result<(), HttpError> {
        self.asked += 1;
        let mut text = format!("{method} {url} RTSP/1.0\r\nCSeq: {}\r\n{headers}", self.asked);
        if let Some(told) = told {
            text.push_str(&format!("Authorization: {told}\r\n"));
        }
        if let Some(session) = &self.session {
            text.push_str(&format!("Session: {session}\r\n"));
        }
        text.push_str("\r\n");
        self.stream.write_all(text.as_bytes()).await.map_err(|error| HttpError::Away(error.kind()))
    }

    async fn answer(&mut self) -> Result<Answer, HttpError> {
        loop {
            match self.piece().await? {
                Piece::Answer(answer) => return Ok(answer),
                Piece::Packet { channel, bytes } => self.packets.push_back((channel, bytes)),
            }
            if self.packets.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > STILL_MAX_BYTES {
                return Err(HttpError::TooLarge { most: STILL_MAX_BYTES });
            }
        }
    }

    async fn piece(&mut self) -> Result<Piece, HttpError> {
        let mut buffer = [0; 16 * 1024];
        loop {
            if let Some(piece) = wire::take(&mut self.received)? {
                return Ok(piece);
            }
            match self.stream.read(&mut buffer).await.map_err(|error| HttpError::Away(error.kind()))? {
                0 => return Err(HttpError::CutShort),
                count => self.received.extend_from_slice(&buffer[..count]),
            }
        }
    }

    async fn key_frame(&mut self, video: Video, wanted: u8) -> Result<Vec<u8>, HttpError> {
        let mut frame = KeyFrame::new(video);
        loop {
            let (channel, bytes) = match self.packets.pop_front() {
                Some(packet) => packet,
                None => match self.piece().await? {
                    Piece::Packet { channel, bytes } => (channel, bytes),
                    Piece::Answer(_) => continue,
                },
            };
            if channel == wanted
                && let Some(bytes) = frame.packet(&bytes)?
            {
                return Ok(bytes);
            }
        }
    }

    /// Says goodbye as far as the line takes it; the camera ends the session with the line anyway.
    async fn end(mut self, url: &str) {
        let question = HttpQuestion::get(url, 0, STILL_BUDGET);
        let teardown = Method::from_bytes(b"TEARDOWN").map(|method| HttpQuestion { method, ..question });
        let told = teardown.ok().and_then(|question| self.camera.header(&question, None).ok().flatten());
        if let Err(error) = self.send("TEARDOWN", url, "", told.as_deref()).await {
            tracing::debug!(%error, "a camera hung up before it was told goodbye");
        }
    }
}

impl Camera for Rtsp {
    fn kind(&self) -> CameraKind {
        CameraKind::Rtsp
    }

    fn abilities(&self) -> CameraAbilities {
        CameraAbilities { look_back: None }
    }

    fn still(&self, back: Duration) -> TakingStill<'_> {
        of_the_present(back, self.take())
    }

    fn health(&self) -> &DeviceHealth {
        self.keeper.health()
    }

    fn keep_exchanges(&self, clock: Clock) {
        self.keeper.keep_by(clock, paths_of(self.kind()));
    }

    /// RTSP has no question for it.
    fn learn_firmware(&self) -> LearningFirmware<'_> {
        Box::pin(std::future::ready(()))
    }
}
