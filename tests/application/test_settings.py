"""Settings: the order of precedence, and what is said of a wrong one."""

from pathlib import Path

import pytest

from xuncha.settings import Settings, SettingsError, load_settings


def test_the_command_line_wins_over_the_environment_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "xuncha.toml"
    file.write_text('db = "file.db"\nmax_pages = 10\ndelay = 1\n')
    environment = {"XUNCHA_MAX_PAGES": "20", "XUNCHA_DELAY": "2.5", "XUNCHA_RESOLVE": "*.gov.cn=127.0.0.1:80 *.cn=127.0.0.1:81"}
    settings = load_settings(file, {"delay": 0.0, "db": None}, environment)
    assert (settings.db, settings.max_pages, settings.delay) == ("file.db", 20, 0.0)
    assert settings.resolve == ("*.gov.cn=127.0.0.1:80", "*.cn=127.0.0.1:81")


def test_nothing_given_means_the_defaults() -> None:
    assert load_settings(None, {}, {}) == Settings()


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"XUNCHA_CONCURENCY": "3"}, ("XUNCHA_CONCURENCY", "XUNCHA_CONCURRENCY")),
        ({"XUNCHA_NONSENSE": "3"}, ("XUNCHA_NONSENSE", "XUNCHA_MAX_PAGES")),
        ({"XUNCHA_WORKERS": "0"}, ("XUNCHA_WORKERS", "a whole number of at least 1")),
        ({"XUNCHA_HEALTH_PORT": "http"}, ("XUNCHA_HEALTH_PORT", "from 0 to 65535")),
    ],
)
def test_a_wrong_variable_is_answered_with_what_is_wrong(variables: dict[str, str], words: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(None, {}, variables)
    assert all(word in str(error.value) for word in words), str(error.value)
    assert load_settings(None, {}, {"HOME": "/", "MY_XUNCHA": "1"}) == Settings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dalay = 1\n", ("dalay", "delay")),
        ("nonsense = 1\n", ("nonsense", "max_pages")),
        ("delay = [\n", ("TOML",)),
        ('delay = "x"\n', ("delay",)),
    ],
)
def test_a_wrong_file_is_answered_with_what_is_wrong(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    file = tmp_path / "xuncha.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as error:
        load_settings(file, {}, {})
    assert all(word in str(error.value) for word in words), str(error.value)


def test_the_shipped_settings_file_names_every_setting_with_its_default() -> None:
    path = Path(__file__).parents[2] / "deploy" / "xuncha.toml"
    assert load_settings(path, {}, {}) == Settings()
    text = path.read_text(encoding="utf-8")
    named = {line.removeprefix("# ").split(" = ")[0] for line in text.splitlines() if " = " in line.split("#")[0] or line.startswith("# ")}
    assert set(Settings.__struct_fields__) <= named
