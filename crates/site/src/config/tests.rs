use super::*;
use vestibule_core::CompartmentId;

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, Path::new("/etc/vestibule/vestibule.toml"))
}

fn problem(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn the_example_of_the_guide_is_right() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide/vestibule.example.toml");
    let config = Config::load(Path::new(path)).unwrap();
    let banks = config.bank.iter().map(|bank| bank.compartments().len()).collect::<Vec<_>>();
    assert_eq!(banks, [8]);
    let label_order = |_: &str, label: &str| label.parse().ok().map(CompartmentId);
    let wiring = config.bus[0].wiring(label_order).unwrap();
    wiring.check(&vestibule_devices::Profiles::built_in().unwrap()).unwrap();
    assert_eq!(config.tls_source().unwrap(), Some(TlsSource::SelfSigned));
    assert!(config.mail.is_some());
    assert_eq!(config.camera[0].looks_at(), Ok(LooksAt::Bank("Lobby")));
    assert!(config.camera[0].device.password_file.as_ref().unwrap().ends_with("docs/guide/camera.password"));
    let doors: Vec<_> = config.doors.iter().flat_map(|controller| controller.device.doors()).collect();
    assert_eq!(doors, ["Street door", "Package room"]);
    let key = config.doors[1].device.clone().files_mut()[0].clone();
    assert!(key.ends_with("docs/guide/package-room.key"), "{}", key.display());
    assert_eq!(config.address[0].street, "14 Maple Street");
    assert_eq!((config.printer.len(), config.scanner.len()), (2, 1));
    assert!(config.feed[0].secret_file.ends_with("docs/guide/easypost.secret"));
}

#[test]
fn an_address_without_a_house_number_is_refused() {
    let text = problem("data = \"d\"\n[[address]]\nstreet = \"Maple Street\"\n");
    assert!(text.contains("[[address]]") && text.contains("house number"), "{text}");
}

#[test]
fn paths_are_meant_from_the_folder_of_the_file() {
    let config = parse("data = \"data\"\nhead_file = \"/mnt/usb/head\"").unwrap();
    assert_eq!(config.data, Path::new("/etc/vestibule/data"));
    assert_eq!(config.head_file.as_deref(), Some(Path::new("/mnt/usb/head")));
}

#[test]
fn unknown_keys_are_named_with_their_line() {
    let text = problem("data = \"d\"\nlissten = []\n");
    assert!(text.contains("lissten") && text.contains("line 2"), "{text}");
}

#[test]
fn plain_http_is_for_this_machine_alone() {
    let open = "data = \"d\"\nlisten = [\"0.0.0.0:80\"]\n";
    let text = problem(open);
    assert!(
        text.contains("0.0.0.0:80") && text.contains("self_signed") && text.contains("behind_proxy"),
        "{text}"
    );
    let text = problem(&format!("{open}behind_proxy = true"));
    assert!(text.contains("trusted_proxies") && text.contains("0.0.0.0:80"), "{text}");
    let named = "behind_proxy = true\ntrusted_proxies = [\"192.168.1.2\"]";
    assert!(parse(&format!("{open}{named}")).is_ok());
    assert!(parse("data = \"d\"\nbehind_proxy = true").is_ok(), "a proxy on this machine needs no name");
    assert!(problem("data = \"d\"\ntrusted_proxies = [\"192.168.1.2\"]").contains("behind_proxy"));
    assert!(parse(&format!("{open}[tls]\nself_signed = true")).is_ok());
    assert!(problem(&format!("{open}[tls]\ncertificate = \"c.pem\"")).contains("without its key"));
    assert!(problem(&format!("{open}behind_proxy = true\n[tls]\nself_signed = true")).contains("exclude"));
}

#[test]
fn a_domain_of_our_own_is_a_way_of_its_own() {
    let acme = "[tls.acme]\ndomains = [\"parcels.example.com\"]\nterms_agreed = true\n";
    let open = "data = \"d\"\nlisten = [\"0.0.0.0:443\"]\n";
    let config = parse(&format!("{open}{acme}directory_root = \"ca.pem\"")).unwrap();
    let Some(TlsSource::Acme(source)) = config.tls_source().unwrap() else { panic!("by ACME") };
    assert_eq!(source.directory_root.as_deref(), Some(Path::new("/etc/vestibule/ca.pem")));
    assert!(config.accepted_hosts().contains(&"parcels.example.com".to_owned()));
    let unsaid = acme.replace("terms_agreed = true\n", "");
    assert!(problem(&format!("{open}{unsaid}")).contains("terms_agreed = true"));
    assert!(problem(&format!("data = \"d\"\n{acme}")).contains("0.0.0.0:443"));
    let both = format!("{open}[tls]\nself_signed = true\n{acme}");
    assert!(problem(&both).contains("take certificate, key and self_signed out"));
    assert!(problem(&format!("{open}behind_proxy = true\n{acme}")).contains("exclude"));
}

#[test]
fn hosts_come_from_listen_and_public_url() {
    let text = "data = \"d\"\nlisten = [\"127.0.0.1:80\", \"[::1]:80\"]\npublic_url = \"https://p.example.com:8443\"\nhosts = [\"Lobby.Lan\"]";
    assert_eq!(
        parse(text).unwrap().accepted_hosts(),
        ["127.0.0.1", "::1", "lobby.lan", "localhost", "p.example.com"]
    );
    for wrong in
        ["p.example.com", "http://p.example.com", "https://p.example.com/", "https://p.example.com/parcels"]
    {
        assert!(problem(&format!("data = \"d\"\npublic_url = \"{wrong}\"")).contains("https://"), "{wrong}");
    }
    assert!(parse("data = \"d\"\npublic_url = \"http://127.0.0.1:8080\"").is_ok(), "on this machine itself");
}

const BUS: &str = "data = \"d\"\n[[bus]]\nname = \"wall\"\n";

#[test]
fn a_bus_needs_one_line_and_known_labels() {
    assert!(problem(&format!("{BUS}board = []")).contains("no line"));
    let both =
        format!("{BUS}board = []\nserial = {{ path = \"/dev/x\", baud = 9600 }}\ntcp = {{ addr = \"h:1\" }}");
    assert!(problem(&both).contains("keep one"));
    let board = "[[bus.board]]\naddress = 1\nprofile = \"generic-lock8a-12\"\nbank = \"Lobby\"\ncompartments = { \"1\" = 1 }\n";
    let config = parse(&format!("{BUS}tcp = {{ addr = \"h:1\" }}\n{board}")).unwrap();
    let unknown = config.bus[0].wiring(|_, _| None).unwrap_err();
    assert!(unknown.contains("Lobby") && unknown.contains("\"1\""), "{unknown}");
    let stray =
        format!("{BUS}tcp = {{ addr = \"h:1\" }}\n{board}polarity = {{ \"9\" = \"short_when_open\" }}");
    assert!(problem(&stray).contains("\"9\""));
}

#[test]
fn a_bank_hangs_on_one_bus() {
    let bus = |name: &str| {
        format!(
            "[[bus]]\nname = \"{name}\"\ntcp = {{ addr = \"h:1\" }}\n[[bus.board]]\naddress = 1\nprofile = \"p\"\nbank = \"Lobby\"\ncompartments = {{}}\n"
        )
    };
    assert!(problem(&format!("data = \"d\"\n{}{}", bus("a"), bus("b"))).contains("two buses"));
}

#[test]
fn a_port_belongs_to_one_device() {
    let bus = |name: &str, bank: &str, line: &str| {
        format!(
            "[[bus]]\nname = \"{name}\"\n{line}\n[[bus.board]]\naddress = 1\nprofile = \"p\"\nbank = \"{bank}\"\ncompartments = {{}}\n"
        )
    };
    let serial = "serial = { path = \"/dev/ttyUSB0\", baud = 9600 }";
    let two = format!("data = \"d\"\n{}{}", bus("a", "Lobby", serial), bus("b", "Rear", serial));
    let text = problem(&two);
    assert!(text.contains("\"a\"") && text.contains("\"b\"") && text.contains("/dev/ttyUSB0"), "{text}");
    assert!(text.ends_with("(line 3)"), "where the first of them is named: {text}");
    let scanner = format!("[[scanner]]\n{serial}\nkiosk = \"Front\"\n");
    let text = problem(&format!("data = \"d\"\n{}{scanner}", bus("a", "Lobby", serial)));
    assert!(text.contains("kiosk \"Front\"") && text.contains("both on"), "{text}");
    let reader = format!(
        "[[doors]]\nname = \"Reader\"\n[doors.device]\nkind = \"osdp\"\n{serial}\n[[doors.device.reader]]\ndoor = \"Room\"\n\
         address = 0\nkey_file = \"k\"\n"
    );
    let text = problem(&format!("data = \"d\"\n{}{reader}", bus("a", "Lobby", serial)));
    assert!(text.contains("[[doors]] \"Reader\"") && text.contains("both on"), "{text}");
    let other = "tcp = { addr = \"10.0.0.9:5000\" }";
    assert!(
        parse(&format!("data = \"d\"\n{}{}", bus("a", "Lobby", serial), bus("b", "Rear", other))).is_ok()
    );
}

#[test]
fn a_link_and_the_port_it_leads_to_are_one_port() {
    let folder = tempfile::tempdir().unwrap();
    let (port, by_id) = (folder.path().join("ttyUSB0"), folder.path().join("usb-FTDI_A1"));
    std::fs::write(&port, "").unwrap();
    std::os::unix::fs::symlink(&port, &by_id).unwrap();
    let serial = |path: &Path| format!("serial = {{ path = \"{}\", baud = 9600 }}\n", path.display());
    let bus = format!(
        "data = \"d\"\n[[bus]]\nname = \"a\"\n{}[[bus.board]]\naddress = 1\nprofile = \"p\"\nbank = \"Lobby\"\ncompartments = {{}}\n",
        serial(&port)
    );
    let text = problem(&format!("{bus}[[scanner]]\n{}kiosk = \"Front\"\n", serial(&by_id)));
    let real = port.canonicalize().unwrap();
    for named in [&port, &by_id, &real] {
        assert!(text.contains(&named.display().to_string()), "{text}");
    }
    assert!(text.contains("bus \"a\"") && text.contains("kiosk \"Front\""), "{text}");
    let elsewhere = folder.path().join("ttyUSB1");
    assert!(parse(&format!("{bus}[[scanner]]\n{}kiosk = \"Front\"\n", serial(&elsewhere))).is_ok());
}

#[test]
fn compartments_stand_on_the_foot_and_labels_are_unique() {
    let bank = "data = \"d\"\n[[bank]]\nname = \"Lobby\"\nfoot_mm = 100\n[[bank.column]]\nwidth_mm = 400\n";
    let config = parse(&format!(
        "{bank}doors = [{{ label = \"1\", size = \"S\", height_mm = 150 }}, {{ label = \"2\", size = \"xl\", height_mm = 600 }}]"
    ))
    .unwrap();
    let specs = config.bank[0].compartments();
    assert_eq!(specs.iter().map(|spec| spec.bottom_mm).collect::<Vec<_>>(), [700, 100]);
    let twice = format!(
        "{bank}doors = [{{ label = \"1\", size = \"S\", height_mm = 1 }}, {{ label = \"1\", size = \"S\", height_mm = 1 }}]"
    );
    assert!(problem(&twice).contains("unique"));
    assert!(
        problem(&format!("{bank}doors = [{{ label = \"1\", size = \"huge\", height_mm = 1 }}]"))
            .contains("S, M, L or XL")
    );
}

#[test]
fn a_printer_needs_one_line_a_paper_and_something_to_print() {
    let printer =
        |rest: &str| format!("data = \"d\"\n[[printer]]\nname = \"Desk\"\nlanguage = \"escpos\"\n{rest}\n");
    let line = "tcp = { addr = \"h:9100\" }\n";
    assert!(parse(&printer(&format!("{line}width_mm = 80\nuse = [\"slips\"]"))).is_ok());
    assert!(problem(&printer("width_mm = 80\nuse = [\"slips\"]")).contains("no line"));
    let both = format!("{line}device = \"/dev/usb/lp0\"\nwidth_mm = 80\nuse = [\"slips\"]");
    assert!(problem(&printer(&both)).contains("keep one"));
    assert!(problem(&printer(&format!("{line}width_mm = 8\nuse = [\"slips\"]"))).contains("25 to 120"));
    assert!(problem(&printer(&format!("{line}width_mm = 80\nuse = []"))).contains("prints nothing"));
    assert!(problem(&printer(&format!("{line}width_mm = 80\nuse = [\"photos\"]"))).contains("photos"));
    let low = format!("{line}width_mm = 80\nheight_mm = 4\nuse = [\"labels\"]");
    assert!(problem(&printer(&low)).contains("height_mm"));
    let twice = printer(&format!("{line}width_mm = 80\nuse = [\"slips\"]"));
    let twice = format!("{twice}{}", twice.trim_start_matches("data = \"d\"\n"));
    assert!(problem(&twice).contains("two printers"));
}

#[test]
fn a_port_has_one_scanner_and_a_scanner_one_kiosk() {
    let scanner = |kiosk: &str| {
        format!("[[scanner]]\nserial = {{ path = \"/dev/ttyACM0\", baud = 9600 }}\nkiosk = \"{kiosk}\"\n")
    };
    assert!(parse(&format!("data = \"d\"\n{}", scanner("Lobby"))).is_ok());
    assert!(problem(&format!("data = \"d\"\n{}", scanner(" "))).contains("name one"));
    let typing = |rest: &str| format!("data = \"d\"\n[[scanner]]\nkiosk = \"Lobby\"\n{rest}\n");
    assert!(problem(&typing("")).contains("needs no entry"));
    let frames = scan_frames(&parse(&typing("prefix = \"~\"")).unwrap().scanner);
    assert_eq!(frames[0].1.bare(b"~1Z"), b"1Z");
    let both = format!("{}{}", typing("prefix = \"~\""), "[[scanner]]\nkiosk = \"Lobby\"\nsuffix = \"#\"\n");
    assert!(problem(&both).contains("write one [[scanner]]"));
    let twice = format!("data = \"d\"\n{}{}", scanner("Lobby"), scanner("Yard"));
    assert!(problem(&twice).contains("/dev/ttyACM0"));
}

#[test]
fn a_camera_looks_at_one_thing() {
    let camera = |binding: &str| {
        let device = "[camera.device]\nkind = \"snapshot\"\nurl = \"http://10.0.0.20/shot.jpg\"\n";
        format!("[[camera]]\nname = \"Lobby\"\n{binding}\n{device}")
    };
    let of = |bindings: &[&str]| {
        format!("data = \"d\"\n{}", bindings.iter().map(|one| camera(one)).collect::<String>())
    };
    for wrong in ["", "desk = true\nbank = \"Lobby\"", "kiosk = \"Front\"\nbank = \"Lobby\""] {
        assert!(problem(&of(&[wrong])).contains("say what it looks at"), "{wrong}");
    }
    assert!(problem(&of(&["desk = true", "bank = \"Rear\""])).contains("two cameras"));
    let config = parse(&of(&["kiosk = \"Front\"\nparcels_only = true"])).unwrap();
    assert_eq!(config.camera[0].looks_at(), Ok(LooksAt::Kiosk("Front")));
    assert_eq!(config.camera[0].in_view(), vestibule_core::evidence::InView::ParcelsOnly);
}

#[test]
fn a_door_has_one_controller() {
    let controller = |name: &str, door: &str, more: &str| {
        format!(
            "[[doors]]\nname = \"{name}\"\n{more}[doors.device]\nkind = \"2n\"\nurl = \"http://10.0.0.60\"\n\
             [[doors.device.door]]\nname = \"{door}\"\nrelay = \"1\"\n"
        )
    };
    let of = |parts: &[String]| format!("data = \"d\"\n{}", parts.concat());
    let passage = "[[doors.passage]]\nname = \"Street door\"\nkind = \"building_entrance\"\n";
    let config = parse(&of(&[controller("A", "Street door", passage)])).unwrap();
    assert_eq!(config.doors[0].device.doors(), ["Street door"]);
    let twice = [controller("A", "Street door", ""), controller("B", "street door", "")];
    assert!(problem(&of(&twice)).contains("has another controller already"));
    let alike = [controller("A", "Street door", ""), controller("A", "Side door", "")];
    assert!(problem(&of(&alike)).contains("two [[doors]] are called"));
    assert!(problem(&of(&[controller("A", "Side door", passage)])).contains("none of its doors: Side door"));
    let cut = controller("A", "Side door", "").replace("relay = \"1\"", "relay = \"0\"");
    assert!(problem(&of(&[cut])).contains("a switch from 1 to 9"));
}
