//! What a demonstration brings: facts to show, mail that arrived, doors that can be pushed.

use std::collections::BTreeMap;
use tokio::sync::watch;
use vestibule_core::{CompartmentId, Span};

/// A paired kiosk.
#[derive(Clone)]
pub struct KioskToTry {
    /// What it is called.
    pub name: String,
    /// Its pairing token.
    pub token: String,
}

/// A courier code.
#[derive(Clone)]
pub struct CourierToTry {
    /// The company.
    pub carrier: String,
    /// Typed at the keypad.
    pub digits: String,
    /// Scanned.
    pub badge: String,
    /// It holds from 8:00 to 20:00 alone.
    pub by_day: bool,
}

/// The screen at a door one walks through.
#[derive(Clone)]
pub struct DoorToTry {
    /// What the door is called.
    pub name: String,
    /// The pairing token of its screen.
    pub token: String,
}

/// A visitor's pass.
#[derive(Clone)]
pub struct PassToTry {
    /// To which apartment.
    pub to: String,
    /// Typed at the keypad.
    pub digits: String,
    /// Scanned.
    pub token: String,
}

/// A resident's printed card.
#[derive(Clone)]
pub struct ResidentCardToTry {
    /// Whose.
    pub name: String,
    /// Scanned.
    pub token: String,
}

/// The owner's account.
#[derive(Clone)]
pub struct StaffToTry {
    /// To sign in with.
    pub email: String,
    /// Made at random when the demonstration was first started.
    pub password: String,
}

/// What stays the same while a demonstration runs. Every secret in it opens invented doors alone.
#[derive(Clone)]
pub struct DemoFacts {
    /// What the property is called.
    pub site_name: String,
    /// It has lockers, on a wall one can lay a hand on.
    pub has_lockers: bool,
    /// Somebody left a parcel yesterday evening and scanned nothing.
    pub has_unscanned: bool,
    /// In the order of their numbers.
    pub kiosks: Vec<KioskToTry>,
    /// The doors one walks through, in the order of their numbers.
    pub doors: Vec<DoorToTry>,
    /// Passes nobody has used yet.
    pub passes: Vec<PassToTry>,
    /// One a carrier.
    pub couriers: Vec<CourierToTry>,
    /// Residents who have no other way to be told.
    pub cards: Vec<ResidentCardToTry>,
    /// The owner.
    pub staff: StaffToTry,
    /// Where a phone in the same network finds this page.
    pub reachable_at: Option<String>,
}

/// A mail that arrived, with the text message it would be.
#[derive(Clone)]
pub struct DemoMail {
    /// Its number in this inbox.
    pub number: u64,
    /// The recipient's address, or their phone where they have no mail.
    pub to: String,
    /// Empty for one that is only a text message.
    pub subject: String,
    /// The plain text part.
    pub text: String,
    /// The HTML part.
    pub html: Option<String>,
    /// Pictures by content id: kind and bytes.
    pub pictures: Vec<(String, String, Vec<u8>)>,
    /// As a text message, and to which number.
    pub text_message: Option<(Option<String>, String)>,
}

/// What a hand does at a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorAct {
    /// Pushes it shut.
    PushShut,
    /// Pulls it open, by force if it is latched.
    PullOpen,
    /// Something presses on it from now on: its latch stays caught.
    Jam,
    /// Nothing presses on it any more.
    Unjam,
    /// Its cable and the next one's are swapped where they meet the board.
    SwapCable,
}

/// A simulated door as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoorSight {
    /// It stands open, if only a finger's breadth.
    pub ajar: bool,
    /// Its latch stays caught.
    pub jammed: bool,
}

/// What a hand does at a door one walks through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageAct {
    /// Pulls it open; a locked one stays shut.
    PullOpen,
    /// Pushes it shut.
    PushShut,
    /// Turns the handle inside, which is always free, and opens it.
    GoOut,
}

/// A door one walks through, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageSight {
    /// What it is called.
    pub name: String,
    /// It stands open.
    pub open: bool,
    /// Its lock is released at this moment.
    pub released: bool,
    /// The handle inside tells that somebody goes out.
    pub tells_exits: bool,
}

/// A line of boards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineSight {
    /// What it is called.
    pub name: String,
    /// Its plug is pulled.
    pub unplugged: bool,
}

/// A printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterSight {
    /// What it is called.
    pub name: String,
    /// There is paper in it.
    pub has_paper: bool,
}

/// One thing on a piece of paper.
#[derive(Clone)]
pub enum PaperLine {
    /// Text to read in the hand.
    Plain(String),
    /// Larger text.
    Large(String),
    /// A QR picture of this.
    Qr(String),
}

/// A piece of paper that came out of a printer.
#[derive(Clone)]
pub struct PaperSight {
    /// Which printer's.
    pub printer: String,
    /// From the top down.
    pub lines: Vec<PaperLine>,
}

/// A demonstration's world.
pub trait Property: Send + Sync {
    /// What to show on the start page.
    fn facts(&self) -> &DemoFacts;
    /// What arrived, newest first.
    fn mails(&self) -> Vec<DemoMail>;
    /// Every simulated door.
    fn doors(&self) -> BTreeMap<CompartmentId, DoorSight>;
    /// Lays a hand on a door.
    fn act(&self, compartment: CompartmentId, act: DoorAct);
    /// The lines of boards.
    fn lines(&self) -> Vec<LineSight>;
    /// Pulls a plug, or puts it back.
    fn set_unplugged(&self, line: usize, unplugged: bool);
    /// The printers.
    fn printers(&self) -> Vec<PrinterSight>;
    /// What came out of them, newest first.
    fn papers(&self) -> Vec<PaperSight>;
    /// Takes the paper out of a printer, or puts some in.
    fn set_paper(&self, printer: usize, there: bool);
    /// The doors one walks through, as they stand.
    fn passages(&self) -> Vec<PassageSight>;
    /// Lays a hand on one of them.
    fn act_at(&self, passage: usize, act: PassageAct);
    /// Whether a hand moves them, and nobody walks through by themselves.
    fn are_passages_by_hand(&self) -> bool;
    /// Takes them into the hand, or leaves them to whoever walks by.
    fn set_passages_by_hand(&self, by_hand: bool);
    /// Sets the wall clock ahead by so much more: less at once than site time doubts.
    fn let_pass(&self, time: Span);
    /// Changes whenever a mail or paper came or a door moved.
    fn changes(&self) -> watch::Receiver<u64>;
}
