//! Forms that carry the token of the session or kiosk they were shown to.

use super::super::App;
use super::super::problem::{Fault, Trouble};
use super::super::security::body_megabytes;
use super::{PairedKiosk, StaffSession};
use axum::Form;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use subtle::ConstantTimeEq;

/// A form whose field `csrf` is that of the staff session or paired kiosk that sends it.
///
/// `T` is read like [`Form`]; for repeated fields take `Csrf<Vec<(String, String)>>`. The `csrf` field is among them.
pub struct Csrf<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Csrf<T> {
    type Rejection = Fault;
    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        let most = body_megabytes(request.uri().path());
        let (mut parts, body) = request.into_parts();
        let bytes = read_body(&parts, body, app, most).await?;
        let pairs: Vec<(String, String)> = read_form(&parts, bytes.clone(), app).await?;
        let given = pairs.iter().find(|(name, _)| name == "csrf").map(|(_, value)| value.as_str());
        check(&mut parts, app, given.unwrap_or_default()).await?;
        Ok(Self(read_form(&parts, bytes, app).await?))
    }
}

/// A form with a file, checked like [`Csrf`].
pub struct Upload {
    /// The other fields by name.
    pub fields: BTreeMap<String, String>,
    /// The file's name and content; None if none was chosen.
    pub file: Option<(String, Bytes)>,
}

impl Upload {
    /// The form of a page that nobody signs in to: only its origin was checked, by the outer layer.
    ///
    /// # Errors
    /// It cannot be read, or is too large.
    pub async fn without_session(request: Request, app: &App) -> Result<Self, Fault> {
        let most = body_megabytes(request.uri().path());
        let unreadable =
            |error: axum::extract::multipart::MultipartRejection| Trouble::Unreadable(error.body_text());
        let mut multipart = Multipart::from_request(request, app).await.map_err(unreadable)?;
        let mut upload = Self { fields: BTreeMap::new(), file: None };
        while let Some(field) =
            multipart.next_field().await.map_err(|error| multipart_trouble(&error, most))?
        {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|error| multipart_trouble(&error, most))?;
            match file_name {
                Some(file_name) if !bytes.is_empty() => upload.file = Some((file_name, bytes)),
                Some(_) => {}
                None => drop(upload.fields.insert(name, String::from_utf8_lossy(&bytes).into_owned())),
            }
        }
        Ok(upload)
    }
}

impl FromRequest<App> for Upload {
    type Rejection = Fault;
    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        let upload = Self::without_session(Request::from_parts(parts.clone(), body), app).await?;
        let given = upload.fields.get("csrf").cloned().unwrap_or_default();
        check(&mut parts, app, &given).await?;
        Ok(upload)
    }
}

fn multipart_trouble(error: &axum::extract::multipart::MultipartError, most: u32) -> Trouble {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        Trouble::TooLarge(most)
    } else {
        Trouble::Unreadable(error.body_text())
    }
}

async fn read_body(parts: &Parts, body: Body, app: &App, most: u32) -> Result<Bytes, Fault> {
    let request = Request::from_parts(parts.clone(), body);
    Bytes::from_request(request, app).await.map_err(|error| {
        let too_large = error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
        if too_large { Trouble::TooLarge(most).into() } else { Trouble::Unreadable(error.body_text()).into() }
    })
}

async fn read_form<T: DeserializeOwned>(parts: &Parts, bytes: Bytes, app: &App) -> Result<T, Fault> {
    let request = Request::from_parts(parts.clone(), Body::from(bytes));
    let form = Form::<T>::from_request(request, app).await;
    form.map(|Form(value)| value).map_err(|error| Trouble::Unreadable(error.body_text()).into())
}

/// A browser may hold both a session and a pairing; the form names the one it was shown to.
async fn check(parts: &mut Parts, app: &App, given: &str) -> Result<(), Fault> {
    let session = StaffSession::from_request_parts(parts, app).await;
    if session.as_ref().is_ok_and(|session| equal(&session.csrf, given)) {
        return Ok(());
    }
    let kiosk = PairedKiosk::from_request_parts(parts, app).await;
    if kiosk.as_ref().is_ok_and(|kiosk| equal(&kiosk.csrf(), given)) {
        return Ok(());
    }
    match (session, kiosk) {
        (Err(none), Err(_)) => Err(none),
        _ => Err(Trouble::StaleForm.into()),
    }
}

fn equal(known: &str, given: &str) -> bool {
    !known.is_empty() && known.as_bytes().ct_eq(given.as_bytes()).into()
}
