"""utils.data.scores against files made here and the facts of the printed rag."""

import zipfile

import mido
import pytest

from utils.data import scores
from utils.data.scores import Note

SCORE = """<score-partwise><part id="P1">
<measure number="1"><attributes><divisions>4</divisions></attributes>
<note><grace/><pitch><step>C</step><octave>4</octave></pitch></note>
<note><pitch><step>E</step><alter>-1</alter><octave>5</octave></pitch><duration>4
</duration><tie type="start"/><staff>1</staff></note>
<note><chord/><pitch><step>G</step><octave>5</octave></pitch><duration>4</duration>
<staff>1</staff></note>
<backup><duration>4</duration></backup>
<forward><duration>2</duration></forward>
<note><pitch><step>F</step><alter>1</alter><octave>3</octave></pitch><duration>2
</duration><staff>2</staff></note></measure>
<measure number="2"><note><pitch><step>E</step><alter>-1</alter><octave>5</octave>
</pitch><duration>2</duration><tie type="stop"/><tie type="start"/></note>
<note><pitch><step>E</step><alter>-1</alter><octave>5</octave>
</pitch><duration>1</duration><tie type="stop"/></note>
<note><rest/><duration>3</duration></note>
<note><pitch><step>B</step><octave>3</octave></pitch><duration>1</duration></note>
</measure></part></score-partwise>"""
SCORE_NOTES = [
    Note(0.0, 1.0, 79, 0),
    Note(0.0, 1.75, 75, 0),  # three tied notes
    Note(0.5, 0.5, 54, 1),
    Note(2.5, 0.25, 59, 0),
]


def midi(path, *tracks, **options):
    """Write a MIDI file of (type, note, time, more) messages."""
    file = mido.MidiFile(ticks_per_beat=100, **options)
    for messages in tracks:
        track = mido.MidiTrack()
        for kind, note, time, more in messages:
            track.append(mido.Message(kind, note=note, time=time, **more))
        file.tracks.append(track)
    file.save(path)
    return path


def test_musicxml_by_hand(tmp_path):
    plain = tmp_path / "song.musicxml"
    plain.write_text(SCORE, encoding="utf-8")
    assert scores.read_musicxml(plain) == SCORE_NOTES
    packed = tmp_path / "song.mxl"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("META-INF/container.xml", "<container/>")
        archive.writestr("song.xml", SCORE)
    assert scores.read_musicxml(str(packed)) == SCORE_NOTES


@pytest.mark.parametrize("content", [b"", b"<a>", b"<a/>", b"PK\x03\x04 cut", b"\xff"])
def test_musicxml_refused(tmp_path, content):
    path = tmp_path / "bad.mxl"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"bad\.mxl: expected a score in MusicXML"):
        scores.read_musicxml(path)


def test_musicxml_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        scores.read_musicxml(tmp_path / "none.mxl")


def test_maple_leaf_rag():
    notes = scores.maple_leaf_rag()
    assert notes == sorted(notes)
    # 1,581 notes are printed; 184 ends of ties make 92 of them continuations
    assert len(notes) == 1581 - 92
    assert {note.part for note in notes} == {0, 1}
    # it opens with E flat in octaves in the left hand, alone
    assert notes[:2] == [Note(0.0, 0.5, 39, 1), Note(0.0, 0.5, 51, 1)]
    # an upbeat of half a beat, then bars of 2/4
    assert max(note.start + note.duration for note in notes) % 1 in (0, 0.5)
    assert all((4 * note.start) % 1 == 0 for note in notes)  # sixteenths
    right = [note for note in notes if note.part == 0]
    left = [note for note in notes if note.part == 1]
    assert sum(n.pitch for n in right) / len(right) > sum(n.pitch for n in left) / len(
        left
    )


def test_midi_by_hand(tmp_path):
    path = midi(
        tmp_path / "a.mid",
        [
            ("note_on", 60, 0, {}),
            ("note_on", 64, 50, {}),
            ("note_on", 60, 50, {"velocity": 0}),  # an end, as some keyboards say it
            ("note_off", 64, 0, {}),
            ("note_off", 64, 10, {}),  # an end too many
            ("note_on", 61, 40, {"channel": 9}),  # a drum
            ("note_on", 67, 0, {}),
            ("note_on", 67, 100, {}),
            ("note_off", 67, 50, {}),  # ends the first
            ("note_off", 67, 100, {}),
        ],
        [("note_on", 48, 25, {}), ("note_on", 50, 75, {}), ("note_off", 50, 100, {})],
    )
    assert scores.read_midi(path) == [
        Note(0.0, 1.0, 60, 0),
        Note(0.25, 1.75, 48, 1),  # never let go
        Note(0.5, 0.5, 64, 0),
        Note(1.0, 1.0, 50, 1),
        Note(1.5, 1.5, 67, 0),
        Note(2.5, 1.5, 67, 0),
    ]


def test_midi_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.mid"):
        scores.read_midi(tmp_path / "none.mid")
    whole = midi(
        tmp_path / "a.mid", [("note_on", 60, 0, {}), ("note_off", 60, 9, {})]
    ).read_bytes()
    bad = tmp_path / "bad.mid"
    for content in (b"", b"MThd", b"no music", whole[:-6], whole[:20]):
        bad.write_bytes(content)
        with pytest.raises(ValueError, match=r"(?s)bad\.mid: expected .*\w.?$"):
            scores.read_midi(bad)  # ends in a reason, not in a colon
    silent = midi(tmp_path / "silent.mid", [("note_on", 60, 5, {"velocity": 0})])
    with pytest.raises(ValueError, match="expected notes, got 1 tracks"):
        scores.read_midi(silent)
    patterns = midi(tmp_path / "patterns.mid", [("note_on", 60, 0, {})], type=2)
    with pytest.raises(ValueError, match="got type 2"):
        scores.read_midi(patterns)
    bad.write_bytes(whole[:12] + b"\xe7\x28" + whole[14:])  # frames in place of beats
    with pytest.raises(ValueError, match=r"bad\.mid: expected"):
        scores.read_midi(bad)
