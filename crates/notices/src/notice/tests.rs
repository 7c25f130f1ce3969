use super::*;

const PIN: &str = "482913905";
const TOKEN: &str = "VP7K0123456789ABCDEFGHJKMNPQRST";

fn compartment(label: &str, parcels: u32) -> PlaceLine {
    PlaceLine {
        place: NoticePlace::Compartment { label: label.to_owned(), bank: "Lobby".to_owned() },
        parcels,
        carriers: vec!["UPS".to_owned()],
        addressed_to: None,
    }
}

fn shelf() -> PlaceLine {
    PlaceLine {
        place: NoticePlace::Shelf { label: "B3".to_owned(), room: "Package room".to_owned() },
        parcels: 1,
        carriers: vec!["DHL".to_owned(), "FedEx".to_owned()],
        addressed_to: Some("J. Alvarez".to_owned()),
    }
}

fn desk() -> PlaceLine {
    PlaceLine { place: NoticePlace::Desk, parcels: 1, carriers: vec![], addressed_to: None }
}

fn dropped() -> PlaceLine {
    let place = NoticePlace::Drop { name: "Bicycle room".to_owned() };
    PlaceLine { place, parcels: 1, carriers: vec![], addressed_to: None }
}

fn notice(language: Language, kind: NoticeKind, places: Vec<PlaceLine>) -> Notice {
    let is_waiting = wording::is_waiting(&kind);
    Notice {
        site_name: "Maple Court".to_owned(),
        language,
        kind,
        recipient_name: "Ana Alvarez".to_owned(),
        unit_label: "12B".to_owned(),
        keypad_number: "1202".to_owned(),
        places,
        code: is_waiting.then(|| NoticeCode { pin: SecretText::new(PIN), qr: SecretText::new(TOKEN) }),
        link: None,
        help_line: Some(HelpLine { text: "Building office".to_owned(), phone: "+1 555 0100".to_owned() }),
        hold_until: Some("Fri 20:00".to_owned()),
        desk_hours: Some("8:00-20:00".to_owned()),
        picture: None,
    }
}

fn every_kind() -> Vec<NoticeKind> {
    vec![
        NoticeKind::Arrived,
        NoticeKind::Moved,
        NoticeKind::NewCode,
        NoticeKind::CollectSoon,
        NoticeKind::Receipt { how: ReceiptHow::HandedOver },
        NoticeKind::Receipt { how: ReceiptHow::Returned },
        NoticeKind::Receipt { how: ReceiptHow::WrittenOff },
        NoticeKind::Receipt { how: ReceiptHow::Collected { when: "Tue 18:02".to_owned() } },
        NoticeKind::Receipt { how: ReceiptHow::CollectedBy("Sam Lee".to_owned()) },
        NoticeKind::CardUsed { place: "Kiosk Lobby".to_owned(), when: "Tue 09:15".to_owned() },
        NoticeKind::AtDoor { place: "Front door".to_owned(), when: "Tue 09:15".to_owned() },
        NoticeKind::LetIn { place: "Front door".to_owned(), when: "Tue 09:15".to_owned(), by: None },
        NoticeKind::LetIn {
            place: "Front door".to_owned(),
            when: "Tue 09:15".to_owned(),
            by: Some("Sam Lee".to_owned()),
        },
    ]
}

#[test]
fn mail_of_an_arrival_in_english() {
    let mail = render_mail(&notice(Language::En, NoticeKind::Arrived, vec![compartment("14", 1)]));
    assert_eq!(mail.subject, "A parcel for you in locker 14 - Maple Court");
    insta::assert_snapshot!(mail.text, @r"
    Hello Ana Alvarez,

    A parcel is waiting for you.
    Apartment 12B

    WHERE
      Locker 14, Lobby: 1 parcel from UPS

    YOUR CODE
      On the keypad: 1202, then 482 913 905
      Or hold the QR picture of this mail up to the scanner.
      Whoever has this code can take your parcels. Give it only to someone you trust.

    HOW TO COLLECT
      1. Go to the pickup screen. Scan the picture or type the code.
      2. The door swings open; close it when you have your parcel.

    Kept for you until Fri 20:00.
    Need help? Building office: +1 555 0100

    Sent by the parcel system of Maple Court.
    ");
}

#[test]
fn mail_of_an_arrival_in_spanish_in_all_places() {
    let mut sent = notice(
        Language::Es,
        NoticeKind::Arrived,
        vec![compartment("14", 2), compartment("15", 1), shelf(), desk(), dropped()],
    );
    sent.link = Some(SecretText::new("https://maple.example/l/VLABC"));
    let mail = render_mail(&sent);
    assert_eq!(mail.subject, "6 paquetes para usted en 5 lugares - Maple Court");
    insta::assert_snapshot!(mail.text, @r"
    Hola, Ana Alvarez:

    Le esperan 6 paquetes.
    Apartamento 12B

    DÓNDE
      Casillero 14, Lobby: 2 paquetes de UPS
      Casillero 15, Lobby: 1 paquete de UPS
      Estante B3, Package room: 1 paquete de DHL, FedEx, a nombre de J. Alvarez
      Recepción: 1 paquete
      Bicycle room: 1 paquete

    SU CÓDIGO
      En el teclado: 1202, luego 482 913 905
      O muestre al lector la imagen QR de este correo.
      Quien tenga este código puede llevarse sus paquetes. Déselo solo a alguien de confianza.

    CÓMO RECOGER
      1. Vaya a la pantalla de recogida. Escanee la imagen o escriba el código.
      2. Una puerta se abre sola; ciérrela cuando tenga su paquete. Después se abre la siguiente.
      3. Estante: use el mismo código en la pantalla y después tome su paquete del estante.
      4. Recepción: muestre este mensaje. Horario: 8:00-20:00.
      5. Bicycle room: está a la vista de todos, recójalo pronto.

    Se guarda para usted hasta Fri 20:00.
    ¿Necesita ayuda? Building office: +1 555 0100
    La puerta en un dibujo: https://maple.example/l/VLABC

    Enviado por el sistema de paquetes de Maple Court.
    ");
}

#[test]
fn mail_of_a_receipt_names_no_code() {
    let how = ReceiptHow::CollectedBy("Sam Lee".to_owned());
    let mail = render_mail(&notice(Language::En, NoticeKind::Receipt { how }, vec![compartment("14", 2)]));
    assert_eq!(mail.subject, "Sam Lee collected your 2 parcels - Maple Court");
    assert!(mail.inline_images.is_empty());
    insta::assert_snapshot!(mail.text, @r"
    Hello Ana Alvarez,

    Sam Lee collected 2 parcels of yours.
    Apartment 12B

    WHERE IT WAS
      Locker 14, Lobby: 2 parcels from UPS

    If this is not right, please tell us at once.
    Need help? Building office: +1 555 0100

    Sent by the parcel system of Maple Court.
    ");
}

#[test]
fn mail_of_a_used_card_in_spanish() {
    let kind = NoticeKind::CardUsed { place: "Vestíbulo".to_owned(), when: "mar 09:15".to_owned() };
    let mail = render_mail(&notice(Language::Es, kind, vec![]));
    insta::assert_snapshot!(mail.text, @r"
    Hola, Ana Alvarez:

    Se usó su tarjeta de residente: Vestíbulo, mar 09:15.
    Apartamento 12B

    Si no fue usted, avísenos enseguida para bloquear la tarjeta.
    ¿Necesita ayuda? Building office: +1 555 0100

    Enviado por el sistema de paquetes de Maple Court.
    ");
}

#[test]
fn every_kind_is_complete_in_every_language() {
    for language in Language::ALL {
        for kind in every_kind() {
            let sent = notice(language, kind.clone(), vec![compartment("14", 1), shelf()]);
            let mail = render_mail(&sent);
            let has_code = sent.code.is_some();
            for body in [&mail.text, &mail.html] {
                assert_eq!(body.contains("482 913 905"), has_code, "{kind:?}");
                assert_eq!(body.contains("1202"), has_code, "{kind:?}");
                assert!(body.contains("+1 555 0100") && body.contains("Maple Court"), "{kind:?}");
                assert!(body.contains("Ana Alvarez") && body.contains("12B"), "{kind:?}");
                assert!(body.contains("Lobby") && body.contains("B3"), "{kind:?}");
                assert!(!body.contains(TOKEN), "the token is a picture, not a text: {kind:?}");
            }
            assert_eq!(mail.inline_images.len(), usize::from(has_code));
            assert_eq!(mail.html.contains("src=\"cid:pickup-code\""), has_code);
            assert!(!mail.html.contains("http"), "no remote resource: {kind:?}");
        }
    }
}

#[test]
fn subjects_say_the_place_and_never_the_code() {
    for language in Language::ALL {
        for kind in every_kind() {
            let mail = render_mail(&notice(language, kind.clone(), vec![compartment("14", 1)]));
            let digits: String = mail.subject.chars().filter(char::is_ascii_digit).collect();
            assert!(digits.is_empty() || digits == "14", "{}", mail.subject);
            if matches!(kind, NoticeKind::Arrived | NoticeKind::Moved) {
                assert!(mail.subject.contains("14"), "{}", mail.subject);
            }
        }
    }
}

#[test]
fn what_a_label_says_cannot_change_the_mail() {
    let mut line = compartment("14", 1);
    line.addressed_to = Some("<img src=http://evil.example>\r\nBcc: all@example.org".to_owned());
    let mut sent = notice(Language::En, NoticeKind::Arrived, vec![line]);
    sent.site_name = "Maple\r\nBcc: all@example.org".to_owned();
    let mail = render_mail(&sent);
    assert!(mail.html.contains("&lt;img src=http://evil.example&gt;"));
    assert!(!mail.subject.contains(['\r', '\n']) && !mail.from_name.contains(['\r', '\n']));
    assert!(!mail.text.contains("\nBcc") && !mail.text.contains('\r'));
}

#[test]
fn without_a_code_nobody_is_sent_to_the_screen() {
    let mut sent = notice(Language::En, NoticeKind::Arrived, vec![desk()]);
    sent.code = None;
    let mail = render_mail(&sent);
    assert!(mail.text.contains("Front desk: show this message. Open 8:00-20:00."));
    assert!(!mail.text.contains("screen") && !mail.text.contains("keypad"));
}

#[test]
fn whose_code_was_used_hears_when_and_what_to_do_if_it_was_not_them() {
    let how = ReceiptHow::Collected { when: "Tue 18:02".to_owned() };
    let sent = notice(Language::En, NoticeKind::Receipt { how }, vec![compartment("14", 1)]);
    let mail = render_mail(&sent);
    assert_eq!(mail.subject, "Your parcel was taken out - Maple Court");
    assert!(mail.text.contains("Your parcel was taken out with your code: Tue 18:02."), "{}", mail.text);
    assert!(mail.text.contains("Not you? Please tell us at once."), "{}", mail.text);
    assert!(!mail.text.contains("482") && mail.inline_images.is_empty(), "{}", mail.text);
    insta::assert_snapshot!(render_sms(&sent), @"Maple Court: 1 parcel taken out with your code, Tue 18:02. Not you? Tell us. Help +1 555 0100");
}

#[test]
fn text_messages_read_well() {
    let mut arrived = notice(Language::En, NoticeKind::Arrived, vec![compartment("14", 1)]);
    arrived.link = Some(SecretText::new("https://m.example/x7Kd2"));
    insta::assert_snapshot!(render_sms(&arrived), @"Maple Court: 1 parcel for you, locker 14 (Lobby). Keypad 1202, then 482 913 905. Until Fri 20:00. https://m.example/x7Kd2 Help +1 555 0100");
    let places = vec![compartment("14", 2), shelf()];
    insta::assert_snapshot!(render_sms(&notice(Language::Es, NoticeKind::Arrived, places)), @"Maple Court: 3 paquetes para usted, casillero 14 (Lobby), estante B3. Teclado 1202, luego 482 913 905. Hasta Fri 20:00. Ayuda +1 555 0100");
    let moved = notice(Language::En, NoticeKind::Moved, vec![desk()]);
    insta::assert_snapshot!(render_sms(&moved), @"Maple Court: moved, now front desk: 1 parcel. Keypad 1202, then 482 913 905. Until Fri 20:00. Help +1 555 0100");
    let kind = NoticeKind::CardUsed { place: "Vestíbulo".to_owned(), when: "mar 09:15".to_owned() };
    insta::assert_snapshot!(render_sms(&notice(Language::Es, kind, vec![])), @"Maple Court: se uso su tarjeta de residente, Vestibulo, mar 09:15. Ayuda +1 555 0100");
    let how = ReceiptHow::CollectedBy("Sam Lee".to_owned());
    let receipt = notice(Language::Es, NoticeKind::Receipt { how }, vec![compartment("14", 2)]);
    insta::assert_snapshot!(render_sms(&receipt), @"Maple Court: Sam Lee recogio 2 paquetes. Ayuda +1 555 0100");
}

#[test]
fn text_messages_shorten_everything_but_the_code() {
    let places = (0..9).map(|n| compartment(&format!("Long label {n}"), 1)).collect();
    let mut sent = notice(Language::Es, NoticeKind::Moved, places);
    sent.site_name = "Residencial Los Jardines de San Sebastián de los Reyes".to_owned();
    sent.keypad_number = "12345678".to_owned();
    sent.code = Some(NoticeCode { pin: SecretText::new("48291390512"), qr: SecretText::new(TOKEN) });
    insta::assert_snapshot!(render_sms(&sent), @"Residencial Los Jardines de San Sebasti.: cambio de lugar, ahora 9 lugares: 9 paquetes. Teclado 12345678, luego 482 913 905 12. Hasta Fri 20:00.");
}

#[test]
fn slip_of_an_arrival() {
    let slip = render_slip(&notice(Language::En, NoticeKind::Arrived, vec![compartment("14", 1), desk()]));
    assert_eq!(slip.title, "2 parcels are waiting for you");
    assert_eq!(slip.recipient, "Ana Alvarez");
    let code = slip.code.as_ref().unwrap();
    assert_eq!(code.keypad_line.expose(), "On the keypad: 1202, then 482 913 905");
    assert_eq!(code.qr.expose(), TOKEN);
    assert!(slip.steps.contains(&"Front desk: show this slip. Open 8:00-20:00.".to_owned()));
    assert_eq!(slip.ends, ["Kept for you until Fri 20:00.", "Need help? Building office: +1 555 0100"]);
    assert!(!format!("{slip:?}").contains("482"));
}

#[test]
fn pins_are_shown_in_threes() {
    assert_eq!(pin_in_threes("4829139"), "482 9139");
    assert_eq!(pin_in_threes("482913905"), "482 913 905");
    assert_eq!(pin_in_threes("48291390512"), "482 913 905 12");
}

#[test]
fn debug_of_a_notice_hides_its_codes() {
    let mut sent = notice(Language::En, NoticeKind::Arrived, vec![compartment("14", 1)]);
    sent.link = Some(SecretText::new("https://maple.example/l/VLABC"));
    let debug = format!("{sent:?}");
    assert!(!debug.contains(PIN) && !debug.contains(TOKEN) && !debug.contains("VLABC"));
}

#[test]
fn who_stands_at_a_door_is_asked_about_with_a_link_that_answers() {
    let kind = NoticeKind::AtDoor { place: "Front door".to_owned(), when: "Tue 09:15".to_owned() };
    let mut sent = notice(Language::En, kind, Vec::new());
    sent.code = None;
    sent.link = Some(SecretText::new("https://parcels.example/d/VL".to_owned()));
    let mail = render_mail(&sent);
    assert!(mail.text.contains("Front door, Tue 09:15"), "{}", mail.text);
    assert!(mail.text.contains("Let them in once, or refuse: https://parcels.example/d/VL"), "{}", mail.text);
    assert!(!mail.text.contains("picture") && !mail.html.contains("picture"), "no door is drawn for it");
    assert!(mail.text.contains("There is no photo of who rang.") && mail.inline_images.is_empty());
    sent.picture = Some(Picture(vec![0xFF, 0xD8, 0xFF]));
    let mail = render_mail(&sent);
    assert!(mail.text.contains("A photo of who rang is in this mail."), "{}", mail.text);
    assert!(mail.html.contains(r#"src="cid:who-rang" alt="Photo of who rang""#), "{}", mail.html);
    let [photo] = &mail.inline_images[..] else { panic!("one picture") };
    assert_eq!((photo.cid.as_str(), photo.kind), ("who-rang", ImageKind::Jpeg));
    assert!(!format!("{sent:?}").contains("255"), "nothing of a picture is traced");
    sent.kind = NoticeKind::LetIn { place: "Front door".to_owned(), when: "Tue 09:15".to_owned(), by: None };
    assert!(render_mail(&sent).inline_images.is_empty(), "only who is asked sees who asks");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn a_text_message_is_always_one_segment_with_its_code(
        site in ".{0,80}", label in ".{0,40}", bank in ".{0,40}", name in ".{0,60}",
        places in 0_usize..12, kind in 0_usize..12, language in 0_usize..2,
    ) {
        let mut line = compartment(&label, 1);
        line.place = NoticePlace::Compartment { label, bank };
        let kind = match &every_kind()[kind] {
            NoticeKind::Receipt { how: ReceiptHow::CollectedBy(_) } => {
                NoticeKind::Receipt { how: ReceiptHow::CollectedBy(name) }
            }
            NoticeKind::Receipt { how: ReceiptHow::Collected { .. } } => {
                NoticeKind::Receipt { how: ReceiptHow::Collected { when: name } }
            }
            NoticeKind::CardUsed { .. } => NoticeKind::CardUsed { place: name.clone(), when: name },
            NoticeKind::AtDoor { .. } => NoticeKind::AtDoor { place: name.clone(), when: name },
            NoticeKind::LetIn { by, .. } => {
                NoticeKind::LetIn { place: name.clone(), when: name.clone(), by: by.as_ref().map(|_| name) }
            }
            other => other.clone(),
        };
        let mut sent = notice(Language::ALL[language], kind, vec![line; places]);
        sent.site_name = site;
        let message = render_sms(&sent);
        proptest::prop_assert!(crate::gsm7::length(&message) <= 160, "{message}");
        proptest::prop_assert_eq!(message.contains("482 913 905"), sent.code.is_some());
        proptest::prop_assert_eq!(message.contains("1202"), sent.code.is_some());
    }
}
