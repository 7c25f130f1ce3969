//! One question and one answer in HTTP/1.1 (RFC 9112) or RTSP/1.0 (RFC 2326), as far as a small device understands it.

use super::text;

/// No head of a question is longer, in bytes.
const HEAD_MAX: usize = 16 * 1024;
/// No body of a question is longer, in bytes.
const BODY_MAX: usize = 64 * 1024;

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Such as GET.
    pub method: String,
    /// Path and query as written.
    pub target: String,
    /// The path alone.
    pub path: String,
    /// Such as HTTP/1.1; the answer is in the same.
    pub protocol: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    /// What was sent with it.
    pub body: Vec<u8>,
}

/// How far bytes have become a question.
pub(crate) enum Parsed {
    /// More must come.
    Partly,
    /// A question, and how many bytes it took.
    Whole(Question, usize),
    /// No HTTP.
    Nonsense,
}

impl Question {
    pub(crate) fn parse(bytes: &[u8]) -> Parsed {
        let Some(head_end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            return if bytes.len() > HEAD_MAX { Parsed::Nonsense } else { Parsed::Partly };
        };
        let Ok(head) = std::str::from_utf8(&bytes[..head_end]) else { return Parsed::Nonsense };
        let mut lines = head.split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(target), Some(protocol @ ("HTTP/1.1" | "HTTP/1.0" | "RTSP/1.0"))) =
            (words.next(), words.next(), words.next())
        else {
            return Parsed::Nonsense;
        };
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_lowercase(), value.trim().to_owned()))
        };
        let headers: Vec<_> = lines.filter_map(header).collect();
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .map(|(_, value)| value.parse::<usize>());
        let Ok(length) = length.unwrap_or(Ok(0)) else { return Parsed::Nonsense };
        let start = head_end + 4;
        if length > BODY_MAX {
            return Parsed::Nonsense;
        }
        let Some(body) = bytes.get(start..start + length) else { return Parsed::Partly };
        let inside = target.strip_prefix("rtsp://").and_then(|rest| rest.find('/').map(|at| &rest[at..]));
        let path = inside.unwrap_or(target).split('?').next().unwrap_or_default().to_owned();
        let (method, target, protocol) = (method.to_owned(), target.to_owned(), protocol.to_owned());
        Parsed::Whole(
            Question { method, target, path, protocol, headers, body: body.to_vec() },
            start + length,
        )
    }

    /// A header by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// How the asker says who it is.
    pub(crate) fn scheme(&self) -> Option<&str> {
        self.header("authorization")?.split(' ').next()
    }

    /// Whether SOAP in it says who asks.
    pub(super) fn has_token(&self) -> bool {
        text::between(&String::from_utf8_lossy(&self.body), "Username").is_some()
    }

    /// A parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let (_, query) = self.target.split_once('?')?;
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }
}

/// One question a device was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Such as `GET /shot.jpg`.
    pub line: String,
    /// The scheme by which the asker said who it is, such as `Digest`.
    pub scheme: Option<String>,
    /// Whether it said so in SOAP, by a token made of the password.
    pub token: bool,
    /// The status it was answered with.
    pub status: u16,
}

impl Asked {
    /// The note of a question and its answer.
    pub(crate) fn of(question: &Question, status: u16) -> Self {
        let line = format!("{} {}", question.method, question.path);
        Self { line, scheme: question.scheme().map(str::to_owned), token: question.has_token(), status }
    }
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// What `Content-Length` says; nothing sends the body in pieces.
    pub(crate) announced: Option<usize>,
    /// Whether the line ends with it.
    pub(crate) hangs_up: bool,
    /// What comes over the line after it: packets of a stream.
    pub(crate) follows: Vec<u8>,
    protocol: String,
}

impl Reply {
    pub(crate) fn new(status: u16, content_type: &str, body: Vec<u8>) -> Self {
        let announced = Some(body.len());
        let headers = vec![("Content-Type".to_owned(), content_type.to_owned())];
        let protocol = "HTTP/1.1".to_owned();
        Self { status, headers, body, announced, hangs_up: false, follows: Vec::new(), protocol }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.header(name, value);
        self
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// In the words of the question: RTSP counts its questions.
    pub(crate) fn answering(mut self, question: &Question) -> Self {
        if question.protocol.starts_with("RTSP") {
            self.protocol = "RTSP/1.0".to_owned();
            self.header("CSeq", question.header("cseq").unwrap_or_default());
        }
        self
    }

    /// As it goes over the wire.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} Answer\r\n", self.protocol, self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let mut bytes = match (self.status, self.announced) {
            (204, _) => return format!("{head}\r\n").into_bytes(),
            (_, Some(length)) => format!("{head}Content-Length: {length}\r\n\r\n").into_bytes(),
            (_, None) => format!("{head}Transfer-Encoding: chunked\r\n\r\n").into_bytes(),
        };
        if self.announced.is_some() {
            bytes.extend_from_slice(&self.body);
            bytes.extend_from_slice(&self.follows);
            return bytes;
        }
        for piece in self.body.chunks(64 * 1024) {
            bytes.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
            bytes.extend_from_slice(piece);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"0\r\n\r\n");
        bytes
    }
}
