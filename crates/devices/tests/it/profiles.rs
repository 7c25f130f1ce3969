//! Profiles: those shipped are right, and wrong ones are refused in words.

use vestibule_devices::{FeedbackPolarity, Profile, ProfileError, Profiles, StatusOrder};

use crate::world::{profile, profiles};

const GOOD: &str = include_str!("../../profiles/generic-lock8a-12.toml");

#[test]
fn every_shipped_profile_is_valid_and_named_as_its_file() {
    let profiles = profiles();
    let mut files: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/profiles"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(profiles.names().collect::<Vec<_>>(), files);
    assert_eq!(profiles.get("generic-lock8a-50").unwrap().status_order, StatusOrder::FirstIsLow);
    assert_eq!(
        profiles.get("shuoming-2024a1-24").unwrap().feedback_polarity,
        FeedbackPolarity::ShortWhenClosed
    );
    assert!(profiles.get("bench-lock8a-24").unwrap().simulated_only);
}

#[test]
fn defaults_are_the_careful_ones() {
    let left_out = ["status_order", "feedback_polarity", "poll_moving_ms", "poll_idle_ms", "open_window_ms"];
    let short: Vec<&str> =
        GOOD.lines().filter(|line| !left_out.iter().any(|field| line.starts_with(field))).collect();
    assert_eq!(profile(&short.join("\n")).unwrap(), profile(GOOD).unwrap());
}

#[test]
fn a_bad_profile_is_refused_and_told_why() {
    let table = [
        ("has_door_contact = true", "has_door_contact = false", "without a door contact"),
        (
            "response_timeout_ms = 250",
            "response_timeout_ms = 251",
            "response_timeout_ms is 251, expected 1 to 250",
        ),
        ("poll_moving_ms = 200", "poll_moving_ms = 50", "poll_moving_ms is 50, expected 200 to 500"),
        ("poll_idle_ms = 2000", "poll_idle_ms = 9000", "poll_idle_ms is 9000, expected 2000 to 5000"),
        ("channels = 12", "channels = 51", "channels is 51, expected 1 to 50"),
        ("channels = 12", "chanels = 12", "unknown field `chanels`"),
        ("pulse_ms = 300", "pulse_ms = 0", "pulse_ms is 0, expected 50 to 10000"),
        ("quiet_gap_ms = 5", "quiet_gap_ms = 0", "quiet_gap_ms is 0, expected 1 to 50"),
        (
            "\"lock8a\"",
            "\"kerong\"",
            "unknown variant `kerong`, expected one of `lock8a`, `kerong_cu`, `wkly`, `winnsen`, `modbus`",
        ),
        ("\"8N1\"", "\"7E1\"", "unknown variant `7E1`, expected `8N1`"),
        ("\"last_is_low\"", "\"reversed\"", "unknown variant `reversed`"),
    ];
    for (from, to, expected) in table {
        assert!(GOOD.contains(from), "{from}");
        let error = profile(&GOOD.replace(from, to)).unwrap_err().to_string();
        assert!(error.starts_with("profile test: ") && error.contains(expected), "{error}");
    }
}

#[test]
fn profiles_load_from_files_and_never_replace_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut profiles = profiles();
    let path = folder.path().join("acme-16.toml");
    std::fs::write(&path, GOOD).unwrap();
    assert_eq!(profiles.load(&path).unwrap(), "acme-16");
    assert!(matches!(profiles.load(&path), Err(ProfileError::Duplicate { .. })));
    let shadow = folder.path().join("generic-lock8a-12.toml");
    std::fs::write(&shadow, GOOD.replace("pulse_ms = 300", "pulse_ms = 900")).unwrap();
    assert!(matches!(profiles.load(&shadow), Err(ProfileError::Duplicate { .. })));
    assert_eq!(profiles.get("generic-lock8a-12").unwrap().pulse_ms, 300);
    let missing = profiles.load(&folder.path().join("none.toml")).unwrap_err().to_string();
    assert!(missing.contains("none.toml"), "{missing}");
}

#[test]
fn only_simulated_boards_may_go_without_gaps() {
    let fast = GOOD.replace("quiet_gap_ms = 5", "quiet_gap_ms = 0\nsimulated_only = true");
    assert_eq!(profile(&fast).unwrap().quiet_gap_ms, 0);
    let mut profiles = Profiles::default();
    profiles.add("fast", Profile::parse("fast", &fast).unwrap()).unwrap();
    assert_eq!(profiles.names().collect::<Vec<_>>(), ["fast"]);
}

#[test]
fn each_family_has_its_own_limits_and_its_own_fields() {
    let family = |name: &str, more: &str| GOOD.replace("\"lock8a\"", &format!("\"{name}\"\n{more}"));
    for name in ["kerong_cu", "wkly", "winnsen", "modbus"] {
        assert!(profile(&family(name, "")).is_ok(), "{name}");
        let order = family(name, "").replace("last_is_low", "first_is_low");
        let error = profile(&order).unwrap_err().to_string();
        assert!(error.contains("status_order belongs to family = \"lock8a\" alone"), "{error}");
    }
    let table = [
        (
            family("kerong_cu", "").replace("channels = 12", "channels = 17"),
            "channels is 17, expected 1 to 16",
        ),
        (family("winnsen", "").replace("channels = 12", "channels = 24"), "channels is 24, expected 1 to 16"),
        (family("modbus", "").replace("channels = 12", "channels = 65"), "channels is 65, expected 1 to 64"),
        (family("wkly", "framing = \"tcp\""), "framing belongs to family = \"modbus\" alone"),
        (
            family("wkly", "has_channel_modes = true"),
            "has_channel_modes belongs to family = \"modbus\" alone",
        ),
        (
            family("winnsen", "may_tell_identity = true").replace("channels = 12", "channels = 16"),
            "may_tell_identity belongs to family = \"modbus\" alone",
        ),
        (family("modbus", "has_occupancy = true"), "has_occupancy belongs to family = \"kerong_cu\" alone"),
        (family("modbus", "framing = \"ascii\""), "unknown variant `ascii`, expected `rtu` or `tcp`"),
        (family("modbus", "").replace("pulse_ms = 300", "pulse_ms = 350"), "in steps of 100 ms"),
        (family("modbus", "pulse_mode = \"host_timed\""), "the coil would burn"),
        (family("lock8a", "pulse_mode = \"host_timed\""), "the coil would burn"),
    ];
    for (text, expected) in table {
        let error = profile(&text).unwrap_err().to_string();
        assert!(error.starts_with("profile test: ") && error.contains(expected), "{error}");
    }
}
