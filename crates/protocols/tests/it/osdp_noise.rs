//! A control panel on a line of noise: nothing that no reader proved becomes a fact.

use proptest::prelude::*;
use vestibule_protocols::Millis;
use vestibule_protocols::osdp::{
    ControlPanel, Key, OfflineReason, PanelEvent, PanelInput, PanelOutput, PeripheralConfig, crc,
};

fn panel() -> ControlPanel {
    let key = Key::new([7; 16]).expect("not the default key");
    let reader = PeripheralConfig { address: 5, key, looks_at_inputs: true };
    ControlPanel::new(vec![reader], Box::new(|| [1, 2, 3, 4, 5, 6, 7, 8]))
}

/// A frame of that reader whose length and check are right, whatever else it says.
fn framed(control: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 7).expect("short").to_le_bytes();
    let mut frame = vec![0x53, 0x85, length[0], length[1], control | 0x04];
    frame.extend(body);
    let check = crc(&frame).to_le_bytes();
    frame.extend(check);
    frame
}

fn pieces() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let noise = prop::collection::vec(any::<u8>(), 0..64);
    let codes = prop::sample::select(vec![0x40, 0x41, 0x45, 0x46, 0x48, 0x49, 0x50, 0x53, 0x76, 0x78, 0x79]);
    let plain = (0..4_u8, codes.clone(), prop::collection::vec(any::<u8>(), 0..40))
        .prop_map(|(sequence, code, data)| framed(sequence, &[vec![code], data].concat()));
    let block = (0..4_u8, 0x11..=0x18_u8, any::<u8>(), codes, prop::collection::vec(any::<u8>(), 0..40))
        .prop_map(|(sequence, kind, more, code, data)| {
            framed(sequence | 0x08, &[vec![3, kind, more, code], data].concat())
        });
    prop::collection::vec(prop_oneof![noise, plain, block], 1..40)
}

proptest! {
    /// No card, no key, no input, no channel and no order carried out, and never a frame outside of the handshake.
    #[test]
    fn nothing_unproved_is_believed(pieces in pieces()) {
        let mut panel = panel();
        let mut now = 0;
        panel.handle(PanelInput::Opened, Millis(now));
        for piece in pieces {
            now = panel.next_deadline().map_or(now, |at| at.0.max(now));
            panel.handle(PanelInput::Deadline, Millis(now));
            panel.handle(PanelInput::Received(&piece), Millis(now + 1));
            now += 1;
            while let Some(output) = panel.poll_output() {
                match output {
                    PanelOutput::Transmit(frame) => {
                        let is_handshake = frame[4] & 0x08 != 0;
                        let code = if is_handshake { frame[8] } else { frame[5] };
                        prop_assert!(matches!(code, 0x61 | 0x62 | 0x76 | 0x77), "{frame:02X?}");
                    }
                    PanelOutput::Event(_, event) => {
                        let is_away = matches!(
                            event,
                            PanelEvent::Offline(
                                OfflineReason::Silent | OfflineReason::WrongKey | OfflineReason::PlainOnly
                            )
                        );
                        prop_assert!(is_away, "{event:?}");
                    }
                }
            }
        }
    }
}
