//! One job's conversation with a printer, without any I/O: asks how it is, hands the job over, asks whether it is on paper.
//!
//! A printer that answers is believed: no paper, an open cover or off-line ends the conversation before the job, so that
//! nothing is printed when somebody has long gone. One that answers nothing is printed on all the same; then nobody can say
//! more than that the job was sent. The job goes out once, whatever happens.

use std::collections::VecDeque;

use thiserror::Error;
use vestibule_protocols::Millis;

use super::PrinterLanguage;
use super::status::{ASK_ESCPOS, ASK_WHEN_DONE, ASK_ZPL, EscPosAnswers, HostStatus, done};

/// How long a printer may take to say how it is; one that takes longer is taken for one that never says.
const ANSWERS_WITHIN_MS: u64 = 700;
/// How often it is asked again while it prints.
const ASK_AGAIN_MS: u64 = 500;
/// How long a printer that says nothing may take to hang up on a job.
const HANGS_UP_WITHIN_MS: u64 = 300;

/// How sure it is that the job is on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The printer said so.
    Confirmed,
    /// The printer took all of it and said nothing.
    Sent,
}

/// Why a job is not on paper, or not all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PrintError {
    /// It cannot be reached: switched off, unplugged, another address.
    #[error("the printer cannot be reached")]
    Away,
    /// No paper, labels or ribbon.
    #[error("the printer has no paper")]
    NoPaper,
    /// Its cover or head is open.
    #[error("the printer's cover is open")]
    CoverOpen,
    /// It says that it does not print now: paused, or an error of its own.
    #[error("the printer is off-line")]
    Offline,
    /// It hung up before the end. Part of the job may be on paper.
    #[error("the printer hung up in the middle")]
    HungUp,
    /// It did not take the job in time. Part of the job may be on paper.
    #[error("the printer does not take the job")]
    Stalled,
}

/// What happened on the line.
#[derive(Clone, Copy, Debug)]
pub enum TalkInput<'a> {
    /// Bytes came.
    Received(&'a [u8]),
    /// Everything given out so far has left.
    Sent,
    /// The other side will send nothing more.
    Ended,
    /// The line broke.
    Lost,
    /// [`Talk::next_deadline`] has come.
    Deadline,
}

/// What is to be done.
pub enum TalkOutput {
    /// Send these bytes.
    Ask(Vec<u8>),
    /// Send the job.
    Job,
    /// It is over. Nothing follows.
    End(Result<Printed, PrintError>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Asked how it is.
    Asking,
    /// The job is on its way.
    Sending,
    /// All is sent; the printer that answers is asked whether it is done.
    Finishing,
    /// All is sent to a printer that answers nothing.
    Leaving,
    Over,
}

enum Answers {
    EscPos(EscPosAnswers),
    Zpl(HostStatus),
}

/// A conversation about one job.
pub struct Talk {
    language: PrinterLanguage,
    phase: Phase,
    answers: Answers,
    /// The printer has answered something.
    speaks: bool,
    /// Until when the whole may last.
    until: Millis,
    /// When this phase is looked at again.
    again: Millis,
    outputs: VecDeque<TalkOutput>,
}

impl Talk {
    /// Begins. The line is open; `until` is the last moment of the whole.
    #[must_use]
    pub fn new(language: PrinterLanguage, until: Millis, now: Millis) -> Self {
        let again = now.plus(ANSWERS_WITHIN_MS);
        let mut talk = Self {
            language,
            phase: Phase::Asking,
            answers: Answers::of(language),
            speaks: false,
            until,
            again,
            outputs: VecDeque::new(),
        };
        talk.ask();
        talk
    }

    /// What is to be done next.
    pub fn poll_output(&mut self) -> Option<TalkOutput> {
        self.outputs.pop_front()
    }

    /// When [`TalkInput::Deadline`] is due.
    #[must_use]
    pub fn next_deadline(&self) -> Millis {
        if self.phase == Phase::Sending { self.until } else { self.again.min(self.until) }
    }

    /// Takes in what happened.
    pub fn handle(&mut self, input: TalkInput<'_>, now: Millis) {
        if self.phase == Phase::Over {
            return;
        }
        match input {
            TalkInput::Received(bytes) => bytes.iter().for_each(|byte| self.received(*byte, now)),
            TalkInput::Sent => self.sent(now),
            TalkInput::Ended if self.phase == Phase::Leaving => self.end(Ok(Printed::Sent)),
            TalkInput::Ended | TalkInput::Lost => self.end(Err(PrintError::HungUp)),
            TalkInput::Deadline => self.deadline(now),
        }
    }

    fn received(&mut self, byte: u8, now: Millis) {
        let is_finishing = self.phase == Phase::Finishing;
        let when_done = match &mut self.answers {
            _ if self.phase == Phase::Over => return,
            Answers::EscPos(answers) => match answers.take(byte) {
                true => None,
                false if is_finishing => done(byte),
                false => return,
            },
            Answers::Zpl(status) => {
                status.take(byte);
                None
            }
        };
        self.speaks = true;
        if let Some(end) = when_done {
            return self.end(end.map(|()| Printed::Confirmed));
        }
        if !self.answers.is_whole() {
            return;
        }
        if let Some(trouble) = self.answers.trouble() {
            return self.end(Err(trouble));
        }
        match (self.phase, &self.answers) {
            (Phase::Asking, _) => self.hand_over(),
            (Phase::Finishing, Answers::Zpl(status)) if status.is_done() => self.end(Ok(Printed::Confirmed)),
            (Phase::Finishing, _) => self.again = now.plus(ASK_AGAIN_MS),
            (Phase::Sending | Phase::Leaving | Phase::Over, _) => {}
        }
    }

    fn hand_over(&mut self) {
        self.phase = Phase::Sending;
        self.outputs.push_back(TalkOutput::Job);
    }

    fn sent(&mut self, now: Millis) {
        if self.phase != Phase::Sending {
            return;
        }
        if !self.speaks {
            (self.phase, self.again) = (Phase::Leaving, now.plus(HANGS_UP_WITHIN_MS));
            return;
        }
        (self.phase, self.again) = (Phase::Finishing, now.plus(ASK_AGAIN_MS));
        match self.language {
            PrinterLanguage::EscPos => self.outputs.push_back(TalkOutput::Ask(ASK_WHEN_DONE.to_vec())),
            PrinterLanguage::Zpl => self.ask(),
        }
    }

    fn deadline(&mut self, now: Millis) {
        let is_late = now >= self.until;
        match self.phase {
            // Half an answer is looked at too.
            Phase::Asking if !is_late => match self.answers.trouble() {
                Some(trouble) => self.end(Err(trouble)),
                None => self.hand_over(),
            },
            Phase::Asking | Phase::Sending => self.end(Err(PrintError::Stalled)),
            Phase::Finishing if !is_late => {
                self.ask();
                self.again = now.plus(ASK_AGAIN_MS);
            }
            Phase::Finishing | Phase::Leaving => self.end(Ok(Printed::Sent)),
            Phase::Over => {}
        }
    }

    fn ask(&mut self) {
        self.answers = Answers::of(self.language);
        let question = match self.language {
            PrinterLanguage::EscPos => ASK_ESCPOS.to_vec(),
            PrinterLanguage::Zpl => ASK_ZPL.to_vec(),
        };
        self.outputs.push_back(TalkOutput::Ask(question));
    }

    fn end(&mut self, end: Result<Printed, PrintError>) {
        self.phase = Phase::Over;
        self.outputs.push_back(TalkOutput::End(end));
    }
}

impl Answers {
    fn of(language: PrinterLanguage) -> Self {
        match language {
            PrinterLanguage::EscPos => Self::EscPos(EscPosAnswers::default()),
            PrinterLanguage::Zpl => Self::Zpl(HostStatus::default()),
        }
    }

    fn is_whole(&self) -> bool {
        match self {
            Self::EscPos(answers) => answers.is_whole(),
            Self::Zpl(status) => status.is_whole(),
        }
    }

    fn trouble(&self) -> Option<PrintError> {
        match self {
            Self::EscPos(answers) => answers.trouble(),
            Self::Zpl(status) => status.trouble(),
        }
    }
}

#[cfg(test)]
mod tests;
