//! The commands as a script sees them: exit codes, JSON, words.

use crate::process::{Demo, command, run, until};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A demonstration that has been stopped.
fn stopped_site(data: &Path) {
    Demo::start(data, &["--days", "1"]).stop();
}

#[test]
fn frames_are_explained_and_nonsense_is_named() {
    let unlock = run(&["bus", "decode", "--protocol", "lock8a", "8A", "01", "01", "11", "9B", "--json"]);
    assert_eq!(unlock.status.code(), Some(0));
    let decoded = json(&unlock);
    assert_eq!(
        (&decoded["valid"], &decoded["kind"], &decoded["board"], &decoded["lock"]),
        (&true.into(), &"unlock".into(), &1.into(), &1.into())
    );
    let wrong = run(&["bus", "decode", "8A010111FF", "--json"]);
    assert_eq!(wrong.status.code(), Some(3));
    assert!(json(&wrong)["error"].is_string());
    assert_eq!(run(&["bus", "decode"]).status.code(), Some(2));
}

#[test]
fn every_family_of_boards_is_explained() {
    let table = [
        ("lock8a", "80010100 80", "state_one", 1, Some("open")),
        ("kerong_cu", "02 10 35 FE FF 00 00 03 47", "state_all", 1, Some("open")),
        ("kerong_cu", "0200310336", "unlock", 0, None),
        ("modbus", "01 02 01 FE 20 08", "inputs", 1, Some("open")),
        ("modbus", "12 34 00 00 00 06 01 01 00 00 00 08", "read_relays", 1, None),
        ("wkly", "57 4B 4C 59 0B 00 83 00 01 00 80", "state_one", 0, Some("open")),
        ("winnsen", "90 07 82 02 FE FF 03", "state_all", 2, Some("closed")),
    ];
    for (protocol, hex, kind, board, first) in table {
        let output = run(&["bus", "decode", "--protocol", protocol, hex, "--json"]);
        let decoded = json(&output);
        assert_eq!(output.status.code(), Some(0), "{protocol} {hex}: {decoded}");
        assert_eq!((&decoded["valid"], &decoded["kind"]), (&true.into(), &kind.into()), "{hex}");
        assert_eq!(decoded["board"], board, "{hex}");
        assert_eq!(decoded["channels"]["1"].as_str(), first, "{hex}");
        assert_eq!(decoded["error"], Value::Null, "{hex}");
    }
}

#[test]
fn boards_are_found_on_a_serial_port_and_in_the_network_and_no_door_moves() {
    use vestibule_simulators::lock_boards::{BoardOptions, Firmware, Line, LockBoards, serve_pty, serve_tcp};
    let world = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let line = |firmware, address| {
        let mut boards = LockBoards::speaking(firmware);
        boards.add_board(BoardOptions::instant(address, 16));
        Line::new(boards)
    };
    let (kerong, winnsen) =
        world.block_on(async { (line(Firmware::KerongCu, 1), line(Firmware::Winnsen, 2)) });
    let listener = world.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    world.spawn(serve_tcp(kerong.clone(), listener));
    let (port, _board) = world.block_on(async { serve_pty(winnsen.clone()) }).unwrap();
    let port = port.to_str().unwrap();

    let both = ["detect", "--last-address", "2", "--port", port, "--tcp", &address];
    let told = run(&[&both[..], &["--json"]].concat());
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    let lines: Vec<Value> = told
        .stdout
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect();
    assert_eq!((&lines[0]["line"], &lines[0]["baud"]), (&port.into(), &9_600.into()));
    assert_eq!(
        (&lines[0]["boards"][0]["family"], &lines[0]["boards"][0]["address"]),
        (&"winnsen".into(), &2.into())
    );
    assert_eq!(lines[1]["boards"][0]["profiles"][0], "kerong-ncu16l");
    assert_eq!(lines[1]["boards"][0]["contacts"][15], "closed");
    let in_words = run(&both);
    let text = String::from_utf8_lossy(&in_words.stdout).into_owned();
    assert!(text.contains("profile = \"winnsen-16\"") && text.contains("########"), "{text}");
    assert_eq!(kerong.with(|boards, _| boards.coil_pulses().len()), 0);
    assert_eq!(winnsen.with(|boards, _| boards.coil_pulses().len()), 0);

    let nothing = run(&["detect", "--port", "/dev/there-is-no-such-port", "--json"]);
    assert_eq!(nothing.status.code(), Some(3));
    assert!(json(&nothing)["error"].is_string());
    assert_eq!(run(&["detect", "--tcp", "10.0.0.9"]).status.code(), Some(2));
}

#[test]
fn tracking_numbers_show_whose_they_may_be() {
    let ups = run(&["intake", "track", "1z 5r8 939 03 5756 7127", "--json"]);
    let read = json(&ups);
    assert_eq!(ups.status.code(), Some(0));
    assert_eq!(read["normalized"], "1Z5R89390357567127");
    assert_eq!((&read["valid"], &read["carrier"]), (&true.into(), &"ups".into()));
    let candidate = &read["candidates"][0];
    assert_eq!((&candidate["definition"], &candidate["check"]), (&"UPS".into(), &"ok".into()));
    assert!(candidate["evidence"].is_string());
    let unknown = run(&["intake", "track", "VEHO-12-AB", "--json"]);
    assert_eq!((unknown.status.code(), &json(&unknown)["carrier"]), (Some(0), &"other".into()));
}

#[test]
fn names_are_matched_with_a_building() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("residents.csv");
    std::fs::write(&file, "first,last,unit\nMaria,García,1204\nWilliam,O'Brien,12B\nAnn,Lee,1\nAnn,Lee,2\n")
        .unwrap();
    let file = file.to_str().unwrap();
    let find = |more: &[&str]| run(&[&["intake", "match", "--json", "--residents", file], more].concat());
    let bill = find(&["--name", "BILL OBRIEN"]);
    assert_eq!(bill.status.code(), Some(0), "{}", words(&bill));
    let bill = json(&bill);
    let best = &bill["ranked"][0];
    assert_eq!(bill["decision"], "auto");
    assert_eq!((&best["unit"], &best["name"]), (&"12B".into(), &"William O'Brien".into()));
    assert!(best["score"].as_f64().unwrap() > 0.9);
    assert_eq!(json(&find(&["--name", "Ann Lee"]))["decision"], "ask");
    assert_eq!(json(&find(&["--name", "Ann Lee", "--unit", "Apt 2"]))["ranked"][0]["unit"], "2");
    assert_eq!(json(&find(&["--name", "Xaver Quimby"]))["decision"], "none");
    let nowhere = run(&["intake", "match", "--residents", "/nowhere.csv", "--name", "x"]);
    assert_eq!(nowhere.status.code(), Some(1));
}

#[test]
fn lines_are_answered_one_by_one() {
    let mut asked = command();
    let mut child = asked
        .args(["intake", "track", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for (number, carrier) in
        [("TBA000000000000", "amazon"), ("", "other"), ("9400111206206407628746\r", "usps")]
    {
        writeln!(input, "{number}").unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["carrier"], carrier, "{number:?} is answered before the next line is sent");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
    assert!(answers.next().is_none());
}

#[test]
fn names_and_apartments_are_answered_one_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("residents.csv");
    std::fs::write(&file, "first,last,unit\nMaria,García,1204\nAnn,Lee,1\nAnn,Lee,2\n").unwrap();
    let mut asked = command();
    let mut child = asked
        .args(["intake", "match", "--json", "--residents", file.to_str().unwrap()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for (line, decision, unit) in [
        ("GARCIA MARIA", "auto", Some("1204")),
        ("", "none", None),
        ("Ann Lee\tApt 2", "auto", Some("2")),
        ("Ann Lee", "ask", Some("1")),
        ("Xaver Quimby", "none", None),
    ] {
        writeln!(input, "{line}").unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["decision"], decision, "{line:?}");
        assert_eq!(answer["ranked"][0]["unit"].as_str(), unit, "{line:?}");
    }
    drop(input);
    assert!(child.wait().unwrap().success());
    assert!(answers.next().is_none());
}

#[test]
fn a_sound_site_is_well_and_a_changed_event_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("site");
    stopped_site(&data);
    let place = data.to_str().unwrap();
    let exported = folder.path().join("ledger.jsonl");
    let exported = exported.to_str().unwrap();
    let well = run(&["check", "--data", place, "--export", exported, "--json"]);
    let verified = run(&["verify", exported, "--head", json(&well)["head"].as_str().unwrap(), "--json"]);
    assert_eq!((verified.status.code(), &json(&verified)["valid"]), (Some(0), &true.into()));
    let cut = std::fs::read_to_string(exported).unwrap();
    let cut = &cut[..cut.trim_end().rfind('\n').unwrap() + 1];
    std::fs::write(exported, cut).unwrap();
    let keyed = run(&["verify", exported, "--key", "0000 0000"]);
    assert_eq!(keyed.status.code(), Some(2), "a ledger has no key, and is not said to be of one");
    let short = run(&["verify", exported, "--head", json(&well)["head"].as_str().unwrap()]);
    assert_eq!(short.status.code(), Some(3), "the newest event was cut off: {}", words(&short));
    assert_eq!(well.status.code(), Some(0), "{}", json(&well));
    let database = rusqlite::Connection::open(data.join("site.sqlite3")).unwrap();
    database.execute("UPDATE event SET payload = x'7b7d' WHERE seq = 20", []).unwrap();
    drop(database);
    let found = run(&["check", "--data", place, "--json"]);
    assert_eq!((found.status.code(), &json(&found)["well"]), (Some(3), &false.into()));
    let nowhere = run(&["check", "--data", folder.path().to_str().unwrap()]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(words(&nowhere).contains("--config"), "{}", words(&nowhere));
}

#[test]
fn a_backup_of_a_running_site_comes_back_in_a_new_epoch_and_opens_to_its_passphrase_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file, other) =
        (folder.path().join("site"), folder.path().join("backup"), folder.path().join("other"));
    let demo = Demo::start(&data, &["--days", "1"]);
    let back_up = |passphrase: &str| {
        command()
            .args(["backup", file.to_str().unwrap(), "--json", "--data", data.to_str().unwrap()])
            .env("VESTIBULE_PASSPHRASE", passphrase)
            .output()
            .unwrap()
    };
    assert_eq!(back_up("short").status.code(), Some(1));
    let made = back_up("correct horse battery");
    assert_eq!(made.status.code(), Some(0), "{}", words(&made));
    assert_eq!(back_up("correct horse battery").status.code(), Some(1), "nothing is overwritten");
    let restore = |to: &Path, passphrase: &str| {
        command()
            .args(["restore", file.to_str().unwrap(), "--json", "--data", to.to_str().unwrap()])
            .env("VESTIBULE_PASSPHRASE", passphrase)
            .output()
            .unwrap()
    };
    assert!(words(&restore(&other, "wrong horse battery")).contains("passphrase"));
    assert!(!other.join("site.sqlite3").exists());
    let busy = restore(&data, "correct horse battery");
    assert_eq!(busy.status.code(), Some(1));
    assert!(words(&busy).contains("running"), "{}", words(&busy));
    let restored = restore(&other, "correct horse battery");
    assert_eq!(restored.status.code(), Some(0), "{}", words(&restored));
    assert_eq!(json(&restored)["epoch"], 2);
    let well = run(&["check", "--data", other.to_str().unwrap(), "--json"]);
    assert_eq!(well.status.code(), Some(0), "{}", json(&well));
    let copy = rusqlite::Connection::open(other.join("site.sqlite3")).unwrap();
    let sessions: i64 = copy.query_row("SELECT count(*) FROM staff_session", [], |row| row.get(0)).unwrap();
    assert_eq!(sessions, 0);
    demo.stop();
    let replaced = restore(&data, "correct horse battery");
    assert!(json(&replaced)["moved"].as_str().is_some_and(|moved| Path::new(moved).is_dir()));
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    assert!(words(&restore(&folder.path().join("third"), "correct horse battery")).contains("checksum"));
}

#[test]
fn a_running_site_is_asked_at_its_console_and_a_stopped_one_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("site");
    let demo = Demo::start(&data, &[]);
    let place = data.to_str().unwrap();
    let reset = |email: &str| run(&["staff", "reset", email, "--json", "--data", place]);
    let running = reset("owner@example.com");
    assert!(json(&running)["path"].as_str().is_some_and(|path| path.contains("/reset?token=")));
    assert_eq!(reset("nobody@example.com").status.code(), Some(1));
    demo.stop();
    assert!(json(&reset("owner@example.com"))["path"].is_string());
    let owned = run(&["setup-link", "--data", place]);
    assert_eq!(owned.status.code(), Some(1));
    assert!(words(&owned).contains("staff reset"), "{}", words(&owned));
    // A program is told the same: no link, and an exit code that says so.
    let owned = run(&["setup-link", "--data", place, "--json"]);
    assert_eq!((owned.status.code(), &json(&owned)["path"]), (Some(1), &Value::Null));
    let pack = folder.path().join("pack.zip");
    let day = ["--from", "2020-01-01", "--to", "2100-01-01"];
    let export = ["export", "incident", "--data", place, "--json", pack.to_str().unwrap()];
    let exported = json(&run(&[&export[..], &day].concat()));
    assert!(exported["events"].as_u64().is_some_and(|events| events > 0), "{exported}");
    assert!(exported["fingerprint"].is_string() && exported["file"] == pack.to_str().unwrap(), "{exported}");
}

/// A folder of an earlier program: each command says so and what to do, and none changes anything.
#[test]
fn tables_of_an_earlier_program_are_refused_in_words_by_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("site");
    stopped_site(&data);
    let stored = rusqlite::Connection::open(data.join("site.sqlite3")).unwrap();
    stored.pragma_update(None, "user_version", 1).unwrap();
    drop(stored);
    let (place, file) = (data.to_str().unwrap(), folder.path().join("made"));
    let (file, list) = (file.to_str().unwrap(), folder.path().join("list.csv"));
    std::fs::write(&list, "unit,last name\n1,Ruiz\n").unwrap();
    let secret = folder.path().join("passphrase");
    std::fs::write(&secret, "correct horse battery staple\n").unwrap();
    for asked in [
        &["check"][..],
        &["setup-link"],
        &["staff", "reset", "owner@example.com"],
        &["import", "residents", list.to_str().unwrap()],
        &["export", "incident", "--parcel", "1", file],
        &["backup", file, "--passphrase-file", secret.to_str().unwrap()],
    ] {
        let refused = run(&[asked, &["--data", place]].concat());
        assert_eq!(refused.status.code(), Some(1), "{asked:?}: {refused:?}");
        assert!(words(&refused).contains("name another folder"), "{asked:?}: {}", words(&refused));
        assert!(!Path::new(file).exists(), "{asked:?}");
    }
}

#[test]
fn serve_prints_a_set_up_link_until_there_is_an_owner() {
    use std::io::BufRead;
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("vestibule.toml");
    std::fs::write(&config, "data = \"data\"\nlisten = [\"127.0.0.1:0\"]\nzone = \"Europe/Madrid\"\n")
        .unwrap();
    let serve = |more: &[&str]| {
        command()
            .args(["serve", "--config", config.to_str().unwrap()])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let mut told = serve(&["--json"]);
    let mut line = String::new();
    std::io::BufReader::new(told.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert!(
        ready["address"].as_str().is_some_and(|address| address.starts_with("http://127.0.0.1:")),
        "{line}"
    );
    assert!(ready["setup"].as_str().is_some_and(|link| link.contains("/setup?token=")), "{line}");
    told.kill().unwrap();
    told.wait().unwrap();
    let mut process = serve(&[]);
    let mut lines = std::io::BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
    let link = lines.find(|line| line.contains("/setup?token=")).expect("a link is printed");
    let (base, path) = link.split_at(link.find("/setup").unwrap());
    let page = crate::http::get(base, path);
    assert_eq!(page.code, 200, "{}", page.body);
    process.kill().unwrap();
    process.wait().unwrap();
    std::fs::write(&config, "data = \"data\"\nlisen = []\n").unwrap();
    let wrong = run(&["serve", "--config", config.to_str().unwrap()]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(words(&wrong).contains("lisen"), "{}", words(&wrong));
}

#[test]
fn an_exported_ledger_is_verified_and_a_reader_that_goes_away_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ledger");
    std::fs::write(&file, "{}\n").unwrap();
    let broken = run(&["verify", file.to_str().unwrap(), "--json"]);
    assert_eq!((broken.status.code(), &json(&broken)["valid"]), (Some(3), &false.into()));
    let mut process = command().arg("openapi").stdout(Stdio::piped()).spawn().unwrap();
    drop(process.stdout.take());
    let ended = until("it ends", || process.try_wait().unwrap());
    assert!(ended.success());
}

#[test]
fn residents_are_imported_into_a_running_site_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let (data, list) = (folder.path().join("site"), folder.path().join("residents.csv"));
    let demo = Demo::start(&data, &[]);
    let import = |more: &[&str]| {
        let fixed =
            ["import", "residents", list.to_str().unwrap(), "--json", "--data", data.to_str().unwrap()];
        run(&[&fixed, more].concat())
    };
    std::fs::write(&list, "Building;Unit;Name;E-Mail\nGarden House;501;Núria Vidal;nuria@example.com\n;;;\nGarden House;;Nobody;x\n").unwrap();
    let refused = import(&[]);
    assert_eq!(
        (refused.status.code(), &json(&refused)["imported"]),
        (Some(1), &false.into()),
        "{}",
        words(&refused)
    );
    assert_eq!(json(&refused)["plan"]["bad_rows"][0]["line"], 4);
    let shown = import(&["--dry-run", "--skip-bad-rows"]);
    assert_eq!((shown.status.code(), &json(&shown)["imported"]), (Some(0), &false.into()));
    assert_eq!(json(&shown)["plan"]["new_units"][0]["keypad"], "501");
    let done = import(&["--skip-bad-rows"]);
    assert_eq!(json(&done)["imported"], true, "{}", words(&done));
    let again = import(&["--skip-bad-rows"]);
    assert_eq!(json(&again)["plan"]["unchanged"], 1);
    demo.stop();
}

#[test]
fn a_hang_up_has_the_file_read_anew_and_a_bad_one_changes_nothing() {
    use std::io::BufRead;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vestibule.toml");
    let sound = "data = \"data\"\nlisten = [\"127.0.0.1:0\"]\nzone = \"Europe/Madrid\"\n";
    std::fs::write(&file, sound).unwrap();
    let mut process = command()
        .args(["serve", "--config", file.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = std::io::BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
    let link = said.find(|line| line.contains("/setup?token=")).expect("it serves");
    let traced = std::io::BufReader::new(process.stderr.take().unwrap()).lines().map(Result::unwrap);
    let mut traced = traced.inspect(|line| assert!(!line.contains("hunter2"), "a value of the file: {line}"));
    let mut after_a_hang_up = |words: &str| {
        let asked = Command::new("kill").args(["-HUP", &process.id().to_string()]).output().unwrap();
        assert!(asked.status.success());
        traced.find(|line| line.contains(words)).expect("the program runs on")
    };
    std::fs::write(&file, format!("{sound}[[printer]]\nname = \"Front\"\npassword = \"hunter2\"\n")).unwrap();
    let refused = after_a_hang_up("read anew and refused");
    assert!(refused.contains("vestibule.toml") && refused.contains("line 6"), "it says where: {refused}");
    assert!(refused.contains("unknown field `password`"), "it says what: {refused}");
    let printer = "[[printer]]\nname = \"Front\"\ntcp = { addr = \"127.0.0.1:9\" }\nlanguage = \"escpos\"\nwidth_mm = 80\n\
                   use = [\"slips\"]\n";
    std::fs::write(&file, format!("{sound}{printer}")).unwrap();
    after_a_hang_up("scanners and printers are as it says now");
    let (base, path) = link.split_at(link.find("/setup").unwrap());
    assert_eq!(crate::http::get(base, path).code, 200, "it is the same program");
    process.kill().unwrap();
    process.wait().unwrap();
}
