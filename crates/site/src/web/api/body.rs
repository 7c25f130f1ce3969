//! Request bodies and headers of the API: unknown fields and odd keys are refused with a reason.

use crate::web::App;
use crate::web::problem::{Fault, Trouble};
use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// A JSON body.
pub(super) struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Fault;
    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        match Json::<T>::from_request(request, app).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Trouble::TooLarge(1).into()),
            Err(error) => Err(Trouble::Unreadable(error.body_text()).into()),
        }
    }
}

/// The `Idempotency-Key` header: a repeat of the same request with it gets the first answer.
pub(super) struct Key(pub Option<String>);

const KEY_MOST: usize = 128;

impl FromRequestParts<App> for Key {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fault> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        let text = value.to_str().ok().filter(|text| !text.is_empty() && text.len() <= KEY_MOST);
        let wrong =
            || Trouble::Unreadable(format!("Idempotency-Key takes 1 to {KEY_MOST} printable characters."));
        Ok(Self(Some(text.ok_or_else(wrong)?.to_owned())))
    }
}

/// Query parameters, unknown ones refused.
pub(super) struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Params<T> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, app).await;
        query.map(|query| Self(query.0)).map_err(|error| Trouble::Unreadable(error.body_text()).into())
    }
}

/// A number in the path. Anything else is no page.
pub(super) struct Id<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Id<T> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, app).await;
        path.map(|path| Self(path.0)).map_err(|_| Trouble::NoPage.into())
    }
}
