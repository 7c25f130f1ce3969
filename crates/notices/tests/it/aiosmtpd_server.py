"""Runs aiosmtpd on a free port of the loopback and prints the port. Usage:
server.py MAILDIR [--tls starttls|implicit --cert FILE --key FILE] [--login USER PASSWORD_FILE]
Ends when its standard input is closed."""
import argparse
import asyncio
import ssl
import sys

from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP, AuthResult

parser = argparse.ArgumentParser()
parser.add_argument("maildir")
parser.add_argument("--tls", choices=["starttls", "implicit"])
parser.add_argument("--cert")
parser.add_argument("--key")
parser.add_argument("--login", nargs=2)
arguments = parser.parse_args()


class Kept(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    user, password_file = arguments.login
    password = open(password_file, "rb").read().strip()
    good = data.login == user.encode() and data.password == password
    # handled=False leaves the answer 535 to aiosmtpd.
    return AuthResult(success=good, handled=False)


async def main():
    options = {"enable_SMTPUTF8": True, "hostname": "aiosmtpd.localhost"}
    context = None
    if arguments.tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(arguments.cert, arguments.key)
    if arguments.tls == "starttls":
        options.update(tls_context=context, require_starttls=True)
    if arguments.login:
        options.update(authenticator=authenticate, auth_required=True, auth_require_tls=arguments.tls == "starttls")
    loop = asyncio.get_running_loop()
    handler = Kept(arguments.maildir)
    server = await loop.create_server(
        lambda: SMTP(handler, loop=loop, **options),
        "127.0.0.1",
        0,
        ssl=context if arguments.tls == "implicit" else None,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
