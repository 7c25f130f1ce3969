//! What a member of staff may do. The pages and the API ask here and nowhere else.

/// The role of an account, the most powerful first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Everything, accounts included.
    Owner,
    /// Runs the property: people, codes, kiosks, settings.
    Manager,
    /// Works with parcels.
    Staff,
}

/// Something not everybody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Accept, shelve, hand over, place, correct and write off parcels; see who lives where.
    HandleParcels,
    /// Open one compartment with a reason; take it out of service.
    OpenCompartments,
    /// Show or print a person's code or card (*tell apt 3B*); lift pauses.
    RevealCodes,
    /// Change people and units; import them.
    ChangePeople,
    /// Issue and revoke courier codes and badges.
    IssueCourierCodes,
    /// Put up banks, shelves and desks; pair kiosks; wiring.
    Install,
    /// Change the policy, the help lines, the site's address.
    ChangeSettings,
    /// Keep photos beyond their time, or end that.
    HoldEvidence,
    /// Invite, change and disable accounts of staff.
    ManageAccounts,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Owner, Self::Manager, Self::Staff];

    /// The word in the account table and in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Staff => "staff",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Whether this role may do it.
    pub const fn may(self, what: Permission) -> bool {
        match what {
            Permission::HandleParcels | Permission::OpenCompartments | Permission::RevealCodes => true,
            Permission::ChangePeople
            | Permission::IssueCourierCodes
            | Permission::Install
            | Permission::ChangeSettings
            | Permission::HoldEvidence => matches!(self, Self::Owner | Self::Manager),
            Permission::ManageAccounts => matches!(self, Self::Owner),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_and_only_owners_manage_accounts() {
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.word()), Some(role));
            assert_eq!(role.may(Permission::ManageAccounts), role == Role::Owner);
            assert_eq!(role.may(Permission::ChangePeople), role != Role::Staff);
            assert!(role.may(Permission::HandleParcels));
        }
        assert_eq!(Role::from_word("root"), None);
    }
}
