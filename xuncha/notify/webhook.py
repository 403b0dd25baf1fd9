"""Webhooks: the summary as plain JSON, or in the forms that WeCom and DingTalk robots take."""

import base64
import hashlib
import hmac
import json
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime
from typing import Any

from xuncha.notify.delivery import Undelivered, trying_again
from xuncha.notify.summary import Summary
from xuncha.settings import WebhookFormat

SECONDS = 10


def post(summary: Summary, url: str, form: WebhookFormat, secret: str, now: datetime) -> None:
    """Send a summary. Raises Undelivered after three tries; the sentence holds the host, never the address, which holds the key."""
    body = json.dumps(body_of(summary, form), ensure_ascii=False).encode()
    address = signed(url, secret, now) if form is WebhookFormat.DINGTALK and secret else url
    scheme, place = urllib.parse.urlsplit(url).scheme, urllib.parse.urlsplit(url).hostname or "webhook"
    if scheme not in ("http", "https"):
        raise Undelivered(f"{place}: the webhook is no http or https address")

    def send() -> None:
        try:
            request = urllib.request.Request(address, body, {"Content-Type": "application/json; charset=utf-8"}, method="POST")
            # The address is the operator's own, and may be in his own network.
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                told = answer.read(10_000)
        except (OSError, ValueError) as error:
            raise Undelivered(f"{place}: {getattr(error, 'reason', error)}") from None
        _check(told, form, place)

    trying_again(send)


def body_of(summary: Summary, form: WebhookFormat) -> dict[str, Any]:
    """Return what is sent, as the receiver wants it."""
    markdown = f"**{summary.headline}**\n\n" + "\n".join(
        line if line.startswith("- ") or not line else f"{line}  " for line in summary.lines
    )
    match form:
        case WebhookFormat.WECOM:
            # WeCom takes 4,096 bytes of UTF-8.
            return {"msgtype": "markdown", "markdown": {"content": markdown.encode()[:4_000].decode(errors="ignore")}}
        case WebhookFormat.DINGTALK:
            return {"msgtype": "markdown", "markdown": {"title": summary.headline, "text": markdown}}
        case WebhookFormat.PLAIN:
            return {"headline": summary.headline, "text": summary.text}


def signed(url: str, secret: str, now: datetime) -> str:
    """Return the address with DingTalk's time and signature: HMAC-SHA256 over the milliseconds and the secret."""
    stamp = str(int(now.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    query = urllib.parse.urlencode({"timestamp": stamp, "sign": base64.b64encode(digest).decode()})
    return f"{url}{'&' if '?' in url else '?'}{query}"


def _check(told: bytes, form: WebhookFormat, place: str) -> None:
    """Robots answer 200 with an error code in the body."""
    if form is WebhookFormat.PLAIN:
        return
    try:
        answer = json.loads(told)
    except ValueError:
        answer = {}
    if not isinstance(answer, dict) or answer.get("errcode", 0) != 0:
        raise Undelivered(f"{place}: {told[:200].decode(errors='replace')}")
