"""`pmo-coach chat`: a conversation, typed at a prompt or read from a pipe line by line."""

from collections.abc import Callable, Sequence

from bot.records.reply import Choice
from bot.terminal.conversation import Conversation
from bot.terminal.errors import NoServerError, RefusedError, TerminalError, UnreachableError
from bot.terminal.exits import ExitCode
from bot.terminal.local_server import LocalServer
from bot.terminal.messages import CoachMessage, PersonMessage
from bot.terminal.notices import Notices
from bot.terminal.presenter import Presenter, Renderer, choose_renderer
from bot.terminal.slash import Reader, SlashCommands

EXAMPLES = (
    "What does a PMO analyst do?",
    "I hold P3O Foundation. What comes next?",
    "Am I a builder or a grower?",
)
LAST_MESSAGES = 6
"""How much of a continued conversation is shown again."""
EXPIRED = 401
HAS_EXPIRED = "The conversation had expired, so this is a new one."
WORTH_REPEATING = (413, 429, 503)
"""Statuses after which the text is offered again: too long, too often, not just now."""


class Chat:
    """Takes lines from a reader until there are no more."""

    def __init__(
        self, conversation: Conversation, reader: Reader, notices: Notices, *, local: LocalServer | None
    ) -> None:
        """Talk in the conversation; `local` is the server to start again when it is gone."""
        self._conversation = conversation
        self._reader = reader
        self._notices = notices
        self._local = local
        self._commands = SlashCommands(conversation, reader, notices)
        self._code = ExitCode.ANSWERED

    def run(self) -> ExitCode:
        """Answer until the person leaves, or the pipe ends; return the code of the first line of a pipe that failed.

        A person has seen what failed, and went on.
        """
        prefill, goes_on = "", True
        while goes_on:
            try:
                typed = self._reader.read(prefill)
            except EOFError:
                break
            except TerminalError as error:
                self._fail(error)
                self._conversation.end_unanswered()
                continue
            prefill, goes_on = self._take(typed)
        return self._code

    def _take(self, typed: str) -> tuple[str, bool]:
        """Do what the line asks for; return the text to offer again and whether the chat goes on."""
        try:
            return "", self._do(typed)
        except KeyboardInterrupt:
            if not self._reader.interactive:
                raise
            self._aside("Cancelled.", self._notices.say)
            self._end_turn(typed)
            return "", True
        except TerminalError as error:
            if isinstance(error, NoServerError) and not self._reader.interactive:
                raise
            self._fail(error)
            self._end_turn(typed)
            return typed if _may_work_again(error, typed) else "", True

    def _do(self, typed: str) -> bool:
        """Run the command or send the message; where a remedy is known for an error, once each, do it again."""
        tried: list[Callable[[str], str]] = []
        while True:
            try:
                return self._do_once(typed)
            except (RefusedError, UnreachableError) as error:
                remedy = self._remedy(error)
                if remedy is None or remedy in tried:
                    raise
                tried.append(remedy)
                was_expired = isinstance(error, RefusedError)
                typed = remedy(typed)
                if was_expired and _is_command(typed):
                    return True  # it was about the conversation that is no more

    def _remedy(self, error: TerminalError) -> Callable[[str], str] | None:
        if isinstance(error, RefusedError):
            return self._begin_anew if error.status == EXPIRED else None
        return self._start_again if self._local is not None else None

    def _begin_anew(self, typed: str) -> str:
        """Begin a new conversation; to it, a choice of the old one is known by its words only."""
        choice = self._conversation.chosen(typed.strip())
        self._conversation.begin(anew=True)
        self._aside(HAS_EXPIRED, self._notices.warn)
        return choice.title if choice else typed

    def _start_again(self, typed: str) -> str:
        self._aside("The coach has stopped. It is being started again.", self._notices.warn)
        if self._local is not None:
            self._local.ensure()
        return typed

    def _do_once(self, typed: str) -> bool:
        if not _is_command(typed):
            self._conversation.say(typed)
            return True
        self._notices.space()
        goes_on = self._commands.run(typed)
        self._notices.space()
        return goes_on

    def _end_turn(self, typed: str) -> None:
        if not _is_command(typed) and not self._conversation.arrived:
            self._conversation.end_unanswered()

    def _fail(self, error: TerminalError) -> None:
        """Tell what went wrong; a script learns it from the exit code."""
        self._aside(str(error), self._notices.warn)
        if not self._reader.interactive and self._code is ExitCode.ANSWERED:
            self._code = error.exit_code

    def _aside(self, text: str, show: Callable[[str], None]) -> None:
        self._notices.space()
        show(text)
        self._notices.space()


def _is_command(typed: str) -> bool:
    return typed.startswith("/")


def _may_work_again(error: TerminalError, typed: str) -> bool:
    """Whether the person should find the line in the prompt, to change it or just to send it again."""
    if isinstance(error, RefusedError):
        return error.status in WORTH_REPEATING
    return isinstance(error, NoServerError) or not _is_command(typed)


def greet(conversation: Conversation, notices: Notices, *, again: bool, quietly: bool) -> None:
    """Open the chat: with what was said, when a conversation goes on `again`, else with a welcome.

    `quietly` shows neither, for scripts; the choices offered last can be picked all the same.
    """
    messages: Sequence[CoachMessage | PersonMessage] = ()
    if again:
        try:
            messages = conversation.history()
        except RefusedError as error:
            if error.status != EXPIRED:
                raise
            conversation.begin(anew=True)
            notices.warn(HAS_EXPIRED)
    if quietly:
        return
    if messages:
        notices.space()
        show_history(messages, conversation.presenter)
    else:
        welcome(conversation, choose_renderer(notices.stream), notices)


def welcome(conversation: Conversation, renderer: Renderer, notices: Notices) -> None:
    """Greet the person and offer three questions, without a word to the server."""
    conversation.offers = tuple(Choice(question, "") for question in EXAMPLES)
    notices.space()
    notices.say("PMO Coach", style="bold")
    notices.say("A career coach for people who work in PMOs, or want to.", style="")
    notices.space()
    notices.say("Ask in your own words, or type a number:", style="")
    renderer.choices(conversation.offers, first=1)
    notices.space()
    notices.say("Conversation saved; /forget erases it. /help lists the commands.")
    notices.space()


def show_history(messages: Sequence[CoachMessage | PersonMessage], presenter: Presenter) -> None:
    """Show the last messages of a conversation that goes on."""
    for message in messages[-LAST_MESSAGES:]:
        if isinstance(message, PersonMessage):
            presenter.renderer.person(message.text)
        else:
            presenter.message(message, first_choice=1)
            presenter.end("", understood=True)
