//! Which commands and replies there are, and what they are called (OSDP 2.2, tables of commands and replies).

macro_rules! kinds {
    ($(#[$doc:meta])* $kind:ident { $($(#[$each:meta])* $name:ident $code:literal $word:literal)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum $kind { $($(#[$each])* $name = $code,)* }

        impl $kind {
            /// The one with this code.
            pub(super) fn of(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }

            /// As it is shown.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }
        }
    };
}

kinds! {
    /// What a control panel says.
    CommandKind {
        /// What is new?
        Poll 0x60 "poll"
        /// Who are you?
        Id 0x61 "id"
        /// What can you do?
        Cap 0x62 "cap"
        /// How are your case and your power?
        Lstat 0x64 "lstat"
        /// How are your inputs?
        Istat 0x65 "istat"
        /// How are your outputs?
        Ostat 0x66 "ostat"
        /// How are the readers on you?
        Rstat 0x67 "rstat"
        /// Switches outputs.
        Out 0x68 "out"
        /// Shows a colour.
        Led 0x69 "led"
        /// Sounds.
        Buz 0x6A "buz"
        /// Shows words.
        Text 0x6B "text"
        /// Gives it an address and a speed.
        Comset 0x6E "comset"
        /// Reads a part of a body.
        Bioread 0x73 "bioread"
        /// Compares a part of a body with what is sent along.
        Biomatch 0x74 "biomatch"
        /// Gives it a key.
        Keyset 0x75 "keyset"
        /// Begins a secure channel.
        Chlng 0x76 "chlng"
        /// Proves that the panel has the key.
        Scrypt 0x77 "scrypt"
        /// How long a frame the panel can take.
        Acurxsize 0x7B "acurxsize"
        /// A piece of a file.
        Filetransfer 0x7C "filetransfer"
        /// The vendor's own.
        Mfg 0x80 "mfg"
        /// Something for the card that is there.
        Xwr 0xA1 "xwr"
        /// Ends what is sent in pieces.
        Abort 0xA2 "abort"
        /// Reads data of a PIV card.
        Pivdata 0xA3 "pivdata"
        /// Has a card prove itself.
        Genauth 0xA4 "genauth"
        /// Has a card answer a challenge.
        Crauth 0xA5 "crauth"
        /// Keeps the card that is there awake.
        Keepactive 0xA7 "keepactive"
    }
}

kinds! {
    /// What a device says.
    ReplyKind {
        /// Heard; there is nothing to say.
        Ack 0x40 "ack"
        /// Refused.
        Nak 0x41 "nak"
        /// Who it is.
        Pdid 0x45 "pdid"
        /// What it can do.
        Pdcap 0x46 "pdcap"
        /// How its case and its power are.
        Lstatr 0x48 "lstatr"
        /// How its inputs are.
        Istatr 0x49 "istatr"
        /// How its outputs are.
        Ostatr 0x4A "ostatr"
        /// How the readers on it are.
        Rstatr 0x4B "rstatr"
        /// A card, in bits.
        Raw 0x50 "raw"
        /// A card, in characters.
        Fmt 0x51 "fmt"
        /// Keys that were pressed.
        Keypad 0x53 "keypad"
        /// Which address and speed it has.
        Com 0x54 "com"
        /// A part of a body that was read.
        Bioreadr 0x57 "bioreadr"
        /// How well a part of a body matches.
        Biomatchr 0x58 "biomatchr"
        /// Proves that the device has the key.
        Ccrypt 0x76 "ccrypt"
        /// The first MAC of a secure channel.
        RmacI 0x78 "rmac_i"
        /// Not now.
        Busy 0x79 "busy"
        /// How far a file has come.
        Ftstat 0x7A "ftstat"
        /// Data of a PIV card.
        Pivdatar 0x80 "pivdatar"
        /// How a card proved itself.
        Genauthr 0x81 "genauthr"
        /// What a card answered to a challenge.
        Crauthr 0x82 "crauthr"
        /// The vendor's own, about a state.
        Mfgstatr 0x83 "mfgstatr"
        /// The vendor's own, about an error.
        Mfgerrr 0x84 "mfgerrr"
        /// The vendor's own.
        Mfgrep 0x90 "mfgrep"
        /// What the card that is there said.
        Xrd 0xB1 "xrd"
    }
}

impl CommandKind {
    /// As it stands in a frame.
    pub(super) fn code(self) -> u8 {
        self as u8
    }
}

/// What a frame says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameKind {
    /// From the control panel.
    Command(CommandKind),
    /// From a device.
    Reply(ReplyKind),
}

impl FrameKind {
    /// What this code says, this way.
    pub(super) fn of(code: u8, is_reply: bool) -> Option<Self> {
        if is_reply { ReplyKind::of(code).map(Self::Reply) } else { CommandKind::of(code).map(Self::Command) }
    }

    /// As it is shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Command(command) => command.word(),
            Self::Reply(reply) => reply.word(),
        }
    }

    /// The device says it, and not the control panel.
    #[must_use]
    pub fn is_reply(self) -> bool {
        matches!(self, Self::Reply(_))
    }
}

/// Why a device refuses: the first byte of a NAK.
pub(super) fn refusal(code: u8) -> &'static str {
    match code {
        1 => "the check of the frame was wrong",
        2 => "the length of the command was wrong",
        3 => "it does not know the command",
        4 => "the sequence number was not the one it waited for",
        5 => "it does not do this without a secure channel",
        6 => "the secure channel does not allow this",
        7 => "it does not read such cards",
        8 => "it does not have that format",
        9 => "it could not carry the command out",
        _ => "for a reason the standard does not name",
    }
}
