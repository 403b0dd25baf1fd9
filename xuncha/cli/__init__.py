"""The command line: `xuncha`. Nothing heavy is imported before a command runs."""

import sys


def main() -> None:
    """Run the command line and end the process with the exit status of the contract. No traceback reaches a user."""
    from xuncha.cli.streams import take_any_text
    from xuncha.messages import language_of, say, set_language

    take_any_text()
    set_language(language_of(sys.argv[1:]))
    from xuncha.cli.application import build_application

    try:
        sys.exit(build_application()(prog_name="xuncha", standalone_mode=False))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        from xuncha.cli.failures import status_and_sentence
        from xuncha.cli.usage import help_of

        if text := help_of(error):
            print(text, file=sys.stderr)
            sys.exit(2)
        status, sentence = status_and_sentence(error)
        print(say("error", sentence=sentence), file=sys.stderr)
        if "--verbose" in sys.argv:
            raise
        sys.exit(status)
