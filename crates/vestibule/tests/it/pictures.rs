//! `intake label` as a script sees it, with and without the feature that reads pictures.

use crate::process::run;

const PHOTO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../vision/tests/fixtures/ups.jpg");

#[cfg(not(feature = "vision"))]
#[test]
fn without_the_feature_the_command_says_how_to_get_it() {
    let output = run(&["intake", "label", PHOTO, "--json"]);
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(words.contains("--features vision") && words.contains("cmake"), "{words}");
}

#[cfg(feature = "vision")]
#[test]
fn photos_are_read_one_a_line_in_one_shape() {
    use crate::process::command;
    use serde_json::Value;
    use std::io::Write;
    use std::process::Stdio;

    let one = run(&["intake", "label", PHOTO, "--models", "/nowhere", "--json"]);
    assert_eq!(one.status.code(), Some(0), "{one:?}");
    let label: Value = serde_json::from_slice(&one.stdout).unwrap();
    let keys: Vec<&String> = label.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["carrier", "ocr", "ocr_problem", "recipient", "symbols", "tracking"]);
    let why = label["ocr_problem"].as_str().unwrap();
    assert!(why.contains("/nowhere") && why.contains("cargo xtask models"), "{why}");
    assert_eq!(label["carrier"], "ups");
    assert_eq!(
        (&label["symbols"][0]["format"], &label["symbols"][0]["text"]),
        (&"Code128".into(), &label["tracking"])
    );
    assert_eq!(label["symbols"][0]["bytes_hex"].as_str().map(str::len), Some(36));
    assert_eq!(label["recipient"]["unit"], Value::Null);

    let mut asked = command();
    asked
        .args(["intake", "label", "--models", "/nowhere", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = asked.spawn().unwrap();
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    write!(child.stdin.take().unwrap(), "{PHOTO}\n{here}\n/nowhere.png\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let answers: Vec<Value> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 3, "line N answers line N");
    assert_eq!(answers[0], label);
    assert!(answers[1]["problem"].as_str().unwrap().contains("not a picture"), "{}", answers[1]);
    assert!(answers[2]["problem"].is_string() && answers[2]["tracking"].is_null());
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(feature = "vision")]
#[test]
fn whom_the_label_means_is_told_beside_it() {
    use serde_json::Value;

    let printed = concat!(env!("CARGO_MANIFEST_DIR"), "/../vision/tests/fixtures/printed-clean.jpg");
    let folder = tempfile::tempdir().unwrap();
    let residents = folder.path().join("residents.csv");
    std::fs::write(&residents, "first,last,unit\nStephanie,Butler,1505\nMaria,Garcia,1204\n").unwrap();
    let residents = residents.to_str().unwrap();
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models");
    let models = std::env::var("VESTIBULE_MODELS").unwrap_or_else(|_| own.to_owned());
    let told = |more: &[&str]| -> Value {
        let mut words = vec!["intake", "label", printed, "--residents", residents, "--json"];
        words.extend(more);
        let output = run(&words);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let without = told(&["--models", "/nowhere"]);
    assert_eq!((&without["match"]["decision"], &without["carrier"]), (&"none".into(), &"ups".into()));
    if std::path::Path::new(&models).is_dir() {
        for more in [&["--models", &models][..], &["--models", &models, "--same", printed]] {
            let label = told(more);
            assert_eq!(label["recipient"]["name"], "BUTLER STEPHANIE", "{label}");
            assert_eq!(label["recipient"]["unit"], "1505", "{label}");
            assert_eq!(label["match"]["decision"], "auto", "{label}");
            assert!(label["ocr"].as_array().is_some_and(|lines| !lines.is_empty()), "{label}");
        }
    } else {
        eprintln!("SKIPPED: no models; `cargo xtask models` fetches them");
    }
}
