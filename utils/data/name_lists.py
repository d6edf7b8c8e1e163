"""Names of persons, towns, firms, schools, rooms and things: lists and syllables.

A word belongs to one of the parts train, dev and test, whatever it is the name of. So
a name of the test part was never seen in training, and "Ashford" may be a person's
name in one line, a town in the next and a firm in a third.
"""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

PARTS = ("train", "dev", "test")
_SHARES = (0.6, 0.2)  # of train and dev; test takes the rest

_FIRST = """
Ada Aiko Alma Amara Amir Ana Anders Anil Arda Astrid Bao Beatriz Björn Boris Camille
Carmen Chen Chidi Clara Dalia Dario Deniz Edith Elif Emeka Emil Esther Farid Fatima
Felix Fiona Freya Gita Goran Hana Hannes Hugo Ida Igor Imelda Ingrid Ivan Jamal Jana
Jasper Joana Jonas Jun Kamal Karin Kofi Lars Laila Lena Leon Linh Luca Mabel Magnus
Malik Mara Marek Mei Milan Mina Nadia Naoko Nils Noor Olga Omar Oskar Otto Paloma
Pavel Pedro Priya Quinn Rafael Rania Ravi Rosa Ruben Sana Selma Sora Stella Sven Tariq
Tessa Theo Tomas Uma Valentin Vera Viktor Wanda Yara Yusuf Zeno Zoe
"""
_LAST = """
Abebe Achterberg Almeida Andersen Arslan Bakker Banerjee Bianchi Castillo Choi Costa
Demir Diallo Dubois Eriksen Ferrari Fischer Fofana Garcia Gupta Haddad Hansen Hoffmann
Horvat Ito Ivanova Jansen Jovanovic Kaplan Khan Kim Kovac Kumar Larsen Lopez Lindgren
Mbeki Mehta Moreau Murphy Nakamura Nguyen Novak Nowak Okafor Olsen Ortiz Osei Pereira
Petrov Popescu Rahman Rossi Sato Schmidt Silva Singh Sokolov Suzuki Tanaka Traore Vargas
Weber Yamamoto Yilmaz Zhang
"""
_CITIES = """
Accra Adelaide Ankara Athens Bergen Bilbao Bogota Bremen Bristol Cairo Calgary Chennai
Cologne Dakar Denver Dresden Dublin Geneva Genoa Glasgow Hamburg Hanoi Helsinki Izmir
Kigali Krakow Lagos Leeds Lima Lisbon Ljubljana Lyon Malmo Manila Montreal Mumbai
Nairobi Nantes Osaka Oslo Perth Porto Prague Quito Riga Rotterdam Seattle Seoul Seville
Tampere Tbilisi Toronto Tunis Turin Utrecht Valencia Vienna Warsaw Zagreb
"""
_STEMS = """
Ash Ald Bar Beck Bram Brook Cald Carr Clay Crow Dun Elm Fair Fen Glen Grey Hal Hawk Haze
Holm Kirk Lang Lark Lind Mar Mill Nor Oak Pem Quill Ral Red Rock Rose Stan Thorn Wald
Wen West Wind
"""
_ENDINGS = """
bury by combe cott dale den field ford gate ham hurst leigh low mere more ridge stead
ton wick worth
"""
_COINED = " ".join(stem + end for stem in _STEMS.split() for end in _ENDINGS.split())
_SOUNDS = """
al ar bel cor dan del dor el fi gal ion ja kel lan lo lu mar mi nex no or pra qui ra
ro sen so tal tan ter tri um va ve vi xi za zen
"""
_COMPASS = ["North", "South", "Upper", "Lower", "Port", "New", "Old", "Saint"]
_BRANCHES = """
Analytics Bank Breweries Clinic Consulting Electric Energy Foods Foundation Freight
Glass Group Holdings Hospital Insurance Labs Logistics Media Mills Motors Partners
Pharma Press Railways Robotics Shipping Software Steel Systems Textiles
"""
_FORMS = ["Ltd", "Inc", "AG", "GmbH", "LLC", "BV", "SA"]
_ROOMS = """
attic bakery balcony barn basement bathroom bedroom cafe cellar chapel cinema classroom
corridor courtyard factory farm garage garden greenhouse gym harbour hospital hotel
kitchen laboratory laundry library lobby lounge market museum office orchard pantry park
pier pool post-office school shed stable station studio temple theatre tower tunnel
workshop zoo
"""
_SIDES = ["old", "new", "upper", "lower", "eastern", "western", "inner", "outer"]
_THINGS = """
apple atlas ball basket bell book bottle box brush camera candle cap clock coin compass
cup diary drum fan flag flute glove hammer helmet key kite ladder lamp letter magnet map
mirror mug needle notebook parcel pen photo pillow plate radio ring rope scarf spoon
stamp telescope ticket torch towel trumpet umbrella vase violin wallet whistle
"""
_COLOURS = ["red", "blue", "green", "yellow", "black", "white", "small", "large"]
_SCHOOLS = ["College", "University", "Polytechnic", "Institute", "Academy"]


def part(values: Sequence[str], name: str) -> list[str]:
    """Those values that belong to one part; the three parts share none.

    values : str, all different
    name   : "train" (60 %), "dev" (20 %) or "test" (20 %)
    raises  ValueError with the name if it is another
    """
    if name not in PARTS:
        raise ValueError(f"part must be one of {PARTS}, got {name!r}")
    values = sorted(set(values))
    order = np.random.default_rng(len(values)).permutation(len(values))
    ends = [0, *(np.cumsum(_SHARES) * len(values)).astype(int), len(values)]
    k = PARTS.index(name)
    return [values[i] for i in order[ends[k] : ends[k + 1]]]


def first_name(name: str, rng: np.random.Generator) -> str:
    """A given name of part `name`, such as "Ada"."""
    return _pick(_FIRST, name, rng)


def last_name(name: str, rng: np.random.Generator) -> str:
    """A family name: one of many countries, or one that may be a town as well."""
    return _coined(name, rng) if rng.random() < 0.5 else _pick(_LAST, name, rng)


def person(name: str, rng: np.random.Generator) -> str:
    """A person in a resume: "Ada Okafor", "Ada M. Okafor", "Okafor , Ada"."""
    first, last = first_name(name, rng), last_name(name, rng)
    initial = chr(rng.integers(ord("A"), ord("Z") + 1))
    forms = [f"{first} {last}", f"{first} {initial}. {last}", f"{last} , {first}"]
    forms += [f"{first} {last}-{last_name(name, rng)}"]
    return str(rng.choice(forms, p=[0.6, 0.15, 0.15, 0.1]))


def place(name: str, rng: np.random.Generator) -> str:
    """A town, real or made up: "Bergen", "Ashford", "Upper Ashford"."""
    town = _pick(_CITIES, name, rng) if rng.random() < 0.4 else _coined(name, rng)
    return f"{rng.choice(_COMPASS)} {town}" if rng.random() < 0.2 else town


def firm(name: str, rng: np.random.Generator) -> str:
    """A firm, often named after persons or towns: "Ashford & Sato", "Bergen Labs"."""
    owner, branch = last_name(name, rng), rng.choice(_BRANCHES.split())
    sounds = "".join(_pick(_SOUNDS, name, rng) for _ in range(3)).capitalize()
    forms = [
        owner,  # only what stands around it tells it from a person or a town
        f"{owner} & {last_name(name, rng)}",
        f"{owner} {rng.choice(_FORMS)}",
        f"{owner} and Sons",
        f"{place(name, rng)} {branch}",
        sounds,
        f"{sounds} {branch}",
        f"{sounds} {branch} {rng.choice(_FORMS)}",
    ]
    return str(rng.choice(forms))


def school(name: str, rng: np.random.Generator) -> str:
    """A school: "University of Bergen", "Ashford College"."""
    kind, town = rng.choice(_SCHOOLS), place(name, rng)
    forms = [f"{kind} of {town}", f"{town} {kind}", f"{town} {kind} of Technology"]
    return str(rng.choice(forms, p=[0.4, 0.4, 0.2]))


def room(name: str, rng: np.random.Generator) -> str:
    """Where one can walk to: "kitchen", "old kitchen"."""
    noun = _pick(_ROOMS, name, rng)
    return f"{rng.choice(_SIDES)} {noun}" if rng.random() < 0.6 else noun


def thing(name: str, rng: np.random.Generator) -> str:
    """What one can carry: "ball", "red ball"."""
    noun = _pick(_THINGS, name, rng)
    return f"{rng.choice(_COLOURS)} {noun}" if rng.random() < 0.6 else noun


def different(
    number: int,
    make: Callable[[str, np.random.Generator], str],
    name: str,
    rng: np.random.Generator,
) -> list[str]:
    """As many names from one of the functions above, no two of them equal.

    None is the last word of another either: no "ball" beside a "red ball".
    """
    found: list[str] = []
    while len(found) < number:
        new = make(name, rng)
        if not any(
            f" {a}".endswith(f" {b}") for f in found for a, b in ((f, new), (new, f))
        ):
            found.append(new)
    return found


@cache
def _part(words: str, name: str) -> tuple[str, ...]:
    return tuple(part(words.split(), name))


def _pick(words: str, name: str, rng: np.random.Generator) -> str:
    found = _part(words, name)
    return found[rng.integers(len(found))]


def _coined(name: str, rng: np.random.Generator) -> str:
    """A stem and an ending: a town or a family name, nobody can tell alone."""
    return _pick(_COINED, name, rng)
