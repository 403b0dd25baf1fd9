"""What the library of the command line says by itself, in the language of this run: the frame of the help, and what is wrong with a line.

The library translates few of its own words, and those by way of compiled catalogues only; all of them pass through here instead.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, get_args

import typer

# The library names these in no public room.
from typer._click import Command
from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoArgsIsHelpError, NoSuchOption, UsageError
from typer._click.formatting import HelpFormatter
from typer.core import TyperArgument, TyperGroup, TyperOption

from xuncha.errors import UsageFault
from xuncha.messages import say, what_it_takes

_OF_THE_LIBRARY = {
    "Arguments": "usage_arguments",
    "Options": "usage_options",
    "Commands": "usage_commands",
    "Show this message and exit.": "help_help",
}
_REMARKS = re.compile(r"  \[([^\[\]]+)\]$")
"""What the library adds to the help of an option: `[default: 4; x>=0]`, `[required]`."""

_TYPES = re.compile(r"^(.*) <(?:list\[)?([^<>\[\]]+)\]?>$")
"""A type of Python behind the name of an option or argument: `--seed <int>`, `URL <list[str]>`."""
_VALUES = {"int": "N", "int range": "N", "str": "TEXT"}


class _Formatter(HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, say("usage_prefix"))

    def write_heading(self, heading: str) -> None:
        self.write(f"{say(_OF_THE_LIBRARY[heading])}\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_TYPES.sub(_value, term), _told(text)) for term, text in rows], col_max, col_spacing)


def _value(found: re.Match[str]) -> str:
    """Name what an option takes as the options with a name of their own for it do; an argument has its name already."""
    name, kind = found.groups()
    return f"{name} {_VALUES.get(kind, kind)}" if name.startswith("-") else name


def _told(text: str) -> str:
    return say(_OF_THE_LIBRARY[text]) if text in _OF_THE_LIBRARY else _REMARKS.sub(_remarks, text)


def _remarks(found: re.Match[str]) -> str:
    return "  [" + "; ".join(_remark(*remark.partition(": ")) for remark in found[1].split("; ")) + "]"


def _remark(name: str, _: str, value: str) -> str:
    return say("usage_default", value=value) if name == "default" else say("usage_required") if name == "required" else name


class _Context(typer.Context):
    formatter_class = _Formatter


class Group(TyperGroup):
    """A group whose help, with that of its commands, is in the language of this run."""

    context_class = _Context

    def __init__(self, **attributes: Any) -> None:
        """Take what the library gives to a group."""
        super().__init__(**{**attributes, "subcommand_metavar": say("usage_command"), "options_metavar": say("usage_any_options")})
        for command in self.commands.values():
            command.context_class = _Context
            command.options_metavar = say("usage_any_options")

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find a command. Raises UsageFault, with the closest one that there is, where it is none of this group."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            close = get_close_matches(args[0], self.commands, n=1)
            raise UsageFault(_unknown("command", ctx.command_path, args[0], close))
        return super().resolve_command(ctx, args)


def sentence_of(error: Exception) -> str | None:
    """Return what is wrong with a command line, in one sentence that says what to do; None for errors of another kind."""
    if not isinstance(error, UsageError):
        return None
    path = error.ctx.command_path if error.ctx else "xuncha"
    match error:
        case NoSuchOption():
            return _unknown("option", path, error.option_name, error.possibilities or ())
        case BadOptionUsage():
            return say("usage_option_lacks_value" if "requires" in error.message else "usage_option_takes_none", option=error.option_name)
        case MissingParameter():
            return say("usage_missing", command=path, name=_name(error.param))
        case BadParameter():
            return _bad_value(error)
        case _ if error.ctx and isinstance(error.ctx.command, TyperGroup):
            return say("usage_command_missing", command=path)
    return say("usage_too_much", command=path, words=error.message.partition("(s) (")[2].removesuffix(")"))


def help_of(error: Exception) -> str | None:
    """Return the help that is shown where somebody named a group and nothing else; None for what is a mistake."""
    return error.format_message() if isinstance(error, NoArgsIsHelpError) else None


def _unknown(what: str, path: str, given: str, close: Sequence[str]) -> str:
    return say(f"unknown_{what}" + ("_close" if close else ""), command=path, given=given, close=" / ".join(close))


def _name(parameter: object) -> str:
    """Return an option as it is typed, an argument as the help names it."""
    if isinstance(parameter, TyperOption):
        return parameter.opts[0]
    return parameter.display_name_raw if isinstance(parameter, TyperArgument) else ""


def _bad_value(error: BadParameter) -> str:
    name = " / ".join(error.param_hint) if isinstance(error.param_hint, list) else error.param_hint or _name(error.param)
    if not isinstance(error.param, TyperOption | TyperArgument) or (takes := _takes(error.param)) is None:
        return say("usage_bad_value", name=name, why=error.message)
    return say("usage_bad_value", name=name, why=takes)


def _takes(parameter: TyperOption | TyperArgument) -> str | None:
    """Return which values an option takes; None where its type does not tell."""
    of = parameter.type_descriptor
    value = next(iter(get_args(of.annotation)), of.annotation)
    if of.choices:
        return say("one_of", choices=", ".join(str(getattr(choice, "value", choice)) for choice in of.choices))
    if value not in (int, float):
        return None
    return what_it_takes(value, of.parameter_info.min, of.parameter_info.max)
