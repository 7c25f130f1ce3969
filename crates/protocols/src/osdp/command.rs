//! What a control panel may tell a peripheral, once the channel is secure. Nothing here holds a lock released for good:
//! every release ends by the reader's own timer.

use osdp::command::led::{LedPermanent, LedRecord, LedTemporary};
use osdp::command::output::OutputRecord;
use osdp::command::{BuzzerControl, BuzzerTone, LedColor, LedControl, OutputControl, OutputControlCode};

use super::CommandKind;

/// An order for one peripheral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelCommand {
    /// Switches an output on for a time and then back (`OUT`, control code 5).
    Release {
        /// From 0.
        output: u8,
        /// How long, 1 to 65535 tenths of a second.
        tenths: u16,
    },
    /// Shows a colour for a time, then what was shown before (`LED`).
    Light {
        /// Which.
        color: Color,
        /// On and off twice a second, or steadily.
        blinks: bool,
        /// How long, in tenths of a second.
        tenths: u16,
    },
    /// Ends what [`PanelCommand::Light`] shows.
    LightOff,
    /// So many short tones (`BUZ`).
    Beep {
        /// How many, from 1.
        count: u8,
    },
}

/// What colour a reader shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// No.
    Red,
    /// Yes.
    Green,
    /// More is wanted.
    Amber,
}

/// A tone and the pause after it, in tenths of a second.
const BEEP: (u8, u8) = (1, 1);
/// One half of a blink, in tenths of a second.
const BLINK: u8 = 3;
const LED_CANCEL: u8 = 1;
const LED_SET: u8 = 2;

impl PanelCommand {
    /// What kind of command, and its data. `None` for what cannot be meant: no time, no tone.
    pub(super) fn encode(self) -> Option<(CommandKind, Vec<u8>)> {
        match self {
            PanelCommand::Release { tenths: 0, .. } | PanelCommand::Beep { count: 0 } => None,
            PanelCommand::Release { output, tenths } => {
                let code = OutputControlCode::TemporaryOnResume;
                let order = OutputControl::new(vec![OutputRecord { output, code, timer: tenths }]);
                order.encode().ok().map(|data| (CommandKind::Out, data))
            }
            PanelCommand::Light { color, blinks, tenths } => {
                let color = match color {
                    Color::Red => LedColor::Red,
                    Color::Green => LedColor::Green,
                    Color::Amber => LedColor::Amber,
                };
                let off_time = if blinks { BLINK } else { 0 };
                led(LedTemporary {
                    control: LED_SET,
                    on_time: BLINK,
                    off_time,
                    on_color: color,
                    off_color: LedColor::Black,
                    timer: tenths,
                })
            }
            PanelCommand::LightOff => led(LedTemporary {
                control: LED_CANCEL,
                on_time: 0,
                off_time: 0,
                on_color: LedColor::Black,
                off_color: LedColor::Black,
                timer: 0,
            }),
            PanelCommand::Beep { count } => {
                let (on_time, off_time) = BEEP;
                let order = BuzzerControl { reader: 0, tone: BuzzerTone::Default, on_time, off_time, count };
                order.encode().ok().map(|data| (CommandKind::Buz, data))
            }
        }
    }
}

fn led(temporary: LedTemporary) -> Option<(CommandKind, Vec<u8>)> {
    let (on_color, off_color) = (LedColor::Black, LedColor::Black);
    let permanent = LedPermanent { control: 0, on_time: 0, off_time: 0, on_color, off_color };
    let order = LedControl::new(vec![LedRecord { reader: 0, led: 0, temporary, permanent }]);
    order.encode().ok().map(|data| (CommandKind::Led, data))
}
