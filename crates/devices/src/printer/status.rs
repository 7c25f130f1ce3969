//! What a printer answers about itself, read.
//!
//! ESC/POS: one byte for each `DLE EOT n`, told apart from other bytes by its fixed bits, and one for `GS r 1`, which is
//! answered when everything before it was printed. ZPL: three lines for `~HS`. Bits as in Epson's and Zebra's manuals.

use super::talk::PrintError;

/// Asks a receipt printer about itself (`n` 1), why it is off-line (2), and its paper (4). Answered at once.
pub(super) const ASK_ESCPOS: [u8; 9] = [0x10, 0x04, 0x01, 0x10, 0x04, 0x02, 0x10, 0x04, 0x04];
/// Asks for the paper sensor in its turn: after all that was sent before it.
pub(super) const ASK_WHEN_DONE: [u8; 3] = [0x1d, 0x72, 0x01];
/// Asks a label printer for everything. Answered at once.
pub(super) const ASK_ZPL: &[u8] = b"~HS";

/// Answers of a receipt printer to [`ASK_ESCPOS`], in their order.
#[derive(Default)]
pub(super) struct EscPosAnswers {
    seen: Vec<u8>,
}

impl EscPosAnswers {
    /// One byte that came. True: it is one of the answers.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let is_answer = byte & 0x93 == 0x12;
        if is_answer && self.seen.len() < 3 {
            self.seen.push(byte);
        }
        is_answer
    }

    /// All three came.
    pub(super) fn is_whole(&self) -> bool {
        self.seen.len() == 3
    }

    /// What hinders printing, of what came.
    pub(super) fn trouble(&self) -> Option<PrintError> {
        let bit = |nth: usize, mask: u8| self.seen.get(nth).is_some_and(|byte| byte & mask != 0);
        if bit(1, 0x20) || bit(2, 0x60) {
            Some(PrintError::NoPaper)
        } else if bit(1, 0x04) {
            Some(PrintError::CoverOpen)
        } else if bit(0, 0x08) || bit(1, 0x40) {
            Some(PrintError::Offline)
        } else {
            None
        }
    }
}

/// The answer to [`ASK_WHEN_DONE`], if this byte is it: whether there is paper still.
pub(super) fn done(byte: u8) -> Option<Result<(), PrintError>> {
    (byte & 0x90 == 0).then_some(if byte & 0x0c == 0 { Ok(()) } else { Err(PrintError::NoPaper) })
}

/// An answer to [`ASK_ZPL`], read as it comes.
#[derive(Default)]
pub(super) struct HostStatus {
    text: String,
}

/// Three lines have some ninety characters.
const HOST_STATUS_MOST: usize = 512;

impl HostStatus {
    /// More of it.
    pub(super) fn take(&mut self, byte: u8) {
        if self.text.len() < HOST_STATUS_MOST && byte.is_ascii() {
            self.text.push(char::from(byte));
        }
    }

    /// All three lines came.
    pub(super) fn is_whole(&self) -> bool {
        self.text.matches('\u{3}').count() >= 3
    }

    /// What hinders printing.
    pub(super) fn trouble(&self) -> Option<PrintError> {
        // First line: paper out, paused. Second: head up, ribbon out.
        if self.is(0, 1, "1") || self.is(1, 3, "1") {
            Some(PrintError::NoPaper)
        } else if self.is(1, 2, "1") {
            Some(PrintError::CoverOpen)
        } else if self.is(0, 2, "1") {
            Some(PrintError::Offline)
        } else {
            None
        }
    }

    /// No format waits in its memory and no label is still to come.
    pub(super) fn is_done(&self) -> bool {
        let is_zero = |line, nth| self.field(line, nth).is_some_and(|text| text.bytes().all(|b| b == b'0'));
        is_zero(0, 4) && is_zero(1, 8)
    }

    fn is(&self, line: usize, nth: usize, value: &str) -> bool {
        self.field(line, nth) == Some(value)
    }

    fn field(&self, line: usize, nth: usize) -> Option<&str> {
        let line = self.text.split('\u{3}').nth(line)?;
        line.rsplit('\u{2}').next()?.split(',').nth(nth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(bytes: [u8; 3]) -> Option<PrintError> {
        let mut answers = EscPosAnswers::default();
        assert!(bytes.iter().all(|byte| answers.take(*byte)) && answers.is_whole());
        answers.trouble()
    }

    #[test]
    fn a_receipt_printer_says_what_hinders_it() {
        assert_eq!(answers([0x12, 0x12, 0x12]), None);
        assert_eq!(answers([0x12, 0x12, 0x1e]), None, "near its end is not out");
        assert_eq!(answers([0x1a, 0x32, 0x72]), Some(PrintError::NoPaper));
        assert_eq!(answers([0x1a, 0x16, 0x12]), Some(PrintError::CoverOpen));
        assert_eq!(answers([0x1a, 0x12, 0x12]), Some(PrintError::Offline));
        assert_eq!(answers([0x16, 0x12, 0x12]), None, "the drawer is no business of ours");
    }

    #[test]
    fn other_bytes_are_no_answers() {
        let mut answers = EscPosAnswers::default();
        for byte in [0x00, 0x0c, 0x41, 0xff, 0x10, 0x13] {
            assert!(!answers.take(byte), "{byte:02x}");
        }
        assert!(answers.seen.is_empty());
        assert_eq!(done(0x00), Some(Ok(())));
        assert_eq!(done(0x0c), Some(Err(PrintError::NoPaper)));
        assert_eq!(done(0x12), None);
    }

    fn host_status(text: &str) -> HostStatus {
        let mut status = HostStatus::default();
        text.bytes().for_each(|byte| status.take(byte));
        status
    }

    #[test]
    fn a_label_printer_says_what_hinders_it() {
        let say = |first: &str, second: &str| {
            host_status(&format!("\u{2}{first}\u{3}\r\n\u{2}{second}\u{3}\r\n\u{2}1234,0\u{3}\r\n"))
        };
        let (fine, idle) = ("030,0,0,0320,000,0,0,0,000,0,0,0", "000,0,0,0,1,2,6,0,00000000,1,000");
        let status = say(fine, idle);
        assert!(status.is_whole() && status.trouble().is_none() && status.is_done());
        assert_eq!(say("030,1,1,0320,001,0,0,0,000,0,0,0", idle).trouble(), Some(PrintError::NoPaper));
        assert_eq!(say("030,0,1,0320,000,0,0,0,000,0,0,0", idle).trouble(), Some(PrintError::Offline));
        assert_eq!(say(fine, "000,0,1,0,1,2,6,0,00000000,1,000").trouble(), Some(PrintError::CoverOpen));
        assert_eq!(say(fine, "000,0,0,1,1,2,6,0,00000000,1,000").trouble(), Some(PrintError::NoPaper));
        assert!(!say("030,0,0,0320,001,0,0,0,000,0,0,0", idle).is_done(), "a format waits");
        assert!(!say(fine, "000,0,0,0,1,2,6,0,00000002,1,000").is_done(), "labels are to come");
        assert!(!host_status("\u{2}030,0").is_whole());
    }
}
