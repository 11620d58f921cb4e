"""
The settings a server may be given, read from the environment and ``.env``.

Every name is declared here once: its meaning, its default, how its text becomes a
value. A name beginning with ``PORTAL_`` that is not declared is refused, because a
misspelt setting that is silently ignored is found only when it is needed.
"""

import re
import shlex
from collections.abc import Callable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values

from portal.speech import FASTEST, SLOWEST


class SettingError(ValueError):
    """A setting that stops the start; its text is one sentence for the operator."""


def text(value: str) -> str:
    return value.strip()


def switch(value: str) -> bool:
    meanings = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    try:
        return meanings[value.strip().lower()]
    except KeyError:
        raise ValueError("chỉ nhận true hoặc false") from None


def words(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


def networks(value: str) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(word) for word in words(value)]
    except ValueError:
        raise ValueError("chỉ nhận địa chỉ IP hoặc mạng, ví dụ 10.0.0.2 hay 10.0.0.0/24") from None


def port(value: str) -> int:
    if not value.strip().isdecimal() or not 1 <= int(value) <= 65535:
        raise ValueError("phải là số nguyên từ 1 đến 65535")
    return int(value)


def count(value: str) -> int:
    if not value.strip().isdecimal() or not 1 <= int(value) <= 64:
        raise ValueError("phải là số nguyên từ 1 đến 64")
    return int(value)


def megabytes(value: str) -> int:
    if not value.strip().isdecimal() or not 1 <= int(value) <= 4096:
        raise ValueError("phải là số nguyên từ 1 đến 4096")
    return int(value)


def web_address(value: str) -> str:
    """Return the address without a trailing slash; empty stays empty."""
    value = value.strip().rstrip("/")
    if value:
        is_plain = re.fullmatch(r"https?://[A-Za-z0-9.-]+(:(?P<port>\d{1,5}))?", value)
        if not is_plain or int(is_plain["port"] or 1) not in range(1, 65536):
            raise ValueError("phải có dạng https://ten-mien")
    return value


def database_address(value: str) -> str:
    value = value.strip()
    if value and urlsplit(value).scheme not in {"postgres", "postgresql"}:
        raise ValueError("phải có dạng postgresql://người-dùng:mật-khẩu@máy:cổng/tên-cơ-sở-dữ-liệu")
    return value


class MailServer(NamedTuple):
    host: str
    port: int
    user: str
    password: str
    starts_tls: bool  # the connection begins in the clear
    is_tls: bool  # encrypted from its first byte


# What protects the connection, with the port where such servers usually listen.
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_server(value: str) -> MailServer | None:
    """Return what an address such as smtps://user:password@host:465 says; None for none."""
    value = value.strip()
    if not value:
        return None
    try:
        address = urlsplit(value)
        number = address.port
    except ValueError:  # a port that is none
        address, number = urlsplit(""), None
    if address.scheme not in MAIL_PORTS or not address.hostname or address.path.strip("/"):
        raise ValueError(
            "phải có dạng smtp://, smtp+tls:// hoặc smtps://người-dùng:mật-khẩu@máy:cổng"
        )
    return MailServer(
        address.hostname,
        number or MAIL_PORTS[address.scheme],
        unquote(address.username or ""),
        unquote(address.password or ""),
        starts_tls=address.scheme == "smtp+tls",
        is_tls=address.scheme == "smtps",
    )


def mail_address(value: str) -> str:
    """Return one plain address; empty stays empty."""
    value = value.strip()
    if value and not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", value):
        raise ValueError("phải là một địa chỉ thư điện tử")
    return value


def working_days(value: str) -> int:
    if not value.strip().isdecimal() or not 1 <= int(value) <= 90:
        raise ValueError("phải là số ngày làm việc, từ 1 đến 90")
    return int(value)


def months(value: str) -> int:
    if not value.strip().isdecimal() or not 1 <= int(value) <= 240:
        raise ValueError("phải là số tháng, từ 1 đến 240")
    return int(value)


def when_asked(value: str) -> bool:
    """Return whether something is always asked, not only in case of doubt."""
    meanings = {"always": True, "unsure": False}
    try:
        return meanings[value.strip().lower()]
    except KeyError:
        raise ValueError("chỉ nhận always (luôn luôn) hoặc unsure (khi nghi ngờ)") from None


# What a department calls the voices of portal/speech.
SPOKEN_VOICES = {"bac": "vi", "trung": "vi-vn-x-central", "nam": "vi-vn-x-south"}


def spoken_voice(value: str) -> str:
    """Return the engine's own name of a voice."""
    try:
        return SPOKEN_VOICES[value.strip().lower()]
    except KeyError:
        raise ValueError("chỉ nhận bac, trung hoặc nam") from None


def words_a_minute(value: str) -> int:
    if not value.strip().isdecimal() or not SLOWEST <= int(value) <= FASTEST:
        raise ValueError(f"phải là số từ mỗi phút, từ {SLOWEST} đến {FASTEST}")
    return int(value)


def command(value: str) -> str:
    """Return a command line that can be taken apart; empty stays empty."""
    try:
        shlex.split(value)
    except ValueError:
        raise ValueError("phải là một dòng lệnh, dấu nháy mở ra phải có dấu đóng lại") from None
    return value.strip()


class Setting(NamedTuple):
    name: str
    default: str
    parse: Callable[[str], Any]
    meaning: str  # Vietnamese, shown in the README's table
    is_secret: bool = False  # never repeated in a message


SETTINGS = (
    Setting("PORT", "8000", port, "Cổng mạng mà `make run` dùng, trên 127.0.0.1"),
    Setting(
        "DATABASE_URL", "", database_address, "Máy chủ PostgreSQL; trống: dùng máy chủ nhúng", True
    ),
    Setting("PORTAL_DATA", "var", text, "Thư mục dữ liệu: cơ sở dữ liệu nhúng, tệp tải lên, khóa"),
    Setting(
        "PORTAL_DEBUG", "false", switch, "Trang lỗi cho người phát triển; không bật khi vận hành"
    ),
    Setting(
        "PORTAL_SECRET_KEY", "", text, "Khóa ký; trống: tự sinh, giữ trong thư mục dữ liệu", True
    ),
    Setting(
        "PORTAL_BASE_URL", "", web_address, "Địa chỉ công khai, ví dụ `https://soct.tinh.gov.vn`"
    ),
    Setting(
        "PORTAL_ALLOWED_HOSTS",
        "",
        words,
        "Các tên miền khác được chấp nhận, cách nhau bằng dấu phẩy",
    ),
    Setting(
        "PORTAL_TRUSTED_PROXIES",
        "",
        networks,
        "Địa chỉ IP của các proxy được tin cậy khi đọc X-Forwarded-For",
    ),
    Setting("PORTAL_WORKERS", "2", count, "Số tiến trình web"),
    Setting("PORTAL_THREADS", "4", count, "Số luồng của mỗi tiến trình web"),
    Setting(
        "PORTAL_KEPT_MB",
        "64",
        megabytes,
        "Bộ nhớ (MB) mỗi tiến trình web dành để giữ trang đã dựng",
    ),
    Setting("PORTAL_DEPARTMENT", "Sở Công Thương", text, "Tên cơ quan"),
    Setting("PORTAL_AUTHORITY", "Ủy ban nhân dân tỉnh", text, "Cơ quan chủ quản"),
    Setting("PORTAL_ADDRESS", "", text, "Địa chỉ trụ sở, in ở chân trang"),
    Setting("PORTAL_PHONE", "", text, "Điện thoại, in ở chân trang"),
    Setting("PORTAL_EMAIL", "", text, "Thư điện tử, in ở chân trang"),
    Setting(
        "PORTAL_MAIL_SERVER",
        "",
        mail_server,
        "Máy chủ gửi thư báo cho cán bộ và người gửi góp ý, ví dụ "
        "`smtp+tls://ten:mat-khau@thu.tinh.gov.vn:587`; "
        "trống: không gửi thư",
        True,
    ),
    Setting(
        "PORTAL_MAIL_FROM", "", mail_address, "Địa chỉ người gửi của thư báo; trống: `PORTAL_EMAIL`"
    ),
    Setting("PORTAL_ANSWER_DAYS", "15", working_days, "Số ngày làm việc để trả lời góp ý"),
    Setting(
        "PORTAL_FEEDBACK_KEPT",
        "24",
        months,
        "Số tháng giữ dữ liệu cá nhân trong góp ý, tính từ ngày xử lý xong",
    ),
    Setting(
        "PORTAL_CODE",
        "always",
        when_asked,
        "Khi nào góp ý phải có mã kiểm tra: `always` luôn luôn, `unsure` chỉ khi nghi do máy gửi",
    ),
    Setting("PORTAL_VOICE", "bac", spoken_voice, "Giọng đọc bài viết: `bac`, `trung` hoặc `nam`"),
    Setting("PORTAL_SPEECH_SPEED", "160", words_a_minute, "Tốc độ đọc bài viết, số từ mỗi phút"),
    Setting(
        "PORTAL_SPEECH_COMMAND",
        "",
        command,
        "Lệnh đọc từng câu từ đầu vào chuẩn và ghi âm thanh WAV ra đầu ra chuẩn, hoặc ra tệp ở chỗ "
        "ghi `{wav}`; trống: dùng eSpeak NG có sẵn",
    ),
    Setting("PORTAL_EDITOR_IN_CHIEF", "", text, "Người chịu trách nhiệm nội dung, in ở chân trang"),
)


def read(environ: Mapping[str, str], env_file: Path) -> dict[str, Any]:
    """
    Return the parsed value of every declared setting, by name.

    The process environment wins over ``env_file``, which need not exist; an empty value
    means the default. Raises
    SettingError for an undeclared ``PORTAL_`` name (any undeclared name in the file)
    and for a text that does not parse.
    """
    filed = {name: value or "" for name, value in dotenv_values(env_file).items()}
    declared = {setting.name for setting in SETTINGS}
    given = {name for name in environ if name.startswith("PORTAL_")}
    for name in sorted((given | filed.keys()) - declared):
        raise SettingError(f"không có thiết lập nào tên {name}; xem .env.example")

    values = {}
    for setting in SETTINGS:
        written = environ.get(setting.name, filed.get(setting.name, "")) or setting.default
        try:
            values[setting.name] = setting.parse(written)
        except ValueError as error:
            now = "" if setting.is_secret else f" (đang là “{written}”)"
            raise SettingError(f"{setting.name} {error}{now}") from None
    return values
