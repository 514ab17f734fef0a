"""E-mail over SMTP, as plain text and HTML, with a stable Message-ID by which a second copy is known."""

import smtplib
import ssl
from email.utils import parseaddr

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.template.loader import render_to_string
from django.utils import translation

from jingwei.kernel.public import NotTaken, environment
from jingwei.notices.envelope import Envelope

PATIENCE = 20
"""Seconds."""
FOR_GOOD = 500
"""Answers of a mail server from here on stand (RFC 5321, 4.2.1)."""


def send_mail(envelope: Envelope) -> None:
    here = environment()
    if here.mail_server is None:
        raise NotTaken("no_mail_server")
    server = here.mail_server
    way = EmailBackend(
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_ssl=server.is_wrapped,
        use_tls=not (server.is_wrapped or server.is_plain),
        timeout=PATIENCE,
    )
    try:
        way.send_messages([written(envelope, here.mail_from)])
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _said in refusal.recipients.values()]
        raise NotTaken(f"smtp_{codes[0]}", is_final=all(code >= FOR_GOOD for code in codes)) from None
    except smtplib.SMTPResponseException as refusal:
        raise NotTaken(f"smtp_{refusal.smtp_code}") from None
    except (smtplib.SMTPException, ssl.SSLError, OSError):
        raise NotTaken("unreachable") from None


def written(envelope: Envelope, sender: str) -> EmailMultiAlternatives:
    """The message as it is sent."""
    with translation.override(envelope.language):
        given = {"said": envelope.said, "link": envelope.link, "leave_url": envelope.leave_url}
        given["language"] = envelope.language
        plain = render_to_string("notices/mail/notice.txt", given)
        rich = render_to_string("notices/mail/notice.html", given)
    headers = {
        "Message-ID": f"<{envelope.key}@{parseaddr(sender)[1].partition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
    }
    if envelope.leave_url:
        headers["List-Unsubscribe"] = f"<{envelope.leave_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(envelope.said.title, plain, sender, [envelope.address], headers=headers)
    message.attach_alternative(rich, "text/html")
    return message
