//! What carriers say they delivered: claims, what staff know of each, and how scans compare by company.

mod feeds;

use super::super::answer::{Answered, Answering, ask, ask_as};
use super::super::body::{Body, Id, Key, Params};
use super::super::words::recipient;
use crate::directory::claims::{ClaimLine, Scans, Show, by_carrier, label_of, list};
use crate::handle::Request;
use crate::web::App;
use crate::web::given::deliveries::{Told, sent_at, tell};
use crate::web::guard::StaffSession;
use crate::web::problem::Fault;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use vestibule_core::custody::delivered::{ClaimSource, Explanation};
use vestibule_core::vocabulary::command::ClaimStep;
use vestibule_core::{CarrierId, ClaimId, Command, ParcelId, Refusal, Span, Timestamp, UnitId};
use vestibule_intake::mail::{NUMBERS_MOST, TEXT_MOST, in_message, news};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(claims, claim))
        .routes(routes!(of_message))
        .routes(routes!(found))
        .routes(routes!(ask_carrier))
        .routes(routes!(explain))
        .routes(routes!(scans))
        .merge(feeds::routes())
}

const PAGE: u32 = 50;
const PAGE_MOST: u32 = 200;
/// How far back entries, deposits and claims are compared, where nothing else is asked.
const COMPARED: Span = Span::days(30);

/// Which claims.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Which {
    /// `waiting`, `overdue` (the usual), `found` or `explained`.
    #[param(value_type = Option<String>)]
    show: Option<Show>,
    /// Older than this claim: the last one of the page before.
    before: Option<u64>,
    /// At most so many, up to 200.
    limit: Option<u32>,
}

/// One claim.
#[derive(Serialize, ToSchema)]
struct ClaimView {
    /// Its number here.
    claim: u64,
    /// The tracking number, as long as it is kept.
    tracking: Option<String>,
    /// The site's company.
    carrier: Option<u32>,
    /// The company as it was called.
    company: Option<String>,
    /// When it was delivered, as it is said, ms.
    at: i64,
    /// When that was said, ms.
    heard_at: i64,
    /// `staff`, `resident`, `mail`, `easy_post`, `shippo` or `after_ship`.
    source: &'static str,
    /// The unit named.
    unit: Option<u32>,
    /// The name it was addressed to.
    addressed_to: Option<String>,
    /// It may still come, or its carrier answer, until then, ms.
    until: i64,
    /// `waiting`, `due`, `asked`, `met`, `found` or `explained`.
    standing: String,
    /// The parcel it is; of one that is open, a parcel that bears its number and is not it.
    parcel: Option<u64>,
    /// Why it is not here: `with_recipient`, `another_address`, `corrected`, `compensated` or `other`.
    why: Option<&'static str>,
    /// When it ended, ms.
    ended_at: Option<i64>,
}

impl ClaimView {
    fn of(line: ClaimLine) -> Self {
        Self {
            claim: line.claim.0,
            tracking: line.tracking,
            carrier: line.carrier.map(|carrier| carrier.0),
            company: line.company,
            at: line.at.0,
            heard_at: line.heard.0,
            source: line.source.map_or("", ClaimSource::word),
            unit: line.unit.map(|unit| unit.0),
            addressed_to: line.addressed_to,
            until: line.until.0,
            standing: line.standing,
            parcel: line.parcel.map(|parcel| parcel.0),
            why: line.why.map(Explanation::word),
            ended_at: line.ended.map(|at| at.0),
        }
    }
}

/// Claims, newest first.
#[utoipa::path(get, path = "/api/v1/claims", params(Which), responses((status = 200, body = [ClaimView])), tag = "claims")]
async fn claims(
    State(app): State<App>,
    _: StaffSession,
    Params(which): Params<Which>,
) -> Result<Json<Vec<ClaimView>>, Fault> {
    let page = (which.before.map(ClaimId), which.limit.unwrap_or(PAGE).clamp(1, PAGE_MOST));
    let show = which.show.unwrap_or_default();
    let found = app.site.query(move |tables| list(tables, show, page)).await?;
    Ok(Json(found.into_iter().map(ClaimView::of).collect()))
}

/// That something was delivered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClaimBody {
    /// The tracking number.
    tracking: String,
    /// The site's company; absent: the one the number proves.
    carrier: Option<u32>,
    /// When, ms; absent: just now. Within the last 14 days.
    at: Option<i64>,
    /// For whom.
    unit: Option<u32>,
    /// The name it was addressed to.
    addressed_to: Option<String>,
}

/// Says that a carrier delivered a parcel. Said again, it is the same claim.
#[utoipa::path(post, path = "/api/v1/claims", request_body = ClaimBody, responses((status = 200, body = Answered)), tag = "claims")]
async fn claim(
    State(app): State<App>,
    session: StaffSession,
    Key(key): Key,
    Body(body): Body<ClaimBody>,
) -> Answering {
    let told = Told {
        carrier: body.carrier.map(CarrierId),
        at: body.at.map(Timestamp),
        unit: body.unit.map(UnitId),
        addressed_to: body.addressed_to,
        ..Told::new(body.tracking, ClaimSource::Staff)
    };
    let outcome = tell(&app, session.actor(), told, key).await?;
    Ok(Json(Answered::of(outcome.answer?, outcome.repeated)))
}

/// A message of a carrier.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MessageBody {
    /// Its text, up to 128 KiB.
    text: String,
    /// When it was delivered, ms; absent: when the message was sent, as its `Date` says. Within the last 14 days.
    at: Option<i64>,
}

/// A number of a message, and what became of it.
#[derive(Serialize, ToSchema)]
struct MessageNumber {
    /// The tracking number.
    tracking: String,
    /// The claim it is; absent: it was refused.
    claim: Option<u64>,
    /// `not-delivered`: the message says that it is still on its way; else the code of the refusal.
    refused: Option<&'static str>,
}

/// Finds the tracking numbers of a carrier's message, up to 50, and notes each as delivered when that was sent, or `at`. Where
/// neither is known nothing is noted.
#[utoipa::path(post, path = "/api/v1/claims/message", request_body = MessageBody, responses((status = 200, body = [MessageNumber])), tag = "claims")]
async fn of_message(
    State(app): State<App>,
    session: StaffSession,
    Body(body): Body<MessageBody>,
) -> Result<Json<Vec<MessageNumber>>, Fault> {
    if body.text.len() > TEXT_MOST {
        let why =
            format!("a message takes at most {TEXT_MOST} bytes; up to {NUMBERS_MOST} numbers are found");
        return Err(Refusal::Invalid { why }.into());
    }
    let at = body.at.map(Timestamp).or_else(|| sent_at(&body.text));
    let found = in_message(&body.text);
    let is_on_its_way = news::is_on_its_way(&body.text);
    if at.is_none() && !found.is_empty() && !is_on_its_way {
        let why = "the message has no Date that can be read: say in `at` when it was delivered".to_owned();
        return Err(Refusal::Invalid { why }.into());
    }
    let mut told = Vec::new();
    for found in found {
        let tracking = found.number.clone();
        if is_on_its_way {
            told.push(MessageNumber { tracking, claim: None, refused: Some("not-delivered") });
            continue;
        }
        let company = found.carrier.and_then(vestibule_intake::Carrier::name).map(str::to_owned);
        let words = Told { company, at, ..Told::new(found.number, ClaimSource::Mail) };
        let answer = tell(&app, session.actor(), words, None).await?.answer;
        told.push(match answer {
            Ok(answer) => MessageNumber { tracking, claim: Answered::of(answer, false).id, refused: None },
            Err(refusal) => MessageNumber { tracking, claim: None, refused: Some(refusal.code()) },
        });
    }
    Ok(Json(told))
}

/// The parcel a claim is about.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FoundBody {
    /// The parcel: of a drop, at the desk, anywhere in custody.
    parcel: u64,
    /// Whose it is, where that is said with it.
    unit: Option<u32>,
    /// The person meant, if one is.
    addressee: Option<u32>,
}

/// It is here: this parcel bears the number from now on.
#[utoipa::path(post, path = "/api/v1/claims/{id}/found", params(("id" = u64, Path)), request_body = FoundBody, responses((status = 200, body = Answered)), tag = "claims")]
async fn found(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(body): Body<FoundBody>,
) -> Answering {
    let (claim, parcel) = (ClaimId(id), ParcelId(body.parcel));
    let choice = body.unit.map(|unit| recipient(Some(unit), body.addressee));
    let label = app.site.query(move |tables| label_of(tables, claim, parcel)).await?;
    let step = ClaimStep::Here { parcel, recipient: choice };
    let request = Request::new(session.actor(), Command::SettleClaim { claim, step });
    ask(&app, request.with_key(key).with_rows(|_| label)).await
}

/// The carrier was written to: its answer is waited for.
#[utoipa::path(post, path = "/api/v1/claims/{id}/ask-carrier", params(("id" = u64, Path)), responses((status = 200, body = Answered)), tag = "claims")]
async fn ask_carrier(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
) -> Answering {
    let command = Command::SettleClaim { claim: ClaimId(id), step: ClaimStep::AskCarrier };
    ask_as(&app, &session, key, command).await
}

/// Why it is not here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExplainBody {
    /// `with_recipient`, `another_address`, `corrected`, `compensated` or `other`.
    #[schema(value_type = String, example = "with_recipient")]
    why: Explanation,
}

/// It is not here, and it is known why.
#[utoipa::path(post, path = "/api/v1/claims/{id}/explain", params(("id" = u64, Path)), request_body = ExplainBody, responses((status = 200, body = Answered)), tag = "claims")]
async fn explain(
    State(app): State<App>,
    session: StaffSession,
    Id(id): Id<u64>,
    Key(key): Key,
    Body(body): Body<ExplainBody>,
) -> Answering {
    let step = ClaimStep::Explain { why: body.why };
    ask_as(&app, &session, key, Command::SettleClaim { claim: ClaimId(id), step }).await
}

/// Between which moments.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Between {
    /// From then, ms; absent: 30 days ago.
    from: Option<i64>,
    /// Until then, ms; absent: now.
    to: Option<i64>,
}

/// What one company did.
#[derive(Serialize, ToSchema)]
struct ScansView {
    /// The site's company; absent: not known.
    carrier: Option<u32>,
    /// Entries by its codes.
    entries: i64,
    /// Parcels its couriers scanned and put where their recipient finds them.
    deposits: i64,
    /// Parcels of its that are here without such a scan: put down in a pile, typed by hand, or taken in by staff.
    without_scan: i64,
    /// Parcels it is said to have delivered.
    claims: i64,
    /// Those of them that nobody scanned in time.
    unscanned: i64,
}

/// Entries, deposits and claims of each company.
#[utoipa::path(get, path = "/api/v1/claims/carriers", params(Between), responses((status = 200, body = [ScansView])), tag = "claims")]
async fn scans(
    State(app): State<App>,
    _: StaffSession,
    Params(between): Params<Between>,
) -> Result<Json<Vec<ScansView>>, Fault> {
    let now = app.site.now();
    let to = between.to.map_or(Timestamp(now.0 + 1), Timestamp);
    let from = between.from.map_or(Timestamp(now.0 - COMPARED.0), Timestamp);
    let all = app.site.query(move |tables| by_carrier(tables, (from, to))).await?;
    let view = |(carrier, scans): (Option<CarrierId>, Scans)| ScansView {
        carrier: carrier.map(|carrier| carrier.0),
        entries: scans.entries,
        deposits: scans.deposits,
        without_scan: scans.without_scan,
        claims: scans.claims,
        unscanned: scans.unscanned,
    };
    Ok(Json(all.into_iter().map(view).collect()))
}
