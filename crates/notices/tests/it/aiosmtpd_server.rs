//! aiosmtpd (PyPI) as a child process: a mail server by other people, to hold our reading of SMTP against.
//!
//! It is installed once into the target folder. Where that cannot be done the test fails and names the
//! command; with `VESTIBULE_OFFLINE=1` it says that it was left out.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const PINNED: &str = "aiosmtpd==1.4.6";

pub struct Aiosmtpd {
    child: Child,
    pub address: SocketAddr,
    folder: tempfile::TempDir,
}

/// A login and a certificate, each if wanted.
#[derive(Default)]
pub struct Wanted<'a> {
    /// `starttls` or `implicit`, with certificate and key files.
    pub tls: Option<(&'a str, &'a Path, &'a Path)>,
    pub login: Option<(&'a str, &'a Path)>,
}

impl Aiosmtpd {
    /// None when told to do without the network.
    pub fn start(wanted: &Wanted<'_>) -> Option<Self> {
        let python = installed()?;
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(python);
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/aiosmtpd_server.py"));
        command.arg(folder.path().join("maildir"));
        if let Some((how, certificate, key)) = wanted.tls {
            command.args(["--tls", how]).arg("--cert").arg(certificate).arg("--key").arg(key);
        }
        if let Some((user, password_file)) = wanted.login {
            command.args(["--login", user]).arg(password_file);
        }
        // Its input is a pipe from us: should this test die, the server ends too.
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port: u16 = line.trim().parse().unwrap_or_else(|_| panic!("aiosmtpd did not start: {line:?}"));
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let server = Self { child, address, folder };
        if wanted.tls.is_none_or(|(how, _, _)| how == "starttls") {
            server.wait_for_greeting();
        }
        Some(server)
    }

    fn wait_for_greeting(&self) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut greeting = [0; 4];
        stream.read_exact(&mut greeting).unwrap();
        assert_eq!(&greeting, b"220 ");
    }

    /// The messages in its maildir, as stored.
    pub fn messages(&self) -> Vec<String> {
        let folder = self.folder.path().join("maildir").join("new");
        let Ok(entries) = std::fs::read_dir(folder) else { return vec![] };
        entries.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
    }

    /// One field of the only message, decoded by Python's own mail reader: `subject`, `plain`, `html` or
    /// `png` (as hex).
    pub fn read_by_python(&self, field: &str) -> String {
        let folder = self.folder.path().join("maildir").join("new");
        let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
        let script = "import email,email.policy,sys\n\
             m=email.message_from_binary_file(open(sys.argv[1],'rb'),policy=email.policy.default)\n\
             f=sys.argv[2]\n\
             p={'plain':'text/plain','html':'text/html','png':'image/png'}.get(f)\n\
             part=next((x for x in m.walk() if x.get_content_type()==p),None)\n\
             out=str(m[f]) if p is None else part.get_content()\n\
             sys.stdout.buffer.write(out.hex().encode() if f=='png' else out.encode())";
        let output =
            Command::new(installed().unwrap()).args(["-c", script]).arg(file).arg(field).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Aiosmtpd {
    fn drop(&mut self) {
        // Killed by its own process id, and waited for so that nothing is left behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The interpreter of the environment with the pinned server in it, made on first use.
fn installed() -> Option<PathBuf> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let environment = target.join("aiosmtpd-venv");
    let python = environment.join("bin").join("python");
    let done = environment.join(format!("{PINNED}.installed"));
    // Test processes run side by side; one installs, the others wait here.
    let lock = File::create(target.join("aiosmtpd-venv.lock")).unwrap();
    lock.lock().unwrap();
    if done.exists() {
        return Some(python);
    }
    if std::env::var_os("VESTIBULE_OFFLINE").is_some_and(|value| value == "1") {
        println!("skipped: VESTIBULE_OFFLINE=1 is set and aiosmtpd is not installed in {}", target.display());
        return None;
    }
    let place = environment.display();
    let by_hand =
        format!("python3 -m venv {place} && {place}/bin/pip install {PINNED} && touch {}", done.display());
    let made = run(Command::new("python3").args(["-m", "venv"]).arg(&environment))
        && run(Command::new(&python).args(["-m", "pip", "install", "--quiet", PINNED]));
    assert!(
        made,
        "aiosmtpd could not be installed. Run this and try again (python3-venv is needed), or set \
         VESTIBULE_OFFLINE=1 to leave these tests out:\n  {by_hand}"
    );
    File::create(done).unwrap();
    Some(python)
}

fn run(command: &mut Command) -> bool {
    command.status().is_ok_and(|status| status.success())
}
