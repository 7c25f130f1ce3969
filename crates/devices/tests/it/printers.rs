//! The conformance story of printers, `PR-01` to `PR-22`: the production encoders and conversation against simulated printers
//! on sockets and a device file, with every fault a printer is known to have.

use std::io::Read;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use vestibule_devices::printer::{
    Abilities, Matter, PrintError, Printed, Printer, PrinterLanguage, PrinterLine, TextSize, encode,
};
use vestibule_simulators::printers::{Head, Knobs, Mark, PrinterSim, Sheet, Speech};
use vestibule_simulators::terminal::terminal;

pub const TOKEN: &str = "VP7K0123456789ABCDEFGHJKMNPQRST";
const BUDGET: Duration = Duration::from_secs(8);

const SLIPS: Abilities =
    Abilities { language: PrinterLanguage::EscPos, width_mm: 80, height_mm: None, cut: true };
const LABELS: Abilities =
    Abilities { language: PrinterLanguage::Zpl, width_mm: 62, height_mm: Some(100), cut: false };

const BOTH: [(Speech, Abilities); 2] = [(Speech::EscPos, SLIPS), (Speech::Zpl, LABELS)];

fn slip() -> Matter {
    Matter::new()
        .text(TextSize::Plain, "The Elm House")
        .text(TextSize::Tall, "José Łukasz, 3B")
        .qr(TOKEN)
        .text(TextSize::Large, "482 913 905")
}

fn reached(sim: &PrinterSim, abilities: Abilities) -> Printer {
    Printer { line: PrinterLine::Tcp { address: sim.address().to_string() }, abilities }
}

/// Prints the slip on a printer with these knobs.
async fn printed(
    (speech, abilities): (Speech, Abilities),
    turn: impl FnOnce(&mut Knobs),
) -> (Result<Printed, PrintError>, Vec<Sheet>) {
    let sim = PrinterSim::start(speech).await.unwrap();
    sim.set(turn);
    let job = encode(&[slip()], &abilities);
    let end = reached(&sim, abilities).print(&job, Duration::from_millis(1_500)).await;
    (end, sim.sheets())
}

#[tokio::test]
async fn pr_01_what_is_on_the_paper_can_be_read() {
    for (speech, abilities) in BOTH {
        let (end, sheets) = printed((speech, abilities), |_| {}).await;
        assert_eq!(end, Ok(Printed::Confirmed), "{speech:?}");
        let [sheet] = &sheets[..] else { panic!("{speech:?}: one sheet, not {sheets:?}") };
        let name = if speech == Speech::EscPos { "José Lukasz, 3B" } else { "José Łukasz, 3B" };
        assert_eq!(sheet.text(), format!("The Elm House\n{name}\n482 913 905"));
        assert_eq!(sheet.qrs(), [TOKEN]);
        assert_eq!(sheet.cut, abilities.cut);
    }
}

#[test]
fn pr_02_digits_are_larger_than_words() {
    for (speech, abilities) in BOTH {
        let sheet = on_paper(speech, &abilities, &[slip()]).remove(0);
        let size = |wanted: &str| {
            let found = sheet.marks.iter().find_map(|mark| match mark {
                Mark::Line { text, size } if text == wanted => Some(*size),
                _ => None,
            });
            found.unwrap_or_else(|| panic!("{wanted} is not in {sheet:?}"))
        };
        let (words, digits) = (size("The Elm House"), size("482 913 905"));
        assert!(digits.0 >= 2 * words.0 && digits.1 >= 2 * words.1, "{words:?} {digits:?}");
    }
}

fn on_paper(speech: Speech, abilities: &Abilities, sheets: &[Matter]) -> Vec<Sheet> {
    let mut head = Head::new(speech);
    head.receive(encode(sheets, abilities).bytes());
    head.sheets().to_vec()
}

#[test]
fn pr_03_each_sheet_is_a_paper_of_its_own() {
    for (speech, abilities) in BOTH {
        let doors = ["1", "2", "3"].map(|door| Matter::new().text(TextSize::Huge, door));
        let sheets = on_paper(speech, &abilities, &doors);
        assert_eq!(sheets.iter().map(Sheet::text).collect::<Vec<_>>(), ["1", "2", "3"]);
    }
}

#[tokio::test]
async fn pr_04_without_paper_nothing_is_sent() {
    for kind in BOTH {
        let (end, sheets) = printed(kind, |knobs| knobs.paper_left = Some(0)).await;
        assert_eq!((end, sheets.len()), (Err(PrintError::NoPaper), 0), "{kind:?}");
    }
}

#[tokio::test]
async fn pr_05_off_line_and_open_are_told_apart() {
    for kind in BOTH {
        let (end, sheets) = printed(kind, |knobs| knobs.offline = true).await;
        assert_eq!((end, sheets.len()), (Err(PrintError::Offline), 0), "{kind:?}");
        let (end, sheets) = printed(kind, |knobs| knobs.cover_open = true).await;
        assert_eq!((end, sheets.len()), (Err(PrintError::CoverOpen), 0), "{kind:?}");
    }
}

#[tokio::test]
async fn pr_06_paper_that_ends_in_the_middle_is_told() {
    let (end, sheets) = printed((Speech::EscPos, SLIPS), |knobs| knobs.paper_left = Some(2)).await;
    assert_eq!((end, sheets.len()), (Err(PrintError::NoPaper), 0));
}

#[tokio::test]
async fn pr_07_a_mute_printer_prints_and_nothing_is_claimed() {
    for (speech, abilities) in BOTH {
        let sim = PrinterSim::start(speech).await.unwrap();
        sim.set(|knobs| knobs.mute = true);
        let end = reached(&sim, abilities).print(&encode(&[slip()], &abilities), BUDGET).await;
        assert_eq!(end, Ok(Printed::Sent));
        assert_eq!(sim.sheets_when(1).await[0].qrs(), [TOKEN]);
    }
}

#[tokio::test]
async fn pr_08_one_that_hangs_up_in_the_middle_is_told() {
    for kind in BOTH {
        let (end, sheets) = printed(kind, |knobs| knobs.hangs_up_after = Some(64)).await;
        assert_eq!((end, sheets.len()), (Err(PrintError::HungUp), 0), "{kind:?}");
    }
}

#[tokio::test]
async fn pr_09_a_slow_printer_is_waited_for() {
    for kind in BOTH {
        let (end, sheets) = printed(kind, |knobs| knobs.delay_ms = Some(20)).await;
        assert_eq!((end, sheets.len()), (Ok(Printed::Confirmed), 1), "{kind:?}");
    }
}

#[tokio::test]
async fn pr_10_what_is_switched_off_is_away() {
    for (speech, abilities) in BOTH {
        let address = {
            let sim = PrinterSim::start(speech).await.unwrap();
            sim.address().to_string()
        };
        let lines =
            [PrinterLine::Tcp { address }, PrinterLine::Device { path: "/dev/no-such-printer".into() }];
        for line in lines {
            let printer = Printer { line, abilities };
            let end = printer.print(&encode(&[slip()], &abilities), BUDGET).await;
            assert_eq!(end, Err(PrintError::Away), "{speech:?}");
        }
    }
}

#[tokio::test]
async fn pr_11_one_that_takes_nothing_ends_with_its_budget() {
    for (speech, abilities) in BOTH {
        let sim = PrinterSim::start(speech).await.unwrap();
        sim.set(|knobs| knobs.stalls = true);
        // More than the machine's own buffers hold.
        let many: Vec<Matter> = (0..60_000).map(|_| slip()).collect();
        let job = encode(&many, &abilities);
        let begun = Instant::now();
        let end = reached(&sim, abilities).print(&job, Duration::from_millis(900)).await;
        assert_eq!(end, Err(PrintError::Stalled), "{speech:?}: {} bytes", job.bytes().len());
        assert!(begun.elapsed() < Duration::from_secs(8), "{speech:?}");
    }
}

#[tokio::test]
async fn pr_12_a_device_file_takes_the_same_bytes() {
    // Before the job each is asked how it is, in its language.
    for ((speech, abilities), asked) in BOTH.into_iter().zip([9, 3]) {
        let (path, paper, _port) = terminal().unwrap();
        let mut paper = std::fs::File::from(paper);
        let job = encode(&[slip()], &abilities);
        let length = job.bytes().len() + asked;
        let reading = std::thread::spawn(move || {
            let mut bytes = vec![0; length];
            paper.read_exact(&mut bytes).unwrap();
            (bytes, paper)
        });
        let printer = Printer { line: PrinterLine::Device { path }, abilities };
        assert_eq!(printer.print(&job, BUDGET).await, Ok(Printed::Sent), "{speech:?}");
        let mut head = Head::new(speech);
        head.receive(&reading.join().unwrap().0);
        assert_eq!(head.sheets()[0].qrs(), [TOKEN], "{speech:?}");
    }
}

#[tokio::test]
async fn pr_13_a_device_that_takes_nothing_blocks_nobody() {
    for (speech, abilities) in BOTH {
        let (path, _paper, _port) = terminal().unwrap();
        let many: Vec<Matter> = (0..500).map(|_| slip()).collect();
        let printer = Printer { line: PrinterLine::Device { path }, abilities };
        let end = printer.print(&encode(&many, &abilities), Duration::from_millis(900)).await;
        assert_eq!(end, Err(PrintError::Stalled), "{speech:?}");
    }
}

#[tokio::test]
async fn pr_14_a_printer_switched_on_again_is_simply_there() {
    let sim = PrinterSim::start(Speech::EscPos).await.unwrap();
    let printer = reached(&sim, SLIPS);
    sim.set(|knobs| knobs.offline = true);
    let job = encode(&[slip()], &SLIPS);
    assert_eq!(printer.print(&job, BUDGET).await, Err(PrintError::Offline));
    sim.set(|knobs| knobs.offline = false);
    assert_eq!(printer.print(&job, BUDGET).await, Ok(Printed::Confirmed));
    assert_eq!(sim.sheets().len(), 1, "what was refused is not printed later");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    /// PR-20: whatever a name holds, it stays a text: one sheet comes, with the same marks after it.
    #[test]
    fn pr_20_no_text_is_a_command(text in "\\PC{1,40}|[\\x00-\\x7f]{1,60}|(\\^XZ|~JA|\\x1b@|\\x1dV\\x00|_1B|>:|\\\\&|.){1,12}") {
        for (speech, abilities) in BOTH {
            let sheet = Matter::new().text(TextSize::Plain, text.as_str()).qr("ok").text(TextSize::Tall, "end");
            let sheets = on_paper(speech, &abilities, &[sheet]);
            prop_assert_eq!(sheets.len(), 1, "{:?}", speech);
            prop_assert_eq!(sheets[0].qrs(), ["ok"]);
            let all = sheets[0].text();
            prop_assert_eq!(all.lines().last(), Some("end"));
        }
    }
}

#[test]
fn pr_21_no_line_is_wider_than_the_paper() {
    let text = "Apartmentcomplexmanagementoffice of the North Building, second floor, beside the stairs";
    for width_mm in [58, 80] {
        let abilities = Abilities { width_mm, ..SLIPS };
        for size in [TextSize::Plain, TextSize::Tall, TextSize::Large, TextSize::Huge] {
            let sheet = on_paper(Speech::EscPos, &abilities, &[Matter::new().text(size, text)]).remove(0);
            for mark in &sheet.marks {
                let Mark::Line { text, size } = mark else { panic!("{mark:?}") };
                let dots = text.chars().count() * usize::from(size.0) * 12;
                assert!(dots <= usize::from(width_mm - 8) * 8, "{text} {size:?}");
            }
            let joined: String = sheet.text().split_whitespace().collect();
            assert_eq!(joined, text.split_whitespace().collect::<String>(), "nothing is lost");
        }
    }
}
