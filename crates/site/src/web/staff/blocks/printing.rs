//! The site's own printers on staff pages: the press that asks, and what became of it, told to whoever pressed.
//!
//! Owns: those words. Never: keeps what was printed. Without a printer the browser prints.

pub mod labels;

use maud::{Markup, html};
use vestibule_devices::printer::{Matter, PrintError, Printed, TextSize};

use super::super::desk_page::{Desk, Fields};
use super::super::say::Say;
use crate::config::PrinterUse;
use crate::look::message::{self, NoticeKind};
use crate::look::{Post, Press, button_secondary};
use crate::runners::printing::PrintOutcome;

/// The field by which a form asks for paper.
pub const PRINT: (&str, &str) = ("print", "yes");

/// What a button says that prints on the printer for such things; None: there is none.
pub fn offer(desk: &Desk, wanted: PrinterUse, key: &str) -> Option<String> {
    let printer = desk.app.web.printers.name(wanted)?;
    Some(desk.say.with(key, &[("printer", printer.into())]))
}

/// A button that posts and asks for paper, if there is a printer.
pub fn button(offer: Option<&str>, url: &str, csrf: &str) -> Markup {
    let Some(label) = offer else { return Markup::default() };
    let fields = [PRINT];
    button_secondary(label, Press::Post(&Post::page(url, csrf).with(&fields)))
}

/// Prints, if the form asked for it and there is a printer.
pub async fn print(
    desk: &Desk,
    wanted: PrinterUse,
    fields: &Fields,
    sheets: impl FnOnce() -> Vec<Matter>,
) -> Option<PrintOutcome> {
    if !fields.ticked(PRINT.0) || desk.app.web.printers.name(wanted).is_none() {
        return None;
    }
    desk.app.web.printers.print(wanted, &sheets()).await
}

/// What became of it.
pub fn said(outcome: &PrintOutcome, say: Say) -> Markup {
    let (kind, key) = match outcome.end {
        Ok(Printed::Confirmed) => (NoticeKind::Done, "staff-print-done"),
        Ok(Printed::Sent) => (NoticeKind::Info, "staff-print-sent"),
        Err(PrintError::Away) => (NoticeKind::Danger, "staff-print-away"),
        Err(PrintError::NoPaper) => (NoticeKind::Danger, "staff-print-no-paper"),
        Err(PrintError::CoverOpen) => (NoticeKind::Danger, "staff-print-cover-open"),
        Err(PrintError::Offline) => (NoticeKind::Danger, "staff-print-offline"),
        Err(PrintError::HungUp) => (NoticeKind::Danger, "staff-print-hung-up"),
        Err(PrintError::Stalled) => (NoticeKind::Danger, "staff-print-stalled"),
    };
    let text = say.with(key, &[("printer", outcome.printer.as_str().into())]);
    html! { (message::notice_banner(kind, &text)) }
}

/// Whether what was to be printed is still to be shown: the paper is not certainly there.
pub fn is_still_to_show(outcome: Option<&PrintOutcome>) -> bool {
    outcome.is_none_or(|outcome| !outcome.is_certain())
}

/// A card or badge on paper: whose it is, a line, and its picture.
pub fn card(site_name: &str, name: &str, line: &str, token: &str) -> Matter {
    Matter::new()
        .text(TextSize::Plain, site_name)
        .text(TextSize::Tall, name)
        .text(TextSize::Plain, line)
        .qr(token)
}

/// Digits in groups, as they are read out.
pub fn grouped(digits: &str, group: usize) -> String {
    let digits: Vec<char> = digits.chars().filter(|c| !c.is_whitespace()).collect();
    let groups: Vec<String> = digits.chunks(group.max(1)).map(|chunk| chunk.iter().collect()).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;

    #[test]
    fn every_end_has_its_words() {
        let ends = [
            Ok(Printed::Confirmed),
            Ok(Printed::Sent),
            Err(PrintError::Away),
            Err(PrintError::NoPaper),
            Err(PrintError::CoverOpen),
            Err(PrintError::Offline),
            Err(PrintError::HungUp),
            Err(PrintError::Stalled),
        ];
        for language in Language::ALL {
            let said: std::collections::BTreeSet<String> = ends
                .iter()
                .map(|end| PrintOutcome { printer: "Desk".to_owned(), end: *end })
                .map(|outcome| super::said(&outcome, Say::new(language)).into_string())
                .collect();
            assert_eq!(said.len(), ends.len(), "{language:?}: {said:?}");
            assert!(said.iter().all(|text| text.contains("Desk")), "{said:?}");
        }
        assert_eq!(grouped("482913905", 3), "482 913 905");
    }

    #[test]
    fn only_certain_paper_hides_what_is_on_it() {
        let outcome = |end| PrintOutcome { printer: String::new(), end };
        assert!(is_still_to_show(None));
        assert!(is_still_to_show(Some(&outcome(Ok(Printed::Sent)))));
        assert!(is_still_to_show(Some(&outcome(Err(PrintError::NoPaper)))));
        assert!(!is_still_to_show(Some(&outcome(Ok(Printed::Confirmed)))));
    }
}
