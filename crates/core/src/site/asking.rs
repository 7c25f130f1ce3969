//! Who may ask what. A kiosk has no authority: it hands on what somebody showed it, in its own name; a visit speaks for
//! itself alone; everything else is for staff and the console. Which member of staff may do what is the pages' business.

use crate::custody::delivered::ClaimSource;
use crate::ids::*;
use crate::vocabulary::command::Command;
use crate::vocabulary::refusal::Refusal;

/// Whether this actor may ask this at all.
///
/// # Errors
/// [`Refusal::NotYours`].
pub(crate) fn may_ask(actor: Actor, command: &Command) -> Result<(), Refusal> {
    let may = match actor {
        Actor::Staff(_) | Actor::Console | Actor::Site => true,
        // Whether the kiosk stands at that door is looked up by who decides it.
        Actor::Kiosk(own) => kiosk_of(command) == Some(own) || door_of(command).is_some(),
        Actor::Door(own) => door_of(command) == Some(own),
        Actor::Person(_) => {
            // Which photos a person may see was looked at by who shows them.
            matches!(
                command,
                Command::AnswerEntry { link: Some(_), .. }
                    | Command::AskForDrop { .. }
                    | Command::ViewPhoto { .. }
            ) || matches!(command, Command::ClaimDelivery { words } if words.source == ClaimSource::Resident)
        }
        // As above: which photos, is looked at by who shows them.
        Actor::Visit(own) => visit_of(command) == Some(own) || matches!(command, Command::ViewPhoto { .. }),
        Actor::Device => false,
    };
    if may { Ok(()) } else { Err(Refusal::NotYours) }
}

/// The kiosk something was shown at.
fn kiosk_of(command: &Command) -> Option<KioskId> {
    match command {
        Command::CourierLogIn { kiosk, .. } | Command::PickUp { kiosk, .. } => Some(*kiosk),
        Command::ComeToDrop(kiosk) => Some(*kiosk),
        _ => None,
    }
}

/// The door something was shown or pressed at.
fn door_of(command: &Command) -> Option<AccessPointId> {
    match command {
        Command::Admit { point, .. } | Command::WalkIn { point } => Some(*point),
        Command::RingForEntry(rung) => Some(rung.point),
        _ => None,
    }
}

/// The visit something is asked in.
fn visit_of(command: &Command) -> Option<VisitId> {
    match command {
        Command::LookUp { visit }
        | Command::Deposit { visit, .. }
        | Command::QuickDrop { visit, .. }
        | Command::BiggerDoor { visit }
        | Command::OpenAgain { visit }
        | Command::NotLeftHere { visit }
        | Command::SomethingInside { visit }
        | Command::FixDeposit { visit, .. }
        | Command::PutElsewhere { visit, .. }
        | Command::Finish { visit }
        | Command::Continue { visit }
        | Command::LeaveInside { visit }
        | Command::NotMine { visit }
        | Command::WasEmpty { visit }
        | Command::NextDoor { visit }
        | Command::Reopen { visit, .. }
        | Command::TakeFromShelf { visit, .. } => Some(*visit),
        Command::PutDown(put) => Some(put.visit),
        Command::NotThere(looked_for) => looked_for.visit,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::CodeHash;
    use crate::vocabulary::command::{Proof, StaffReason};

    #[test]
    fn a_kiosk_hands_on_what_it_was_shown_and_nothing_else() {
        let proof = Proof::Token(CodeHash([1; 32]));
        let shown = |kiosk| Command::PickUp { kiosk: KioskId(kiosk), proof: proof.clone() };
        let kiosk = Actor::Kiosk(KioskId(1));
        assert_eq!(may_ask(kiosk, &shown(1)), Ok(()));
        assert_eq!(may_ask(kiosk, &shown(2)), Err(Refusal::NotYours));
        let (visit, compartment, reason) = (VisitId(1), CompartmentId(1), StaffReason::Inspect);
        for command in [
            Command::RevealCode { person: PersonId(1) },
            Command::ResolveCheck { compartment, found: vec![] },
            Command::StaffOpen { compartment, reason },
            Command::PairKiosk { banks: vec![] },
            Command::NextDoor { visit },
        ] {
            assert_eq!(may_ask(kiosk, &command), Err(Refusal::NotYours), "{command:?}");
        }
    }

    #[test]
    fn a_visit_speaks_for_itself() {
        let (own, other) = (VisitId(1), VisitId(2));
        assert_eq!(may_ask(Actor::Visit(own), &Command::NextDoor { visit: own }), Ok(()));
        for command in [Command::NextDoor { visit: other }, Command::LiftPauses] {
            assert_eq!(may_ask(Actor::Visit(own), &command), Err(Refusal::NotYours), "{command:?}");
        }
    }
}
