//! PR-22: python-escpos, which nobody here wrote, makes the same bytes as our encoder for the same thing.

use vestibule_devices::printer::{Abilities, Matter, PrinterLanguage, TextSize, encode};

use crate::peers::python;
use crate::printers::TOKEN;

const SCRIPT: &str = "
from escpos.printer import Dummy
def shown(act):
    printer = Dummy()
    act(printer)
    print(printer.output.hex())
def latin(printer):
    printer.charcode('CP1252')
    printer.text('Jos\\u00e9\\n')
shown(latin)
shown(lambda printer: printer.qr('TOKEN', ec=1, size=8, model=2, native=True))
shown(lambda printer: printer.cut())
";

#[test]
fn pr_22_python_escpos_makes_the_same_bytes() {
    let Some(mut python) = python("escpos") else { return };
    let said = python.args(["-W", "ignore", "-c", &SCRIPT.replace("TOKEN", TOKEN)]).output().unwrap();
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let theirs: Vec<&str> =
        text.lines().filter(|line| line.bytes().all(|byte| byte.is_ascii_hexdigit())).collect();
    let [latin, qr, cut] = theirs[..] else {
        panic!("three answers, not {text:?}: {}", String::from_utf8_lossy(&said.stderr))
    };
    let abilities = Abilities { language: PrinterLanguage::EscPos, width_mm: 80, height_mm: None, cut: true };
    let sheet = Matter::new().text(TextSize::Plain, "José").qr(TOKEN);
    let ours: String =
        encode(&[sheet], &abilities).bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    // The page is chosen where the first letter needs it; what is printed is the same.
    let theirs_text = latin.strip_prefix("1b7410").unwrap();
    assert_eq!(theirs_text, "4a6f73e90a");
    assert!(ours.contains("4a6f731b7410e90a"), "{ours}");
    let symbols = |hex: &str| {
        let parts = hex.split("1d286b").skip(1).map(|part| {
            let length = usize::from_str_radix(&part[..2], 16).unwrap() * 2 + 4;
            part[..length].to_owned()
        });
        parts.collect::<Vec<_>>()
    };
    assert_eq!(symbols(&ours), symbols(qr));
    assert!(ours.ends_with(cut), "{ours} {cut}");
}
