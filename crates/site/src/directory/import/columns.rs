//! Which column says what: the headings of property systems and of people's own spreadsheets, in English and Spanish.

use super::text::FileFault;
use crate::directory::fold;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The apartment's label.
    Unit,
    /// The building's name.
    Building,
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// Both.
    FullName,
    /// Mail address.
    Email,
    /// Phone number.
    Phone,
    /// Language of messages.
    Language,
    /// The number the property's own list knows the person by.
    ExternalId,
    /// When they move in.
    MoveIn,
    /// When they move out.
    MoveOut,
}

impl Field {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unit => "apartment",
            Self::Building => "building",
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::FullName => "name",
            Self::Email => "e-mail",
            Self::Phone => "phone",
            Self::Language => "language",
            Self::ExternalId => "id",
            Self::MoveIn => "move-in date",
            Self::MoveOut => "move-out date",
        }
    }

    /// Whether it belongs to the apartment and not to a person of it.
    const fn is_of_unit(self) -> bool {
        matches!(self, Self::Unit | Self::Building | Self::MoveIn | Self::MoveOut)
    }
}

/// Headings, folded and without spaces.
const SYNONYMS: &[(Field, &str)] = &[
    (
        Field::Unit,
        "unit unitcode unitnumber unitno unitnum unitid unitname unitlabel address2 addressline2 apt aptnumber aptno \
         apartment apartmentnumber apartmentno suite flat door unidad apartamento apto departamento depto puerta",
    ),
    (
        Field::Building,
        "building buildingname buildingno buildingnumber bldg bldgname tower block edificio torre bloque",
    ),
    (Field::FirstName, "firstname first givenname forename fname nombre nombres"),
    (Field::LastName, "lastname last surname familyname lname apellido apellidos"),
    (
        Field::FullName,
        "name fullname residentname tenantname occupantname displayname resident tenant occupant nombrecompleto",
    ),
    (Field::Email, "email emailaddress mail primaryemail residentemail tenantemail correo correoelectronico"),
    (
        Field::Phone,
        "phone phonenumber mobile mobilephone mobilenumber cell cellphone telephone tel primaryphone tenantphone \
         telefono movil celular",
    ),
    (Field::Language, "language lang preferredlanguage idioma"),
    (
        Field::ExternalId,
        "externalid residentid tenantid personid occupantid residentcode tenantcode tcode id externalreference",
    ),
    (Field::MoveIn, "movein moveindate moveinon futuremoveindate futuremovein fechaentrada fechadeentrada"),
    (
        Field::MoveOut,
        "moveout moveoutdate moveouton futuremoveoutdate futuremoveout fechasalida fechadesalida",
    ),
];

/// Words before the number of a person in wide lists: `Resident 2 Last Name`.
const PERSON_WORDS: &[&str] = &["resident", "tenant", "occupant", "person", "residente", "inquilino"];

/// The columns of one person, and of their apartment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// Of the apartment.
    pub unit: BTreeMap<Field, usize>,
    /// Of each person of a row: one in a long list, several in a wide one.
    pub people: Vec<BTreeMap<Field, usize>>,
    /// Heading and meaning, for the report; None: not used.
    pub read_as: Vec<(String, Option<Field>)>,
}

/// Reads the first line.
pub(super) fn read<'a>(headings: impl Iterator<Item = &'a str>) -> Result<Columns, FileFault> {
    let headings: Vec<&str> = headings.collect();
    let mut unit = BTreeMap::new();
    let mut people: BTreeMap<u8, BTreeMap<Field, usize>> = BTreeMap::new();
    let meanings: Vec<Option<(u8, Field)>> = headings.iter().map(|heading| meaning(heading)).collect();
    for (at, (person, field)) in meanings.iter().enumerate().filter_map(|(at, found)| Some((at, (*found)?))) {
        let columns = if field.is_of_unit() { &mut unit } else { people.entry(person).or_default() };
        match columns.get(&field) {
            None => drop(columns.insert(field, at)),
            // Home, work and mobile: the first one is taken.
            Some(_) if matches!(field, Field::Phone | Field::Email) => {}
            Some(earlier) => {
                return Err(FileFault::Twice(
                    headings[*earlier].to_owned(),
                    headings[at].to_owned(),
                    field.words(),
                ));
            }
        }
    }
    people.retain(|_, columns| has_name(columns));
    let needed = needed(unit.contains_key(&Field::Unit), !people.is_empty());
    if !needed.is_empty() {
        let found = headings.iter().map(|heading| format!("'{}'", heading.trim())).collect();
        return Err(FileFault::Columns { found, needed });
    }
    let used = |at: usize, (person, field): (u8, Field)| {
        let columns = if field.is_of_unit() { Some(&unit) } else { people.get(&person) };
        columns.is_some_and(|columns| columns.get(&field) == Some(&at))
    };
    let read_as = headings.iter().zip(&meanings).enumerate().map(|(at, (heading, found))| {
        (heading.trim().to_owned(), found.filter(|found| used(at, *found)).map(|(_, field)| field))
    });
    let read_as = read_as.collect();
    Ok(Columns { unit, read_as, people: people.into_values().collect() })
}

fn has_name(columns: &BTreeMap<Field, usize>) -> bool {
    [Field::FullName, Field::FirstName, Field::LastName].iter().any(|field| columns.contains_key(field))
}

fn needed(has_unit: bool, has_person: bool) -> Vec<String> {
    let mut needed = Vec::new();
    if !has_unit {
        needed
            .push("a column for the apartment is needed (named unit, apt, address2 or the like)".to_owned());
    }
    if !has_person {
        needed.push(
            "a column for the name is needed (named last name, name, resident 1 or the like)".to_owned(),
        );
    }
    needed
}

/// What a heading means, and of which person of the row (0 where it does not say).
fn meaning(heading: &str) -> Option<(u8, Field)> {
    let folded = fold::name(heading).replace(' ', "");
    exact(&folded).map(|field| (0, field)).or_else(|| numbered(&folded)).or_else(|| number_last(&folded))
}

fn exact(folded: &str) -> Option<Field> {
    let is_synonym = |(_, words): &&(Field, &str)| words.split_whitespace().any(|word| word == folded);
    SYNONYMS.iter().find(is_synonym).map(|(field, _)| *field)
}

/// `resident2lastname`; `resident2` alone is the whole name.
fn numbered(folded: &str) -> Option<(u8, Field)> {
    let rest = PERSON_WORDS.iter().find_map(|word| folded.strip_prefix(word))?;
    let (number, rest) = rest.split_at_checked(1)?;
    let number = number.parse().ok().filter(|number| *number > 0)?;
    let field = if rest.is_empty() { Field::FullName } else { exact(rest)? };
    Some((number, field))
}

/// `lastname2`.
fn number_last(folded: &str) -> Option<(u8, Field)> {
    let (rest, number) = folded.split_at_checked(folded.len().checked_sub(1)?)?;
    let number: u8 = number.parse().ok().filter(|number| *number > 0)?;
    exact(rest).filter(|field| !field.is_of_unit()).map(|field| (number, field))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(headings: &str) -> Vec<Option<Field>> {
        read(headings.split(',')).unwrap().read_as.into_iter().map(|(_, field)| field).collect()
    }

    #[test]
    fn headings_of_known_systems_are_understood() {
        use Field::*;
        assert_eq!(
            fields("firstName,lastName,email,address,address2,phone"),
            [Some(FirstName), Some(LastName), Some(Email), None, Some(Unit), Some(Phone)]
        );
        assert_eq!(
            fields("Property,UnitNumber,FirstName,LastName,E-Mail,Phone,DOB,LeaseStartDate"),
            [None, Some(Unit), Some(FirstName), Some(LastName), Some(Email), Some(Phone), None, None]
        );
        assert_eq!(
            fields(
                "Address,Building,Apt #,First Name,Last Name,Future Move-Out Date,Future Move-In Date,Tenant ID"
            ),
            [
                None,
                Some(Building),
                Some(Unit),
                Some(FirstName),
                Some(LastName),
                Some(MoveOut),
                Some(MoveIn),
                Some(ExternalId)
            ]
        );
        assert_eq!(fields("Apartamento,Nombre completo,Teléfono"), [Some(Unit), Some(FullName), Some(Phone)]);
    }

    #[test]
    fn wide_lists_have_several_people_a_row() {
        let columns = read(
            "Unit,Resident 1 First,Resident 1 Middle,Resident 1 Last,Resident 1 Email,Resident 2 First,Resident 2 Last,Resident 2 Phone,Move in Date"
                .split(','),
        )
        .unwrap();
        assert_eq!(columns.people.len(), 2);
        assert_eq!(columns.people[1].get(&Field::Phone), Some(&7));
        assert_eq!(columns.read_as[2], ("Resident 1 Middle".to_owned(), None));
        let columns = read("Unit,Name,Phone,Phone 2".split(',')).unwrap();
        assert_eq!(
            (columns.people.len(), columns.read_as[3].1),
            (1, None),
            "a second phone is no second person"
        );
        assert_eq!(
            fields("Unit,Name,Cell,Phone")[2..],
            [Some(Field::Phone), None],
            "the first number is taken"
        );
        assert_eq!(read("unit,resident 1,resident 2".split(',')).unwrap().people.len(), 2);
    }

    #[test]
    fn missing_and_double_columns_are_told_in_words() {
        let fault = read("Street,Email".split(',')).unwrap_err().to_string();
        for part in ["'Street', 'Email'", "apartment is needed", "address2", "name is needed"] {
            assert!(fault.contains(part), "{fault}");
        }
        assert!(read("Unit,Email".split(',')).unwrap_err().to_string().contains("'Unit'"));
        let fault = read("Unit,Apt,Name".split(',')).unwrap_err().to_string();
        assert_eq!(fault, "the columns Unit and Apt both seem to be the apartment; rename one of them");
    }
}
