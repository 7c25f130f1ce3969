//! What commands and replies are called (OSDP 2.2, tables of commands and replies).

/// The command with this code, in a word; what a control panel says.
#[must_use]
pub fn command_name(code: u8) -> Option<&'static str> {
    Some(match code {
        0x60 => "poll",
        0x61 => "id",
        0x62 => "cap",
        0x64 => "lstat",
        0x65 => "istat",
        0x66 => "ostat",
        0x67 => "rstat",
        0x68 => "out",
        0x69 => "led",
        0x6A => "buz",
        0x6B => "text",
        0x6E => "comset",
        0x73 => "bioread",
        0x74 => "biomatch",
        0x75 => "keyset",
        0x76 => "chlng",
        0x77 => "scrypt",
        0x7B => "acurxsize",
        0x7C => "filetransfer",
        0x80 => "mfg",
        0xA1 => "xwr",
        0xA2 => "abort",
        0xA3 => "pivdata",
        0xA4 => "genauth",
        0xA5 => "crauth",
        0xA7 => "keepactive",
        _ => return None,
    })
}

/// The reply with this code, in a word; what a device says.
#[must_use]
pub fn reply_name(code: u8) -> Option<&'static str> {
    Some(match code {
        0x40 => "ack",
        0x41 => "nak",
        0x45 => "pdid",
        0x46 => "pdcap",
        0x48 => "lstatr",
        0x49 => "istatr",
        0x4A => "ostatr",
        0x4B => "rstatr",
        0x50 => "raw",
        0x51 => "fmt",
        0x53 => "keypad",
        0x54 => "com",
        0x57 => "bioreadr",
        0x58 => "biomatchr",
        0x76 => "ccrypt",
        0x78 => "rmac_i",
        0x79 => "busy",
        0x7A => "ftstat",
        0x80 => "pivdatar",
        0x81 => "genauthr",
        0x82 => "crauthr",
        0x83 => "mfgstatr",
        0x84 => "mfgerrr",
        0x90 => "mfgrep",
        0xB1 => "xrd",
        _ => return None,
    })
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
