//! `vestibule openapi`: the document of the API, for `xtask gen`.

use crate::failure::Failure;
use crate::output;

pub fn run() -> Result<(), Failure> {
    output::line(vestibule_site::web::openapi())
}
