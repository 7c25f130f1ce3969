//! What is planted for the proof is in no other build.

use std::process::Command;

/// Which features a build of the product has, crate by crate, as cargo resolves them for it alone.
#[test]
fn nothing_is_planted_in_the_product() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let tree = |package: &str, features: &[&str]| {
        let arguments = ["tree", "--offline", "--package", package, "--edges", "normal", "--prefix", "none"];
        let output = Command::new(&cargo)
            .args(arguments)
            .args(["--format", "{p} [{f}]"])
            .args(features)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let product = tree("vestibule", &[]);
    assert!(product.contains("vestibule-core") && product.contains("vestibule-site"), "{product}");
    assert!(!product.contains("[planted]"), "a bug can be planted in the product:\n{product}");
    assert!(!product.contains("vestibule-proof"), "the product depends on its proof");
    let planted = tree("vestibule-proof", &["--features", "planted"]);
    assert!(planted.contains("[planted]"), "this test sees a planted build when there is one:\n{planted}");
}

/// Without the feature the question is answered at compile time.
#[cfg(not(feature = "planted"))]
#[test]
fn the_answer_is_no_at_compile_time() {
    const NO: bool = !vestibule_core::planted::is_planted("synchronous-off");
    const { assert!(NO) };
}

/// A few bugs of each kind are found at every push; `cargo xtask prove` hunts them all.
#[cfg(feature = "planted")]
#[test]
fn planted_bugs_are_found() {
    let within = std::time::Duration::from_secs(60);
    for name in vestibule_core::planted::NAMES {
        let hunted = vestibule_proof::planted::hunt_all(within, Some(name));
        assert!(hunted[0].found.is_some(), "{name} was not found in {} s", hunted[0].seconds);
    }
}
