//! Cameras nobody here wrote: PyPI ipycam for ONVIF and its picture, Debian lighttpd for Digest; PyPI
//! OpenCV looks at a key frame. Skipped and refused as in `peers`.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use md5::{Digest as _, Md5};
use tempfile::{NamedTempFile, TempDir};
use tokio::net::TcpStream;
use tokio::time::timeout;
use vestibule_devices::{Camera, CameraConfig, CameraKind, DeviceError, open_camera};
use vestibule_simulators::cameras::{PARCEL, PARCEL_NEAR, Scene};

use crate::cm_world::{PASSWORD, RTSP, USER, Watched, assert_parcel, with_parcel};
use crate::peers::{Played, folder, present, python, script};

const REALM: &str = "camera";
/// ipycam takes no other letters.
const ASCII: &str = "c4mera: pass word";

fn camera(kind: CameraKind, url: String, password: &str, allow_plain_password: bool) -> Box<dyn Camera> {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), password).unwrap();
    let config = CameraConfig {
        kind,
        url,
        user: Some(USER.to_owned()),
        password_file: Some(file.path().to_owned()),
        tls_pin: None,
        allow_plain_password,
        channel: None,
    };
    open_camera(&config).unwrap()
}

/// The way to the picture by ONVIF, then the picture; a camera that tells its time only to whom it knows.
#[tokio::test]
async fn ipycam_gives_a_still_over_onvif() {
    let Some(peer) = Played::start("ipycam", "onvif_camera.py", &[USER, ASCII]) else { return };
    let url = format!("http://{}", peer.reached);
    let known = camera(CameraKind::Onvif, url.clone(), ASCII, true);
    for _ in 0..2 {
        let still = known.still(Duration::ZERO).await.unwrap();
        assert!((-5_000..5_000).contains(&still.clock_offset_ms.unwrap()), "{still:?}");
    }
    let stranger = camera(CameraKind::Onvif, url, "another", true);
    assert_eq!(stranger.still(Duration::ZERO).await, Err(DeviceError::Vendor { code: 401 }));
}

#[tokio::test]
async fn ipycam_gives_a_still_under_a_fixed_address() {
    let Some(peer) = Played::start("ipycam", "onvif_camera.py", &[USER, ASCII]) else { return };
    let url = format!("http://{}/snapshot.jpg", peer.reached);
    camera(CameraKind::Snapshot, url.clone(), ASCII, true).still(Duration::ZERO).await.unwrap();
    let careful = camera(CameraKind::Snapshot, url, ASCII, false);
    assert_eq!(
        careful.still(Duration::ZERO).await,
        Err(DeviceError::Unsupported),
        "it knows nothing but Basic"
    );
}

/// What the driver kept of a stream is a picture for a decoder of others.
#[tokio::test]
async fn opencv_shows_the_key_frame_of_a_stream() {
    let Some(mut python) = python("cv2") else { return };
    let watched = Watched::start(RTSP).await;
    watched.server.set_scene(with_parcel());
    let still = watched.still().await.unwrap();
    let file = NamedTempFile::with_suffix(".h264").unwrap();
    std::fs::write(file.path(), &still.bytes).unwrap();
    python.arg(script("show_key_frame.py")).arg(file.path());
    python.args(PARCEL.map(|part| part.to_string())).arg(PARCEL_NEAR.to_string());
    let output = tokio::task::spawn_blocking(move || python.output().unwrap()).await.unwrap();
    let (said, complaint) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let numbers: Vec<u32> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    assert!(matches!(numbers[..], [240, 320, brown] if brown > 400), "{said} {complaint}");
}

/// lighttpd with a picture behind Digest; ends with this.
struct Lighttpd {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Drop for Lighttpd {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program and its modules, unpacked beside the other peers.
fn lighttpd() -> Option<(PathBuf, PathBuf)> {
    let unpacked = folder().map(|folder| folder.join("lighttpd").join("usr"));
    let program = unpacked.as_ref().map(|usr| usr.join("sbin").join("lighttpd"));
    let probe = program.as_ref().map(|program| {
        let mut command = Command::new(program);
        command.arg("-v");
        command
    });
    present("lighttpd", probe)?;
    program.zip(unpacked.map(|usr| usr.join("lib").join("lighttpd")))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Lighttpd {
    async fn start(algorithm: &str) -> Option<Self> {
        let (program, modules) = lighttpd()?;
        let folder = TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("www")).unwrap();
        std::fs::write(at("www").join("shot.jpg"), with_parcel().jpeg(0, 640, 480)).unwrap();
        std::fs::write(at("www").join("page.jpg"), "<html></html>").unwrap();
        let half = Scene::default().jpeg(0, 640, 480);
        std::fs::write(at("www").join("half.jpg"), &half[..half.len() / 2]).unwrap();
        let secret = format!("{USER}:{REALM}:{PASSWORD}");
        let md5 = hex(&Md5::digest(&secret));
        let sha256 = hex(ring::digest::digest(&ring::digest::SHA256, secret.as_bytes()).as_ref());
        std::fs::write(at("users"), format!("{USER}:{REALM}:{md5}\n{USER}:{REALM}:{sha256}\n")).unwrap();
        // The number is free now; whoever takes it in between makes the start fail, loudly.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = format!(
            r#"server.document-root = "{www}"
server.bind = "127.0.0.1"
server.port = {port}
server.modules = ("mod_auth", "mod_authn_file")
mimetype.assign = (".jpg" => "image/jpeg")
auth.backend = "htdigest"
auth.backend.htdigest.userfile = "{users}"
auth.require = ("/" => ("method" => "digest", "realm" => "{REALM}", "require" => "valid-user", "algorithm" => "{algorithm}"))
"#,
            www = at("www").display(),
            users = at("users").display(),
        );
        std::fs::write(at("config"), config).unwrap();
        let mut command = Command::new(program);
        command.arg("-D").arg("-f").arg(at("config")).arg("-m").arg(modules);
        let process =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let peer = Self { process, port, _folder: folder };
        let listens = async {
            while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(20), listens).await.expect("lighttpd listens");
        Some(peer)
    }

    fn camera(&self, name: &str, password: &str) -> Box<dyn Camera> {
        camera(CameraKind::Snapshot, format!("http://127.0.0.1:{}/{name}", self.port), password, false)
    }
}

async fn digest(algorithm: &str) {
    let Some(peer) = Lighttpd::start(algorithm).await else { return };
    let known = peer.camera("shot.jpg", PASSWORD);
    for _ in 0..3 {
        assert_parcel(&known.still(Duration::ZERO).await.unwrap(), true);
    }
    let stranger = peer.camera("shot.jpg", "another");
    assert_eq!(stranger.still(Duration::ZERO).await, Err(DeviceError::Vendor { code: 401 }));
    for name in ["page.jpg", "half.jpg"] {
        assert_eq!(peer.camera(name, PASSWORD).still(Duration::ZERO).await, Err(DeviceError::Garbled));
    }
    let nowhere = peer.camera("nowhere.jpg", PASSWORD).still(Duration::ZERO).await;
    assert_eq!(nowhere, Err(DeviceError::Vendor { code: 404 }));
}

#[tokio::test]
async fn lighttpd_lets_us_in_by_md5() {
    digest("MD5").await;
}

#[tokio::test]
async fn lighttpd_lets_us_in_by_sha256() {
    digest("SHA-256").await;
}

#[tokio::test]
async fn lighttpd_lets_us_in_by_either() {
    digest("MD5|SHA-256").await;
}
