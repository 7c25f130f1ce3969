//! The addresses of the staff pages.
//!
//! Owns: which handler answers where. Never: a handler.

use axum::Router;
use axum::routing::{get, post};

use super::kiosks::cameras;
use super::needs::getting_ready;
use super::parcels::{delivered, incident, photos};
use super::printing::labels;
use super::{
    banks, classes, couriers, desk, desk_page, devices, doors, kiosks, needs, parcels, residents, settings,
};
use crate::web::App;

/// Their routes.
pub fn router() -> Router<App> {
    Router::new()
        .route("/staff", get(needs::page))
        .route("/staff/live", get(needs::stream))
        .route("/staff/tasks/{id}/done", post(needs::task_done))
        .route("/staff/rings/{id}/let-in", post(needs::let_in))
        .route("/staff/rings/{id}/refuse", post(needs::refuse))
        .route("/staff/lift-pauses", post(needs::lift_pauses))
        .route("/staff/confirm-clock", post(needs::confirm_clock))
        .route("/staff/tell/{task}", get(needs::tell::of_task))
        .route("/staff/tell/person/{id}", get(needs::tell::for_person).post(needs::tell::reveal))
        .merge(of_getting_ready())
        .merge(of_banks())
        .merge(of_audits())
        .merge(of_rooms())
        .merge(of_parcels())
        .merge(of_photos())
        .merge(of_claims())
        .merge(of_desk())
        .merge(of_doors())
        .merge(of_people())
        .merge(of_machines())
        .merge(of_site())
        .layer(axum::middleware::from_fn(desk_page::refused::in_frame))
}

fn of_getting_ready() -> Router<App> {
    use getting_ready::mail;
    Router::new()
        .route("/staff/getting-ready", get(getting_ready::page))
        .route("/staff/getting-ready/steps/{step}/skip", post(getting_ready::skip))
        .route("/staff/getting-ready/steps/{step}/resume", post(getting_ready::resume))
        .route("/staff/getting-ready/hide", post(getting_ready::hide_now))
        .route("/staff/getting-ready/remind", post(getting_ready::remind))
        .route("/staff/getting-ready/mail", get(mail::page).post(mail::send))
        .route("/staff/getting-ready/mail/live", get(mail::stream))
}

fn of_banks() -> Router<App> {
    Router::new()
        .route("/staff/banks", get(banks::page))
        .route("/staff/banks/live", get(banks::stream))
        .route("/staff/banks/new", get(banks::install::page).post(banks::install::install))
        .route("/staff/banks/preview", get(banks::install::preview_now))
        .route("/staff/banks/{id}/edit", get(banks::redraw::page).post(banks::redraw::act))
        .route("/staff/banks/{id}/edit/drawing", post(banks::redraw::drawing_now))
        .route("/staff/banks/{id}/wiring", get(banks::wiring::page))
        .route("/staff/banks/{id}/wiring/begin", post(banks::wiring::begin))
        .route("/staff/banks/{id}/wiring/try", post(banks::wiring::try_lock))
        .route("/staff/banks/{id}/wiring/say", post(banks::wiring::say))
        .route("/staff/banks/{id}/wiring/keep", post(banks::wiring::keep))
        .route("/staff/banks/{id}/wiring/stop", post(banks::wiring::stop))
        .route("/staff/banks/{id}/labels", get(labels::doors).post(labels::print_doors))
        .route("/staff/shelves/labels", get(labels::shelves).post(labels::print_shelves))
        .route("/staff/compartments/{id}", get(banks::one))
        .route("/staff/compartments/{id}/live", get(banks::one_stream))
        .route("/staff/compartments/{id}/open", post(banks::open))
        .route("/staff/banks/key", post(banks::keys::announce))
        .route("/staff/compartments/{id}/explain", post(banks::keys::explain))
        .route("/staff/compartments/{id}/service", post(banks::service))
        .route("/staff/compartments/{id}/check", post(banks::check))
        .route("/staff/compartments/{id}/designate", post(banks::designate))
        .route("/staff/compartments/{id}/class", post(classes::of_compartment))
}

fn of_audits() -> Router<App> {
    use banks::audits::{self, report, settling, walk};
    Router::new()
        .route("/staff/audits", get(audits::page).post(audits::begin))
        .route("/staff/audits/{id}", get(walk::page))
        .route("/staff/audits/{id}/live", get(walk::stream))
        .route("/staff/audits/{id}/open", post(walk::open))
        .route("/staff/audits/{id}/look", post(walk::look))
        .route("/staff/audits/{id}/scan", post(walk::scan))
        .route("/staff/audits/{id}/skip", post(walk::skip))
        .route("/staff/audits/{id}/pause", post(walk::pause))
        .route("/staff/audits/{id}/settle", post(settling::settle))
        .route("/staff/audits/{id}/end", get(settling::page).post(settling::end))
        .route("/staff/audits/{id}/abandon", post(settling::abandon))
        .route("/staff/audits/{id}/report", get(report::page))
        .route("/staff/audits/{id}/report.zip", get(report::download))
}

fn of_rooms() -> Router<App> {
    use banks::rooms;
    Router::new()
        .route("/staff/rooms", get(rooms::page))
        .route("/staff/rooms/live", get(rooms::stream))
        .route("/staff/rooms/new", get(rooms::new).post(rooms::act_new))
        .route("/staff/rooms/new/drawing", post(rooms::new_drawing))
        .route("/staff/rooms/{id}/edit", get(rooms::edit).post(rooms::act_edit))
        .route("/staff/rooms/{id}/edit/drawing", post(rooms::drawing_now))
        .route("/staff/rooms/{id}/labels", get(labels::room).post(labels::print_room))
}

fn of_parcels() -> Router<App> {
    use parcels::acts;
    Router::new()
        .route("/staff/parcels", get(parcels::page))
        .route("/staff/parcels/{id}", get(parcels::one::page))
        .route("/staff/parcels/{id}/evidence.zip", get(parcels::pack::download))
        .route("/staff/parcels/{id}/live", get(parcels::one::stream))
        .route("/staff/parcels/{id}/hold", post(parcels::holds::hold_parcel))
        .route("/staff/parcels/{id}/release", post(parcels::holds::release_parcel))
        .route("/staff/drops/{id}", get(parcels::drop::page))
        .route("/staff/drops/{id}/adopt", get(parcels::adopting::from_drop).post(parcels::adopting::of_drop))
        .route("/staff/incident", get(incident::page))
        .route("/staff/incident/evidence.zip", get(incident::download))
        .route("/staff/parcels/{id}/label", get(labels::parcel).post(labels::print_parcel))
        .route("/staff/parcels/{id}/accept", post(acts::accept))
        .route("/staff/parcels/{id}/turned-up", post(acts::turned_up))
        .route("/staff/parcels/{id}/not-there", post(acts::not_there))
        .route("/staff/parcels/{id}/take-out", post(acts::take_out))
        .route("/staff/parcels/{id}/write-off", post(acts::write_off))
        .route("/staff/parcels/{id}/place", post(acts::place))
        .route("/staff/parcels/{id}/shelve", post(acts::shelve))
        .route("/staff/parcels/{id}/give-back", post(acts::give_back))
        .route("/staff/parcels/{id}/correct", post(acts::correct))
        .route("/staff/parcels/{id}/class", post(classes::of_parcel))
}

fn of_claims() -> Router<App> {
    use delivered::{letter, one, scans, telling, waits};
    Router::new()
        .route("/staff/delivered", get(delivered::page).post(telling::numbers))
        .route("/staff/delivered/message", post(telling::message))
        .route("/staff/delivered/carriers", get(scans::page))
        .route("/staff/delivered/waits", post(waits::save))
        .route("/staff/delivered/{id}", get(one::page))
        .route(
            "/staff/delivered/{id}/adopt",
            get(parcels::adopting::from_claim).post(parcels::adopting::of_claim),
        )
        .route("/staff/delivered/{id}/found", post(one::found))
        .route("/staff/delivered/{id}/explain", post(one::explain))
        .route("/staff/delivered/{id}/letter", get(letter::page).post(one::ask))
}

fn of_photos() -> Router<App> {
    Router::new()
        .route("/staff/cameras", get(cameras::page))
        .route("/staff/photos/{id}", get(photos::page))
        .route("/staff/photos/{id}/picture", get(photos::whole))
        .route("/staff/photos/{id}/small", get(photos::small_one))
        .route("/staff/photos/{id}/hold", post(photos::hold))
        .route("/staff/photos/{id}/release", post(photos::release))
}

fn of_desk() -> Router<App> {
    Router::new()
        .route("/staff/desk", get(desk::page))
        .route("/staff/desk/read", post(desk::reading::read))
        .route("/staff/desk/photo", post(desk::reading::photo))
        .route("/staff/desk/recipient", post(desk::recipient))
        .route("/staff/desk/accept", post(desk::accept))
        .route("/staff/desk/batch", get(desk::batch::page))
        .route("/staff/desk/batch/scan", post(desk::batch::scan))
        .route("/staff/desk/batch/fix", post(desk::batch::fix_one))
        .route("/staff/desk/batch/drop", post(desk::batch::drop_one))
        .route("/staff/desk/batch/accept", post(desk::batch::accept))
        .route("/staff/desk/shelving", get(desk::shelving::page))
        .route("/staff/desk/shelving/scan", post(desk::shelving::scan))
        .route("/staff/intake", get(desk::board::page))
        .route("/staff/intake/table.csv", get(desk::board::export))
        .route("/staff/desk/show", post(desk::hand_over::show))
        .route("/staff/desk/find", get(desk::hand_over::find))
        .route("/staff/desk/for/{person}", get(desk::hand_over::for_person))
        .route("/staff/desk/hand-over", post(desk::hand_over::hand_over))
}

fn of_doors() -> Router<App> {
    use doors::{entries, one, passes, rules};
    Router::new()
        .route("/staff/doors", get(doors::page).post(one::install))
        .route("/staff/doors/live", get(doors::stream))
        .route("/staff/doors/rules", get(rules::page).post(rules::save))
        .route("/staff/doors/holidays", post(rules::save_holidays))
        .route("/staff/doors/{id}", get(one::page).post(one::change))
        .route("/staff/doors/{id}/mode", post(one::set_mode))
        .route("/staff/doors/{id}/night", post(doors::night::set))
        .route("/staff/doors/{id}/remove", post(one::remove))
        .route("/staff/doors/{id}/reader", get(doors::reader::page).post(doors::reader::admit))
        .route("/staff/doors/{id}/reader/live", get(doors::reader::stream))
        .route("/staff/doors/{id}/let-in", post(one::let_in))
        .route("/staff/doors/{id}/label", get(labels::passage).post(labels::print_passage))
        .route("/staff/doors/{id}/label/renew", post(labels::renew_passage))
        .route("/staff/entries", get(entries::page))
        .route("/staff/entries/{id}", get(entries::one))
        .route("/staff/entries/{id}/hold", post(parcels::holds::hold_entry))
        .route("/staff/entries/{id}/release", post(parcels::holds::release_entry))
        .route(
            "/staff/entries/{id}/adopt",
            get(parcels::adopting::from_entry).post(parcels::adopting::of_entry),
        )
        .route("/staff/passes", get(passes::page).post(passes::issue))
        .route("/staff/passes/{id}/end", post(passes::end))
}

fn of_people() -> Router<App> {
    use residents::{card, import, person, unit};
    Router::new()
        .route("/staff/residents", get(residents::page))
        .route("/staff/import", get(import::page).post(import::try_out))
        .route("/staff/import/confirm", post(import::confirm))
        .route("/staff/units", post(unit::add))
        .route("/staff/units/{id}", get(unit::page))
        .route("/staff/units/{id}/people", post(unit::add_person))
        .route("/staff/units/{id}/turn-over", post(unit::turn_over))
        .route("/staff/people/{id}", get(person::page).post(person::save))
        .route("/staff/people/{id}/leave", post(person::leave))
        .route("/staff/people/{id}/notify", post(person::notify))
        .route("/staff/people/{id}/card", post(card::issue))
        .route("/staff/people/{id}/card/{credential}/revoke", post(card::revoke))
}

fn of_machines() -> Router<App> {
    Router::new()
        .route("/staff/couriers", get(couriers::page).post(couriers::issue))
        .route("/staff/couriers/poster", get(couriers::poster_page))
        .route("/staff/couriers/{id}/rotate", post(couriers::rotate))
        .route("/staff/couriers/{id}/name", post(couriers::name))
        .route("/staff/couriers/{id}/end", post(couriers::end))
        .route("/staff/carriers", post(couriers::name_carrier))
        .route("/staff/shelves", get(banks::shelves::page))
        .route("/staff/shelves/{id}", get(banks::shelves::one).post(banks::shelves::save))
        .route("/staff/shelves/{id}/class", post(classes::of_shelf))
        .route("/staff/kiosks", get(kiosks::page).post(kiosks::pair))
        .route("/staff/kiosks/{id}", post(kiosks::change))
        .route("/staff/kiosks/{id}/doors", post(kiosks::set_doors))
        .route("/staff/kiosks/{id}/unpair", post(kiosks::unpair))
        .route("/staff/devices", get(devices::page))
        .route("/staff/devices/live", get(devices::stream))
        .route("/staff/devices/buses/{n}", get(devices::bus::page))
        .route("/staff/devices/buses/{n}/live", get(devices::bus::stream))
        .route("/staff/devices/buses/{n}/exchanges", get(devices::exchanges::of_bus))
        .route("/staff/devices/doors/{id}/exchanges", get(devices::exchanges::of_door))
        .route("/staff/devices/cameras/{id}/exchanges", get(devices::exchanges::of_camera))
        .route("/staff/devices/doors/{id}", get(devices::single::door))
        .route("/staff/devices/scanners/{n}", get(devices::single::scanner))
        .route("/staff/devices/printers/{n}", get(devices::single::printer))
}

fn of_site() -> Router<App> {
    use settings::{accounts, connection, places};
    Router::new()
        .route("/staff/settings", get(settings::page))
        .route("/staff/settings/connection", get(connection::page))
        .route("/staff/settings/connection/certificate", post(connection::certificate::try_now))
        .route("/staff/settings/site", post(settings::save_site))
        .route("/staff/settings/help", post(settings::add_help))
        .route("/staff/settings/help/remove", post(settings::remove_help))
        .route("/staff/settings/addresses", post(settings::houses::save))
        .route("/staff/settings/evidence", post(settings::houses::save_days))
        .route("/staff/settings/policy", post(settings::save_policy))
        .route("/staff/settings/desk-hours", post(places::add_desk_hours))
        .route("/staff/settings/desk-hours/remove", post(places::remove_desk_hours))
        .route("/staff/settings/shelves", post(places::shelf))
        .route("/staff/settings/drop-places", post(places::area))
        .route("/staff/settings/accounts", post(accounts::invite))
        .route("/staff/settings/accounts/{id}/reset", post(accounts::reset))
        .route("/staff/settings/accounts/{id}/disable", post(accounts::disable))
        .route("/staff/settings/accounts/{id}/enable", post(accounts::enable))
}
