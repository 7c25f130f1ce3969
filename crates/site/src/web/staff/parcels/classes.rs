//! Classes of parcels on the staff pages: their words, the choice among them, and what is kept for one.
//!
//! Owns: the acts that say a class of a parcel, a shelf or a compartment; the times of the classes in the policy's form. Never: a
//! rule; where a class may lie and how long is the site's.

use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use vestibule_core::custody::Parcel;
use vestibule_core::custody::class::{ClassTimes, ParcelClass};
use vestibule_core::place::Place;
use vestibule_core::{Command, CompartmentId, ParcelId, Refusal, ShelfId, Span};

use super::super::desk_page::{Act, Desk, Fields};
use super::super::say::Say;
use crate::look::form::{self, Field, FieldKind};
use crate::look::listing::{self, Tone};
use crate::look::{Press, button_secondary};
use crate::web::guard::Csrf;
use crate::web::problem::Fault;

type Posted = Csrf<Vec<(String, String)>>;

/// A class in words.
pub fn name(class: ParcelClass, say: Say) -> String {
    say.t(&format!("staff-class-{}", class.word()))
}

/// A class, and whether its time is over; nothing for a usual parcel.
pub fn tag(parcel: &Parcel, say: Say) -> Markup {
    html! {
        @if let Some(classed) = parcel.classed {
            (listing::tag(if classed.late { Tone::Danger } else { Tone::Accent }, &name(classed.class, say)))
        }
    }
}

/// The usual, or one of these.
pub fn select(label: &str, chosen: Option<ParcelClass>, classes: &[ParcelClass], say: Say) -> Markup {
    let usual = say.t("staff-class-usual");
    let names: Vec<(&str, String)> = classes.iter().map(|class| (class.word(), name(*class, say))).collect();
    let mut choices = vec![("usual", usual.as_str())];
    choices.extend(names.iter().map(|(word, name)| (*word, name.as_str())));
    form::select("class", label, chosen.map_or("usual", ParcelClass::word), &choices)
}

/// A form of its own around the choice.
pub fn choose(
    url: &str,
    csrf: &str,
    (label, chosen): (&str, Option<ParcelClass>),
    classes: &[ParcelClass],
    say: Say,
) -> Markup {
    let fields = html! {
        (select(label, chosen, classes, say))
        (button_secondary(&say.t("staff-save"), Press::Submit))
    };
    form::form(url, csrf, fields)
}

/// The class a form names; none where it has no such field.
///
/// # Errors
/// A word that is no class.
pub fn chosen(fields: &Fields) -> Result<Option<ParcelClass>, Refusal> {
    match fields.get("class") {
        "" | "usual" => Ok(None),
        word => ParcelClass::of(word).map(Some).ok_or(Refusal::NotFound),
    }
}

/// Classes a compartment can be kept for.
pub fn behind_a_door() -> Vec<ParcelClass> {
    ParcelClass::ALL.into_iter().filter(|class| class.may_lie_behind_a_door()).collect()
}

/// Classes a shelf can be kept for.
pub fn on_a_shelf() -> Vec<ParcelClass> {
    ParcelClass::ALL.into_iter().filter(|class| class.may_lie_open()).collect()
}

/// `POST /staff/parcels/{id}/class`
pub async fn of_parcel(
    desk: Desk,
    Path(parcel): Path<ParcelId>,
    Csrf(fields): Posted,
) -> Result<Redirect, Fault> {
    let class = chosen(&Fields(fields))?;
    let back = format!("/staff/parcels/{parcel}");
    desk.act(Act::new(Command::Classify { parcel, class }, back, "saved")).await
}

/// `POST /staff/shelves/{id}/class`
pub async fn of_shelf(
    desk: Desk,
    Path(shelf): Path<ShelfId>,
    Csrf(fields): Posted,
) -> Result<Redirect, Fault> {
    keep(desk, Place::Shelf(shelf), (fields, format!("/staff/shelves/{shelf}"))).await
}

/// `POST /staff/compartments/{id}/class`
pub async fn of_compartment(
    desk: Desk,
    Path(compartment): Path<CompartmentId>,
    Csrf(fields): Posted,
) -> Result<Redirect, Fault> {
    keep(desk, Place::Compartment(compartment), (fields, format!("/staff/compartments/{compartment}"))).await
}

async fn keep(
    desk: Desk,
    place: Place,
    (fields, back): (Vec<(String, String)>, String),
) -> Result<Redirect, Fault> {
    desk.may_install()?;
    let class = chosen(&Fields(fields))?;
    desk.act(Act::new(Command::KeepPlaceFor { place, class }, back, "saved")).await
}

/// Each time of the policy's form: its field, and how long one of its units is.
const TIMES: [(&str, Span); 4] = [
    ("meal_minutes", Span::minutes(1)),
    ("chilled_hours", Span::hours(1)),
    ("medicine_hours", Span::hours(1)),
    ("signature_hours", Span::hours(1)),
];

/// How long each class waits, as fields of the policy's form.
pub fn time_fields(times: &ClassTimes, say: Say) -> Markup {
    let percent = times.reminded_at_percent.to_string();
    html! {
        p class="hint" { (say.t("staff-class-times-hint")) }
        @for ((name, unit), class) in TIMES.iter().zip(ParcelClass::ALL) {
            @let value = (times.wait(class).0 / unit.0).to_string();
            (form::field(&Field::new(name, &say.t(&format!("staff-class-{}-time", class.word())), FieldKind::Number).value(&value).required()))
        }
        (form::field(&Field::new("reminded_percent", &say.t("staff-class-reminded"), FieldKind::Number).value(&percent).required()))
    }
}

/// The times the policy's form asks for; what it does not name stays.
///
/// # Errors
/// What is no number, as a key. Whether a number is within reason is the site's to say.
pub fn times_from(fields: &Fields, now: ClassTimes) -> Result<ClassTimes, &'static str> {
    let number = |name: &str| match fields.some(name) {
        None => Ok(None),
        Some(text) => text.parse::<u32>().map(Some).map_err(|_| "staff-invalid-class-time"),
    };
    let mut spans = [now.meal, now.chilled, now.medicine, now.signature];
    for (span, (name, unit)) in spans.iter_mut().zip(TIMES) {
        if let Some(number) = number(name)? {
            *span = Span(i64::from(number) * unit.0);
        }
    }
    let [meal, chilled, medicine, signature] = spans;
    let reminded_at_percent = number("reminded_percent")?.unwrap_or(now.reminded_at_percent);
    Ok(ClassTimes { meal, chilled, medicine, signature, reminded_at_percent })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Language;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn every_class_has_words_and_comes_back_from_its_own_form() {
        for language in Language::ALL {
            let say = Say::new(language);
            let form =
                choose("/x", "t", ("?", Some(ParcelClass::Chilled)), &ParcelClass::ALL, say).into_string();
            for class in ParcelClass::ALL {
                assert!(
                    form.contains(&format!("value=\"{}\"", class.word())) && form.contains(&name(class, say)),
                    "{form}"
                );
                assert_eq!(chosen(&fields(&[("class", class.word())])), Ok(Some(class)));
            }
            assert!(form.contains("value=\"chilled\" selected"), "{form}");
        }
        assert_eq!(chosen(&fields(&[])), Ok(None));
        assert_eq!(chosen(&fields(&[("class", "usual")])), Ok(None));
        assert_eq!(chosen(&fields(&[("class", "poison")])), Err(Refusal::NotFound));
    }

    #[test]
    fn times_are_changed_where_they_were_asked_and_nowhere_else() {
        let now = ClassTimes::default();
        assert_eq!(times_from(&fields(&[]), now), Ok(now));
        let asked = fields(&[("meal_minutes", "45"), ("signature_hours", "24"), ("reminded_percent", "60")]);
        let right =
            ClassTimes { meal: Span::minutes(45), signature: Span::days(1), reminded_at_percent: 60, ..now };
        assert_eq!(times_from(&asked, now), Ok(right));
        for wrong in ["soon", "-1", "1.5"] {
            let refused = times_from(&fields(&[("chilled_hours", wrong)]), now);
            assert_eq!(refused, Err("staff-invalid-class-time"), "{wrong}");
        }
    }
}
