//! Letting time pass in a demonstration: who has no night to wait for sees what the night brings.
//!
//! Owns: in which steps. Never: sets site time; that follows the wall clock, as it does anywhere.

use super::{Demo, Property};
use crate::clock::DOUBT;
use crate::web::App;
use crate::web::problem::{Fault, Trouble};
use axum::extract::State;
use axum::response::Redirect;
use axum::{Extension, Form};
use serde::Deserialize;
use vestibule_core::Span;
use vestibule_core::time::civil;

/// A day is enough to see everything a clock brings but what takes days.
const MINUTES_MOST: i64 = 24 * 60;
/// Well within what site time follows.
const STEP: Span = Span(DOUBT.0 / 5 * 4);

/// How much is to pass.
#[derive(Deserialize)]
pub(super) struct Passing {
    /// So many minutes.
    minutes: Option<i64>,
    /// Until this minute of the building's day comes next.
    until: Option<i64>,
}

pub(super) async fn let_pass(
    State(app): State<App>,
    Extension(demo): Demo,
    Form(passing): Form<Passing>,
) -> Result<Redirect, Fault> {
    let (now, zone) = app.site.read(|site, now| (now, site.policy.zone.clone())).await?;
    let minute = i64::from(civil(now, &zone).minute);
    let minutes = match passing {
        Passing { minutes: Some(minutes), .. } if (1..=MINUTES_MOST).contains(&minutes) => minutes,
        Passing { until: Some(until), .. } if (0..MINUTES_MOST).contains(&until) => {
            (until - minute - 1).rem_euclid(MINUTES_MOST) + 1
        }
        _ => return Err(Trouble::Unreadable("minutes is 1 to 1440, or until 0 to 1439".to_owned()).into()),
    };
    pass(&app, &*demo, Span::minutes(minutes)).await?;
    Ok(Redirect::to("/"))
}

/// In steps, each with a look of the site at its clock: what is due on the way comes in its order, and no clock is doubted.
async fn pass(app: &App, demo: &dyn Property, span: Span) -> Result<(), Fault> {
    let mut left = span.0;
    while left > 0 {
        let step = left.min(STEP.0);
        demo.let_pass(Span(step));
        // Nothing is written; the site looks at its clock. The first may join a round that looked before, the second cannot.
        for _ in 0..2 {
            app.site.write(Vec::new()).await.map_err(|_| Trouble::Broken)?;
        }
        left -= step;
    }
    Ok(())
}
