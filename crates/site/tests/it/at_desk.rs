//! A member of staff who is signed in: looks at pages, presses what is on them, and asks the API in their own name.

use crate::live::{Call, LiveSite, Said};
use axum::http::StatusCode;
use std::time::Duration;
use vestibule_core::Site;
use vestibule_site::handle::SiteHandle;

const PATIENCE: Duration = Duration::from_secs(60);

pub struct AtDesk {
    pub site: LiveSite,
    pub session: String,
    csrf: String,
}

impl AtDesk {
    /// In this role, at a site that was just founded.
    pub async fn of(role: &str) -> Self {
        Self::at(LiveSite::founded().await, role).await
    }

    pub async fn at(site: LiveSite, role: &str) -> Self {
        let (session, csrf) = site.staff(role).await;
        Self { site, session, csrf }
    }

    pub async fn sees(&self, path: &str) -> Said {
        Call::get(path).header("cookie", &format!("session={}", self.session)).to(&self.site).await
    }

    /// What is on a page that is there.
    pub async fn page(&self, path: &str) -> String {
        let said = self.sees(path).await;
        assert_eq!(said.code, StatusCode::OK, "{path}: {}", said.text);
        said.text
    }

    /// Posts a form with these fields.
    pub async fn presses(&self, path: &str, fields: &str) -> Said {
        let call = Call::new("POST", path).header("cookie", &format!("session={}", self.session));
        call.form(&format!("csrf={}&{fields}", self.csrf)).to(&self.site).await
    }

    pub async fn asks(&self, method: &str, path: &str, body: serde_json::Value) -> Said {
        Call::new(method, path).bearer(&self.session).json(body).to(&self.site).await
    }
}

/// Waits until a site's committed state is so.
pub async fn until(site: &SiteHandle, what: &str, is_so: impl Fn(&Site) -> bool + Copy + Send + 'static) {
    let mut changes = site.changes();
    let comes = async {
        loop {
            changes.borrow_and_update();
            if site.read(move |site, _| is_so(site)).await.expect("the site runs") {
                return;
            }
            changes.changed().await.expect("the site runs");
        }
    };
    tokio::time::timeout(PATIENCE, comes).await.unwrap_or_else(|_| panic!("never: {what}"));
}
