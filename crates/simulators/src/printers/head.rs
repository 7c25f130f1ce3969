//! A printer without any I/O: bytes in, answers out, marks on paper.

use std::collections::VecDeque;

use super::{escpos, zpl};

/// What a printer understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// Receipts.
    EscPos,
    /// Labels.
    Zpl,
}

/// How it can be made to fail.
#[derive(Clone, Debug, Default)]
pub struct Knobs {
    /// Switched to off-line by a key: takes bytes, prints none.
    pub offline: bool,
    /// Somebody looks into it.
    pub cover_open: bool,
    /// Marks until the paper ends; None: enough.
    pub paper_left: Option<usize>,
    /// Answers nothing, as many cheap ones and most print servers do.
    pub mute: bool,
    /// Waits so many ms before each 64 bytes.
    pub delay_ms: Option<u64>,
    /// Takes nothing more.
    pub stalls: bool,
    /// Hangs up once a connection has brought so many bytes.
    pub hangs_up_after: Option<usize>,
}

/// One thing on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A line of text and how many times wider and higher than plain it is; a label printer says the height in dots twice.
    Line {
        /// As it can be read.
        text: String,
        /// Width and height.
        size: (u16, u16),
    },
    /// A QR picture.
    Qr(String),
}

/// One piece of paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// From the top down.
    pub marks: Vec<Mark>,
    /// Cut off by the printer.
    pub cut: bool,
}

impl Sheet {
    /// The text lines, one a line.
    pub fn text(&self) -> String {
        let lines = self.marks.iter().filter_map(|mark| match mark {
            Mark::Line { text, .. } => Some(text.as_str()),
            Mark::Qr(_) => None,
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The texts of its QR pictures.
    pub fn qrs(&self) -> Vec<&str> {
        let qrs = self.marks.iter().filter_map(|mark| match mark {
            Mark::Qr(text) => Some(text.as_str()),
            Mark::Line { .. } => None,
        });
        qrs.collect()
    }
}

/// A printer.
pub struct Head {
    /// How it fails.
    pub knobs: Knobs,
    speech: Speech,
    /// Bytes that wait for their turn.
    waiting: VecDeque<u8>,
    escpos: escpos::State,
    sheets: Vec<Sheet>,
    /// The sheet under way.
    current: Sheet,
}

impl Head {
    /// One with paper, on-line.
    pub fn new(speech: Speech) -> Self {
        Self {
            knobs: Knobs::default(),
            speech,
            waiting: VecDeque::new(),
            escpos: escpos::State::default(),
            sheets: Vec::new(),
            current: Sheet::default(),
        }
    }

    /// Finished sheets.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// Takes bytes and says what it answers.
    pub fn receive(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut replies = Vec::new();
        self.waiting.extend(bytes);
        // What is asked about the printer itself is answered at once, out of its turn.
        match self.speech {
            Speech::EscPos => {
                while let Some((at, which)) = escpos::find_question(&self.waiting) {
                    self.waiting.drain(at..at + 3);
                    replies.push(escpos::answer(which, self.is_out(), &self.knobs));
                }
            }
            Speech::Zpl => {
                while let Some(at) = zpl::find_question(self.waiting.make_contiguous()) {
                    self.waiting.drain(at..at + 3);
                    let formats = usize::from(!self.can_print() && self.waiting.contains(&b'^'));
                    replies.extend(zpl::answer(self.is_out(), formats, &self.knobs));
                }
            }
        }
        self.print(&mut replies);
        if self.knobs.mute { Vec::new() } else { replies }
    }

    fn is_out(&self) -> bool {
        self.knobs.paper_left == Some(0)
    }

    fn can_print(&self) -> bool {
        !self.is_out() && !self.knobs.offline && !self.knobs.cover_open
    }

    fn print(&mut self, replies: &mut Vec<u8>) {
        while self.can_print() {
            let waiting = self.waiting.make_contiguous();
            let step = match self.speech {
                Speech::EscPos => self.escpos.step(waiting),
                Speech::Zpl => zpl::step(waiting),
            };
            let Some(step) = step else { return };
            self.waiting.drain(..step.taken);
            for mark in step.marks {
                self.mark(mark);
            }
            replies.extend(step.reply);
            if step.ends {
                let sheet = Sheet { cut: step.cuts, ..std::mem::take(&mut self.current) };
                if !sheet.marks.is_empty() {
                    self.sheets.push(sheet);
                }
            }
        }
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(left) = &mut self.knobs.paper_left {
            match left.checked_sub(1) {
                Some(less) => *left = less,
                None => return,
            }
        }
        self.current.marks.push(mark);
    }
}

/// What one command did.
#[derive(Default)]
pub(super) struct Step {
    /// Bytes it took.
    pub taken: usize,
    pub marks: Vec<Mark>,
    pub reply: Option<u8>,
    /// The sheet ends here.
    pub ends: bool,
    pub cuts: bool,
}
