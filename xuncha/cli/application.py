"""The tree of commands. Every module here imports what is heavy inside its commands, so that `--help` answers at once."""

from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.cli.audit import audit
from xuncha.cli.bulletin import bulletin, bulletin_template, figures
from xuncha.cli.db import db
from xuncha.cli.demo import demo
from xuncha.cli.dev import dev
from xuncha.cli.diff import diff
from xuncha.cli.doctor import doctor
from xuncha.cli.evidence import evidence
from xuncha.cli.export import export
from xuncha.cli.inspect import inspect
from xuncha.cli.problems import problems
from xuncha.cli.replay import replay
from xuncha.cli.rules import rules
from xuncha.cli.run import run
from xuncha.cli.sample import sample
from xuncha.cli.scan import scan
from xuncha.cli.selftest import selftest
from xuncha.cli.sites import sites
from xuncha.cli.standards import standards
from xuncha.cli.usage import Group
from xuncha.messages import say

COMMANDS = (
    (demo, "demo"),
    (audit, "audit"),
    (inspect, "inspect"),
    (scan, "scan"),
    (run, "run"),
    (replay, "replay"),
    (diff, "diff"),
    (bulletin, "bulletin"),
    (bulletin_template, "bulletin-template"),
    (rules, "rules"),
    (standards, "standards"),
    (doctor, "doctor"),
)

GROUPS = (
    (sites, "sites"),
    (export, "export"),
    (evidence, "evidence"),
    (db, "db"),
    (figures, "figures"),
    (problems, "problems"),
    (sample, "sample"),
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"xuncha {version('xuncha')}")
        raise typer.Exit


def build_application() -> typer.Typer:
    """Return the command line with its help in the language of this run."""
    application = typer.Typer(
        cls=Group,
        help=say("help_application"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @application.callback()
    def common(
        _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help=say("help_version"))] = False,
        lang: options.Lang = None,
    ) -> None:
        # The language was chosen before the commands were defined; here the option is only let stand before a command as well.
        pass

    for function, name in COMMANDS:
        told = say(f"help_{name.replace('-', '_')}")
        # The list of commands would else cut a sentence short.
        application.command(name, help=told, short_help=told)(function)
    application.command("selftest", hidden=True)(selftest)
    application.add_typer(dev, name="dev", cls=Group, hidden=True)
    for group, name in GROUPS:
        application.add_typer(group, name=name, cls=Group, short_help=group.info.help)
    return application
