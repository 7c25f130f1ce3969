//! One SMTP conversation (RFC 5321) from the server's side, without I/O or clock.
//!
//! Bytes in, replies and messages out. Strict on purpose: a bare line feed, an over-long line or a command
//! out of order is refused, so that a client's mistake is seen here and not at a stranger's server.

use std::collections::VecDeque;

use super::faults::{DropAt, Faults};

/// RFC 5321 4.5.3.1.4 gives 512 octets; extensions of MAIL may add to it.
const LONGEST_COMMAND: usize = 1024;
/// RFC 5321 4.5.3.1.6, without CRLF.
const LONGEST_LINE: usize = 998;
const LARGEST_MESSAGE: usize = 10 * 1024 * 1024;
const MOST_RECIPIENTS: usize = 100;
const NAME: &str = "mail-sink.localhost";

/// Who a message is from and for, as said to the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Empty for a bounce.
    pub sender: String,
    pub recipients: Vec<String>,
}

/// What the conversation asks of its shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// To be written, CRLF included.
    Reply(String),
    /// A message arrived.
    Message { envelope: Envelope, raw: Vec<u8> },
    /// To be closed after what was written.
    Close,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Command,
    Data,
    Closed,
}

/// Why the message under way will be refused at its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flaw {
    BareLineEnd,
    LongLine,
    TooLarge,
}

/// The conversation.
pub struct Session {
    phase: Phase,
    buffer: Vec<u8>,
    /// The rest of an over-long line is thrown away up to its end.
    skipping: bool,
    has_greeted: bool,
    sender: Option<String>,
    recipients: Vec<String>,
    raw: Vec<u8>,
    flaw: Option<Flaw>,
    outputs: VecDeque<Output>,
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

impl Session {
    pub fn new() -> Self {
        Self {
            phase: Phase::Command,
            buffer: Vec::new(),
            skipping: false,
            has_greeted: false,
            sender: None,
            recipients: Vec::new(),
            raw: Vec::new(),
            flaw: None,
            outputs: VecDeque::new(),
        }
    }

    /// The first words of the server. To be called once, first.
    pub fn greet(&mut self, faults: &mut Faults) {
        if faults.drop_at == Some(DropAt::Greeting) {
            self.close();
        } else if faults.refuse_all {
            self.refuse_service();
        } else {
            self.reply(220, &format!("{NAME} ESMTP keeps mail and sends none"));
        }
    }

    /// Takes bytes as they come, in pieces of any size.
    pub fn receive(&mut self, bytes: &[u8], faults: &mut Faults) {
        if self.phase == Phase::Closed {
            return;
        }
        self.buffer.extend_from_slice(bytes);
        let mut start = 0;
        while self.phase != Phase::Closed {
            let Some(end) = find_line_end(&self.buffer[start..]) else { break };
            let line = self.buffer[start..start + end].to_vec();
            start += end + 2;
            match self.phase {
                Phase::Command => self.command_line(&line, faults),
                Phase::Data => self.data_line(&line, faults),
                Phase::Closed => {}
            }
        }
        self.buffer.drain(..start);
        self.bound_buffer();
    }

    /// What is to be done next; None until more bytes come.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// A line without end must not fill the memory; it is already known to be refused.
    fn bound_buffer(&mut self) {
        let limit = if self.phase == Phase::Data { LONGEST_LINE } else { LONGEST_COMMAND };
        if self.buffer.len() > limit + 2 {
            if self.phase == Phase::Data {
                self.flaw = self.flaw.or(Some(Flaw::LongLine));
            }
            self.skipping = true;
            // The last octet may be the CR of a CRLF still to come.
            let keep_from = self.buffer.len() - 1;
            self.buffer.drain(..keep_from);
        }
    }

    fn reply(&mut self, code: u16, words: &str) {
        self.outputs.push_back(Output::Reply(format!("{code} {words}\r\n")));
    }

    fn close(&mut self) {
        self.phase = Phase::Closed;
        self.outputs.push_back(Output::Close);
    }

    fn refuse_service(&mut self) {
        self.reply(421, "4.3.2 the service is not available, closing");
        self.close();
    }

    fn command_line(&mut self, line: &[u8], faults: &mut Faults) {
        if faults.refuse_all {
            return self.refuse_service();
        }
        if std::mem::take(&mut self.skipping) || line.len() > LONGEST_COMMAND {
            return self.reply(500, "5.5.6 line too long");
        }
        let Ok(line) = std::str::from_utf8(line) else {
            return self.reply(500, "5.5.2 not UTF-8");
        };
        if line.contains(['\n', '\r', '\0']) {
            return self.reply(500, "5.5.2 a command ends with CRLF and holds no other line end");
        }
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => self.hello(rest, true),
            "HELO" => self.hello(rest, false),
            "MAIL" => self.mail(rest, faults),
            "RCPT" => self.recipient(rest, faults),
            "DATA" => self.data(rest),
            "RSET" => {
                self.forget_message();
                self.reply(250, "2.0.0 forgotten");
            }
            "NOOP" => self.reply(250, "2.0.0 ok"),
            "QUIT" => {
                self.reply(221, "2.0.0 bye");
                self.close();
            }
            "VRFY" | "EXPN" => self.reply(502, "5.5.1 addresses are not told"),
            "STARTTLS" | "AUTH" | "HELP" => self.reply(502, "5.5.1 not offered here"),
            _ => self.reply(500, "5.5.1 unknown command"),
        }
    }

    fn hello(&mut self, name: &str, is_extended: bool) {
        if name.trim().is_empty() {
            return self.reply(501, "5.5.4 say your name");
        }
        self.forget_message();
        self.has_greeted = true;
        if is_extended {
            let lines = format!(
                "250-{NAME}\r\n250-PIPELINING\r\n250-SIZE {LARGEST_MESSAGE}\r\n250-8BITMIME\r\n\
                 250-ENHANCEDSTATUSCODES\r\n250 SMTPUTF8\r\n"
            );
            self.outputs.push_back(Output::Reply(lines));
        } else {
            self.reply(250, NAME);
        }
    }

    fn mail(&mut self, rest: &str, faults: &Faults) {
        if faults.drop_at == Some(DropAt::Sender) {
            return self.close();
        }
        if !self.has_greeted || self.sender.is_some() {
            return self.reply(503, "5.5.1 MAIL comes after EHLO and once a message");
        }
        let Some((address, parameters)) = path(rest, "FROM:") else {
            return self.reply(501, "5.5.4 MAIL FROM:<address>");
        };
        for parameter in parameters.split_ascii_whitespace() {
            match parameter.to_ascii_uppercase().split_once('=') {
                Some(("SIZE", size)) => match size.parse::<usize>() {
                    Ok(size) if size > LARGEST_MESSAGE => return self.reply(552, "5.3.4 too large"),
                    Ok(_) => {}
                    Err(_) => return self.reply(501, "5.5.4 SIZE is a number"),
                },
                Some(("BODY", "7BIT" | "8BITMIME")) => {}
                None if parameter.eq_ignore_ascii_case("SMTPUTF8") => {}
                Some(_) | None => return self.reply(555, "5.5.4 unknown parameter"),
            }
        }
        self.sender = Some(address.to_owned());
        self.reply(250, "2.1.0 sender ok");
    }

    fn recipient(&mut self, rest: &str, faults: &mut Faults) {
        if self.sender.is_none() {
            return self.reply(503, "5.5.1 RCPT comes after MAIL");
        }
        let Some((address, "")) = path(rest, "TO:").filter(|(address, _)| address.contains('@')) else {
            return self.reply(501, "5.5.4 RCPT TO:<address>");
        };
        if faults.no_relay {
            return self.reply(554, "5.7.1 Relay access denied");
        }
        if faults.is_refused(address) {
            return self.reply(550, "5.1.1 no such mailbox");
        }
        if faults.take_greylisting(address) {
            return self.reply(451, "4.7.1 greylisted, come again later");
        }
        if self.recipients.len() == MOST_RECIPIENTS {
            return self.reply(452, "4.5.3 too many recipients");
        }
        self.recipients.push(address.to_owned());
        self.reply(250, "2.1.5 recipient ok");
    }

    fn data(&mut self, rest: &str) {
        if !rest.is_empty() {
            return self.reply(501, "5.5.4 DATA stands alone");
        }
        if self.recipients.is_empty() {
            return self.reply(503, "5.5.1 DATA comes after RCPT");
        }
        self.phase = Phase::Data;
        self.reply(354, "end with a dot on its own line");
    }

    fn data_line(&mut self, line: &[u8], faults: &mut Faults) {
        // What is left of an over-long line may look like the dot that ends a message.
        if std::mem::take(&mut self.skipping) {
            return;
        }
        if line == b"." {
            return self.end_of_data(faults);
        }
        let line = line.strip_prefix(b".").unwrap_or(line);
        if line.contains(&b'\n') || line.contains(&b'\r') {
            self.flaw = self.flaw.or(Some(Flaw::BareLineEnd));
        }
        if line.len() > LONGEST_LINE {
            self.flaw = self.flaw.or(Some(Flaw::LongLine));
        }
        if self.raw.len() + line.len() + 2 > LARGEST_MESSAGE {
            self.flaw = self.flaw.or(Some(Flaw::TooLarge));
        }
        if self.flaw.is_none() {
            self.raw.extend_from_slice(line);
            self.raw.extend_from_slice(b"\r\n");
        }
    }

    fn end_of_data(&mut self, faults: &Faults) {
        self.phase = Phase::Command;
        let flaw = self.flaw.take();
        let raw = std::mem::take(&mut self.raw);
        let envelope = Envelope {
            sender: self.sender.take().unwrap_or_default(),
            recipients: std::mem::take(&mut self.recipients),
        };
        if faults.drop_at == Some(DropAt::Content) {
            return self.close();
        }
        if faults.refuse_all {
            return self.refuse_service();
        }
        match flaw {
            Some(Flaw::BareLineEnd) => self.reply(554, "5.6.11 a line ends with CRLF, not with half of it"),
            Some(Flaw::LongLine) => self.reply(554, "5.6.0 a line is longer than 998 octets"),
            Some(Flaw::TooLarge) => self.reply(552, "5.3.4 too large"),
            None => {
                self.outputs.push_back(Output::Message { envelope, raw });
                if faults.drop_at == Some(DropAt::AfterContent) {
                    return self.close();
                }
                self.reply(250, "2.0.0 kept");
            }
        }
    }

    fn forget_message(&mut self) {
        self.sender = None;
        self.recipients.clear();
        self.raw.clear();
        self.flaw = None;
    }
}

fn find_line_end(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair == b"\r\n")
}

/// `FROM:<address> parameters`, the keyword in any case. The address may be empty.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let head = rest.get(..keyword.len())?;
    let tail = rest[keyword.len()..].trim_start();
    if !head.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let (address, parameters) = tail.strip_prefix('<')?.split_once('>')?;
    let is_clean = !address.contains([' ', '<']) && (parameters.is_empty() || parameters.starts_with(' '));
    is_clean.then(|| (address, parameters.trim()))
}
