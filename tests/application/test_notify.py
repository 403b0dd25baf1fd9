"""The nightly summary reaches people: real servers on loopback take what is sent."""

import json
import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from xuncha.notify.delivery import Undelivered, trying_again
from xuncha.notify.nightly import deliver
from xuncha.notify.summary import Summary
from xuncha.notify.webhook import body_of, signed
from xuncha.settings import MailSecurity, Settings, WebhookFormat

SUMMARY = Summary(
    headline="2018-03-01 巡查：3个网站，1个发现问题", lines=("与扫描1相比：新增问题1项，消除0项", "", "- 安和县 http://www.anhe.gov.cn/")
)


@contextmanager
def robot(answer: bytes, status: int = 200) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Serve a webhook; give its address and what it was sent."""
    taken: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/robot?key=SECRET", taken
    finally:
        server.shutdown()
        server.server_close()


class PostOffice(socketserver.StreamRequestHandler):
    """The few words of SMTP that a letter needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                letter = b""
                while (line := self.rfile.readline()) != b".\r\n":
                    letter += line
                self.server.letters.append(letter)  # type: ignore[attr-defined]
            others = b"550 unknown here\r\n" if b"<nobody@" in line else b"250 ok\r\n"
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else others)
            if word == b"QUIT":
                return


@pytest.fixture
def post_office() -> Iterator[tuple[str, list[bytes]]]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), PostOffice)
    server.letters = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}", server.letters  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("form", "answer", "text"),
    [
        (WebhookFormat.PLAIN, b"", lambda body: body["text"]),
        (WebhookFormat.WECOM, b'{"errcode":0,"errmsg":"ok"}', lambda body: body["markdown"]["content"]),
        (WebhookFormat.DINGTALK, b'{"errcode":0}', lambda body: body["markdown"]["text"]),
    ],
)
def test_a_webhook_is_sent_the_summary_in_its_own_form(
    form: WebhookFormat, answer: bytes, text: Callable[[dict[str, object]], str]
) -> None:
    with robot(answer) as (address, taken):
        assert deliver(SUMMARY, Settings(webhook=address, webhook_format=form, webhook_secret="sign")) == ()
    ((path, body),) = taken
    assert "安和县" in text(json.loads(body)) and SUMMARY.headline in text(json.loads(body))
    assert ("sign=" in path) == (form is WebhookFormat.DINGTALK)


def test_a_failure_is_a_sentence_without_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xuncha.notify.delivery.time.sleep", lambda _: None)
    with robot(b'{"errcode":93000,"errmsg":"invalid webhook"}') as (address, taken):
        (told,) = deliver(SUMMARY, Settings(webhook=address, webhook_format=WebhookFormat.WECOM))
    assert len(taken) == 3, "it is tried three times"
    assert "invalid webhook" in told and "SECRET" not in told
    (refused,) = deliver(SUMMARY, Settings(webhook="file:///etc/passwd"))
    assert "no http" in refused


def test_a_message_is_never_longer_than_wecom_takes() -> None:
    long = Summary(headline="题", lines=tuple(f"- 安和县第{number}个网站" for number in range(1_000)))
    assert len(body_of(long, WebhookFormat.WECOM)["markdown"]["content"].encode()) <= 4_096


def test_the_signature_of_a_dingtalk_address() -> None:
    """Worked out once with openssl: dgst -sha256 -hmac secret over the milliseconds, a line feed and the secret, in base64."""
    url = signed("https://robot.test/send?access_token=t", "secret", datetime(2018, 3, 1, tzinfo=UTC))
    assert url == "https://robot.test/send?access_token=t&timestamp=1519862400000&sign=v75rNZht5BX00aiaxtCBtIzsOUNd2kjbLBFxqnY%2B9oA%3D"


def test_a_letter_is_sent(post_office: tuple[str, list[bytes]]) -> None:
    server, letters = post_office
    settings = Settings(mail_to=("office@anhe.gov.cn.test",), smtp=server, smtp_security=MailSecurity.NONE)
    assert deliver(SUMMARY, settings) == ()
    (letter,) = letters
    assert b"To: office@anhe.gov.cn.test" in letter and b"Subject: 2018-03-01 =?utf-8?" in letter
    assert re.search(rb"\nDate: [^\r]+ \+0000\r\n", letter) and re.search(rb"\nMessage-ID: <[^\r]+@anhe\.gov\.cn\.test>\r\n", letter)


def test_a_receiver_who_is_refused_is_told_and_the_others_get_one_letter(post_office: tuple[str, list[bytes]]) -> None:
    server, letters = post_office
    settings = Settings(mail_to=("office@anhe.gov.cn.test", "nobody@b.test"), smtp=server, smtp_security=MailSecurity.NONE)
    (told,) = deliver(SUMMARY, settings)
    assert "nobody@b.test 550" in told and "office" not in told and len(letters) == 1


def test_a_server_without_encryption_is_given_neither_password_nor_letter(
    post_office: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xuncha.notify.delivery.time.sleep", lambda _: None)
    server, letters = post_office
    settings = Settings(mail_to=("a@b.test",), smtp=server, smtp_user="u", smtp_password="SECRET")
    (told,) = deliver(SUMMARY, settings)
    assert not letters and "SECRET" not in told and "127.0.0.1" in told


def test_the_third_try_may_succeed() -> None:
    tries = []

    def send() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise Undelivered("not yet")

    trying_again(send, pauses=(0.0, 0.0))
    assert len(tries) == 3
