import pytest

from portal.environment import SETTINGS, SettingError, read
from portal.settings import BASE_DIR

NOWHERE = BASE_DIR / "no.env"


def test_everything_has_a_default():
    values = read({}, NOWHERE)
    assert values["PORT"] == 8000
    assert values["PORTAL_DEPARTMENT"] == "Sở Công Thương"
    assert values.keys() == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize(
    ("name", "written", "reason"),
    [
        ("PORT", "tám nghìn", "PORT phải là số nguyên"),
        ("PORT", "70000", "PORT phải là số nguyên"),
        ("PORTAL_DEBUG", "có", "chỉ nhận true hoặc false"),
        ("PORTAL_DEBGU", "true", "không có thiết lập nào tên PORTAL_DEBGU"),
        ("PORTAL_BASE_URL", "soct.gov.vn", "phải có dạng https://"),
        ("DATABASE_URL", "mysql://a/b", "phải có dạng postgresql://"),
        ("PORTAL_WORKERS", "0", "phải là số nguyên từ 1"),
        ("PORTAL_MAIL_SERVER", "thu.example.vn:25", "phải có dạng smtp://"),
        ("PORTAL_MAIL_SERVER", "smtp://thu.example.vn:hai-lam", "phải có dạng smtp://"),
        ("PORTAL_MAIL_FROM", "Cổng <a@b.vn>", "phải là một địa chỉ thư điện tử"),
        ("PORTAL_VOICE", "tây", "chỉ nhận bac, trung hoặc nam"),
        ("PORTAL_SPEECH_SPEED", "500", "từ 80 đến 450"),
        ("PORTAL_SPEECH_COMMAND", 'piper --model "a', "phải là một dòng lệnh"),
    ],
)
def test_a_wrong_setting_is_named_with_its_reason(name, written, reason):
    with pytest.raises(SettingError, match=reason):
        read({name: written}, NOWHERE)


@pytest.mark.parametrize("name", ["DATABASE_URL", "PORTAL_MAIL_SERVER"])
def test_a_secret_is_never_repeated(name):
    with pytest.raises(SettingError) as raised:
        read({name: "mysql://a:mat-khau@b/c"}, NOWHERE)
    assert "mat-khau" not in str(raised.value)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("smtp://thu.example.vn", ("thu.example.vn", 25, "", "", False, False)),
        ("smtp+tls://a%40b.vn:m%3Ak@thu.vn", ("thu.vn", 587, "a@b.vn", "m:k", True, False)),
        ("smtps://a:b@thu.vn:4650", ("thu.vn", 4650, "a", "b", False, True)),
    ],
)
def test_the_address_of_a_mail_server_says_all_of_it(written, read_as):
    assert read({"PORTAL_MAIL_SERVER": written}, NOWHERE)["PORTAL_MAIL_SERVER"] == read_as


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / ".env"
    file.write_text('PORT=8001\nPORTAL_PHONE="0294 000"\n')
    values = read({"PORT": "8002"}, file)
    assert (values["PORT"], values["PORTAL_PHONE"]) == (8002, "0294 000")


def test_an_unknown_name_in_the_file_is_refused(tmp_path):
    file = tmp_path / ".env"
    file.write_text("PORTT=1\n")
    with pytest.raises(SettingError, match="PORTT"):
        read({}, file)


def test_the_readme_and_the_example_name_every_setting():
    for document in ("README.md", ".env.example"):
        text = (BASE_DIR / document).read_text()
        assert not [setting.name for setting in SETTINGS if setting.name not in text], document
