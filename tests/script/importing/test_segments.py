from __future__ import annotations

import json

import pytest

from sessions.errors import ScriptError
from sessions.script.importing.segments import extract
from sessions.script.model import Language


def _text(value: object) -> str:
    return extract(json.dumps(value).encode(), "a.json").text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            {"parts": [{"text": "Sit down.", "pause": 4}, {"text": "Look.", "pause": 6}]},
            "Sit down. [pause 4s]\n\nLook. [pause 6s]\n",
        ),
        ([{"pause_after": "1.5s", "content": "Sit."}], "Sit. [pause 1.5s]\n"),
        ([{"speech": "Sit.", "silenceMs": 1500}], "Sit. [pause 1.5s]\n"),
        ([{"line": "Sit.", "pauseBefore": 2}], "[pause 2s] Sit.\n"),
        ([{"voice": "Sit down.", "delay": "2 seconds"}], "Sit down. [pause 2s]\n"),
        ([{"type": "speech", "text": "Sit."}, {"type": "pause", "duration": 5}],
         "Sit.\n\n[pause 5s]\n"),
        ([{"text": "Sit."}, {"pause": 3}, {"type": "bell"}], "Sit.\n\n[pause 3s]\n\n[bell]\n"),
        (["Sit.", "Rest."], "Sit.\n\nRest.\n"),
        ({"lines": ["Sit.", "Rest."]}, "Sit.\n\nRest.\n"),
        ({"script": '# Feet\n\nSit.\n[pause 4s]\nRest "a" while.\u00e9'},
         '# Feet\n\nSit.\n[pause 4s]\nRest "a" while.é\n'),
        ([{"time": "0:15", "text": "Sit."}], "[until 0:15] Sit.\n"),
        ([{"type": "heading", "text": "Feet"}, {"text": "Sit."}], "# Feet\n\nSit.\n"),
        ({"sections": [{"title": "Feet", "lines": ["Sit."]}]}, "# Feet\n\nSit.\n"),
        ([{"type": "speech", "value": "Sit."}], "Sit.\n"),
        ({"text": ["Sit.", "Rest."]}, "Sit.\n\nRest.\n"),
        ([{"text": "Sit."}, {"type": "pause", "time": 5}], "Sit.\n\n[pause 5s]\n"),
        ([{"text": 3, "pause": 1}, {"text": 2}], "3 [pause 1s]\n\n2\n"),
        ([{"title": "Feet", "text": "Sit."}, {"title": "Hands", "text": "Rest."}],
         "# Feet\n\nSit.\n\n# Hands\n\nRest.\n"),
    ],
)  # fmt: skip
def test_the_shapes_that_tools_write(value: object, text: str) -> None:
    assert _text(value) == text


def test_a_transcript_of_whisper_says_its_segments_at_their_times() -> None:
    value = {
        "text": " Sit down. Now look.",
        "segments": [
            {"id": 0, "seek": 0, "start": 0.0, "end": 2.5, "text": " Sit",
             "words": [{"word": " Sit", "start": 0.0, "end": 0.5}]},
            {"id": 1, "seek": 0, "start": 2.5, "end": 4.0, "text": " down."},
            {"id": 2, "seek": 0, "start": 9.0, "end": 12.0, "text": " Now look."},
        ],
        "language": "en",
    }  # fmt: skip
    found = extract(json.dumps(value).encode(), "a.json")
    assert found.text == "Sit down.\n\n[until 0:09] Now look.\n"
    assert (found.language, found.notes) == (Language.ENGLISH, ())


def test_a_transcript_of_whisper_cpp_has_its_times_in_two_forms() -> None:
    value = {"transcription": [
        {"timestamps": {"from": "00:00:05,000", "to": "00:00:07,000"},
         "offsets": {"from": 5000, "to": 7000}, "text": " Sit."},
    ]}  # fmt: skip
    assert _text(value) == "[until 0:05] Sit.\n"


def test_of_a_chat_only_the_answers_are_spoken_and_the_rest_is_noted() -> None:
    value = {"messages": [
        {"role": "user", "content": "Write a script."},
        {"role": "assistant", "content": "Sit.\n\nRest."},
    ]}  # fmt: skip
    found = extract(json.dumps(value).encode(), "a.json")
    assert found.text == "Sit.\n\nRest.\n"
    assert [note.message for note in found.notes] == ["'user', not spoken: 'Write a script.'"]


def test_an_export_of_a_chat_has_its_parts_deep_inside() -> None:
    value = [{"title": "Evening", "mapping": {"x1": {"message": {
        "author": {"role": "assistant"},
        "content": {"content_type": "text", "parts": ["Sit."]},
    }}}}]  # fmt: skip
    found = extract(json.dumps(value).encode(), "a.json")
    assert (found.title, found.text) == ("Evening", "Sit.\n")


def test_unknown_keys_with_words_are_noted_at_their_places() -> None:
    found = extract(b'[{"text": "Sit.", "mood": "calm", "image": "https://a.b/c.png"}]', "a.json")
    (note,) = found.notes
    assert (note.message, found.original[note.start : note.stop]) == (
        "'mood', not spoken: 'calm'", '"calm"',
    )  # fmt: skip


def test_the_title_of_the_whole_is_its_title_and_a_length_beside_words_is_noted() -> None:
    found = extract(b'{"title": "Evening", "text": "Sit.", "duration": "ten minutes"}', "a.json")
    assert (found.title, found.text) == ("Evening", "Sit.\n")
    assert [note.message for note in found.notes] == ["'duration', not spoken: 'ten minutes'"]


def test_a_number_of_hundreds_is_taken_for_milliseconds_and_told() -> None:
    found = extract(b'[{"text": "Sit.", "pause": 800}]', "a.json")
    assert found.text == "Sit. [pause 0.8s]\n"
    assert [note.message for note in found.notes] == [
        "this pause was taken for one in milliseconds"
    ]


def test_lines_of_json_are_read_one_by_one() -> None:
    assert extract(b'{"text": "Sit."}\n{"text": "Rest."}\n', "a.jsonl").text == "Sit.\n\nRest.\n"


def test_places_are_those_of_the_file_behind_escapes_too() -> None:
    found = extract(b'[{"text": "Caf\\u00e9 \\"open\\" rest."}]', "a.json")
    index = found.text.index("rest")
    stretch = max(one for one, start in enumerate(found.indexes) if start <= index)
    assert found.origins[stretch] + index - found.indexes[stretch] == found.original.index("rest")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[{"text": "a"},,]', 1, "comma too many"),
        ('[\n{"text" "a"}]', 2, "colon"),
        ('{"text": "a"', 1, "never closed"),
        ('[\n"a"\n}', 3, "closes nothing"),
        ('["a" "b"]', 1, "comma is missing"),
        ('{"text": nope}', 1, "no value"),
        ("[1, 2]", 1, "no text"),
        ("", 1, "nothing"),
        ("[" * 1000, 1, "nested"),
        ('{"a":' * 1000, 1, "nested"),
    ],
)
def test_what_is_wrong_has_its_place(text: str, line: int, message: str) -> None:
    with pytest.raises(ScriptError, match=message) as caught:
        extract(text.encode(), "a.json")
    assert caught.value.problems[0].source.line == line


def test_one_word_of_a_list_key_is_a_choice_and_no_text() -> None:
    found = extract(b'{"lines": "all", "text": "Sit."}', "a.json")
    assert found.text == "Sit.\n"
    assert [note.message for note in found.notes] == ["'lines', not spoken: 'all'"]
    assert extract(b'{"lines": "Sit. Rest."}', "a.json").text == "Sit. Rest.\n"


def test_sentences_are_kept_of_a_text_that_stands_there_three_times() -> None:
    words = [{"text": one, "start": at} for at, one in enumerate(["Sit", "down.", "Rest."])]
    parts = [{"text": "Sit down.", "start": 0, "end": 2}, {"text": "Rest.", "start": 9, "end": 10}]
    value = {"text": "Sit down. Rest.", "words": words, "utterances": parts}
    assert _text(value) == "Sit down.\n\n[until 0:09] Rest.\n"


def test_words_of_a_transcript_of_amazon_are_said_once() -> None:
    item = {"alternatives": [{"content": "Sit"}], "start_time": "0.1"}
    value = {"results": {"transcripts": [{"transcript": "Sit."}], "items": [item]}}
    found = extract(json.dumps(value).encode(), "a.json")
    assert found.text == "Sit.\n"
    assert [note.message[:20] for note in found.notes] == ["'items', not spoken:"]


def test_times_of_speech_marks_are_milliseconds() -> None:
    marks = [
        {"time": 0, "type": "sentence", "start": 0, "end": 4, "value": "Sit."},
        {"time": 6, "type": "word", "start": 0, "end": 3, "value": "Sit"},
        {"time": 1500, "type": "sentence", "start": 5, "end": 10, "value": "Rest."},
    ]
    found = extract("\n".join(map(json.dumps, marks)).encode(), "a.json")
    assert found.text == "Sit.\n\n[until 0:01.5] Rest.\n"
    assert [note.message for note in found.notes] == ["'value', not spoken: 'Sit'"]


def test_who_speaks_is_noted() -> None:
    value = {"speakers": [{"id": 1, "name": "Anna"}], "transcripts": [{"transcript": "Sit."}]}
    found = extract(json.dumps(value).encode(), "a.json")
    assert found.text == "Sit.\n"
    assert [note.message for note in found.notes] == ["'speakers', not spoken: 'Anna'"]


def test_the_words_of_a_step_wait_until_the_one_before_has_had_its_length() -> None:
    steps = [("Breathe in", 4), ("Hold", 4), ("Breathe out", 6)]
    value = {"steps": [{"instruction": words, "duration": length} for words, length in steps]}
    assert _text(value) == "Breathe in\n\n[until 0:04] Hold\n\n[until 0:08] Breathe out\n"
