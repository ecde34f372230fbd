"""Read a small, safe part of YAML: a mapping to texts, lists of texts and mappings of texts.

YAML's loader never runs. Its events are read one by one, and whatever could make a value mean
more than it says (an alias, an anchor, a tag, a merge key, a second document) is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sessions.script.page import FORBIDDEN, Misread
from sessions.script.phrases.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.error import MarkedYAMLError
    from yaml.events import Event

_QUOTES = 'put quotes around a text with special characters: `title: "Rust: een begin"`'


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text at the offsets `start` to `stop` of the page."""

    text: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list of texts."""

    items: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping of texts to texts."""

    pairs: tuple[tuple[Scalar, Scalar], ...]


Value: TypeAlias = Scalar | Items | Pairs


class Refused(Misread):
    """A place at which reading YAML has to end."""

    def __init__(self, start: int, stop: int, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.start, self.stop = start, stop


def entries(text: str, offset: int) -> Iterator[tuple[Scalar, Value]]:
    """Yield the entries of a YAML mapping, their places counted from `offset`."""
    import yaml  # noqa: PLC0415 - 15 ms that a script without front matter need not wait for

    events = _events(text, offset)
    first = next(events)
    if not isinstance(first, yaml.MappingStartEvent):
        if isinstance(first, yaml.StreamEndEvent):
            return
        message = "the front matter is not a list of `key: value` lines"
        raise Refused(*_place(first, offset), message, "write lines such as `title: Bodyscan`")
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        yield _scalar(event, offset), _value(next(events), events, offset)
    for event in events:
        if not isinstance(event, yaml.StreamEndEvent):
            message = "the front matter goes on after its end"
            raise Refused(*_place(event, offset), message, "keep all keys between two `---`")


def _events(text: str, offset: int) -> Iterator[Event]:
    """Yield the events of a YAML text, with everything refused that is more than plain data."""
    import yaml  # noqa: PLC0415 - as above

    framing = (yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise Refused(
                    *_place(event, offset), "an anchor or alias (`&`, `*`) in the front matter",
                    _QUOTES,
                )  # fmt: skip
            if getattr(event, "tag", None):
                message = "a tag (`!`) in the front matter"
                raise Refused(*_place(event, offset), message, _QUOTES)
            if not isinstance(event, framing):
                yield event
    except yaml.MarkedYAMLError as error:
        raise _invalid(error, text, offset) from error
    except yaml.YAMLError as error:
        message = "the front matter is not valid YAML"
        raise Refused(offset, offset + 1, message, _QUOTES) from error


def _invalid(error: MarkedYAMLError, text: str, offset: int) -> Refused:
    """Return what is wrong with a text that is not YAML, where a person would look for it."""
    mark = error.problem_mark or error.context_mark
    message = f"the front matter is not valid YAML: {error.problem or error.context}"
    remedy = _QUOTES
    context = error.context or ""
    if "flow" in context or "quoted" in context:
        mark = error.context_mark or mark
        opened = text[mark.index : mark.index + 1] if mark else ""
        closing = {"[": "]", "{": "}"}.get(opened, opened)
        message = f"a `{opened}` that is never closed"
        remedy = f"close it with `{closing}`, or put quotes around the whole text"
    elif "\\t" in message:
        message, remedy = "a tab in front of a key or a text", "use spaces"
    elif mark and text[: mark.index].rpartition("\n")[2].count('"') > 1:
        remedy = "in a text between double quotes use single ones: `title: \"Rust: 'nu' even\"`"
    start = offset + (mark.index if mark else 0)
    return Refused(start, start + 1, _printable(message), remedy)


def _value(event: Event, events: Iterator[Event], offset: int) -> Value:
    import yaml  # noqa: PLC0415 - as above

    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Scalar] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_scalar(event, offset))
        return Items(tuple(items))
    if isinstance(event, yaml.MappingStartEvent):
        pairs: dict[str, tuple[Scalar, Scalar]] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            name = _scalar(event, offset)
            if name.text.strip() in pairs:
                message = f"the name '{shown(name.text)}' stands here a second time"
                raise Refused(name.start, name.stop, message, "keep one of the two")
            pairs[name.text.strip()] = name, _scalar(next(events), offset)
        return Pairs(tuple(pairs.values()))
    return _scalar(event, offset)


def _scalar(event: Event, offset: int) -> Scalar:
    import yaml  # noqa: PLC0415 - as above

    start, stop = _place(event, offset)
    if not isinstance(event, yaml.ScalarEvent):
        message = "the front matter is nested too deep"
        raise Refused(start, stop, message, "write a text here, or a list of texts")
    if event.value == "<<" and event.style is None:
        raise Refused(start, stop, "a merge key (`<<`) in the front matter", "write it out")
    if FORBIDDEN.search(event.value):
        message = "a text of the front matter holds a control character"
        raise Refused(start, stop, message, "leave out `\\x..` and the like")
    return Scalar(event.value, start, stop)


def _place(event: Event, offset: int) -> tuple[int, int]:
    start = event.start_mark.index if event.start_mark else 0
    stop = event.end_mark.index if event.end_mark else 0
    return offset + start, offset + max(stop, start + 1)


def _printable(text: str) -> str:
    return FORBIDDEN.sub(" ", " ".join(text.split()))
