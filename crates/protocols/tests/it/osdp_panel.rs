//! The control panel against frames that a public implementation sent: the whole of a captured handshake, byte for byte.

use vestibule_protocols::Millis;
use vestibule_protocols::osdp::{
    ControlPanel, Key, OfflineReason, OrderFault, PanelCommand, PanelEvent, PanelInput, PanelOutput,
    PeripheralConfig,
};

const KEY: [u8; 16] =
    [0x94, 0x4b, 0x8e, 0xdd, 0xcb, 0xaa, 0x2b, 0x5f, 0xe2, 0xb0, 0x14, 0x8d, 0x1b, 0x2f, 0x95, 0xc9];

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(|digit| !digit.is_whitespace()).collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).expect("hexadecimal");
    digits.chunks(2).map(byte).collect()
}

fn panel(key: [u8; 16]) -> ControlPanel {
    let key = Key::new(key).expect("not the default key");
    let reader = PeripheralConfig { address: 5, key, looks_at_inputs: false };
    ControlPanel::new(vec![reader], Box::new(|| [1, 2, 3, 4, 5, 6, 7, 8]))
}

/// What goes out and what is told when this comes in.
fn step(panel: &mut ControlPanel, input: PanelInput<'_>, now: u64) -> (Vec<Vec<u8>>, Vec<PanelEvent>) {
    panel.handle(input, Millis(now));
    let (mut sent, mut told) = (Vec::new(), Vec::new());
    while let Some(output) = panel.poll_output() {
        match output {
            PanelOutput::Transmit(bytes) => sent.push(bytes),
            PanelOutput::Event(_, event) => told.push(event),
        }
    }
    (sent, told)
}

/// Question and answer, as captured; each question may be waited for.
fn play(panel: &mut ControlPanel, lines: &[(&str, &str)]) -> (u64, Vec<PanelEvent>) {
    let mut now = 0;
    let (mut sent, mut told) = step(panel, PanelInput::Opened, now);
    for (question, answer) in lines {
        while sent.is_empty() {
            now = panel.next_deadline().expect("it will ask").0;
            sent = step(panel, PanelInput::Deadline, now).0;
        }
        assert_eq!(sent, [hex(question)]);
        now += 10;
        let (more, events) = step(panel, PanelInput::Received(&hex(answer)), now);
        told.extend(events);
        sent = more;
    }
    (now, told)
}

const PLAIN: [(&str, &str); 2] = [
    ("53050900046100c125", "538514000445bebafe0101afbeaddeaddead01b9"),
    ("53050900056200a247", "5385230005460101040201020401010501010601010801000901000a0001100200c446"),
];
const CHALLENGE: (&str, &str) = (
    "530513000e0311017601020304050607087b85",
    "53852b000e03120176beba0100afbeadded764c8cce93255c4727a5e142222d09f4c37a12570a4e32c1fa0",
);
const CRYPTOGRAM: (&str, &str) = (
    "53051b000f03130177f73555295713471cb086cb41f8f9df32ca8f",
    "53851b000f0314017895dcf1e6a2f06dc4157cfcb589c370870a1c",
);
const POLL: (&str, &str) = ("53050e000d021560a743f5b2ca14", "53850e000d0216406a57a43f1e33");

#[test]
fn a_captured_handshake_is_played_to_its_first_poll() {
    let mut panel = panel(KEY);
    let (_, told) = play(&mut panel, &[PLAIN[0], PLAIN[1], CHALLENGE, CRYPTOGRAM, POLL]);
    assert_eq!(told, [PanelEvent::Online]);
}

#[test]
fn another_key_is_no_channel_and_carries_no_order() {
    let mut panel = panel([7; 16]);
    let (now, told) = play(&mut panel, &[PLAIN[0], PLAIN[1], CHALLENGE]);
    assert_eq!(told, [PanelEvent::Offline(OfflineReason::WrongKey)]);
    panel.order(5, PanelCommand::Release { output: 0, tenths: 30 }, 9, Millis(now + 5_000), Millis(now));
    let (sent, told) = step(&mut panel, PanelInput::Deadline, now);
    assert_eq!((sent.len(), told), (0, vec![PanelEvent::Failed(9, OrderFault::NotOnline)]));
}

#[test]
fn a_reader_without_secure_channels_is_never_spoken_to_in_plain() {
    let mut panel = panel(KEY);
    // NAK 3: it does not know the command.
    let nak = {
        let mut frame = hex("5385090006 41 03");
        let crc = vestibule_protocols::osdp::crc(&frame);
        frame.extend(crc.to_le_bytes());
        frame.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let (now, told) = play(&mut panel, &[PLAIN[0], PLAIN[1], (CHALLENGE.0, &nak)]);
    assert_eq!(told, [PanelEvent::Offline(OfflineReason::PlainOnly)]);
    let again = panel.next_deadline().expect("it is tried again").0;
    assert!(again > now);
    assert_eq!(step(&mut panel, PanelInput::Deadline, again).0, [hex(PLAIN[0].0)]);
}

#[test]
fn an_answer_sent_twice_is_believed_once() {
    let mut panel = panel(KEY);
    let (now, _) = play(&mut panel, &[PLAIN[0], PLAIN[1], CHALLENGE, CRYPTOGRAM, POLL]);
    let at = panel.next_deadline().expect("it polls").0;
    let (sent, _) = step(&mut panel, PanelInput::Deadline, at.max(now));
    assert_eq!(sent.len(), 1);
    // The answer of before: wrong number, wrong MAC. The question stays open and is repeated as it was.
    let (more, told) = step(&mut panel, PanelInput::Received(&hex(POLL.1)), at + 1);
    assert_eq!((more.len(), told.len()), (0, 0));
    let late = panel.next_deadline().expect("it waits").0;
    assert_eq!(step(&mut panel, PanelInput::Deadline, late).0, sent);
}

#[test]
fn the_default_key_is_no_key() {
    assert!(Key::new(*b"0123456789:;<=>?").is_none());
}
