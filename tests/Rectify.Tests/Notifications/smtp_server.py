"""A real SMTP server (aiosmtpd) for tests. Prints its port, then one JSON line for each thing that happens.

What it does with a mail is said by the part of the recipient's address before the @:
gone: refused for good. busy: not now. cut: the line is cut before a mail's end is answered, the mail is kept.
early: the line is cut when a mail is announced. hold: a mail is kept and never answered. Others: taken.
"""
import asyncio
import json
import sys

from aiosmtpd.smtp import SMTP


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
        say(event="mail", to=envelope.rcpt_tos[0], text=envelope.content.decode("utf-8", "replace"))
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


async def main():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Handler(), enable_SMTPUTF8=True), "127.0.0.1", 0)
    say(event="port", port=server.sockets[0].getsockname()[1])
    await asyncio.get_running_loop().run_in_executor(None, echo)


asyncio.run(main())
