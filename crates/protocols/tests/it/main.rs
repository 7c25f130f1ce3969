//! The wire protocols against published vectors, garbage and time.
#![allow(clippy::unwrap_used)]

mod kerong_cu;
mod lock8a_people;
mod lock8a_properties;
mod lock8a_session;
mod lock8a_vectors;
mod modbus;
mod osdp;
mod osdp_noise;
mod osdp_panel;
mod sessions;
mod winnsen;
mod wkly;

use vestibule_protocols::Decoded;

/// Bytes written as in the data sheets.
fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.chars().filter_map(|c| c.to_digit(16)).map(|d| d as u8).collect();
    digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X} ")).collect()
}

/// The locks listed in this state.
fn lock_states(decoded: &Decoded, state: &str) -> Vec<u8> {
    decoded.channels.iter().flatten().filter(|(_, found)| **found == state).map(|(lock, _)| *lock).collect()
}
