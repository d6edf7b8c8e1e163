"""Notes of real music: a ragtime score, and any MIDI file of your own.

Times are beats, quarter notes unless the score says nothing else. Choruses that are
composed by code stand in `utils.data.blues`.
"""

import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import mido

from utils.data import assets

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
DRUMS = 9  # the channel whose numbers are drums, not pitches


class Note(NamedTuple):
    """One note."""

    start: float  # beats from the beginning
    duration: float  # beats, above 0
    pitch: int  # 0 to 127, 60 is the middle C, 12 are an octave
    part: int = 0  # staff of a score (0 the upper one), or track of a MIDI file


def maple_leaf_rag() -> list[Note]:
    """Scott Joplin's Maple Leaf Rag of 1899, as written: each section once.

    returns  notes by time; part 0 is the right hand, 1 the left. First and second
             endings follow each other
    raises   AssetError if the score cannot be fetched
    """
    return read_musicxml(assets.path("maple_leaf_rag"))


def read_musicxml(path: Path | str) -> list[Note]:
    """Read the first part of a score, .mxl or plain MusicXML, without its repeats.

    Tied notes become one; grace notes, which take no time, are left out.

    returns  notes by time, `part` 0 for the upper staff
    raises   FileNotFoundError; ValueError naming the file if it is no such score
    """
    path = Path(path)
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = [n for n in archive.namelist() if not n.startswith("META-INF")]
                root = ElementTree.fromstring(archive.read(names[0]))
        else:
            root = ElementTree.fromstring(path.read_bytes())
        part = root.find("part")
        if part is None:
            raise ValueError("it has no part")
        return _notes_of_part(part)
    except FileNotFoundError:
        raise
    except Exception as error:  # zipfile, zlib and the parser have one each
        raise ValueError(
            f"{path}: expected a score in MusicXML (.mxl, .musicxml, .xml); {error}"
        ) from error


def read_midi(path: Path | str) -> list[Note]:
    """Read a MIDI file of your own, without its drums.

    path    : a file of type 0 or 1
    returns  notes by time; `part` is the number of the track. A note that is never let
             go ends with its track
    raises   FileNotFoundError; ValueError naming the file and what is wrong with it
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file; expected a MIDI file (.mid)")
    try:
        file = mido.MidiFile(path)
    except EOFError as error:  # has no words of its own
        raise ValueError(
            f"{path}: expected a whole MIDI file (.mid), this one ends too early"
        ) from error
    except Exception as error:  # mido lets out what its parser stumbles on
        raise ValueError(
            f"{path}: expected a whole MIDI file (.mid); "
            f"{type(error).__name__}: {error}"
        ) from error
    if file.type == 2 or file.ticks_per_beat <= 0:
        raise ValueError(
            f"{path}: expected type 0 or 1 with ticks per beat, got type {file.type} "
            f"with {file.ticks_per_beat}"
        )
    notes = []
    for number, track in enumerate(file.tracks):
        notes += _notes_of_track(track, file.ticks_per_beat, number)
    if not notes:
        raise ValueError(
            f"{path}: expected notes, got {len(file.tracks)} tracks of none"
        )
    return sorted(notes)


def _notes_of_track(track: mido.MidiTrack, ticks: int, part: int) -> list[Note]:
    """Pair each note's beginning with its end; the first begun is the first to end."""
    now, open_notes, notes = 0, {}, []

    def close(key: tuple[int, int]) -> None:
        start = open_notes[key].pop(0)
        if now > start:
            notes.append(Note(start / ticks, (now - start) / ticks, key[1], part))

    for message in track:
        now += message.time
        if message.type not in ("note_on", "note_off") or message.channel == DRUMS:
            continue
        key = message.channel, message.note
        if message.type == "note_on" and message.velocity > 0:
            open_notes.setdefault(key, []).append(now)
        elif open_notes.get(key):  # an end without a beginning says nothing
            close(key)
    for key, starts in open_notes.items():
        for _ in range(len(starts)):
            close(key)
    return notes


def _notes_of_part(part: ElementTree.Element) -> list[Note]:
    """Follow the cursor of a part: notes and `forward` move it on, `backup` back."""
    now = begun = 0.0  # beats; `begun` is where the last note starts, for its chord
    divisions, notes = 1, []
    held: dict[tuple[int, int, float], int] = {}  # staff, pitch, end -> place in notes
    for element in part.iterfind("measure/*"):
        if element.tag == "attributes":
            divisions = int(element.findtext("divisions", str(divisions)))
            continue
        if element.tag not in ("note", "backup", "forward"):
            continue
        if element.find("grace") is not None:
            continue
        duration = int(element.findtext("duration")) / divisions
        if element.tag != "note":
            now += duration if element.tag == "forward" else -duration
            continue
        if element.find("chord") is None:
            begun, now = now, now + duration
        pitch = element.find("pitch")
        if pitch is None:
            continue  # a rest
        number = (
            12 * (int(pitch.findtext("octave")) + 1) + STEPS[pitch.findtext("step")]
        )
        number += round(float(pitch.findtext("alter", "0")))
        staff = int(element.findtext("staff", "1")) - 1
        ties = {tie.get("type") for tie in element.iterfind("tie")}
        place = held.pop((staff, number, begun), None) if "stop" in ties else None
        if place is None:
            place = len(notes)
            notes.append(Note(begun, duration, number, staff))
        else:
            first = notes[place]
            notes[place] = first._replace(duration=first.duration + duration)
        if "start" in ties:
            held[staff, number, begun + duration] = place
    return sorted(notes)
