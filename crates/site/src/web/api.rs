//! The JSON API under `/api/v1`: the same commands as the pages, with problem+json and an OpenAPI document.
//!
//! Staff and their programs come with a bearer token (or their cookie), kiosks with their pairing token. Answers carry
//! no code but those of the routes that issue one, once. `Idempotency-Key` is honoured wherever something is asked.

mod answer;
mod banks;
mod body;
mod credentials;
mod desk;
mod import;
mod kiosk;
mod parcels;
mod people;
mod photos;
mod sessions;
mod shelves;
mod site;
mod visits;
mod words;

use super::App;
use axum::Router;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Vestibule site",
        version = "1",
        description = "Parcels, compartments, residents and kiosks of one site. Every refusal is problem+json with a stable `code`."
    ),
    modifiers(&Bearer),
    security(("bearer" = [])),
    components(schemas(super::problem::Problem))
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        let components = document.components.get_or_insert_default();
        components.security_schemes.insert("bearer".to_owned(), scheme.into());
    }
}

/// In how many of the API's larger bodies these bytes are JSON. Reads what a request would, without a site: the proof feeds it
/// what strangers may send.
pub fn readable(bytes: &[u8]) -> usize {
    fn reads<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> usize {
        usize::from(serde_json::from_slice::<T>(bytes).is_ok())
    }
    reads::<words::ParcelBody>(bytes)
        + reads::<words::Because>(bytes)
        + reads::<words::CodeBody>(bytes)
        + reads::<credentials::CourierCodeBody>(bytes)
        + reads::<desk::HandOverBody>(bytes)
        + reads::<site::doors::DoorBody>(bytes)
        + reads::<vestibule_core::access::policy::DoorPolicy>(bytes)
        + reads::<visits::FixBody>(bytes)
        + reads::<vestibule_core::policy::Policy>(bytes)
}

fn documented() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(sessions::routes())
        .merge(parcels::routes())
        .merge(desk::routes())
        .merge(banks::routes())
        .merge(people::routes())
        .merge(photos::routes())
        .merge(import::routes())
        .merge(credentials::routes())
        .merge(shelves::routes())
        .merge(site::routes())
        .merge(kiosk::routes())
        .merge(visits::routes())
}

/// Its routes.
pub fn router() -> Router<App> {
    documented().split_for_parts().0
}

/// The OpenAPI document, pretty and in a stable order.
pub fn openapi() -> String {
    documented().into_openapi().to_pretty_json().expect("the document is plain data")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document_file() -> std::path::PathBuf {
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi/site.json")
    }

    #[test]
    fn the_checked_in_document_is_the_one_the_routes_make() {
        let path = document_file();
        if std::env::var_os("VESTIBULE_WRITE_OPENAPI").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, openapi() + "\n").unwrap();
        }
        let checked_in = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            checked_in == openapi() + "\n",
            "openapi/site.json is out of date; run: VESTIBULE_WRITE_OPENAPI=1 cargo nextest run -p vestibule-site checked_in_document"
        );
    }

    #[test]
    fn it_is_openapi_3_1_and_the_same_each_time() {
        let value: serde_json::Value = serde_json::from_str(&openapi()).unwrap();
        assert!(value["openapi"].as_str().unwrap().starts_with("3.1"));
        assert!(value["paths"].as_object().unwrap().keys().all(|path| path.starts_with("/api/v1/")));
        assert_eq!(openapi(), openapi());
    }
}
