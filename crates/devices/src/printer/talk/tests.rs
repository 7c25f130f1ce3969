use super::*;

const FINE: [u8; 3] = [0x12; 3];
const UNTIL: Millis = Millis(8_000);

fn talk() -> Talk {
    Talk::new(PrinterLanguage::EscPos, UNTIL, Millis(0))
}

fn outputs(talk: &mut Talk) -> String {
    let mut said = Vec::new();
    while let Some(output) = talk.poll_output() {
        said.push(match output {
            TalkOutput::Ask(bytes) if bytes == ASK_WHEN_DONE => "done?".to_owned(),
            TalkOutput::Ask(_) => "how?".to_owned(),
            TalkOutput::Job => "job".to_owned(),
            TalkOutput::End(end) => format!("{end:?}"),
        });
    }
    said.join(" ")
}

#[test]
fn a_printer_that_answers_confirms() {
    let mut talk = talk();
    assert_eq!(outputs(&mut talk), "how?");
    talk.handle(TalkInput::Sent, Millis(1));
    talk.handle(TalkInput::Received(&FINE[..2]), Millis(5));
    assert_eq!(outputs(&mut talk), "");
    talk.handle(TalkInput::Received(&FINE[2..]), Millis(6));
    assert_eq!(outputs(&mut talk), "job");
    talk.handle(TalkInput::Sent, Millis(9));
    assert_eq!(outputs(&mut talk), "done?");
    talk.handle(TalkInput::Received(&[0x00]), Millis(900));
    assert_eq!(outputs(&mut talk), "Ok(Confirmed)");
}

#[test]
fn without_paper_the_job_never_leaves() {
    let mut talk = talk();
    talk.handle(TalkInput::Received(&[0x1a, 0x32, 0x72]), Millis(5));
    assert_eq!(outputs(&mut talk), "how? Err(NoPaper)");
    talk.handle(TalkInput::Received(&FINE), Millis(6));
    talk.handle(TalkInput::Deadline, Millis(9_000));
    assert_eq!(outputs(&mut talk), "", "nothing follows the end");
}

#[test]
fn paper_that_ends_in_the_middle_is_told() {
    let mut talk = talk();
    talk.handle(TalkInput::Received(&FINE), Millis(5));
    talk.handle(TalkInput::Sent, Millis(9));
    outputs(&mut talk);
    talk.handle(TalkInput::Deadline, talk.next_deadline());
    assert_eq!(outputs(&mut talk), "how?");
    talk.handle(TalkInput::Received(&[0x1a, 0x32, 0x72]), Millis(600));
    assert_eq!(outputs(&mut talk), "Err(NoPaper)");
}

#[test]
fn a_silent_printer_gets_the_job_and_nothing_is_claimed() {
    let mut talk = talk();
    talk.handle(TalkInput::Deadline, Millis(700));
    assert_eq!(outputs(&mut talk), "how? job");
    talk.handle(TalkInput::Sent, Millis(710));
    assert_eq!(talk.next_deadline(), Millis(1_010));
    talk.handle(TalkInput::Deadline, Millis(1_010));
    assert_eq!(outputs(&mut talk), "Ok(Sent)");
}

#[test]
fn half_a_state_counts() {
    let mut talk = talk();
    talk.handle(TalkInput::Received(&[0x1a]), Millis(5));
    talk.handle(TalkInput::Deadline, Millis(700));
    assert_eq!(outputs(&mut talk), "how? Err(Offline)");
}

#[test]
fn a_line_that_breaks_is_no_print() {
    for (hangs_up, end) in [(TalkInput::Ended, "Ok(Sent)"), (TalkInput::Lost, "Err(HungUp)")] {
        let mut talk = talk();
        talk.handle(TalkInput::Deadline, Millis(700));
        talk.handle(TalkInput::Sent, Millis(710));
        outputs(&mut talk);
        talk.handle(hangs_up, Millis(720));
        assert_eq!(outputs(&mut talk), end);
    }
    let mut early = talk();
    early.handle(TalkInput::Received(&FINE), Millis(5));
    early.handle(TalkInput::Ended, Millis(6));
    assert_eq!(outputs(&mut early), "how? job Err(HungUp)");
}

#[test]
fn nothing_lasts_longer_than_its_budget() {
    let mut stalled = talk();
    stalled.handle(TalkInput::Received(&FINE), Millis(5));
    assert_eq!(stalled.next_deadline(), UNTIL, "while it is sent, nothing is asked in between");
    stalled.handle(TalkInput::Deadline, UNTIL);
    assert_eq!(outputs(&mut stalled), "how? job Err(Stalled)");
    let mut busy = talk();
    busy.handle(TalkInput::Received(&FINE), Millis(5));
    busy.handle(TalkInput::Sent, Millis(6));
    let mut asked = 0;
    while busy.next_deadline() < UNTIL {
        busy.handle(TalkInput::Deadline, busy.next_deadline());
        busy.handle(TalkInput::Received(&FINE), busy.next_deadline());
        asked += 1;
        assert!(asked < 40);
    }
    outputs(&mut busy);
    busy.handle(TalkInput::Deadline, UNTIL);
    assert_eq!(outputs(&mut busy), "Ok(Sent)", "it took the job and is well: who can say more");
}
