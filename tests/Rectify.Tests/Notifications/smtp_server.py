"""A real SMTP server (aiosmtpd) for tests. Prints its port, then one JSON line for each thing that happens.

What it does with a mail is said by the part of the recipient's address before the @:
gone: refused for good. busy: not now. cut: the line is cut before a mail's end is answered, the mail is kept.
early: the line is cut when a mail is announced. hold: a mail is kept and never answered. Others: taken.

With --tls CERTIFICATE KEY it takes nothing before STARTTLS, with --user NAME PASSWORD nothing before that person has signed in.
"""
import argparse
import asyncio
import json
import logging
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def say(**what):
    print(json.dumps(what), flush=True)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "gone":
            say(event="refused", to=address)
            return "550 5.1.1 no such mailbox"
        if name == "busy":
            say(event="busy", to=address)
            return "451 4.3.0 later"
        if name == "early":
            say(event="early", to=address)
            server.transport.abort()
            return "421 4.3.0 gone"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        say(event="mail", tls=session.ssl is not None, user=session.auth_data and session.auth_data.login.decode(), to=envelope.rcpt_tos[0], text=envelope.content.decode("utf-8", "replace"))
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "cut":
            server.transport.abort()
            return "451 4.3.0 cut"
        if name == "hold":
            await asyncio.sleep(3600)
        return "250 2.0.0 taken"


def echo():
    for _ in sys.stdin:  # ends with the test
        say(event="mark")


def signs_in(user):
    def check(server, session, envelope, mechanism, data):
        right = (data.login.decode(), data.password.decode()) == tuple(user)
        say(event="signin", tls=session.ssl is not None, right=right)
        return AuthResult(success=right, handled=False, auth_data=data)

    return check


async def main():
    logging.disable(logging.WARNING)  # that a test signs in without TLS is meant
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--user", nargs=2)
    asked = parser.parse_args()
    options = {"enable_SMTPUTF8": True}
    if asked.tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*asked.tls)
        options |= {"tls_context": context, "require_starttls": True}
    if asked.user:
        options |= {"authenticator": signs_in(asked.user), "auth_required": True, "auth_require_tls": bool(asked.tls)}
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Handler(), **options), "127.0.0.1", 0)
    say(event="port", port=server.sockets[0].getsockname()[1])
    await asyncio.get_running_loop().run_in_executor(None, echo)


asyncio.run(main())
