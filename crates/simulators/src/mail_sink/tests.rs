use super::*;

/// A conversation as text: what the client says, split into pieces of `piece` bytes; all that came back.
fn talk(client: &str, faults: &mut Faults, piece: usize) -> (String, Vec<(Envelope, Vec<u8>)>, bool) {
    let mut session = Session::new();
    session.greet(faults);
    let bytes = client.replace('\n', "\r\n").into_bytes();
    let (mut said, mut messages, mut closed) = (String::new(), vec![], false);
    for piece in std::iter::once(&[][..]).chain(bytes.chunks(piece)) {
        session.receive(piece, faults);
        while let Some(output) = session.poll_output() {
            match output {
                Output::Reply(line) => said.push_str(&line),
                Output::Message { envelope, raw } => messages.push((envelope, raw)),
                Output::Close => closed = true,
            }
        }
    }
    (said, messages, closed)
}

fn codes(said: &str) -> Vec<&str> {
    said.lines().filter(|line| line.as_bytes().get(3) == Some(&b' ')).map(|line| &line[..3]).collect()
}

const ONE_MAIL: &str = "EHLO client.example\nMAIL FROM:<p@example.com> BODY=8BITMIME\nRCPT TO:<ana@example.org>\n\
                        DATA\nSubject: x\n\n..dot\n.\nQUIT\n";

#[test]
fn a_whole_conversation_in_pieces_of_any_size_is_the_same() {
    for piece in [1, 2, 3, 7, 10_000] {
        let (said, messages, closed) = talk(ONE_MAIL, &mut Faults::default(), piece);
        assert_eq!(codes(&said), ["220", "250", "250", "250", "354", "250", "221"], "pieces of {piece}");
        assert!(said.contains("250-PIPELINING\r\n") && said.contains("250-8BITMIME\r\n"));
        assert!(said.contains("250 SMTPUTF8\r\n") && closed);
        let (envelope, raw) = &messages[0];
        assert_eq!(raw, b"Subject: x\r\n\r\n.dot\r\n");
        assert_eq!((envelope.sender.as_str(), messages.len()), ("p@example.com", 1));
        assert_eq!(envelope.recipients, ["ana@example.org"]);
    }
}

#[test]
fn commands_out_of_order_or_misspelt_are_refused() {
    let said = |client: &str| talk(client, &mut Faults::default(), 4096).0;
    for (client, expected) in [
        ("MAIL FROM:<a@b.example>\n", "503"),
        ("EHLO\n", "501"),
        ("HELO x\nRCPT TO:<a@b.example>\n", "503"),
        ("EHLO x\nMAIL FROM:<a@b.example>\nDATA\n", "503"),
        ("EHLO x\nMAIL FROM:<a@b.example>\nMAIL FROM:<a@b.example>\n", "503"),
        ("EHLO x\nMAIL FROM:<a@b.example>\nRSET\nRCPT TO:<a@b.example>\n", "503"),
        ("EHLO x\nMAIL FROM:a@b.example\n", "501"),
        ("EHLO x\nMAIL FROM:<a@b.example> SIZE=99999999\n", "552"),
        ("EHLO x\nMAIL FROM:<a@b.example> COLOUR=red\n", "555"),
        ("EHLO x\nMAIL FROM:<>\nRCPT TO:<nobody>\n", "501"),
        ("VRFY ana\n", "502"),
        ("STARTTLS\n", "502"),
        ("BREW tea\n", "500"),
        ("NOOP\n", "250"),
        ("héllo\u{0}\n", "500"),
    ] {
        assert_eq!(codes(&said(client)).last(), Some(&expected), "{client}");
    }
}

#[test]
fn long_lines_are_refused_and_the_conversation_goes_on() {
    let long_command = format!("NOOP {}\nNOOP\n", "x".repeat(5000));
    for piece in [64, 100_000] {
        let (said, _, _) = talk(&long_command, &mut Faults::default(), piece);
        assert_eq!(codes(&said), ["220", "500", "250"], "pieces of {piece}");
        let with_long_line = ONE_MAIL.replace("..dot", &"x".repeat(5000));
        let (said, messages, _) = talk(&with_long_line, &mut Faults::default(), piece);
        assert_eq!(codes(&said)[5..], ["554", "221"], "pieces of {piece}");
        assert!(messages.is_empty());
    }
}

#[test]
fn the_rest_of_a_long_line_is_not_taken_for_the_end_of_the_message() {
    let mut session = Session::new();
    let mut faults = Faults::default();
    let start = "EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n";
    session.receive(start.as_bytes(), &mut faults);
    let long_line_ending_in_a_dot = format!("{}.", "x".repeat(5000));
    session.receive(long_line_ending_in_a_dot.as_bytes(), &mut faults);
    let before = std::iter::from_fn(|| session.poll_output()).count();
    session.receive(b"\r\nNOOP\r\n", &mut faults);
    assert_eq!((before, session.poll_output()), (4, None), "still inside the message");
    session.receive(b".\r\n", &mut faults);
    assert!(matches!(session.poll_output(), Some(Output::Reply(line)) if line.starts_with("554")));
}

#[test]
fn half_a_line_end_cannot_smuggle_a_second_message() {
    let mut session = Session::new();
    let mut faults = Faults::default();
    let start = "EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n";
    session.receive(start.as_bytes(), &mut faults);
    session.receive(b"first\n.\nMAIL FROM:<evil@b.example>\r\n.\r\n", &mut faults);
    let outputs: Vec<Output> = std::iter::from_fn(|| session.poll_output()).collect();
    assert!(matches!(outputs.last(), Some(Output::Reply(line)) if line.starts_with("554")));
    assert!(!outputs.iter().any(|output| matches!(output, Output::Message { .. })));
}

#[test]
fn faults_do_what_they_say() {
    let mut refusing = Faults::default();
    refusing.refused.insert("ana@example.org".to_owned());
    assert_eq!(codes(&talk(&ONE_MAIL.replace("ana@", "Ana@"), &mut refusing, 4096).0)[3], "550");

    let mut greylisting = Faults::default();
    greylisting.greylisted.insert("ana@example.org".to_owned(), 1);
    assert_eq!(codes(&talk(ONE_MAIL, &mut greylisting, 4096).0)[3], "451");
    assert_eq!(codes(&talk(ONE_MAIL, &mut greylisting, 4096).0)[3], "250");

    let mut closed_shop = Faults { refuse_all: true, ..Faults::default() };
    let (said, _, closed) = talk(ONE_MAIL, &mut closed_shop, 4096);
    assert_eq!((codes(&said), closed), (vec!["421"], true));

    for (at, replies, kept) in [
        (DropAt::Greeting, 0, 0),
        (DropAt::Sender, 2, 0),
        (DropAt::Content, 5, 0),
        (DropAt::AfterContent, 5, 1),
    ] {
        let (said, messages, closed) =
            talk(ONE_MAIL, &mut Faults { drop_at: Some(at), ..Faults::default() }, 4096);
        assert_eq!((codes(&said).len(), messages.len(), closed), (replies, kept, true), "{at:?}");
    }
}

#[tokio::test]
async fn the_sink_keeps_the_last_messages_and_tells_subscribers() {
    let sink = MailSink::start(MailSinkOptions { kept: 2, ..MailSinkOptions::default() }).await.unwrap();
    let mut arrivals = sink.subscribe();
    for _ in 0..3 {
        let mut stream = TcpStream::connect(sink.address()).await.unwrap();
        stream.write_all(ONE_MAIL.replace('\n', "\r\n").as_bytes()).await.unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).await.unwrap();
        assert!(said.ends_with("221 2.0.0 bye\r\n"), "{said}");
        assert_eq!(arrivals.recv().await.unwrap().mail.subject(), "x");
    }
    let numbers: Vec<u64> = sink.messages().iter().map(|message| message.number).collect();
    assert_eq!(numbers, [2, 3]);
    assert!(sink.message(1).is_none() && sink.message(3).is_some());
    assert_eq!(sink.connections(), 3);
    sink.clear();
    assert!(sink.messages().is_empty());
}
