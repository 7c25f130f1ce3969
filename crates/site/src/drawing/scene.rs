//! The whole picture: cabinet, doors, kiosk, floor, the reader's own place, and the list for those who do not see it.
//!
//! Owns: the view box (millimetres) and the order things are painted in; open doors come last, as they stand out.

use maud::{Markup, html};

use super::{
    BankDrawing, DoorState, KioskPanel, StateWords,
    door::{Area, door, mm, rect},
    legend::legend_of,
    pattern::definitions,
};

/// Air around the bank, so that open doors and halos are not cut off.
const MARGIN: f64 = 44.0;
/// Below the floor line, when the reader's place is shown.
const HERE_ROOM: f64 = 170.0;

/// Who looks at the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// The kiosk: numbers, and the meant door lifted.
    Large,
    /// A phone: the same, with coarser patterns.
    Small,
    /// Staff: state words in the doors, links, a legend.
    Staff,
    /// Labels on paper: numbers alone, all doors alike.
    Print,
}

/// How a bank is drawn.
#[derive(Clone, Copy, Debug)]
pub struct DrawingStyle<'a> {
    /// Unique on the page; letters, digits and hyphens.
    pub id: &'a str,
    pub variant: Variant,
    /// e.g. "Lobby: door 14 is open".
    pub title: &'a str,
    /// One sentence: where the door is.
    pub description: &'a str,
    pub words: &'a StateWords<'a>,
}

impl DrawingStyle<'_> {
    pub(super) fn shows_words(&self) -> bool {
        self.variant == Variant::Staff
    }

    fn pattern_scale(&self) -> u32 {
        if self.variant == Variant::Small { 2 } else { 1 }
    }
}

/// The picture as a figure. Measures are taken as they are; see `BankDrawing::check`.
pub fn draw(bank: &BankDrawing, style: &DrawingStyle<'_>) -> Markup {
    let has_links = bank.placed().any(|placed| placed.door.link.is_some());
    let (title_id, text_id) = (format!("{}-title", style.id), format!("{}-text", style.id));
    // The parts of an `img` are hidden from assistive technology: a picture with links must be a group.
    let role = if has_links { "group" } else { "img" };
    html! {
        figure class={ "drawing drawing-" (variant_key(style.variant)) } {
            svg class="bank" viewBox=(view_box(bank)) role=(role) aria-labelledby=(title_id) aria-describedby=(text_id) {
                title id=(title_id) { (style.title) }
                desc id=(text_id) { (style.description) }
                (definitions(style.id, style.pattern_scale()))
                (cabinet(bank))
                @for placed in bank.placed().filter(|p| p.door.state != DoorState::Open && !p.door.highlighted) {
                    (door(&placed, style))
                }
                @if let Some(panel) = bank.kiosk { (kiosk(panel, bank)) }
                @for placed in bank.placed().filter(|p| p.door.state == DoorState::Open || p.door.highlighted) {
                    (door(&placed, style))
                }
                @if let Some((x_mm, words)) = &bank.you_are_here { (here(*x_mm, words, bank, style)) }
            }
            @if !has_links {
                ul class="visually-hidden" {
                    @for placed in bank.placed().filter(|p| !p.door.name.is_empty()) { li { (placed.door.name) } }
                }
            }
            @if style.variant == Variant::Staff { (legend_of(bank, style)) }
        }
    }
}

pub(super) fn variant_key(variant: Variant) -> &'static str {
    match variant {
        Variant::Large => "large",
        Variant::Small => "small",
        Variant::Staff => "staff",
        Variant::Print => "print",
    }
}

fn view_box(bank: &BankDrawing) -> String {
    let (mut left, mut right) = (0.0_f64, f64::from(bank.width_mm()));
    if let Some(panel) = bank.kiosk {
        left = left.min(f64::from(panel.left_mm));
        right = right.max(f64::from(panel.left_mm) + f64::from(panel.width_mm));
    }
    let mut below = MARGIN;
    if let Some((x_mm, words)) = &bank.you_are_here {
        let half = (words.chars().count() as f64 * 26.0).max(60.0);
        left = left.min(f64::from(*x_mm) - half);
        right = right.max(f64::from(*x_mm) + half);
        below = HERE_ROOM;
    }
    let height = MARGIN + f64::from(bank.height_mm) + below;
    format!("{} {} {} {}", mm(left - MARGIN), -MARGIN, mm(right - left + 2.0 * MARGIN), mm(height))
}

fn cabinet(bank: &BankDrawing) -> Markup {
    let body = Area { x: 0.0, y: 0.0, w: f64::from(bank.width_mm()), h: f64::from(bank.height_mm) };
    html! {
        line class="floor" x1=(-MARGIN) x2=(mm(body.w + MARGIN)) y1=(mm(body.h + 9.0)) y2=(mm(body.h + 9.0)) {}
        (rect("cabinet", body.grown(8.0), 12.0, None))
    }
}

fn kiosk(panel: KioskPanel, bank: &BankDrawing) -> Markup {
    let frame = Area {
        x: f64::from(panel.left_mm),
        y: f64::from(bank.height_mm) - f64::from(panel.bottom_mm) - f64::from(panel.height_mm),
        w: f64::from(panel.width_mm),
        h: f64::from(panel.height_mm),
    };
    html! { g class="kiosk-panel" aria-hidden="true" {
        (rect("kiosk-frame", frame, 14.0, None))
        (rect("kiosk-glass", frame.grown(-16.0), 6.0, None))
    } }
}

/// A pin on the floor where the reader stands.
fn here(x_mm: i32, words: &str, bank: &BankDrawing, style: &DrawingStyle<'_>) -> Markup {
    let size = if style.variant == Variant::Small { 88.0 } else { 56.0 };
    let (x, floor) = (f64::from(x_mm), f64::from(bank.height_mm) + 9.0);
    html! {
        g class="here" {
            path class="here-pin" d={ "M" (x) " " (mm(floor + 10.0)) "l34 48h-68z" } {}
            text class="here-words" x=(x) y=(mm(floor + 62.0 + size)) font-size=(size) text-anchor="middle" { (words) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Hinge,
        tests::{WORDS, bank},
    };
    use super::*;

    fn style(variant: Variant) -> DrawingStyle<'static> {
        DrawingStyle { id: "b1", variant, title: "Lobby", description: "Door 7 is open", words: &WORDS }
    }

    fn door_group(text: &str, state: &str) -> String {
        let start = text.find(&format!("door door-{state}")).expect("the door is drawn");
        let rest = &text[start..];
        rest[..rest.find("</g>").expect("groups are closed")].to_owned()
    }

    #[test]
    fn the_view_box_is_the_wall_in_millimetres_with_air() {
        let text = draw(&bank(&DoorState::ALL), &style(Variant::Large)).into_string();
        assert!(text.contains(r#"viewBox="-44 -44 538 1588""#), "{text}");
        let mut with_kiosk = bank(&DoorState::ALL);
        with_kiosk.kiosk = Some(KioskPanel { left_mm: -300, bottom_mm: 900, width_mm: 250, height_mm: 400 });
        let text = draw(&with_kiosk, &style(Variant::Large)).into_string();
        assert!(text.contains(r#"viewBox="-344 -44 838 1588""#), "{text}");
    }

    #[test]
    fn nothing_is_styled_inline() {
        for variant in [Variant::Large, Variant::Small, Variant::Staff, Variant::Print] {
            let text = draw(&bank(&DoorState::ALL), &style(variant)).into_string();
            assert!(!text.contains("style=") && !text.contains("<style") && !text.contains(" on"), "{text}");
        }
    }

    #[test]
    fn every_door_shows_its_label_and_is_named() {
        let text = draw(&bank(&DoorState::ALL), &style(Variant::Large)).into_string();
        for n in 1..=7 {
            assert!(text.contains(&format!(">{n}</text>")), "label {n}");
            assert!(text.contains(&format!("<title>Door {n}</title>")), "title {n}");
            assert!(text.contains(&format!("<li>Door {n}</li>")), "list {n}");
        }
    }

    #[test]
    fn states_differ_without_colour_and_in_words() {
        let text = draw(&bank(&DoorState::ALL), &style(Variant::Staff)).into_string();
        let mut looks = Vec::new();
        for state in DoorState::ALL {
            let group = door_group(&text, state.key());
            assert!(
                group.contains(&format!(">{}</text>", WORDS.of(state))),
                "{state:?} says its word: {group}"
            );
            let fill = group.split("url(#").nth(1).and_then(|rest| rest.split(')').next()).unwrap_or("none");
            looks.push((fill.to_owned(), group.contains("door-cross"), group.contains("door-swung")));
        }
        for (n, look) in looks.iter().enumerate() {
            assert!(!looks[..n].contains(look), "{look:?} twice");
            assert!(
                look.0 == "none" || text.contains(&format!(r#"<pattern id="{}""#, look.0)),
                "{look:?} is defined"
            );
        }
    }

    #[test]
    fn an_open_door_swings_from_its_hinge() {
        let mut one = bank(&[DoorState::Open]);
        let left = draw(&one, &style(Variant::Large)).into_string();
        one.columns[0].doors[0].hinge = Hinge::Right;
        let right = draw(&one, &style(Variant::Large)).into_string();
        assert!(left.contains(r#"class="door-swung" points="3,43"#), "{left}");
        assert!(right.contains(r#"class="door-swung" points="447,43"#), "{right}");
    }

    #[test]
    fn open_and_meant_doors_are_painted_last() {
        let mut two = bank(&[DoorState::Open, DoorState::Free]);
        let text = draw(&two, &style(Variant::Large)).into_string();
        assert!(text.find("door-free").expect("drawn") < text.find("door-open").expect("drawn"));
        two.columns[0].doors[1].highlighted = true;
        let text = draw(&two, &style(Variant::Large)).into_string();
        assert_eq!(text.matches("door-halo").count(), 1);
        assert_eq!(text.matches("door-meant").count(), 1);
    }

    #[test]
    fn a_picture_with_links_is_a_group_of_named_links() {
        let mut linked = bank(&[DoorState::Free]);
        linked.columns[0].doors[0].link = Some("/staff/doors/1".into());
        let text = draw(&linked, &style(Variant::Staff)).into_string();
        assert!(text.contains(r#"role="group""#) && !text.contains(r#"role="img""#), "{text}");
        assert!(text.contains(r#"href="/staff/doors/1" aria-label="Door 1""#), "{text}");
    }

    #[test]
    fn patterns_of_two_drawings_do_not_meet() {
        let first = draw(&bank(&[DoorState::Overdue]), &style(Variant::Large)).into_string();
        let second = draw(&bank(&[DoorState::Overdue]), &DrawingStyle { id: "b2", ..style(Variant::Large) });
        assert!(first.contains("url(#b1-overdue)") && second.into_string().contains("url(#b2-overdue)"));
    }
}
