//! Tracking providers tell of deliveries: no session, but a signature with the secret that the configuration names.

use crate::web::App;
use crate::web::given::deliveries::{Told, tell};
use crate::web::given::feeds::{Provider, Unheard};
use crate::web::problem::{Fault, Trouble};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::{Actor, Observation, Refusal, Timestamp};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(hear))
}

/// What became of a message.
#[derive(Serialize, ToSchema)]
struct Heard {
    /// It says that a parcel was delivered here, now or before.
    noted: bool,
    /// Why nothing was noted: `not-delivered`, or the code of a refusal such as `another-building`.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
}

/// Hears a provider: `easypost`, `shippo` or `aftership`. The body is the provider's own, signed as it signs; what is well signed is
/// answered with 200 even where nothing is noted, so that it is not sent again.
#[utoipa::path(post, path = "/api/v1/feeds/{provider}", params(("provider" = String, Path)), request_body(content = String, content_type = "application/json"), responses((status = 200, body = Heard)), tag = "claims", security(()))]
async fn hear(
    State(app): State<App>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Heard>, Fault> {
    let provider = Provider::of(&provider).ok_or(Trouble::NoPage)?;
    let feed = app.web.feeds.of_provider(provider).ok_or(Trouble::NoPage)?;
    let (zone, now) = app.site.read(|site, now| (site.policy.zone.clone(), now)).await?;
    let heard = feed.hear(&headers, &body, (&zone, now));
    note(&app, (provider, now), heard.as_ref().err().copied()).await?;
    let heard = heard.map_err(|why| match why {
        Unheard::BadSignature => Trouble::BadSignature,
        Unheard::NotNow => Trouble::StaleMessage,
        Unheard::Unreadable => Trouble::Unreadable("It is not JSON.".to_owned()),
    })?;
    let Some(delivered) = heard else { return Ok(Json(Heard { noted: false, why: Some("not-delivered") })) };
    let told = Told {
        company: delivered.company,
        at: delivered.at,
        postal: delivered.postal,
        ..Told::new(delivered.number, provider.source())
    };
    let unnoted = |refusal: &Refusal| unnoted(&app, (provider, now), refusal);
    Ok(Json(match tell(&app, Actor::Site, told, None).await {
        Err(Fault::Refused(refusal)) => unnoted(&refusal)?,
        Err(fault) => return Err(fault),
        Ok(outcome) => match outcome.answer {
            Ok(_) => Heard { noted: true, why: None },
            Err(refusal) => unnoted(&refusal)?,
        },
    }))
}

/// Staff see how the feed is heard, and are asked where its signatures are bad again and again.
async fn note(
    app: &App,
    (provider, now): (Provider, Timestamp),
    unheard: Option<Unheard>,
) -> Result<(), Fault> {
    let (heard, feed) = (&app.web.feeds.heard, provider.source());
    if let Some(why) = unheard {
        tracing::warn!(provider = provider.word(), ?why, "a tracking feed was not listened to");
    }
    let (changed, refused) = match unheard {
        Some(Unheard::BadSignature) => (heard.badly_signed(provider, now), true),
        Some(Unheard::NotNow | Unheard::Unreadable) | None => (heard.well_signed(provider, now), false),
    };
    match unheard {
        Some(Unheard::NotNow) => heard.refused(provider, now, "stale-message"),
        Some(Unheard::Unreadable) => heard.refused(provider, now, "unreadable"),
        Some(Unheard::BadSignature) | None => {}
    }
    if changed {
        app.site.observe(vec![Observation::FeedRefused { feed, refused }]).await?;
    }
    Ok(())
}

/// A refusal that will be the same the next time; what may pass is an error, and the provider tries again.
fn unnoted(app: &App, (provider, now): (Provider, Timestamp), refusal: &Refusal) -> Result<Heard, Fault> {
    match refusal {
        Refusal::AnotherBuilding | Refusal::ClaimTooOld | Refusal::Invalid { .. } => {
            app.web.feeds.heard.refused(provider, now, refusal.code());
            tracing::info!(why = refusal.code(), "a tracking feed told of a delivery that is not noted");
            Ok(Heard { noted: false, why: Some(refusal.code()) })
        }
        other => Err(other.clone().into()),
    }
}
