//! Connections to the mail server and the conversation that hands a message over.
//!
//! A connection is kept for the next message and asked with NOOP before it is used again. Each step of the
//! conversation is taken by itself, so that a refusal is known to be the address's or the server's.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};

use super::compose::compose;
use super::config::{SmtpConfig, SmtpConfigError, SmtpSecurity};
use super::failure::{SendError, SendErrorKind, Stage, failure, timed_out};
use crate::address::MailAddress;
use crate::notice::RenderedMail;

const CONNECT_LIMIT: Duration = Duration::from_secs(15);
/// A server may look at a message for a while before it answers; after this the row is tried again, and
/// its Message-ID tells a repeat.
const SEND_LIMIT: Duration = Duration::from_secs(90);
const IDLE_KEPT: Duration = Duration::from_secs(45);
const MOST_IDLE: usize = 4;

/// The server took responsibility for the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The server's answer, often with its own number of the message.
    pub reply: String,
}

/// Sends mail through one server. Shared freely; each call uses a connection of its own.
pub struct SmtpSender {
    server: String,
    config: SmtpConfig,
    from: MailAddress,
    hello: ClientId,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    idle: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
}

impl SmtpSender {
    /// Reads the files the settings name. Does not connect; [`SmtpSender::check`] does.
    pub fn new(config: SmtpConfig) -> Result<Self, SmtpConfigError> {
        config.check()?;
        let from = config
            .from
            .parse::<MailAddress>()
            .map_err(|source| SmtpConfigError::From(config.from.clone(), source))?;
        let credentials = config
            .username
            .clone()
            .zip(config.password()?)
            .map(|(username, password)| Credentials::new(username, password.expose().to_owned()));
        let tls = match config.security {
            SmtpSecurity::Plain => None,
            SmtpSecurity::StartTls | SmtpSecurity::Tls => Some(tls_parameters(&config)?),
        };
        let hello = config.hello_name.clone().map_or_else(ClientId::default, ClientId::Domain);
        let server = format!("{}:{}", config.host, config.port());
        Ok(Self { server, config, from, hello, tls, credentials, idle: Mutex::new(Vec::new()) })
    }

    /// Hands one message to the server. `key` is the row's idempotency key: a repeat has the same Message-ID.
    pub async fn send(
        &self,
        mail: &RenderedMail,
        to: &MailAddress,
        key: &str,
    ) -> Result<Accepted, SendError> {
        let content = compose(mail, &self.from, to, key).map_err(|error| SendError {
            kind: SendErrorKind::AddressRefused,
            text: format!("The message to this recipient cannot be written ({error}). Check the address."),
        })?;
        tokio::time::timeout(SEND_LIMIT, self.hand_over(to, &content))
            .await
            .unwrap_or_else(|_| Err(timed_out(&self.server, SEND_LIMIT.as_secs())))
    }

    /// Connects and logs in without sending anything; for the settings page and `vestibule check`.
    pub async fn check(&self) -> Result<(), SendError> {
        let connection = self.connection().await?;
        self.keep(connection);
        Ok(())
    }

    async fn hand_over(&self, to: &MailAddress, content: &[u8]) -> Result<Accepted, SendError> {
        let mut connection = self.connection().await?;
        let parameters = self.mail_parameters(&connection, to, content)?;
        let sent = self.converse(&mut connection, to, parameters, content).await;
        match &sent {
            Ok(_) => self.keep(connection),
            // The server said no in good order: the connection is as good as before once the half-begun
            // message is taken back.
            Err(SendError { kind: SendErrorKind::Later | SendErrorKind::AddressRefused, .. }) => {
                if connection.command(Rset).await.is_ok() {
                    self.keep(connection);
                }
            }
            Err(SendError { kind: SendErrorKind::ServerDown | SendErrorKind::ServerRefuses, .. }) => {
                connection.abort().await;
            }
        }
        sent
    }

    async fn converse(
        &self,
        connection: &mut AsyncSmtpConnection,
        to: &MailAddress,
        parameters: Vec<MailParameter>,
        content: &[u8],
    ) -> Result<Accepted, SendError> {
        let at = |stage| move |error| failure(stage, &self.server, &error);
        let sender = Mail::new(Some(self.from.inner().clone()), parameters);
        connection.command(sender).await.map_err(at(Stage::Sender))?;
        let recipient = Rcpt::new(to.inner().clone(), vec![]);
        connection.command(recipient).await.map_err(at(Stage::Recipient))?;
        connection.command(Data).await.map_err(at(Stage::Content))?;
        let reply = connection.message(content).await.map_err(at(Stage::Content))?;
        Ok(Accepted { reply: reply.message().collect::<Vec<_>>().join(" ") })
    }

    fn mail_parameters(
        &self,
        connection: &AsyncSmtpConnection,
        to: &MailAddress,
        content: &[u8],
    ) -> Result<Vec<MailParameter>, SendError> {
        let mut parameters = Vec::new();
        if !to.is_ascii() || !self.from.is_ascii() {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(SendError {
                    kind: SendErrorKind::AddressRefused,
                    text: format!(
                        "The mail server {} cannot send to an address with letters beyond a-z. Ask the resident \
                         for another address.",
                        self.server
                    ),
                });
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !content.is_ascii() {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(parameters)
    }

    /// A kept connection that still answers, or a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, SendError> {
        while let Some((mut connection, since)) = self.take_idle() {
            if since.elapsed() < IDLE_KEPT && connection.test_connected().await {
                return Ok(connection);
            }
            connection.abort().await;
        }
        tokio::time::timeout(CONNECT_LIMIT, self.connect())
            .await
            .unwrap_or_else(|_| Err(timed_out(&self.server, CONNECT_LIMIT.as_secs())))
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let at = |stage| move |error| failure(stage, &self.server, &error);
        let host = self.config.host.trim_start_matches('[').trim_end_matches(']');
        let address = (host, self.config.port());
        let first_tls = match self.config.security {
            SmtpSecurity::Tls => self.tls.clone(),
            SmtpSecurity::StartTls | SmtpSecurity::Plain => None,
        };
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, Some(CONNECT_LIMIT), &self.hello, first_tls, None)
                .await
                .map_err(at(Stage::Connect))?;
        if self.config.security == SmtpSecurity::StartTls {
            let tls = self.tls.clone().expect("StartTls settings have TLS parameters");
            connection.starttls(tls, &self.hello).await.map_err(at(Stage::Encrypt))?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await.map_err(at(Stage::Login))?;
        }
        Ok(connection)
    }

    fn take_idle(&self) -> Option<(AsyncSmtpConnection, Instant)> {
        self.idle.lock().expect("no holder of the idle list panics").pop()
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().expect("no holder of the idle list panics");
        if idle.len() < MOST_IDLE {
            idle.push((connection, Instant::now()));
        }
    }
}

fn tls_parameters(config: &SmtpConfig) -> Result<TlsParameters, SmtpConfigError> {
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(path) = &config.ca_file {
        let shown = path.display().to_string();
        let pem = std::fs::read(path).map_err(|source| SmtpConfigError::Unreadable {
            what: "ca_file",
            path: shown.clone(),
            source,
        })?;
        let certificate = Certificate::from_pem(&pem)
            .ok()
            .filter(|_| pem.windows(27).any(|window| window == b"-----BEGIN CERTIFICATE-----"))
            .ok_or(SmtpConfigError::Certificate(shown))?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(|_| SmtpConfigError::ServerName(config.host.clone()))
}
