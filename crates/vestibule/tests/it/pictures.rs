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

    let one = run(&["intake", "label", PHOTO, "--json"]);
    assert_eq!(one.status.code(), Some(0), "{one:?}");
    let label: Value = serde_json::from_slice(&one.stdout).unwrap();
    let keys: Vec<&String> = label.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["carrier", "ocr", "recipient", "symbols", "tracking"]);
    assert_eq!(label["carrier"], "ups");
    assert_eq!(
        (&label["symbols"][0]["format"], &label["symbols"][0]["text"]),
        (&"Code128".into(), &label["tracking"])
    );
    assert_eq!(label["symbols"][0]["bytes_hex"].as_str().map(str::len), Some(36));
    assert_eq!(label["recipient"]["unit"], Value::Null);

    let mut asked = command();
    asked
        .args(["intake", "label", "--json"])
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
