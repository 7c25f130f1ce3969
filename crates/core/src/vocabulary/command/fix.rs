//! What a courier puts right in their own visit.

use crate::vocabulary::command::RecipientChoice;
use serde::{Deserialize, Serialize};

/// What *Fix* does with an earlier deposit of the visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fix {
    /// Open the compartment again.
    Reopen,
    /// It is for somebody else.
    Readdress(RecipientChoice),
}
