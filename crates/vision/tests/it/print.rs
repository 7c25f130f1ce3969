//! Printed text of photos. The photos are invented labels, drawn and treated as `examples/measure` does.
//!
//! They need the models, which are not in the repository: `cargo xtask test` fetches them and names their folder in
//! `VESTIBULE_MODELS`; `cargo xtask models` puts them where plain `cargo test` finds them. Without them each test says that it
//! is skipped.

use crate::{nowhere, sheet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use vestibule_intake::Unaddressed;
use vestibule_intake::address::OwnAddress;
use vestibule_intake::printed::House;
use vestibule_vision::label::{Problem, of_picture, voted};
use vestibule_vision::photo::decode;
use vestibule_vision::{Grey, Label, NoModels, TextReader, read};

const CLEAN: &[u8] = include_bytes!("../fixtures/printed-clean.jpg");
const WORN: &[u8] = include_bytes!("../fixtures/printed-worn.jpg");

/// None where the models may be missing and are.
fn reader() -> Option<&'static TextReader> {
    static READER: OnceLock<Option<TextReader>> = OnceLock::new();
    let open = || {
        let named = std::env::var_os("VESTIBULE_MODELS");
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
        match TextReader::open(&named.as_ref().map_or(own, PathBuf::from)) {
            Ok(reader) => Some(reader),
            Err(why) if named.is_some() => panic!("VESTIBULE_MODELS: {why}"),
            Err(why) => {
                eprintln!("SKIPPED: {why}; `cargo xtask models` fetches the models for printed text");
                None
            }
        }
    };
    READER.get_or_init(open).as_ref()
}

fn told(label: &Label) -> [&str; 3] {
    let recipient = &label.recipient;
    [&recipient.name, &recipient.street, &recipient.second_line].map(|field| field.as_deref().unwrap_or("-"))
}

#[test]
fn models_that_are_not_the_pinned_ones_are_refused() {
    let folder = std::env::temp_dir().join(format!("vestibule-vision-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let missing = TextReader::open(&folder).err();
    std::fs::write(folder.join("PP-OCRv6_det_small.onnx"), "another model").unwrap();
    let other = TextReader::open(&folder).err();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(matches!(missing, Some(NoModels::Missing(_))), "{missing:?}");
    assert!(matches!(other, Some(NoModels::Other(_))), "{other:?}");
    assert!(other.unwrap().to_string().contains("PP-OCRv6_det_small.onnx"));
}

#[test]
fn print_names_whom_the_barcode_does_not() {
    let Some(reader) = reader() else { return };
    let clean = read(CLEAN, Some(reader), &nowhere()).unwrap();
    assert_eq!(
        told(&clean),
        ["BUTLER STEPHANIE", "6575 W LINCOLN ST", "APARTMENT 1505"],
        "{:?}",
        clean.lines
    );
    assert_eq!(clean.tracking.as_deref(), Some("1Z8R80372532633541"), "the number is the barcode's");
    let worn = read(WORN, Some(reader), &nowhere()).unwrap();
    let [name, street, _] = told(&worn);
    assert_eq!(name, "CHRISTOPHER EVANS", "{:?}", worn.lines);
    assert!(street.ends_with("906"), "{street}");
    let without = read(CLEAN, None, &nowhere()).unwrap();
    assert_eq!(
        (told(&without), without.lines.len()),
        (["-"; 3], 0),
        "without models the number is read all the same"
    );
    assert_eq!(without.tracking, clean.tracking);
}

#[test]
fn labels_on_their_side_and_on_their_head_are_read() {
    let Some(reader) = reader() else { return };
    let picture = decode(CLEAN).unwrap();
    for degrees in [90.0, 180.0] {
        let label = of_picture(&picture.turned(degrees, 1.0), Some(reader), &nowhere());
        assert_eq!(told(&label)[0], "BUTLER STEPHANIE", "{degrees}: {:?}", label.lines);
    }
}

/// The print of two labels below each other, without their barcodes.
fn both() -> Grey {
    let (clean, worn) = (decode(CLEAN).unwrap(), decode(WORN).unwrap());
    let parts = [clean.cropped(0, 0, 702, 300), worn.turned(-7.4, 1.0).cropped(110, 110, 560, 330)];
    sheet(&parts)
}

#[test]
fn two_recipients_in_one_picture_name_nobody() {
    let Some(reader) = reader() else { return };
    let address = OwnAddress { street: "6575 W Lincoln St".into(), postal: "22929".into() };
    let both_live_here = House { addresses: vec![address], directory: None };
    for house in [nowhere(), both_live_here] {
        let label = of_picture(&both(), Some(reader), &house);
        assert_eq!(told(&label), ["-"; 3], "{:?}", label.lines);
        assert_eq!(label.addressed, Some(Err(Unaddressed::Several)), "{:?}", label.lines);
        assert_eq!(label.problem, Some(Problem::NoSymbol), "the barcodes were cut off");
    }
}

#[test]
fn several_photos_of_a_label_make_one_record() {
    let Some(reader) = reader() else { return };
    let one = read(WORN, Some(reader), &nowhere()).unwrap();
    let mut misread = one.clone();
    misread.recipient.name = Some("CHR1STOFHER EVAMS".into());
    misread.addressed.as_mut().unwrap().as_mut().unwrap().recipient.name = Some("CHR1STOFHER EVAMS".into());
    let label = voted(&[misread, one.clone(), one.clone()]);
    assert_eq!(told(&label), told(&one));
    assert_eq!(label.tracking, one.tracking);
    let other = read(CLEAN, Some(reader), &nowhere()).unwrap();
    let mixed = voted(&[one, other]);
    assert_eq!((mixed.problem, told(&mixed)), (Some(Problem::SeveralLabels), ["-"; 3]));
}
