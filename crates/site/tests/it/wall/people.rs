//! What couriers, residents and staff do and hold, in short words.

use super::ground::Code;
use super::*;
use sha2::{Digest, Sha256};
use vestibule_core::code::{damm, pin, token};
use vestibule_core::time::WeekWindow;
use vestibule_site::keys::unseal_with;

impl Wall {
    // -- couriers

    pub async fn issue_courier(&self, holds: Span) -> Code {
        let expires = self.now().await + holds;
        let windows = vec![WeekWindow::ALWAYS];
        let command = Command::IssueCourierCode { carrier: CarrierId(1), windows, expires, doors: vec![] };
        let outcome = self.outcome(Request::new(Actor::Console, command)).await;
        let code = revealed(&outcome);
        self.ground.remember(&code);
        code
    }

    pub fn courier_code(&self) -> Code {
        self.ground.courier.clone().expect("founded")
    }

    pub fn typed_by_courier(&self, code: &Code) -> Proof {
        Proof::Digits {
            selector: number(&code.digits[..3]),
            check_ok: damm::is_valid(&code.digits),
            hash: pin::courier_hash(&*self.ground.keys, &code.digits),
        }
    }

    /// The courier's code is typed at a kiosk.
    pub async fn log_in(&self, kiosk: KioskId) -> VisitId {
        let proof = self.typed_by_courier(&self.courier_code());
        match self.ok(Actor::Kiosk(kiosk), Command::CourierLogIn { kiosk, proof }).await {
            Answer::Visit { visit } => visit,
            other => panic!("{other:?}"),
        }
    }

    /// A parcel for somebody by name; where it goes.
    pub async fn deposit(&self, visit: VisitId, name: &str, size: Size) -> (ParcelId, Place) {
        let command = Command::Deposit { visit, words: words_for(name, size) };
        match self.ok(Actor::Visit(visit), command).await {
            Answer::Parcel { parcel, place: Some(place), .. } => (parcel, place),
            other => panic!("{other:?}"),
        }
    }

    /// A parcel for somebody by name, whose door has opened.
    pub async fn at_door(&self, visit: VisitId, name: &str, size: Size) -> (ParcelId, CompartmentId) {
        match self.deposit(visit, name, size).await {
            (parcel, Place::Compartment(door)) => {
                self.open(door).await;
                (parcel, door)
            }
            other => panic!("{other:?}"),
        }
    }

    /// A courier brings one small parcel for each person named and leaves.
    pub async fn bring(&self, names: &[&str]) -> Vec<(ParcelId, CompartmentId)> {
        let visit = self.log_in(K1).await;
        let mut brought = Vec::new();
        for name in names {
            let (parcel, door) = self.at_door(visit, name, Size::S).await;
            self.shut(door).await;
            self.lies_in(parcel, door).await;
            brought.push((parcel, door));
        }
        self.ok(Actor::Visit(visit), Command::Finish { visit }).await;
        brought
    }

    pub async fn lies_in(&self, parcel: ParcelId, door: CompartmentId) {
        self.held_by(parcel, Custodian::Compartment(door)).await;
    }

    pub async fn held_by(&self, parcel: ParcelId, custodian: Custodian) {
        self.until(&format!("parcel {parcel} is with {custodian:?}"), move |site, _| {
            (site.custody.get(parcel)?.custodian == custodian).then_some(())
        })
        .await;
    }

    // -- residents

    /// The newest mail with a code to a person: the code, by what the mail says and what its link reveals.
    pub async fn mailed(&self, name: &str, at_least: usize) -> Code {
        let to = format!("{name}@example.org");
        let mut arrivals = self.ground.mail.subscribe();
        let found = async {
            loop {
                let mails = self.mails(&to);
                let with_code: Vec<_> = mails.iter().filter(|text| text.contains(LINK)).collect();
                if with_code.len() >= at_least {
                    return with_code[with_code.len() - 1].clone();
                }
                arrivals.recv().await.expect("the sink runs");
            }
        };
        let text = match timeout(PATIENCE, found).await {
            Ok(text) => text,
            Err(_) => panic!("never: mail {at_least} to {name}\n{}", self.tale().await),
        };
        self.code_in(&text).await
    }

    /// The texts of all mails to an address, oldest first.
    pub fn mails(&self, to: &str) -> Vec<String> {
        let mails = self.ground.mail.messages();
        let to_them = mails.iter().filter(|mail| mail.envelope.recipients.iter().any(|r| r == to));
        to_them.map(|mail| mail.mail.text.clone().expect("a text part")).collect()
    }

    async fn code_in(&self, text: &str) -> Code {
        let (_, rest) = text.split_once(LINK).expect("a link");
        let link: String = rest.chars().take(token::TOKEN_LENGTH).collect();
        self.ground.live.lock().expect("held briefly").push(link.clone());
        let hash: [u8; 32] = Sha256::digest(link.as_bytes()).into();
        let sealed: Vec<u8> = self
            .site
            .query(move |c| {
                c.query_row("SELECT sealed FROM link_page WHERE token = ?1", [hash], |row| row.get(0))
            })
            .await
            .expect("the page behind the link is there");
        let shown = unseal_with(&Keys::derive("link", &link), &sealed).expect("the link is its key");
        let shown: serde_json::Value = serde_json::from_slice(&shown).expect("JSON");
        let said = |key: &str| shown[key].as_str().expect("a text").to_owned();
        let code = Code { selector: keypad_of(text), digits: said("pin"), token: said("qr") };
        assert!(text.contains(&in_threes(&code.digits)), "the mail is complete without its link");
        self.ground.remember(&code);
        code
    }

    pub async fn scanned(&self, code: &Code) -> Proof {
        let tag = self.read(|site| site.tag).await.expect("founded");
        let (_, token) = token::read(&code.token, tag).expect("a token of this site");
        Proof::Token(pin::token_hash(&*self.ground.keys, &token))
    }

    pub fn typed(&self, code: &Code) -> Proof {
        self.digits(&code.selector, &code.digits)
    }

    /// Digits typed after an apartment's number.
    pub fn digits(&self, selector: &str, digits: &str) -> Proof {
        Proof::Digits {
            selector: number(selector),
            check_ok: damm::is_valid(digits),
            hash: pin::pin_hash(&*self.ground.keys, selector, digits),
        }
    }

    /// Digits with a right check digit that are nobody's (but for one chance in a hundred million).
    pub fn guess(&self, selector: &str, nth: u32) -> Proof {
        let digits = format!("{:08}", 10_203_040 + nth);
        let check = damm::check_digit(&digits).expect("digits");
        self.digits(selector, &format!("{digits}{check}"))
    }

    pub async fn pick_up(&self, kiosk: KioskId, proof: Proof) -> Result<Answer, Refusal> {
        self.ask(Actor::Kiosk(kiosk), Command::PickUp { kiosk, proof }).await
    }

    /// Everything behind these doors is collected, each door once open and shut.
    pub async fn collect(&self, kiosk: KioskId, proof: Proof) -> Vec<CompartmentId> {
        let Ok(Answer::PickUp { visit, here, .. }) = self.pick_up(kiosk, proof).await else {
            panic!("nothing opens\n{}", self.tale().await)
        };
        for door in &here {
            self.open(*door).await;
            self.shut(*door).await;
        }
        self.ok(Actor::Visit(visit), Command::Finish { visit }).await;
        here
    }

    /// The code staff show on a slip.
    pub async fn slip(&self, name: &str) -> Code {
        let command = Command::RevealCode { person: person(name) };
        let outcome = self.outcome(Request::new(STAFF, command)).await;
        assert!(outcome.answer.is_ok(), "{:?}", outcome.answer);
        let selector = PEOPLE.iter().find(|p| p.0 == name).expect("a known name").1.to_owned();
        let code = Code { selector, ..revealed(&outcome) };
        self.ground.remember(&code);
        code
    }

    pub async fn card(&self, name: &str) -> Code {
        let outcome = self.outcome(Request::new(STAFF, Command::IssueCard { person: person(name) })).await;
        let code = revealed(&outcome);
        self.ground.remember(&code);
        code
    }

    // -- staff

    pub async fn has_task(&self, what: TaskKind) -> bool {
        self.read(move |site| site.tasks.find(&what).is_some()).await
    }

    pub async fn task(&self, what: TaskKind) {
        self.until(&format!("the task {what:?}"), move |site, _| site.tasks.find(&what).map(drop)).await;
    }

    pub async fn no_task(&self, what: TaskKind) {
        self.until(&format!("the task {what:?} is done"), move |site, _| {
            site.tasks.find(&what).is_none().then_some(())
        })
        .await;
    }
}

pub(super) fn revealed(outcome: &Outcome) -> Code {
    let shown = outcome.revealed.first().unwrap_or_else(|| panic!("no code: {:?}", outcome.answer));
    Code {
        selector: String::new(),
        digits: shown.digits.as_ref().map(|digits| digits.expose().to_owned()).unwrap_or_default(),
        token: shown.token.expose().to_owned(),
    }
}

pub(super) fn in_threes(digits: &str) -> String {
    let threes: Vec<_> =
        digits.as_bytes().chunks(3).map(|c| std::str::from_utf8(c).expect("digits")).collect();
    threes.join(" ")
}

/// The PIN a mail's text shows.
pub(super) fn pin_in(text: &str) -> Option<String> {
    let line = text.lines().find(|line| {
        let digits = line.chars().filter(char::is_ascii_digit).count();
        digits == 12 && (line.contains("keypad") || line.contains("teclado"))
    })?;
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    Some(digits[3..].to_owned())
}

fn keypad_of(text: &str) -> String {
    let line = text.lines().find(|line| line.to_lowercase().contains("keypad:") || line.contains("teclado:"));
    let digits = line.expect("a line for the keypad").chars().filter(char::is_ascii_digit);
    digits.take(3).collect()
}
